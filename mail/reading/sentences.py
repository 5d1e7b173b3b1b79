"""A passage of the supplier's words to sentences of atoms, each scanned in the language that knows it best."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from mail.reading.compose import compose
from mail.reading.concepts import Concept
from mail.reading.figures import Atom, Other, OtherKind, Phrase, Quantity, Span
from mail.reading.lexicon import LANGUAGES, Language, language
from mail.reading.numbered import with_numbered_rows
from mail.reading.scan import Desk, tag
from mail.reading.tokens import Token, TokenKind, tokenise

_WRAPPED = 55  # characters: a shorter line was ended on purpose
_ENDS = frozenset({".", "!", "?", ";", "\n", "…"})
_BULLETS = frozenset({"-", "*", "•", "·", "–", ">", "o", "▪", "●"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """Atoms up to a full stop or the end of a line; `row` counts the physical lines of the passage."""

    atoms: tuple[Atom, ...]
    span: Span
    asked: bool
    row: int
    spoken: str = "en"  # the language it was read in

    def has(self, *concepts: Concept) -> bool:
        """True when a phrase with one of these meanings stands in it."""
        for atom in self.atoms:  # noqa: SIM110  asked many times of each sentence, and a loop takes half the time
            if isinstance(atom, Phrase) and atom.concept in concepts:
                return True
        return False


def sentences(text: str, desk: Desk, prior: str) -> tuple[Sentence, ...]:
    """Every sentence; `prior` is the language that the supplier is known to write."""
    found: list[Sentence] = []
    rows = with_numbered_rows(list(_rows(tokenise(text), text)), desk, prior)
    if not _numbers_lines(rows, desk, prior):
        rows = [_without_number(tokens) for tokens in rows]
    for row, tokens in enumerate(rows):
        if not tokens:
            continue
        spoken = _language_of(tokens, prior)
        languages = [spoken] if spoken.code == "en" else [spoken, language("en")]
        atoms = compose(tag(tokens, languages, desk), spoken, desk)
        found += _split(atoms, row, spoken.code)
    return tuple(found)


def _rows(tokens: Sequence[Token], text: str) -> Iterator[list[Token]]:
    """Physical lines, those joined that a mail program has wrapped."""
    row: list[Token] = []
    for at, token in enumerate(tokens):
        if token.kind is not TokenKind.BREAK:
            row.append(token)
        elif not _is_wrap(tokens, at, text):
            yield row
            row = []
    yield row


_NO_LINE = (
    Concept.DELIVER,
    Concept.SHIP,
    Concept.ALL,
    Concept.DATE,
    Concept.PRICE,
    Concept.ORDER,
    Concept.ASK,
    Concept.REST,
    Concept.REST_LINES,
    Concept.BOTH,
    Concept.LINE,
    Concept.HAVE,
)  # fmt: skip  what stands behind the number of a remark rather than of an order line


def _numbers_lines(rows: Sequence[list[Token]], desk: Desk, prior: str) -> bool:
    """True when the numbers that rows begin with are those of order lines, not of remarks: each once, each with an answer."""
    heads = [row for row in rows if _number_head(row) is not None]
    numbers = [_number_head(row) for row in heads]
    if len(numbers) != len(set(numbers)) or not set(numbers) <= desk.line_numbers:
        return False
    if all(row[1].folded == ":" for row in heads):
        return True
    spoken = [language(prior), language("en")]
    return not any(each.means(*_NO_LINE) for row in heads for each in tag(row[2:3], spoken, desk))


_LONGEST_NUMBER = 3  # digits; 71320: is a code


def _number_head(row: Sequence[Token]) -> int | None:
    if (
        len(row) < 3
        or not row[0].folded.isdigit()
        or len(row[0].folded) > _LONGEST_NUMBER
        or row[1].folded not in {":", ")", ".", "/"}
        or row[1].spaced
    ):
        return None
    return int(row[0].folded)


def _without_number(row: list[Token]) -> list[Token]:
    return row if _number_head(row) is None else row[2:]


def _is_wrap(tokens: Sequence[Token], at: int, text: str) -> bool:
    if at == 0 or at + 1 >= len(tokens):
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    if before.kind is TokenKind.BREAK or after.kind is TokenKind.BREAK or before.folded in _ENDS | {":"}:
        return False
    if _begins_list(tokens, at + 1):
        return False
    begin = text.rfind("\n", 0, tokens[at].start) + 1
    if after.folded in _BULLETS or (after.kind is TokenKind.NUMBER and before.folded not in {",", "-"}):
        return tokens[at].start - begin >= _WRAPPED and after.kind is TokenKind.NUMBER
    if after.text[:1].islower() and before.folded != ",":
        return tokens[at].start - begin >= _WRAPPED - 25
    return tokens[at].start - begin >= _WRAPPED


_TINY = 2  # letters: "i. O." is German though Polish knows both
_HEAD = 6  # tokens of "lignes 2 à 4 :"


def _begins_list(tokens: Sequence[Token], at: int) -> bool:
    """A row that names something with a number and a colon behind it: ligne 3 : ok."""
    head = list(takewhile(lambda token: token.kind is not TokenKind.BREAK, tokens[at : at + _HEAD]))
    if len(head) > 2 and head[0].folded.isdigit() and head[1].folded == ")" and not head[1].spaced:
        return True  # 3) …
    colon = next((n for n, token in enumerate(head) if token.folded == ":"), 0)
    return colon > 1 and head[0].kind is TokenKind.WORD and head[1].folded.isdigit()


def _language_of(tokens: Sequence[Token], prior: str) -> Language:
    """The language that knows most words; the prior wins unless another knows two more, English comes before the others."""
    spoken = [token.folded for token in tokens if token.kind is TokenKind.WORD][:60]
    words = [word for word in spoken if len(word) > _TINY]
    first = language(prior)
    best, most = first, sum(map(first.knows, words)) + 1
    if most >= len(words):
        return first  # no other can know two more
    for code in LANGUAGES:
        if code != prior:
            candidate = language(code)
            score = sum(map(candidate.knows, words))
            if score > most:
                best, most = candidate, score
    return best


_BEFORE_NUMBERS = frozenset({"nr", "no", "num", "art", "best", "auftr", "ref", "tel"})  # folded


def _abbreviates(atoms: Sequence[Atom], at: int) -> bool:
    """Nr. 4471: the point ends no sentence."""
    if at == 0 or at + 1 >= len(atoms):
        return False
    mark, before, after = atoms[at], atoms[at - 1], atoms[at + 1]
    short = isinstance(before, Other) and before.text.lower() in _BEFORE_NUMBERS
    return short and isinstance(mark, Other) and mark.text == "." and isinstance(after, (Quantity, Other))


def _split(atoms: Sequence[Atom], row: int, spoken: str) -> Iterator[Sentence]:
    current: list[Atom] = []
    for at, atom in enumerate(atoms):
        ends = isinstance(atom, Other) and atom.kind is OtherKind.MARK and atom.text in _ENDS
        if not ends or _abbreviates(atoms, at):
            current.append(atom)
            continue
        asked = isinstance(atom, Other) and atom.text == "?"
        if current:
            yield Sentence(tuple(current), Span(current[0].span.start, atom.span.end), asked, row, spoken)
        current = []
    if current:
        yield Sentence(
            tuple(current), Span(current[0].span.start, current[-1].span.end), asked=False, row=row, spoken=spoken
        )
