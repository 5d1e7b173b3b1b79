"""The doors that messages come in by, and what becomes of a message."""

from enum import StrEnum


class Door(StrEnum):
    """Where it came in."""

    MAIL = "mail"
    SLACK = "slack"


class InboxState(StrEnum):
    """What became of it."""

    NEW = "new"
    CLAIMED = "claimed"  # a worker has it until `claimed_until`
    DONE = "done"
    IGNORED = "ignored"  # read, and nothing was to be done
    PARKED = "parked"  # a human must look; `reason` says why
