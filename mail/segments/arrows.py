"""Answers typed behind an arrow on a line of the original ("3 | BF-1003 | 24  <-- only 12"): such a line holds two people's words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mail.segments.lines import Line
from mail.segments.segment import Label
from mail.segments.sent import SentMail, squeezed

_ARROW = re.compile(r"[ \t](?:<{1,3}[-=]+|<{2,3}|[-=]+>{1,3}|[←⇐→⇒➔➜])(?=[ \t\w])")
_LETTER = re.compile(r"\w")
_LONGEST = 500  # characters of a line in which an arrow is looked for
_SIGN = re.compile(r"<[-=<]|[-=]>|[←⇐→⇒➔➜]")


@dataclass(frozen=True, slots=True)
class Cut:
    """The lines after cutting; `before` is for each the label of the line that it was cut from, `labels` is its own."""

    lines: list[Line]
    before: list[Label]
    labels: list[Label]


def behind_arrows(lines: list[Line], labels: list[Label], sent: SentMail | None) -> Cut:
    """Cut the lines of an original before an answer behind an arrow; the answer is the supplier's.

    Arrows of an older mail of the thread (two quote marks) and of our own mail are left alone.
    """
    if not any(_SIGN.search(line.text) for line in lines):
        return Cut(lines, labels, labels)
    ours = frozenset(squeezed(each) for each in sent.lines) if sent is not None else frozenset()
    parts = [(*part, label) for line, label in zip(lines, labels, strict=True) for part in _parts(line, label, ours)]
    return Cut([part for part, _, _ in parts], [before for _, _, before in parts], [label for _, label, _ in parts])


def _parts(line: Line, label: Label, ours: frozenset[str]) -> Sequence[tuple[Line, Label]]:
    if label is not Label.OURS or line.depth > 1 or line.row is not None or line.runs or len(line.text) > _LONGEST:
        return ((line, label),)
    arrow = _ARROW.search(line.text)
    if arrow is None or not _is_answered(line.text, arrow) or squeezed(line.text) in ours:
        return ((line, label),)
    text = line.text[: arrow.start()].rstrip()
    answer = line.text[arrow.end() :].lstrip()
    above = replace(line, text=text, end=line.start + len(text))
    said = replace(line, text=answer, start=line.start + len(line.text) - len(answer), rule=False)
    return ((above, label), (said, Label.SUPPLIER))


def _is_answered(text: str, arrow: re.Match[str]) -> bool:
    """Whether something stands on both sides."""
    return _LETTER.search(text[: arrow.start()]) is not None and _LETTER.search(text[arrow.end() :]) is not None
