"""Answers typed behind an arrow on a line of the original ("3 | BF-1003 | 24  <-- only 12"): such a line holds two people's words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mail.segments.lines import Line
from mail.segments.segment import Label
from mail.segments.sent import SentMail, squeezed

_ARROW = re.compile(r"^(.*\w.*?)[ \t]+(?:<{1,3}[-=]+|<{2,3}|[-=]+>{1,3}|←|⇐|→|⇒|➔|➜)[ \t]*(?=.*\w)")
_SHOWN = ("<-", "<=", "<<", "->", "=>", "←", "⇐", "→", "⇒", "➔", "➜")


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
    if not any(sign in line.text for line in lines for sign in _SHOWN):
        return Cut(lines, labels, labels)
    ours = frozenset(squeezed(each) for each in sent.lines) if sent is not None else frozenset()
    parts = [(*part, label) for line, label in zip(lines, labels, strict=True) for part in _parts(line, label, ours)]
    return Cut([part for part, _, _ in parts], [before for _, _, before in parts], [label for _, label, _ in parts])


def _parts(line: Line, label: Label, ours: frozenset[str]) -> Sequence[tuple[Line, Label]]:
    match = (
        _ARROW.match(line.text)
        if label is Label.OURS and line.depth <= 1 and line.row is None and not line.runs
        else None
    )
    if match is None or squeezed(line.text) in ours:
        return ((line, label),)
    above = replace(line, text=match[1], end=line.start + match.end(1))
    said = replace(line, text=line.text[match.end() :], start=line.start + match.end(), rule=False)
    return ((above, label), (said, Label.SUPPLIER))
