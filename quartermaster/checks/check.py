"""One line of the doctor's report."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, what was found, and how to mend it."""

    subject: str
    verdict: Literal["good", "bad", "note"]
    says: str
    mend: str = ""


def good(subject: str, says: str) -> Check:
    """Nothing to do."""
    return Check(subject, "good", says)


def bad(subject: str, says: str, mend: str) -> Check:
    """Something does not work."""
    return Check(subject, "bad", says, mend)


def note(subject: str, says: str, mend: str = "") -> Check:
    """Worth knowing; the program works."""
    return Check(subject, "note", says, mend)
