"""Attribution lines: "On … wrote:" in every language, in one line or broken into several, sharing a line with the answer or not."""

import re
from collections.abc import Sequence
from dataclasses import replace

from mail.segments.lines import Line
from mail.segments.phrases import phrases

_MOST_LINES = 4  # an attribution line is broken into at most so many
_LONGEST = 450  # characters of an attribution
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
ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_SAID = re.compile(r"[.!?…)]\s*$")
_NAMED = re.compile(r"^[\s>*]*[^\W\d][^<>@]{1,60}<[^<>\s]+@[^<>\s]+>")  # "Anna Nowak <anna@balticfoods.example>"
_NAMED_AND_QUOTED = re.compile(
    r"^.{2,160}<[^<>\s]+@[^<>\s]+>.{0,60}[:：]\s*$"
)  # in whatever language, when a quote follows
_BETWEEN_DASHES = re.compile(r"^[\s>]*-{2,} ?[^\W\d].{2,80} -{2,}\s*$")  # "---- Anna Nowak wrote ----"
_WHOLE_DATE = re.compile(
    r"^(?!\s*(?:19|20)\d\d\s)(?=\D{0,25}\d{1,4}\D)(?=.{0,40}\b(?:(?:19|20)\d\d|\d\d[./-]\d\d[./-]\d\d)\b)|^[A-Z]\w+ .{0,40}\d{1,2}[:.]\d\d"
)
_LONGEST_HALF = 8  # words of an attribution that stand on a line before another one that could begin it
_LONGEST_DATE = 5  # words of a date at the end of a line ("On Fri 20 Nov.")
_ADDRESS_ALONE = re.compile(r"^[\s>*]*[<(\[]?[\w.+'-]+@[\w.-]+[>)\]]?\s?:\s*$")
_SHORTEST_SHARED = 30  # characters of a line that holds an answer and an attribution
_DASHES = " \t-–—"


def hopeful_lines(lines: Sequence[Line]) -> list[bool]:
    """For each line, whether an attribution may begin there: a quick look that passes over most lines of a mail."""
    ends = [_may_end(line.text) for line in lines]
    return [any(ends[at : at + _MOST_LINES + 2]) for at in range(len(ends))]


def apart(lines: list[Line]) -> list[Line]:
    """The lines, those cut in two that hold the end of an answer and an attribution ("All fine On 4 Apr 2026 … wrote:")."""
    found: list[Line] = []
    for at, line in enumerate(lines):
        cut = _cut(lines, at) if _may_share(line) else 0
        if cut:
            text = line.text[:cut].rstrip(_DASHES)
            found.append(replace(line, text=text, end=line.start + len(text)))
            line = replace(line, text=line.text[cut:], start=line.start + cut)  # noqa: PLW2901
        found.append(line)
    return found


def _may_share(line: Line) -> bool:
    return (
        line.depth == 0
        and len(line.text) > _SHORTEST_SHARED
        and not line.runs
        and line.row is None
        and _may_end(line.text)
    )


def _cut(lines: Sequence[Line], at: int) -> int:
    """Where the attribution begins in a line that an answer begins; 0 when there is no such place."""
    text = lines[at].text
    words = phrases()
    if words.opener.match(text):
        return 0
    for match in words.late_opener.finditer(text):
        above, rest = text[: match.start()], text[match.start() :]
        if not _STRONG.search(above) and _is_attribution(rest, lines, at + 1, opened=True) and _YEAR.search(rest):
            return match.start()
    return 0


def attribution_at(lines: Sequence[Line], at: int) -> tuple[int, str] | None:
    """The attribution that begins at this line: the line after it and the address that it names ("" when none)."""
    opened = phrases().opener.match(lines[at].text) is not None
    joined = ""
    for end in range(at + 1, min(len(lines), at + _MOST_LINES + 2) + 1):
        line = lines[end - 1]
        if (line.depth != lines[at].depth and not _closes(line, joined)) or (line.empty and lines[end - 2].empty):
            return None
        joined = f"{joined} {line.text.strip()}".strip()
        if len(joined) > _LONGEST:
            return None
        if not line.empty and _is_attribution(joined, lines, end, opened=opened):
            return None if _begins_later(lines, at, end) else _with_address(joined, lines, end)
        if not opened and (line.empty or end - at >= 2 or not _may_go_on(lines, end)):
            return None
    return None


def _closes(line: Line, text: str) -> bool:
    """A line that begins with the bracket that closes an address, which looks like a quote mark ("> wrote:")."""
    return line.depth == 1 and text.count("<") > text.count(">") and phrases().wrote.match(line.text) is not None


def _with_address(text: str, lines: Sequence[Line], end: int) -> tuple[int, str]:
    """Where the attribution ends and whom it names: the address may stand on a line of its own."""
    if _COLON.search(text) is None and end < len(lines) and _ADDRESS_ALONE.match(lines[end].text):
        text, end = f"{text} {lines[end].text}", end + 1
    found = ADDRESS.search(text)
    return end, found[0].lower() if found else ""


def _begins_later(lines: Sequence[Line], at: int, end: int) -> bool:
    """Whether the attribution that ends here begins on a later line, and what stands above that is the answer.

    Many openers are everyday words ("On a tout", "La entrega", "Am 10.12. liefern wir"), and a short answer stands right
    above the attribution.
    """
    above: list[str] = []
    gap = False
    for later in range(at + 1, end):
        above += [lines[later - 1].text] if not lines[later - 1].empty else []
        gap = gap or lines[later].empty
        text = lines[later].text
        if text and (gap or _is_parted(above, text)) and _may_begin(text) and attribution_at(lines, later) is not None:
            return True
    return False


def _may_begin(text: str) -> bool:
    return phrases().opener.match(text) is not None or _DATED.match(text) is not None or _NAMED.match(text) is not None


def _is_parted(above: Sequence[str], below: str) -> bool:
    """Whether the lines above read like something said of their own and not like the first half of an attribution."""
    joined = " ".join(above)
    if joined.endswith((",", "<", "(", "[")):
        return False
    words = joined.split()
    if _NAMED.match(below) and _YEAR.search(below) is None:
        return _YEAR.search(joined) is None
    is_date = len(words) <= _LONGEST_DATE and any(each.isdigit() for each in joined)
    if len(words) > _LONGEST_HALF or (_SAID.search(joined) and not is_date):
        return True
    return (not is_date and len(words) > 2) or _WHOLE_DATE.match(below) is not None


def _may_go_on(lines: Sequence[Line], at: int) -> bool:
    """Whether an attribution that begins with a name or a date may be broken here: evidence above, or an address below."""
    if _EVIDENCE.search(lines[at - 1].text):
        return True
    below = lines[at].text.lstrip() if at < len(lines) else ""
    return below.startswith("<") and _BROKEN_NAME.match(lines[at - 1].text) is not None


def _is_attribution(text: str, lines: Sequence[Line], end: int, *, opened: bool) -> bool:
    if _is_worded_apart(text, lines, end):
        return True
    wrote = next(reversed(list(phrases().wrote.finditer(text))), None)
    if wrote is None or not _ENDING.match(text[wrote.end() :]):
        return False
    before, after, colon = text[: wrote.start()], text[wrote.end() :], _COLON.search(text) is not None
    if opened:
        early = _EARLY_DIGIT.match(before) or "@" in before
        return bool(early and (_EVIDENCE if colon else _STRONG).search(text))
    return _is_unopened(text, before, after, colon=colon, quoted=_quote_follows(lines, end))


def _is_worded_apart(text: str, lines: Sequence[Line], end: int) -> bool:
    """The attributions without "wrote": a date and an address, the whole lines of some programs, or any language's."""
    if _ISO.match(text) or (_BETWEEN_DASHES.match(text) and phrases().wrote.search(text[-30:])):
        return True
    if phrases().attribution.match(text) and _EVIDENCE.search(text):
        return True
    if _DATE_ADDRESS.match(text) and _COLON.search(text):
        return True
    return (_DATE_ADDRESS.match(text) or _NAMED_AND_QUOTED.match(text)) is not None and _quote_follows(lines, end)


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


def _may_end(text: str) -> bool:
    """Whether an attribution may end with this line."""
    if not text:
        return False
    bare = text.rstrip(" >*_-–—")
    if text[-1] in ">)]" and "@" in text:
        return True
    return bare[-1:] in {":", "："} or bare.lower().endswith(phrases().wrote_plainly) or _ISO.match(text) is not None
