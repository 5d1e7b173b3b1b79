"""One mail about several orders: which words speak of which."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from mail.reading.answer import Passage
from mail.reading.tokens import fold

_PIECE = re.compile(r"[^.!?;\n]*(?:\.(?=\S)[^.!?;\n]*)*[.!?;\n]*\s*")
_WORD = re.compile(r"[^\W\d_]+")
_JOINING = frozenset({"and", "und", "i", "oraz", "et", "y", "e", "a", "en", "ta", "та", "і", "po", "no", "nr"})


@dataclass(slots=True)
class Shares:
    """The passages of each order, and the words said before any order was named or of several at once."""

    own: dict[str, list[Passage]] = field(default_factory=dict)
    shared: list[Passage] = field(default_factory=list)


def share_out(passages: Sequence[Passage], spellings: Mapping[str, Sequence[str]]) -> Shares:
    """Give each piece of text to the order that it names, or that was named last; `spellings` of each order's number."""
    shares = Shares({number: [] for number in spellings})
    patterns = {number: _pattern(texts) for number, texts in spellings.items()}
    current: tuple[str, ...] = ()
    for passage in passages:
        for piece in _pieces(passage):
            named = _mentions(piece.text, patterns)
            if not named:
                _give(shares, piece, current)
            elif len({number for number, _ in named}) == 1:
                current = (named[0][0],)
                _give(shares, piece, current)
            else:
                current = _cut_up(shares, piece, named)
    return shares


def _give(shares: Shares, piece: Passage, orders: tuple[str, ...]) -> None:
    _append(shares.own[orders[0]] if len(orders) == 1 else shares.shared, piece)


def _append(told: list[Passage], piece: Passage) -> None:
    """Add the piece to the passage that it goes on, so that "12 pcs. instead of 16" stays one sentence, or as its own."""
    last = told[-1] if told else None
    if last is not None and last.part == piece.part and last.start + len(last.text) == piece.start:
        told[-1] = replace(last, text=last.text + piece.text)
    else:
        told.append(piece)


def _cut_up(shares: Shares, piece: Passage, named: list[tuple[str, int]]) -> tuple[str, ...]:
    """A sentence with several orders: each gets the words up to the next; a bare list of numbers shares what is said."""
    starts = [at for _, at in named]
    cuts = [0, *starts[1:], len(piece.text)]
    texts = [piece.text[one:following] for one, following in pairwise(cuts)]
    if any(_is_bare(piece.text[one:following]) for one, following in pairwise(at for _, at in named)):
        _append(shares.shared, piece)
        return tuple(dict.fromkeys(number for number, _ in named))
    for (number, _), text, start in zip(named, texts, cuts[:-1], strict=True):
        _append(shares.own[number], replace(piece, text=text, start=piece.start + start))
    return (named[-1][0],)


def _is_bare(text: str) -> bool:
    """True when nothing stands beside the order's number but "and" and commas."""
    words = _WORD.findall(re.sub(r"\b\w[\w/-]*\d[\w/-]*", "", fold(text)))
    return all(word in _JOINING for word in words)


def _pieces(passage: Passage) -> list[Passage]:
    """The sentences; a point before a small letter, as in "zam. nr 10433", ends none."""
    found: list[Passage] = []
    for piece in _PIECE.finditer(passage.text):
        text = piece.group()
        if not text.strip():
            continue
        last = found[-1] if found else None
        if last is not None and last.text.endswith(". ") and text[0].islower():
            found[-1] = replace(last, text=last.text + text)
        else:
            found.append(replace(passage, text=text, start=passage.start + piece.start()))
    return found or [passage]


def _pattern(texts: Sequence[str]) -> re.Pattern[str]:
    return re.compile(
        "|".join(rf"(?<!\w){re.escape(fold(text))}(?!\w)" for text in sorted(texts, key=len, reverse=True))
    )


def _mentions(text: str, patterns: Mapping[str, re.Pattern[str]]) -> list[tuple[str, int]]:
    folded = fold(text)
    found = [(number, hit.start()) for number, pattern in patterns.items() for hit in pattern.finditer(folded)]
    return sorted(found, key=lambda each: each[1])
