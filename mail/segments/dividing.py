"""A message into segments: whose words are whose."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from mail.message import Message
from mail.mime.parts import Body
from mail.segments.aligning import aligned
from mail.segments.arrows import behind_arrows
from mail.segments.attributions import apart
from mail.segments.labelling import Circumstances, labels_of, raised
from mail.segments.lines import Line, marked_by_hand, plain_lines
from mail.segments.phrases import phrases
from mail.segments.rendering import html_lines
from mail.segments.segment import Label, Run, Segment
from mail.segments.sent import SentMail

_MOST_DIFFERENT = 0.3  # of the author's words that may stand in one form only (bullets, links, pictures)
_WORD = re.compile(r"\w+")
_LEAST_SHARE = 0.3  # of the plain text's letters that the HTML must show to be taken for the same message


@dataclass(frozen=True, slots=True)
class _View:
    """One body as it is read: the part it came from and its lines."""

    part: str
    lines: list[Line]
    html: str | None = None  # the text that they are rendered from


def segments(message: Message, sent: SentMail | None) -> tuple[Segment, ...]:
    """Divide everything that the message shows, in the order in which it is shown; messages inside it come last."""
    around = _circumstances(message, sent)
    found: list[Segment] = []
    for body in message.bodies:
        view = _view(body)
        labels = labels_of(view.lines, around) if view.html is None else _shown_labels(view.html, around)
        cut = behind_arrows(view.lines, labels, sent)
        lines, labels = cut.lines, raised(cut.lines, cut.labels)
        if sent is not None:
            lines, labels = aligned(lines, labels, sent)
        found += _segments(_View(view.part, lines), labels, cut.before)
    for number, inner in enumerate(message.forwarded, 1):
        found += _passed_on(inner, number, around, sent)
    return tuple(found)


def reply_text(found: Iterable[Segment]) -> str:
    """What the author newly wrote, as plain text."""
    return "\n".join(segment.text for segment in found if segment.label is Label.SUPPLIER).strip()


def texts_disagree(message: Message) -> bool:
    """True when the plain and the HTML form of one text give the author other figures or other words.

    Readers see one form or the other, so such a mail is for a person: it is broken, or made to deceive.
    """
    around = _circumstances(message, None)
    for body in message.bodies:
        if body.plain is None or body.html is None:
            continue
        lines = apart(plain_lines(body.plain.text))
        plain = _words_of(lines, labels_of(lines, around))
        html = _words_of(_shown(body.html.text), _shown_labels(body.html.text, around))
        different = plain.symmetric_difference(html)
        if any(each.isdigit() for each in different) or len(different) > _MOST_DIFFERENT * len(plain | html):
            return True
    return False


def _words_of(lines: list[Line], labels: list[Label]) -> set[str]:
    """The author's words in lower case, struck-out ones included, for the plain form cannot tell them."""
    texts = [
        "".join(run.text for run in line.runs) or line.text
        for line, label in zip(lines, raised(lines, labels), strict=True)
        if label in {Label.SUPPLIER, Label.SIGNATURE}
    ]
    return {word for text in texts for word in _WORD.findall(text.lower())}


def _circumstances(message: Message, sent: SentMail | None) -> Circumstances:
    recipients = {each.address for each in (*message.to, *message.cc) if each.address}
    author = message.sender.address if message.sender else ""
    if sent is not None and sent.author:
        recipients.add(sent.author)
    recipients.discard(author)
    return Circumstances(author, frozenset(recipients), phrases().forward_subject.match(message.subject) is not None)


def _view(body: Body) -> _View:
    """The body as its reader sees it: the HTML, unless it shows hardly any of what the plain text says."""
    if body.html is not None:
        lines = _shown(body.html.text)
        if body.plain is None or _letters(line.text for line in lines) >= _LEAST_SHARE * len(body.plain.text.strip()):
            return _View(body.html.path, lines, body.html.text)
    if body.plain is not None:
        return _View(body.plain.path, apart(plain_lines(body.plain.text)))
    return _View("", [])


@lru_cache(maxsize=2)
def _shown(html: str) -> list[Line]:
    """The lines of an HTML text, rendered once for those who divide it and for those who compare it; nobody changes them."""
    return apart(marked_by_hand(html_lines(html)))


@lru_cache(maxsize=2)
def _shown_labels(html: str, around: Circumstances) -> list[Label]:
    """The labels of these lines, found once as well."""
    return labels_of(_shown(html), around)


def _letters(texts: Iterable[str]) -> int:
    return sum(len(text) for text in texts)


def _segments(view: _View, labels: Sequence[Label], before: Sequence[Label]) -> list[Segment]:
    """Neighbouring lines of one label become one segment; a table row is one of its own."""
    found: list[Segment] = []
    start = 0
    ours = [at for at, label in enumerate(labels) if label is Label.OURS]
    for at in range(1, len(view.lines) + 1):
        if at < len(view.lines) and labels[at] is labels[start] and _together(view.lines[at - 1], view.lines[at]):
            continue
        between = bool(ours) and ours[0] < start and ours[-1] >= at
        inside = before[start] is Label.OURS or between
        found += _segment(view, start, at, labels[start], inside=inside)
        start = at
    return found


def _together(above: Line, below: Line) -> bool:
    return above.row is None and below.row is None and (above.depth > 0) == (below.depth > 0)


def _segment(view: _View, start: int, end: int, label: Label, *, inside: bool) -> list[Segment]:
    lines = view.lines[start:end]
    while lines and lines[-1].empty:
        lines = lines[:-1]
    while lines and lines[0].empty:
        lines = lines[1:]
    if not lines:
        return []
    runs: list[Run] = []
    if any(line.runs for line in lines):
        for line in lines:
            runs += [*(line.runs or (Run(line.text),)), Run("\n")]
    return [
        Segment(
            label=label,
            text="\n".join(line.text for line in lines),
            part=view.part,
            start=lines[0].start,
            end=lines[-1].end,
            runs=tuple(runs[:-1]),
            row=lines[0].row,
            quoted=label is Label.SUPPLIER and inside,
        )
    ]


def _passed_on(inner: Message, number: int, around: Circumstances, sent: SentMail | None) -> list[Segment]:
    """A message inside the message: a colleague's words count as the author's, ours stay ours, others are unknown."""
    author = inner.sender.address if inner.sender else ""
    known = author and author.rpartition("@")[2] == around.author.rpartition("@")[2]
    found = []
    for segment in segments(inner, sent):
        label = segment.label
        if label is Label.SUPPLIER and not known:
            label = Label.OURS if author in around.recipients else Label.UNKNOWN
        found.append(replace(segment, label=label, part=f"forwarded.{number}/{segment.part}"))
    return found
