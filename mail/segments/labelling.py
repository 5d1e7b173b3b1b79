"""Lines to labels: one walk from the top, which knows whether it stands in the author's words or in an original."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mail.segments.attributions import hopeful_lines
from mail.segments.closing import answers, closing_labels
from mail.segments.heads import Found, Head, head_at
from mail.segments.lines import LONGEST_LINE, Line, Zone
from mail.segments.segment import Label, Mark

_MOST_COLOURED = 0.4  # of the quoted characters: when more is coloured, the program did it and not the author
_ARROW = re.compile(r"^\s*(?:-+>|=+>|>{2,}|→|➔|➜|⇒)\s*\w")  # how people mark what they type into an unquoted original
_WRAPPED_FROM = 68  # characters of a quoted line that was wrapped at 72 to 80
_UNFINISHED = re.compile(r"[^|]*[\w,]$")  # no row of a table, no end of a sentence
_GOES_ON = re.compile(r"[^\d|:]+\s[^\d|:]+$")  # several words, no figures
_DRAWN = frozenset("-–—=_*")
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d年")
_LINK_ALONE = re.compile(r"\s*[(<\[]?(?:https?://|www\.)\S+[)>\]]?[\s>]*$")
_OPEN_LINK = re.compile(r"[(<\[]?https?://[^\s)>\]]+$")
_LINK_REST = re.compile(r"\S{4,}[)>\]][\s>]*$")
_MOST_LOOKED_AT = 5_000  # lines in which beginnings are looked for


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the message around the text tells: who wrote it, who they wrote to, and whether it is a forward."""

    author: str = ""
    recipients: frozenset[str] = frozenset()
    is_forward: bool = False


def labels_of(lines: Sequence[Line], circumstances: Circumstances) -> list[Label]:
    """A label for each line; an empty line gets that of the line above."""
    walk = _Walk(lines, circumstances)
    walk.run()
    _close(lines, walk.labels)
    _doubt_broken_quotes(lines, walk.labels)
    return _filled(lines, walk.labels)


class _Walk:
    """First pass: what is original and what is header; the rest is the author's, to be closed afterwards."""

    def __init__(self, lines: Sequence[Line], circumstances: Circumstances) -> None:
        self.lines = lines
        self.around = circumstances
        self.labels: list[Label | None] = [None] * len(lines)
        self.hopeful = hopeful_lines(lines[:_MOST_LOOKED_AT])
        self.seen_text = False
        self.tail: Label | None = None

    def run(self) -> None:
        at = 0
        while at < len(self.lines):
            at = self._step(at)

    def _step(self, at: int) -> int:
        line = self.lines[at]
        if line.empty:
            return at + 1
        found = None
        if at < _MOST_LOOKED_AT and (line.row is None or line.text.partition("\t")[0].endswith(":")):
            found = head_at(self.lines, at, hopeful=self.hopeful[at])
            if found is not None and self._is_told(found, at):
                found = None
        if found is not None:
            self.labels[at : found.end] = [Label.HEADER] * (found.end - at)
            if line.depth == 0 and self.tail in {None, Label.SUPPLIER}:
                self._begin(found)
            return found.end
        self.labels[at] = self._plain(line)
        return at + 1

    def _is_told(self, found: Found, at: int) -> bool:
        """At 10:30 the driver wrote: what looks like an attribution, but names no address and no year, and no quote follows."""
        line = self.lines[at]
        if found.head is not Head.ATTRIBUTION or found.author or line.depth > 0 or line.zone is not Zone.OPEN:
            return False
        if line.text.lstrip()[:1] in _DRAWN or any(_DATED.search(each.text) for each in self.lines[at : found.end]):
            return False
        follows = self._behind(found)
        return follows is not None and follows.depth == 0 and follows.zone is Zone.OPEN

    def _behind(self, found: Found) -> Line | None:
        return next((line for line in self.lines[found.end :] if not line.empty), None)

    def _plain(self, line: Line) -> Label | None:
        if len(line.text) > LONGEST_LINE:
            return Label.UNKNOWN
        if line.zone is Zone.HEADER:
            return Label.HEADER
        if line.depth > 0 or line.zone is Zone.QUOTE:
            return Label.OURS
        if self.tail is not None:
            return None if self.tail is Label.SUPPLIER or _ARROW.match(line.text) else self.tail
        if line.zone is Zone.SIGNATURE and not answers(line.text):
            return Label.SIGNATURE  # people type into the signature's box too
        self.seen_text = True
        return None

    def _begin(self, found: Found) -> None:
        """Decide whose words follow a beginning that stands outside of all quote marks."""
        follows = self._behind(found)
        if follows is None or follows.depth > 0 or (follows.zone is Zone.QUOTE and found.head is Head.ATTRIBUTION):
            return
        if found.head is Head.ATTRIBUTION:
            self.tail = Label.OURS if self.seen_text else None
        else:
            self.tail = self._whose(found)

    def _whose(self, found: Found) -> Label | None:
        """The words under a header block: ours come back, a colleague's that the author passes on, or somebody's."""
        if found.author and found.author in self.around.recipients:
            return Label.OURS
        if not self.seen_text:
            return Label.SUPPLIER
        if found.head is not Head.FORWARD and not self.around.is_forward:
            return Label.OURS
        known = found.author and _domain(found.author) == _domain(self.around.author)
        return Label.SUPPLIER if known else Label.UNKNOWN


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _close(lines: Sequence[Line], labels: list[Label | None]) -> None:
    """Second pass: signatures and disclaimers in each stretch of the author's words."""
    stretches = _stretches(lines, labels)
    for number, (start, end) in enumerate(stretches):
        marks = closing_labels(lines, start, end, last=number == len(stretches) - 1)
        for at in range(start, end):
            labels[at] = marks.get(at, Label.SUPPLIER) if not lines[at].empty else None


def _stretches(lines: Sequence[Line], labels: Sequence[Label | None]) -> list[tuple[int, int]]:
    """The author's lines without interruption by anything but empty lines."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        if labels[at] is not None or lines[at].empty:
            at += 1
            continue
        start = last = at
        while at < len(lines) and labels[at] is None:
            last = at if not lines[at].empty else last
            at += 1
        found.append((start, last + 1))
    return found


def raised(lines: Sequence[Line], labels: Sequence[Label]) -> list[Label]:
    """The same labels, but struck-out, inserted or coloured words in the original are the author's."""
    quoted = [at for at, label in enumerate(labels) if label is Label.OURS and lines[at].runs]
    found = list(labels)
    if not quoted:
        return found
    total = sum(len(line.text) for line, label in zip(lines, labels, strict=True) if label is Label.OURS)
    coloured = sum(len(run.text) for at in quoted for run in lines[at].runs if Mark.COLOURED in run.marks)
    loud = {Mark.STRUCK, Mark.INSERTED}
    if coloured <= _MOST_COLOURED * total:
        loud.add(Mark.COLOURED)
    for at in quoted:
        if any(loud & run.marks and run.text.strip() for run in lines[at].runs) and not _is_table_head(lines[at]):
            found[at] = Label.SUPPLIER
    return found


def _is_table_head(line: Line) -> bool:
    return line.row is not None and all(cell.header for cell in line.row.cells)


def _doubt_broken_quotes(lines: Sequence[Line], labels: list[Label | None]) -> None:
    """Nobody's: the end of a long quoted line that was wrapped without a mark, if it may be that and says nothing plainly.

    "> … if you could also tell us when the next" / "delivery is due": a person decides whose words they are.
    """
    for at in range(1, len(lines)):
        if labels[at] is not Label.SUPPLIER or labels[at - 1] is not Label.OURS:
            continue
        broken = _may_end_quote(lines[at - 1], lines[at]) and not answers(lines[at].text)
        if broken or _is_quoted_link(lines, at):
            labels[at] = Label.UNKNOWN


def _is_quoted_link(lines: Sequence[Line], at: int) -> bool:
    """A link alone between quoted lines, or the end of one that a quoted line begins: broken off by a program."""
    above, text = lines[at - 1], lines[at].text
    if above.depth <= lines[at].depth:
        return False
    if _OPEN_LINK.search(above.text) and _LINK_REST.match(text):
        return True
    goes_on = at + 1 < len(lines) and lines[at + 1].depth > lines[at].depth
    return goes_on and _LINK_ALONE.match(text) is not None


def _may_end_quote(above: Line, line: Line) -> bool:
    if above.depth <= line.depth or line.depth > 0 or len(above.text) < _WRAPPED_FROM:
        return False
    return (
        line.text[0].islower() and _UNFINISHED.match(above.text) is not None and _GOES_ON.match(line.text) is not None
    )


def _filled(lines: Sequence[Line], labels: Sequence[Label | None]) -> list[Label]:
    filled: list[Label] = []
    for line, label in zip(lines, labels, strict=True):
        before = filled[-1] if filled else Label.SUPPLIER
        filled.append(label if label is not None and not line.empty else before)
    return filled
