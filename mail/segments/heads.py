"""Where an original message begins: attribution lines, header blocks, dividers. Finds them; labels nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from mail.segments.attributions import ADDRESS, attribution_at
from mail.segments.lines import Line
from mail.segments.phrases import phrases

_LONGEST_MARK = 120  # characters of a help desk's "reply above this line"
_LONGEST_BLOCK = 25  # lines of a header block, its broken address lists included
_UNDERLINE = re.compile(r"^[\s*]*[_\-–—=*]{3,}[\s*]*$")
_REPEATED = frozenset({"date", "copy"})  # "Sent" and "Date", "Cc" and "Reply-To" stand in one block
_TIME = re.compile(r"\d[:h]\d\d")
_STAMP = re.compile(r"\d{4}.*\d{1,2}:\d\d")  # a date as mail programs write it
_PACKED = re.compile(r"\s(?=\*?[^\W\d_]{2,12}:\*?\s)")  # before the fields of a header block that stand in one line
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


def head_at(lines: Sequence[Line], at: int, *, hopeful: bool) -> Found | None:
    """The beginning of an original message at this line, None when there is none."""
    text = lines[at].text
    if not text or len(text) > 2_000:
        return None
    if _UNDERLINE.match(text):
        return _under(lines, at)
    words = phrases()
    if ":" in text or "：" in text:
        block = _block(lines, at, least=3) or _packed(lines[at], at)
        if block is not None:
            return block
    if len(text) < _LONGEST_MARK and words.reply_above.match(text) is not None:
        return Found(Head.BLOCK, at + 1)
    if text.lstrip(" >*")[:1] in _DRAWN or text[-1] in ":：" or len(text) < 30:
        forwarded = words.forwarded.match(text) is not None
        if forwarded or words.original.match(text):
            block = _block_below(lines, at + 1, least=1)
            head = Head.FORWARD if forwarded else Head.BLOCK
            return Found(head, block.end if block else at + 1, block.author if block else "")
    found = attribution_at(lines, at) if hopeful else None
    return Found(Head.ATTRIBUTION, *found) if found is not None else None


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
            kind = _kind(match)
            if kind in kinds and kind not in _REPEATED:
                break  # the header of another original, or no header at all
            kinds.setdefault(kind, match["value"])
            end = here + 1
        elif here == at or here - end >= (3 if kinds.keys() - {"from"} else 1) or len(kinds) > 4:
            break
        here += 1
    enough = (
        len(kinds) >= least
        or ("from" in kinds and ("subject" in kinds or "date" in kinds))
        or kinds.keys() == {"date", "to"}
    )
    if not enough or not _credible(kinds):
        return None
    author = " ".join((kinds.get("from", ""), lines[at + 1].text if at + 1 < end else ""))
    found = ADDRESS.search(author)
    return Found(Head.BLOCK, end, found[0].lower() if found else "")


def _packed(line: Line, at: int) -> Found | None:
    """From: Anna <a@b.example> Date: Thu, 24 Mar 2016 08:07 Subject: … in one line, as some programs flatten them."""
    field = phrases().field
    first = field.match(line.text)
    if first is None or first.lastgroup is None or "@" not in line.text:
        return None
    found = [field.match(each) for each in _PACKED.split(line.text)]
    kinds = {_kind(match): match["value"] for match in found if match is not None}
    stamped = _STAMP.search(kinds.get("date", "")) is not None
    if "from" not in kinds or not (stamped or len(kinds) > 2) or not _credible(kinds):
        return None
    author = ADDRESS.search(kinds["from"])
    return Found(Head.BLOCK, at + 1, author[0].lower() if author else "")


def _kind(match: re.Match[str]) -> str:
    return next(name for name in ("from", "date", "to", "copy", "subject") if match[name] is not None)


def _credible(kinds: dict[str, str]) -> bool:
    """A date has figures, an author letters; a list of quantities has the same colons, but no address and no time of day."""
    if (
        "subject" not in kinds
        and not any("@" in value for value in kinds.values())
        and not _TIME.search(kinds.get("date", ""))
    ):
        return False
    if "date" in kinds and not any(each.isdigit() for each in kinds["date"]):
        return False
    if "from" in kinds:
        return any(each.isalpha() for each in kinds["from"]) or len(kinds) > 2
    if len(kinds) == 2:
        return "to" in kinds and "@" in kinds["to"] and _STAMP.search(kinds.get("date", "")) is not None
    return len(kinds) >= 3 and "subject" in kinds
