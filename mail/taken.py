"""What is done in the mailbox with a message that has been stored: nothing, a mark, or a move to another folder.

People who look into the mailbox see by it what Quartermaster has. It is done after the commit and is a courtesy: when the
server will not have it, the message is stored all the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import structlog
from imap_tools.errors import UnexpectedCommandStatusError

log = structlog.get_logger()


class Mark(StrEnum):
    """A flag of RFC 3501, 2.3.2; the value is the setting."""

    LEAVE = "leave"
    SEEN = "seen"
    FLAG = "flag"


_FLAGS = {Mark.SEEN: r"\Seen", Mark.FLAG: r"\Flagged"}


class Marking(Protocol):
    """The part of an open folder that can change messages."""

    @property
    def can_move(self) -> bool:
        """True when the server can move."""
        ...

    def flag(self, uids: Sequence[int], flag: str) -> None:
        """Set a flag."""
        ...

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Move to another folder (RFC 6851)."""
        ...


@dataclass(frozen=True, slots=True)
class Aftermath:
    """The mailbox's setting: a mark, a folder to move to (none when empty), or both."""

    mark: Mark = Mark.LEAVE
    move_to: str = ""

    def apply(self, session: Marking, uids: Sequence[int]) -> None:
        """Do it for messages that are stored; what the server refuses is logged and left. Raises when the line breaks."""
        try:
            if self.mark in _FLAGS:
                session.flag(uids, _FLAGS[self.mark])
            if self.move_to and session.can_move:
                session.move(uids, self.move_to)
            elif self.move_to:
                log.warning("messages stay in the mailbox: the server cannot move them", folder=self.move_to)
        except UnexpectedCommandStatusError as refused:
            log.warning("messages stay in the mailbox as they were", why=str(refused))


NOTHING = Aftermath()
