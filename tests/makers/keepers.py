"""Where a listener's messages are kept, in memory, with the failures that a database has."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.exc import OperationalError

from mail.mailbox import RawMail


@dataclass
class MemoryKeeper:
    """Keeps messages as the mail intake does, some at a time or none. `fail_at` makes those calls fail once."""

    kept: list[RawMail] = field(default_factory=list)
    cursors: dict[str, tuple[int, int]] = field(default_factory=dict)
    fail_at: set[int] = field(default_factory=set)
    calls: int = 0
    looked_at: list[tuple[str, int]] = field(default_factory=list)
    _news: threading.Condition = field(default_factory=threading.Condition)

    def cursor(self, folder: str) -> tuple[int, int] | None:
        return self.cursors.get(folder)

    def keep(self, folder: str, mails: Sequence[RawMail]) -> None:
        with self._news:
            self.calls += 1
            if self.calls in self.fail_at:
                raise OperationalError("INSERT", {}, Exception("database is locked"))
            self.kept.extend(mails)
            self.cursors[folder] = (mails[-1].uid_validity, mails[-1].uid)
            self._news.notify_all()

    def looked(self, folder: str, uid_validity: int) -> None:
        with self._news:
            self.looked_at.append((folder, uid_validity))
            self._news.notify_all()

    def subjects(self) -> list[str]:
        lines = [line for mail in self.kept for line in mail.raw.split(b"\r\n") if line.startswith(b"Subject: ")]
        return [line.removeprefix(b"Subject: ").decode() for line in lines]

    def wait_for(self, count: int, seconds: float = 60.0) -> None:
        """Wait until so many messages have been kept."""
        with self._news:
            assert self._news.wait_for(lambda: len(self.kept) >= count, seconds), self.subjects()

    def wait_for_looks(self, count: int, seconds: float = 60.0) -> None:
        """Wait until the folder has been looked at so often."""
        with self._news:
            assert self._news.wait_for(lambda: len(self.looked_at) >= count, seconds)
