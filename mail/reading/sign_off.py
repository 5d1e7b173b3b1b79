"""Who wrote, at the end of what he wrote: a name, a firm, an address and a telephone say nothing of the order.

Mail programs mark signatures, people do not. A line is passed over only when it is recognised as one of these and no word of it
could change an answer; everything else stays, however low it stands.
"""

import re
from collections.abc import Iterable

from mail.reading.leftovers import says_something
from mail.reading.lexicon import language
from mail.reading.scan import Desk
from mail.reading.tokens import TokenKind, fold, tokenise
from mail.segments.closing import is_contact

# A telephone number as people write their own: a leading zero or plus, groups, no date and no sum.
_PHONE = re.compile(r"(?<![\d.,])(?:\+\d|\(?0\d)[\d\s()/.–-]{5,}\d(?![\d.,])")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_FIRM = re.compile(
    r"(?<![\w.])(?:s\.a\.s\.|s\.a\.|s\.l\.u\.|s\.l\.|s\.r\.l\.|s\.p\.a\.|s\. ?coop\.|a\.s\.|s\.n\.c\.|n\.v\.|bvba|v\.o\.f\.|e\.k\.|ohg|sarl|sas|eurl|s\.c\.|sp\.\s?j\.|sp\.\s?c\.|z\.s\.|фоп|пп|тзов|oy|ab|kft)(?!\w)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_NAME_LONGEST = 4  # words of a person's name with a title
_COMMON_IN_NAMES = frozenset(
    {"de", "la", "van", "der", "den", "von", "di", "da", "del", "z", "i", "and", "y", "e", "et", "und"}
)


def end_of_words(text: str, names: frozenset[str], desk: Desk, prior: str) -> int:
    """Where the message ends in `text` and its writer begins; its whole length when nothing is left else.

    `names` are folded words of the supplier's and the sender's names.
    """
    end, is_signed = len(text), False
    for start, line in reversed(list(_lines(text))):
        if not line.strip():
            continue
        if _is_writer(line, names, desk, prior):
            is_signed = True
        elif not (is_signed and (_is_title(line) or _is_name(line, desk, prior))):
            break
        end = start
    return end if text[:end].strip() else len(text)


def name_words(names: Iterable[str]) -> frozenset[str]:
    """The words of names that tell somebody apart, folded."""
    words = {word.strip(".") for name in names for word in _WORD.findall(fold(name))}
    return frozenset(word for word in words if len(word) > 2 and word not in _COMMON_IN_NAMES)


def _lines(text: str) -> Iterable[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _is_writer(line: str, names: frozenset[str], desk: Desk, prior: str) -> bool:
    """A firm, an address or a telephone, or nothing but names that belong to the sender."""
    words = [word.strip(".") for word in _WORD.findall(fold(line))]
    own = [word for word in words if word in names]
    is_phone = _PHONE.search(line) is not None and _DATE.search(line) is None
    is_named = bool(own) and (len(own) >= 2 or len(own) == len([word for word in words if len(word) > 2]))
    recognised = is_phone or is_named or is_contact(line) or _FIRM.search(line) is not None
    return recognised and not _speaks(_FIRM.sub(" ", line), desk, prior)


# folded: what the lines between a name and a firm are made of
_OFFICE = frozenset(
    {
        "service", "commercial", "commerciale", "clients", "client", "ventes", "administration", "adv", "export",
        "responsable", "assistante", "assistant", "logistique", "expeditions", "direction", "secretariat", "achats",
        "administracion", "comercial", "ventas", "pedidos", "atencion", "al", "cliente", "logistica", "compras",
        "departamento", "dpto", "expediciones", "oficina", "gerente", "ufficio", "vendite", "ordini", "commerciali",
        "clienti", "responsabile", "amministrazione", "spedizioni", "servizio", "acquisti", "customer", "sales",
        "manager", "office", "team", "vertrieb", "innendienst", "verkauf", "dzial", "sprzedazy", "handlowy", "obchodni",
        "oddeleni", "verkoop", "binnendienst", "de", "des", "la", "le", "et", "y", "e", "del", "delle", "degli", "the",
        "l", "equipe", "commande", "commandes", "gestion",
    }
)  # fmt: skip


def _is_title(line: str) -> bool:
    """Service commercial · Administración comercial: an office, with nothing else beside it."""
    words = _WORD.findall(fold(line))
    return bool(words) and all(word.strip(".'") in _OFFICE for word in words) and not any(map(str.isdigit, line))


def _is_name(line: str, desk: Desk, prior: str) -> bool:
    """A line above the firm's that can only be a person's name: a few capitalised words that mean nothing else."""
    words = _WORD.findall(line)
    if not words or len(words) > _NAME_LONGEST or any(character.isdigit() for character in line):
        return False
    strange = [word for word in words if fold(word) not in _COMMON_IN_NAMES]
    tokens = tokenise(line)
    if not strange or not all(word[0].isupper() for word in strange) or _speaks(line, desk, prior):
        return False
    if any(desk.articles.at(tokens, at) is not None for at in range(len(tokens))):
        return False
    return not any(language(code).knows(fold(word)) for word in strange for code in dict.fromkeys((prior, "en")))


def _speaks(line: str, desk: Desk, prior: str) -> bool:
    """True when the line could say something of the order: a word of an answer, a unit, a day, a code or number of a line."""
    if says_something(line, prior):
        return True
    tokens = [token for token in tokenise(line) if token.kind is not TokenKind.BREAK]
    folded = [token.folded for token in tokens]
    for at in range(len(tokens)):
        for code in dict.fromkeys((prior, "en")):
            found = language(code).match(folded[at:])
            meaning = found[0] if found else None
            if meaning is not None and (meaning.unit is not None or meaning.month is not None):
                return True
        mention = desk.articles.at(tokens, at)
        if mention is not None and mention.by not in {"name", "family"}:
            return True
    return False
