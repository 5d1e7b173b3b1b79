"""How a letter ends: signatures, contact blocks, disclaimers. What reads like a message after them stays the author's."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from itertools import islice

from mail.segments.lines import Line
from mail.segments.phrases import phrases
from mail.segments.segment import Label

_DELIMITER = re.compile(r"^\s*(?:--|---|—|__|–|\*\*\*?|~~+)\s*$")
_STANDARD = frozenset({"--"})  # RFC 3676, 4.3
_LIGHT = frozenset({"—", "–"})  # a dash alone is a bullet or a breath, unless contact lines follow
_RULE = re.compile(r"^\s*[-_=*~–—#]{5,}\s*$")
_CONTACT = re.compile(
    r"^\W*0\d{9,10}\W*$|(?:\+|\b00)\d[\d\s()./-]{7,}\d|\(\d{2,4}\)[ -]?\d[\d -]{5,}|\b\d{3}[-. ]\d{3}[-. ]\d{3,4}\b|\b(?:tel|tél|phone|ph|fon|telefon|fax|faks|mob|mobile|mobil|gsm|kom|cell|handy|тел|моб|direct|office)\b\.?\s*[:.]?\s*[+(\d]"
    r"|[\w.+-]+@[\w-]+\.[\w.-]+|\bwww\.[\w-]+\.|https?://|\b(?:sp\. ?z ?o\. ?o|s\.r\.o|gmbh|ltd|llc|inc\.|s\.?a\.?s\.?|s\.p\.a|s\.r\.l|b\.v\.|sp\. ?k|s\.l\.|ag\b|kg\b|тов)\b"
    r"|\b(?:nip|regon|krs|vat|ust-?id|p\.? ?iva|siret|ič|dič|hrb|iban|єдрпоу|btw|kvk)\b\s*[.:#-]?\s*(?:nr\.?)?\s*[:#]?\s*[A-Z]{0,3}\s?\d|\b(?:ul\.|al\.|str\.|straße|strasse|street|road|avenue|rue|via|calle|вул\.)\s",
    re.IGNORECASE,
)
_ORDERED = re.compile(
    r"\d\s*(?:szt|pcs|pc|ea|st\b|stk|stück|kart|ctn|cases?|box|colis|pièces?|uds?|unid|pz|ks|шт|ve\b|op\b|eur|pln|zł|€|usd|kg)|^\s*[-*•]?\s*(?:line|pos|poz|item|linia|ligne|línea|riga|řádek|рядок|regel)\b|^\s*[-*•]?\s*[^\W\d_]{1,5}[-/]\w{2,12}\s*[:=–-]+\s*\w",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_HOURS = re.compile(r"\d{1,2}(?:[:.]\d\d)?\s*(?:-|–|do|to|bis|à|a|až|tot)\s*\d{1,2}[:.]\d\d")  # "Mo-Fr 8-16:30"
_SENTENCE = re.compile(r"[.!?…]\s*$")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_LONGEST_SIGNATURE = 14  # lines after a delimiter that is not the standard one
_PGP_BEGIN, _PGP_HEAD, _PGP_END = "-----BEGIN PGP SIGNATURE", "-----BEGIN PGP SIGNED MESSAGE", "-----END PGP"

_MOST_LINES = 2_000  # lines of one stretch in which an ending is looked for
_LONGEST_LINE = 90  # characters of a line of a signature
_SHORTEST_DISCLAIMER = 120  # characters of one that has words of an answer in it and none about the mail
_TOLD = 4  # words
_LONGEST_HEADING = 30  # characters
_LONGEST_FOOT = 6  # lines under a drawn line that is no standard delimiter

Marks = dict[int, Label]


class _State(Enum):
    """How far the letter has come."""

    LETTER = auto()
    FAREWELL = auto()  # "Best regards" has been said; a name and an address may follow, or the letter goes on
    SIGNED = auto()  # behind a delimiter: only what clearly reads like a message is one
    NOTICE = auto()  # in a disclaimer of several paragraphs


def is_contact(text: str) -> bool:
    """True when a line holds a telephone, an address or a firm's legal form."""
    return _CONTACT.search(text) is not None


def closing_labels(lines: Sequence[Line], start: int, end: int, *, last: bool) -> Marks:
    """Labels of those lines from `start` to `end` (one author's stretch) that are not the message; the others are.

    `last` says that nothing but quotes follows, so that what stands at the end may be a signature without a delimiter.
    """
    marks: Marks = {}
    end = min(end, start + _MOST_LINES)
    paragraphs = _paragraphs(lines, start, end)
    frames = _frames(lines, start, end)
    _mark_armour(lines, start, end, marks)
    state = _State.LETTER
    for at, (first, beyond) in enumerate(paragraphs):
        label, state = _paragraph(lines, (first, beyond, end), marks, state, top=at == 0, frames=frames)
        if label is not None:
            kept = [i for i in range(first, beyond) if i not in marks]
            if label is Label.SIGNATURE:
                kept = [i for i in kept if not answers(lines[i].text)]
            marks.update(dict.fromkeys(kept, label))
    if last and state is _State.LETTER:
        _mark_contact(lines, paragraphs, marks)
    if last:
        _mark_spaced(lines, paragraphs, marks)
    return marks


def _paragraphs(lines: Sequence[Line], start: int, end: int) -> list[tuple[int, int]]:
    found, at = [], start
    while at < end:
        if lines[at].empty:
            at += 1
            continue
        first = at
        while at < end and not lines[at].empty and (at == first or not _is_delimiter(lines[at].text)):
            at += 1
        found.append((first, at))
    return found


def _frames(lines: Sequence[Line], start: int, end: int) -> frozenset[str]:
    """Drawn lines that stand there twice or more: they part or frame what the author says and begin no signature."""
    drawn = [lines[at].text.strip() for at in range(start, end) if _is_delimiter(lines[at].text)]
    return frozenset(each for each in drawn if each not in _STANDARD and drawn.count(each) > 1)


def _is_delimiter(text: str) -> bool:
    return _DELIMITER.match(text) is not None or _RULE.match(text) is not None


def _paragraph(
    lines: Sequence[Line],
    span: tuple[int, int, int],
    marks: Marks,
    state: _State,
    *,
    top: bool,
    frames: frozenset[str],
) -> tuple[Label | None, _State]:
    """The label of a paragraph, or None when it is (mostly) the message; and where the letter stands after it.

    `span` is the paragraph's first line, the line beyond it, and the line beyond the whole stretch.
    """
    first, beyond, end = span
    if _is_notice(lines, first, beyond, state, top=top):
        return Label.DISCLAIMER, state if state is _State.LETTER else _State.NOTICE
    if lines[first].text.strip() not in frames and _is_signature_start(lines, first, beyond, end):
        return Label.SIGNATURE, _State.SIGNED
    if _mark_mobile(lines, first, beyond, marks) == beyond - first:
        return None, state
    if state in {_State.SIGNED, _State.NOTICE}:
        return (None if _reads_like_message(lines, first, beyond) else Label.SIGNATURE), state
    return None, _mark_farewell(lines, first, beyond, marks, state)


def _is_notice(lines: Sequence[Line], first: int, beyond: int, state: _State, *, top: bool) -> bool:
    """A disclaimer, a gateway's banner, or the footer of a list; a footer stands behind the first words."""
    words, text = phrases(), lines[first].text
    whole = " ".join(line.text for line in lines[first:beyond])
    if words.banner.match(text) or words.disclaimer.match(text):
        return state is not _State.LETTER or not _is_own_remark(whole)
    if state is not _State.LETTER and words.terms.match(text):
        return True
    if state is _State.NOTICE and words.notice.search(whole) and not speaks_of_goods(whole):
        return words.postscript.match(text + " ") is None
    behind = state is not _State.LETTER or not top
    return behind and len(whole) < 400 and words.footer.search(whole) is not None


def _is_own_remark(text: str) -> bool:
    """A short answer that only begins like a disclaimer: "Legal notice arrived today, we cannot deliver"."""
    headed = ":" in text[:_LONGEST_HEADING]  # "DISCLAIMER: …"
    return len(text) < _SHORTEST_DISCLAIMER and not headed and answers(text) and phrases().notice.search(text) is None


def _mark_farewell(lines: Sequence[Line], first: int, beyond: int, marks: Marks, state: _State) -> _State:
    """Mark the contact lines under "Best regards", or those of a paragraph that follows it."""
    for at in range(first, beyond):
        farewell = phrases().farewell.match(lines[at].text) if len(lines[at].text) < 70 else None
        if farewell is not None:
            _mark_below_farewell(lines, at + 1, beyond, marks, named=bool(farewell["rest"].strip(" ,.;:!-–")))
            return _State.FAREWELL
    contact = any(_CONTACT.search(lines[at].text) for at in range(first, beyond))
    if state is _State.FAREWELL and contact and not _is_said(lines[first].text):
        _mark_below_farewell(lines, first, beyond, marks, named=False)
    return state


def _is_signature_start(lines: Sequence[Line], first: int, beyond: int, end: int) -> bool:
    text = lines[first].text
    standard = text.strip() in _STANDARD
    if not _is_delimiter(text) or (not standard and all(line.empty for line in lines[:first])):
        return False  # nobody signs before he has said anything
    below = list(islice((line.text for line in lines[first + 1 : end] if not line.empty), _LONGEST_SIGNATURE + 1))
    if _DELIMITER.match(text) is None:
        return _RULE.match(text) is not None and 0 < len(below) <= _LONGEST_FOOT and all(map(_is_foot_line, below))
    if not below or standard:
        return True
    if text.strip() in _LIGHT and not any(map(_CONTACT.search, below)):
        return False
    if beyond - first == 1 and _reads_like_message(lines, first + 2, min(end, first + 6)):
        return False
    return len(below) <= _LONGEST_SIGNATURE and not _reads_like_message(lines, first + 1, beyond)


def _is_foot_line(text: str) -> bool:
    """A short line of a signature or of a mailing list's footer."""
    if _CONTACT.search(text):
        return True
    return len(text) < 70 and not any(each.isdigit() for each in text) and not _is_message_line(text)


def speaks_of_goods(text: str) -> bool:
    """Whether a line names a quantity, a price or an order line, as no signature does."""
    return _ORDERED.search(text) is not None and _CONTACT.search(text) is None


def _mark_mobile(lines: Sequence[Line], first: int, beyond: int, marks: Marks) -> int:
    """Mark "Sent from my …" lines that stand alone or at the end of a paragraph; gives how many."""
    count = 0
    for at in reversed(range(first, beyond)):
        if not _is_mobile(lines[at].text):
            if count == 0:
                return 0
            break
        marks[at] = Label.SIGNATURE
        count += 1
    return count


def _is_mobile(text: str) -> bool:
    """A telephone's "Sent from my …"; goods are sent from a warehouse, and people write on after a comma."""
    words = phrases()
    if words.mobile.match(text) is None or words.device.search(text) is None or speaks_of_goods(text):
        return False
    return "," not in text or not _is_prose(text) or words.excuse.search(text) is not None


def _mark_below_farewell(lines: Sequence[Line], at: int, beyond: int, marks: Marks, *, named: bool) -> None:
    """Mark what stands under "Best regards" in a paragraph: the name stays, title and contact go, if there is a contact."""
    rest = [i for i in range(at, beyond) if i not in marks]
    if any(_is_message_line(lines[i].text) for i in rest) or not any(_CONTACT.search(lines[i].text) for i in rest):
        return
    keep = 0 if named else 1
    for i in rest[keep:]:
        marks[i] = Label.SIGNATURE
    if rest and not named and _CONTACT.search(lines[rest[0]].text):
        marks[rest[0]] = Label.SIGNATURE


def _reads_like_message(lines: Sequence[Line], first: int, beyond: int) -> bool:
    """True for a postscript, a sentence, a line about goods: somebody wrote on after the signature."""
    if first >= beyond:
        return False
    if phrases().postscript.match(lines[first].text + " "):
        return True
    texts = [line.text for line in lines[first:beyond] if not line.empty]
    if any(_CONTACT.search(text) for text in texts):
        return any(_ORDERED.search(text) and not _CONTACT.search(text) for text in texts)
    return any(_is_message_line(text) for text in texts) or _is_prose(" ".join(texts))


def _is_message_line(text: str) -> bool:
    return answers(text) or (_is_prose(text) and _CONTACT.search(text) is None)


def _is_said(text: str) -> bool:
    """A sentence, or at least four words of which most are small, where a name would stand: "my new number is"."""
    words = _WORD.findall(_CONTACT.sub(" ", text))
    told = len(words) >= _TOLD and sum(word[0].islower() for word in words) * 2 > len(words)
    return told or _is_sentence(text)


def _is_sentence(text: str) -> bool:
    """A line of the message, be a telephone or an address in it."""
    return _is_message_line(text) or _is_prose(_CONTACT.sub(" ", text))


def answers(text: str) -> bool:
    """A line that names goods, says yes, no or all but, or tells a day, as people do and signatures do not."""
    if speaks_of_goods(text):
        return True
    return _HOURS.search(text) is None and phrases().answer.search(_CONTACT.sub(" ", text)) is not None


def _is_prose(text: str) -> bool:
    """A sentence: at least five words, most of them in lower case, and a full stop (or a comma on the way)."""
    found = _WORD.findall(text)
    small = sum(word[0].islower() for word in found)
    return len(found) >= 5 and small * 10 >= len(found) * 6 and bool(_SENTENCE.search(text) or len(found) >= 12)


def _mark_contact(lines: Sequence[Line], paragraphs: list[tuple[int, int]], marks: Marks) -> None:
    """Mark a block of contact lines at the very end, which nobody announced ("our new address:", "track them here:")."""
    for at, (first, beyond) in reversed(list(enumerate(paragraphs))[1:]):
        if any(i in marks for i in range(first, beyond)):
            continue
        texts = [lines[i].text for i in range(first, beyond)]
        above = lines[paragraphs[at - 1][1] - 1].text
        if any(each.rstrip().endswith((":", "：")) for each in (above, texts[0])):
            return
        contact = sum(_CONTACT.search(text) is not None for text in texts)
        if contact < 2 or not any(_CONTACT.search(_LINK.sub(" ", text)) for text in texts):
            return  # links alone are what the author points to
        if _is_said(texts[0]) or any(len(text) > _LONGEST_LINE or _is_sentence(text) for text in texts):
            return
        marks.update(dict.fromkeys(range(first, beyond), Label.SIGNATURE))


def _mark_spaced(lines: Sequence[Line], paragraphs: list[tuple[int, int]], marks: Marks) -> None:
    """Mark a signature whose lines stand apart, as Outlook's plain text has them: the name stays, the rest goes."""
    signed = [at for at, (_, beyond) in enumerate(paragraphs) if phrases().farewell.match(lines[beyond - 1].text)]
    behind = paragraphs[signed[-1] + 1 :] if signed else []
    if any(beyond - first > 1 and _is_said(lines[first].text) for first, beyond in behind):
        return
    below = [i for first, beyond in behind for i in range(first, beyond)]
    rest = [i for i in below[1:] if i not in marks]
    signs = any(_CONTACT.search(lines[i].text) for i in below[1:])
    if signs and not any(len(lines[i].text) > _LONGEST_LINE or _is_sentence(lines[i].text) for i in rest):
        marks.update(dict.fromkeys(rest, Label.SIGNATURE))


def _mark_armour(lines: Sequence[Line], start: int, end: int, marks: Marks) -> None:
    """Mark the wrapping of a clear-signed PGP text."""
    inside = False
    for at in range(start, end):
        text = lines[at].text.strip()
        if text.startswith(_PGP_HEAD) or (text.startswith("Hash: SHA") and at > start and at - 1 in marks):
            marks[at] = Label.HEADER
        inside = inside or text.startswith(_PGP_BEGIN)
        if inside:
            marks[at] = Label.SIGNATURE
            inside = not text.startswith(_PGP_END)
