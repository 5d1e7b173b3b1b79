"""A reply against the mail that we sent: equal is ours, changed or typed between is the supplier's."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from mail.segments.lines import Line
from mail.segments.segment import Label
from mail.segments.sent import SentMail, squeezed

_SHORT = 6  # letters; a shorter stretch is ours only when it is a whole line or cell of ours
_LONG = 15  # letters; outside of quotes a shorter line may be ours by chance
_EDITED = 60.0  # rapidfuzz ratio from which a line counts as one of ours that was edited


@dataclass(frozen=True, slots=True)
class _Ours:
    """Our mail, prepared for looking things up."""

    everything: str
    pieces: frozenset[str]
    lines: tuple[str, ...]


def aligned(lines: Sequence[Line], labels: Sequence[Label], sent: SentMail) -> list[Label]:
    """Correct the labels by what we know of our own mail."""
    ours = _prepared(sent)
    known = [None if line.empty else _is_ours(line, ours) for line in lines]
    first = next((at for at, each in enumerate(known) if each and labels[at] is Label.OURS), len(lines))
    last = next((at for at in reversed(range(len(lines))) if known[at] and labels[at] is Label.OURS), -1)
    found = list(labels)
    for at, line in enumerate(lines):
        if known[at] is None:
            continue
        if labels[at] is Label.SUPPLIER and known[at] and len(squeezed(line.text)) >= _LONG and not line.runs:
            found[at] = Label.OURS
        elif labels[at] is Label.OURS and not known[at] and _is_typed(line, ours, inside=first < at < last):
            found[at] = Label.SUPPLIER
    return found


def _prepared(sent: SentMail) -> _Ours:
    pieces = {squeezed(line) for line in sent.lines}
    pieces |= {squeezed(cell) for row in sent.rows for cell in row}
    return _Ours(
        "".join(squeezed(line) for line in sent.lines), frozenset(pieces), tuple(squeezed(x) for x in sent.lines)
    )


def _is_ours(line: Line, ours: _Ours) -> bool:
    text = squeezed(line.text)
    if len(text) < _SHORT:
        return not text or text in ours.pieces
    return text in ours.everything


def _is_typed(line: Line, ours: _Ours, *, inside: bool) -> bool:
    """Whether a line of the original that is not in our mail was typed or edited there by the supplier.

    Under quote marks only an edited line of ours counts: another line may come from an older mail of the thread.
    """
    text = squeezed(line.text)
    edited = any(fuzz.ratio(text, each, score_cutoff=_EDITED) for each in ours.lines)
    return edited or (inside and line.depth == 0)
