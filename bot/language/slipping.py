"""Questions that suppose a delivery comes late: "what if PO 142 slips a week?"."""

import re

from bot.language.lexicon import Phrases, lexicon
from bot.language.plain import is_number, plain, words_of

USUAL_DAYS = 7  # where no time is named
MOST_DAYS = 365


def days_late(text: str) -> int | None:
    """By how many days later a sentence supposes a delivery; None when it supposes nothing of the kind."""
    bare, said = plain(text), lexicon().slips
    if not (said["suppose"].heard(bare) and said["late"].heard(bare)):
        return None
    for unit, days in (("weeks", 7), ("days", 1)):
        counted = _counted(bare, said[unit])
        if counted is not None:
            return min(counted * days, MOST_DAYS)
    return USUAL_DAYS


def _counted(bare: str, unit: Phrases) -> int | None:
    """The number before a unit; a bare unit is one of it."""
    match: re.Match[str] | None = next(iter(unit.within(bare)), None)
    if match is None:
        return None
    before = words_of(bare[: match.start()])[-1:]
    if before and is_number(before[0]) and before[0].isdigit():
        return int(before[0][:4])
    return lexicon().numbers.get(before[0], 1) if before else 1
