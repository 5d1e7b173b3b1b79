"""Where an original message begins: attribution lines, header blocks, dividers. Finds them; labels nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from mail.segments.lines import Line
from mail.segments.phrases import phrases

_MOST_LINES = 4  # an attribution line is broken into at most so many
_LONGEST = 450  # characters of an attribution
_LONGEST_BLOCK = 25  # lines of a header block, its broken address lists included
_EVIDENCE = re.compile(r"\d|@|\bvia\b", re.IGNORECASE)
_STRONG = re.compile(r"@|\b(?:19|20)\d\d\b|\d{1,2}[:.]\d\d", re.IGNORECASE)
_EARLY_DIGIT = re.compile(r"^.{0,60}?\d")
_ENDING = re.compile(r"^(?:[^:：]|(?<=\d):(?=\d)){0,110}[:：]?[\s>*_\-–—]*$")
_BROKEN_NAME = re.compile(r"^[^\d.!?:;]{2,50}$")  # a name alone, whose address stands on the next line
_DATED = re.compile(r"^[\s>*]*(?:[^\W\d]{2,12}\.?,?\s)?\d")
_COLON = re.compile(r"[:：][\s>*_\-–—]*$")
_DATE_ADDRESS = re.compile(
    r"^[\s>*-]*(?:\D{0,25}\d{1,4}[\s./-].{0,60}|\d{1,2}:\d\d.{0,60}\d{4}.{0,40})[<\[(][^<>@\s\]]+@[^<>\s\])]+[>\])]\s*[:：]?\s*$"
)
_ISO = re.compile(r"^[\s>*]*20\d\d[-/.]\d\d[-/.]\d\d \d\d?:\d\d (?:GMT|UTC)?\s?[+-]\d\d:?\d\d [^\d:]{2,60}:?$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}:\d\d")
_UNDERLINE = re.compile(r"^[\s*]*[_\-–—=*]{5,}[\s*]*$")
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")


_DRAWN = frozenset("-–—=_*")


class Head(Enum):
    """What sort of beginning it is."""

    ATTRIBUTION = auto()  # "On … wrote:"
    BLOCK = auto()  # "From: … Sent: … Subject: …", with or without a divider above it
    FORWARD = auto()  # the same, announced as a forwarded message


@dataclass(frozen=True, slots=True)
class Found:
    """A beginning: what it is, the line after it, and the address that it names as the author's ("" when none)."""

    head: Head
    end: int
    author: str = ""


def hopeful_lines(lines: Sequence[Line]) -> list[bool]:
    """For each line, whether an attribution may begin there: a quick look that passes over most lines of a mail."""
    ends = [_may_end(line.text) for line in lines]
    return [any(ends[at : at + _MOST_LINES + 2]) for at in range(len(ends))]


def head_at(lines: Sequence[Line], at: int, *, hopeful: bool) -> Found | None:
    """The beginning of an original message at this line, None when there is none."""
    text = lines[at].text
    if not text or len(text) > 2_000:
        return None
    if _UNDERLINE.match(text):
        return _under(lines, at)
    words = phrases()
    if ":" in text or "：" in text:
        block = _block(lines, at, least=3)
        if block is not None:
            return block
    if text.lstrip(" >*")[:1] in _DRAWN or text[-1] in ":：" or len(text) < 30:
        forwarded = words.forwarded.match(text) is not None
        if forwarded or words.original.match(text):
            block = _block_below(lines, at + 1, least=1)
            head = Head.FORWARD if forwarded else Head.BLOCK
            return Found(head, block.end if block else at + 1, block.author if block else "")
    return _attribution(lines, at) if hopeful else None


def _may_end(text: str) -> bool:
    """Whether an attribution may end with this line."""
    if not text:
        return False
    bare = text.rstrip(" >*_-–—")
    return bare[-1:] in {":", "："} or bare.lower().endswith(phrases().wrote_plainly) or _ISO.match(text) is not None


def _under(lines: Sequence[Line], at: int) -> Found | None:
    """A drawn line counts when a header block stands right under it."""
    return _block_below(lines, at + 1, least=2)


def _block_below(lines: Sequence[Line], at: int, *, least: int) -> Found | None:
    while at < len(lines) and lines[at].empty:
        at += 1
    return _block(lines, at, least=least) if at < len(lines) else None


def _block(lines: Sequence[Line], at: int, *, least: int) -> Found | None:
    """A header block of at least so many kinds of fields; two are enough when one is From and the other a date or subject."""
    field = phrases().field
    kinds: dict[str, str] = {}
    end = here = at
    depth = lines[at].depth
    while here < min(len(lines), at + _LONGEST_BLOCK) and lines[here].depth == depth:
        match = field.match(lines[here].text)
        if match is not None and match.lastgroup is not None:
            kinds.setdefault(_kind(match), match["value"])
            end = here + 1
        elif here == at or here - end >= (3 if kinds.keys() - {"from"} else 1) or len(kinds) > 4:
            break
        here += 1
    enough = len(kinds) >= least or ("from" in kinds and ("subject" in kinds or "date" in kinds))
    if not enough or not _credible(kinds):
        return None
    author = " ".join((kinds.get("from", ""), lines[at + 1].text if at + 1 < end else ""))
    found = _ADDRESS.search(author)
    return Found(Head.BLOCK, end, found[0].lower() if found else "")


def _kind(match: re.Match[str]) -> str:
    return next(name for name in ("from", "date", "to", "copy", "subject") if match[name] is not None)


def _credible(kinds: dict[str, str]) -> bool:
    """A date has figures, an author letters; a list of quantities has the same colons."""
    if "date" in kinds and not any(each.isdigit() for each in kinds["date"]):
        return False
    if "from" in kinds:
        return any(each.isalpha() for each in kinds["from"]) or len(kinds) > 2
    return len(kinds) >= 3 and "subject" in kinds


def _attribution(lines: Sequence[Line], at: int) -> Found | None:
    words = phrases()
    opened = words.opener.match(lines[at].text) is not None
    joined, end = "", at
    for end in range(at + 1, min(len(lines), at + _MOST_LINES + 2) + 1):
        line = lines[end - 1]
        if line.depth != lines[at].depth or (line.empty and lines[end - 2].empty):
            return None
        joined = f"{joined} {line.text.strip()}".strip()
        if len(joined) > _LONGEST:
            return None
        if not line.empty and _is_attribution(joined, lines, end, opened=opened):
            found = _ADDRESS.search(joined)
            return Found(Head.ATTRIBUTION, end, found[0].lower() if found else "")
        if not opened and (line.empty or end - at >= 2 or not _may_go_on(lines, end)):
            return None
    return None


def _may_go_on(lines: Sequence[Line], at: int) -> bool:
    """Whether an attribution that begins with a name or a date may be broken here: evidence above, or an address below."""
    if _EVIDENCE.search(lines[at - 1].text):
        return True
    below = lines[at].text.lstrip() if at < len(lines) else ""
    return below.startswith("<") and _BROKEN_NAME.match(lines[at - 1].text) is not None


def _is_attribution(text: str, lines: Sequence[Line], end: int, *, opened: bool) -> bool:
    if _ISO.match(text) or (_DATE_ADDRESS.match(text) and (_COLON.search(text) or _quote_follows(lines, end))):
        return True
    wrote = next(reversed(list(phrases().wrote.finditer(text))), None)
    if wrote is None or not _ENDING.match(text[wrote.end() :]):
        return False
    before, after, colon = text[: wrote.start()], text[wrote.end() :], _COLON.search(text) is not None
    if opened:
        early = _EARLY_DIGIT.match(before) or "@" in before
        return bool(early and (_EVIDENCE if colon else _STRONG).search(text))
    return _is_unopened(text, before, after, colon=colon, quoted=_quote_follows(lines, end))


def _is_unopened(text: str, before: str, after: str, *, colon: bool, quoted: bool) -> bool:
    """An attribution that begins with the name or the date: "Jan <jan@x> wrote:", "23 mar 2017 21:25 … napisał(a):"."""
    if not colon:
        return "@" in before and not after.strip(" -*") and len(text) < 160 and quoted
    if not before.strip():
        return False
    if "@" in text or " via " in text:
        return True
    if _DATED.match(before) and _YEAR.search(before) and not after.strip(" :："):
        return True
    return len(text) < 120 and quoted


def _quote_follows(lines: Sequence[Line], at: int) -> bool:
    for line in lines[at : at + 3]:
        if not line.empty:
            return line.depth > lines[at - 1].depth
    return False
