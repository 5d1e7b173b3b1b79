"""Sets of message numbers (RFC 3501, 9, sequence-set): 1,4:6,9:*."""

import re
from collections.abc import Sequence

from sandbox.mail.imap.grammar import BadCommand

_RANGE = re.compile(r"(?P<first>\d{1,10}|\*)(?::(?P<last>\d{1,10}|\*))?$")


def is_set(word: str) -> bool:
    """Whether a word is such a set."""
    return all(_RANGE.match(part) for part in word.split(","))


def chosen(word: str, numbers: Sequence[int]) -> list[int]:
    """Those of the ascending `numbers` that the set names; raises BadCommand.

    A star is the largest number there is, and a range may be written backwards: so 100:* names the last
    message even when its number is 3.
    """
    if not is_set(word):
        raise BadCommand(f"{word} is no set of message numbers")
    if not numbers:
        return []
    wanted: set[int] = set()
    for part in word.split(","):
        match = _RANGE.match(part)
        assert match is not None
        ends = [_number(end, numbers[-1]) for end in (match["first"], match["last"] or match["first"])]
        low, high = min(ends), max(ends)
        wanted.update(number for number in numbers if low <= number <= high)
    return sorted(wanted)


def written(numbers: Sequence[int]) -> str:
    """A set in short: 1:3,7."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ",".join(str(low) if low == high else f"{low}:{high}" for low, high in parts)


def _number(end: str, largest: int) -> int:
    return largest if end == "*" else int(end)
