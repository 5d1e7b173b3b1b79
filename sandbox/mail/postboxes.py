"""Everybody's mail: folders and messages in one SQLite file, so that a restart keeps them. Used by one thread only."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sandbox.mail.settings import Account

INBOX, SENT = "INBOX", "Sent"
SYSTEM_FLAGS = {flag.lower(): flag for flag in ("\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft")}

_TABLES = """
CREATE TABLE IF NOT EXISTS folders (
    id INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT NOT NULL, name TEXT NOT NULL,
    uid_validity INTEGER NOT NULL, uid_next INTEGER NOT NULL DEFAULT 1, UNIQUE (address, name));
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, folder_id INTEGER NOT NULL REFERENCES folders (id) ON DELETE CASCADE,
    uid INTEGER NOT NULL, flags TEXT NOT NULL, received_at TEXT NOT NULL, size INTEGER NOT NULL, raw BLOB NOT NULL,
    UNIQUE (folder_id, uid));
"""


class NoSuchFolder(LookupError):
    """The account has no folder of this name."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of one account; `uid_next` is the UID that the next message will get."""

    id: int
    address: str
    name: str
    uid_validity: int
    uid_next: int


@dataclass(frozen=True, slots=True)
class Stored:
    """A message as it lies in a folder, without its bytes; `size` in bytes."""

    id: int
    folder_id: int
    uid: int
    flags: frozenset[str]
    received_at: datetime
    size: int


def canonical_flags(flags: Iterable[str]) -> frozenset[str]:
    """System flags in the RFC's spelling, keywords as they are."""
    return frozenset(SYSTEM_FLAGS.get(flag.lower(), flag) for flag in flags)


class Postboxes:
    """The store of all accounts. `watchers` are called with the folder's id after each change of it."""

    def __init__(self, accounts: Iterable[Account], opened_at: datetime, state: Path | None = None) -> None:
        self._opened_at = int(opened_at.timestamp())
        self._db = sqlite3.connect(state or ":memory:", isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.executescript(_TABLES)
        self.accounts: dict[str, Account] = {}
        self.watchers: set[Callable[[int], None]] = set()
        for account in accounts:
            self.add_account(account)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def add_account(self, account: Account) -> None:
        """Give somebody a mailbox; one who has it already keeps its messages."""
        address = account.address.lower()
        self.accounts[address] = account
        for name in (INBOX, SENT):
            self.create_folder(address, name)

    def account_of(self, address: str) -> Account | None:
        """Whose mailbox an address leads to; what follows a plus sign only sorts (RFC 5233)."""
        local, _, domain = address.lower().rpartition("@")
        return self.accounts.get(f"{local.partition('+')[0]}@{domain}")

    def create_folder(self, address: str, name: str) -> None:
        """Add a folder unless it is there. Its UIDVALIDITY is a moment, so that no folder of that name had it before."""
        self._db.execute(
            "INSERT OR IGNORE INTO folders (address, name, uid_validity) "
            "SELECT ?, ?, max(?, coalesce(max(uid_validity) + 1, 0)) FROM folders",
            (address.lower(), name, self._opened_at),
        )

    def delete_folder(self, folder: Folder) -> None:
        """Remove a folder with all that is in it."""
        self._db.execute("DELETE FROM folders WHERE id = ?", (folder.id,))
        self._tell(folder.id)

    def folders(self, address: str) -> list[Folder]:
        """All folders of an account, the inbox first."""
        rows = self._db.execute(
            "SELECT id, address, name, uid_validity, uid_next FROM folders WHERE address = ? ORDER BY name != 'INBOX', name",
            (address.lower(),),
        )
        return [Folder(*row) for row in rows]

    def folder(self, address: str, name: str = INBOX) -> Folder:
        """One folder as it is now; raises NoSuchFolder. INBOX may be written in any case (RFC 3501, 5.1)."""
        wanted = INBOX if name.upper() == INBOX else name
        found = next((each for each in self.folders(address) if each.name == wanted), None)
        if found is None:
            raise NoSuchFolder(name)
        return found

    def folder_at(self, folder_id: int) -> Folder | None:
        """The folder with this id, or None when it is gone."""
        row = self._db.execute(
            "SELECT id, address, name, uid_validity, uid_next FROM folders WHERE id = ?", (folder_id,)
        ).fetchone()
        return Folder(*row) if row else None

    def deliver(self, folder: Folder, raw: bytes, at: datetime, flags: Collection[str] = ()) -> Stored:
        """Lay a message into a folder."""
        (uid,) = self._db.execute(
            "UPDATE folders SET uid_next = uid_next + 1 WHERE id = ? RETURNING uid_next - 1", (folder.id,)
        ).fetchone()
        kept = canonical_flags(flags)
        cursor = self._db.execute(
            "INSERT INTO messages (folder_id, uid, flags, received_at, size, raw) VALUES (?, ?, ?, ?, ?, ?)",
            (folder.id, uid, " ".join(sorted(kept)), at.isoformat(), len(raw), raw),
        )
        self._tell(folder.id)
        return Stored(int(cursor.lastrowid or 0), folder.id, uid, kept, at, len(raw))

    def messages(self, folder: Folder) -> list[Stored]:
        """Everything in a folder, by UID."""
        rows = self._db.execute(
            "SELECT id, folder_id, uid, flags, received_at, size FROM messages WHERE folder_id = ? ORDER BY uid",
            (folder.id,),
        )
        return [_stored(row) for row in rows]

    def message(self, message_id: int) -> Stored | None:
        """One message by its row, or None when it is gone."""
        row = self._db.execute(
            "SELECT id, folder_id, uid, flags, received_at, size FROM messages WHERE id = ?", (message_id,)
        ).fetchone()
        return _stored(row) if row else None

    def raw(self, message: Stored) -> bytes | None:
        """The bytes of a message, or None when it has vanished meanwhile."""
        row = self._db.execute("SELECT raw FROM messages WHERE id = ?", (message.id,)).fetchone()
        return bytes(row[0]) if row else None

    def set_flags(self, message: Stored, flags: Collection[str]) -> Stored:
        """Replace a message's flags."""
        kept = canonical_flags(flags)
        if kept != message.flags:
            self._db.execute("UPDATE messages SET flags = ? WHERE id = ?", (" ".join(sorted(kept)), message.id))
            self._tell(message.folder_id)
        return Stored(message.id, message.folder_id, message.uid, kept, message.received_at, message.size)

    def remove(self, messages: Sequence[Stored]) -> None:
        """Delete messages for good."""
        self._db.executemany("DELETE FROM messages WHERE id = ?", [(each.id,) for each in messages])
        for folder_id in {each.folder_id for each in messages}:
            self._tell(folder_id)

    def copy(self, messages: Sequence[Stored], target: Folder) -> list[Stored]:
        """Copies in another folder, with the flags and the time of arrival of the originals."""
        found = [(each, self.raw(each)) for each in messages]
        return [self.deliver(target, raw, each.received_at, each.flags) for each, raw in found if raw is not None]

    def renumber(self, folder: Folder) -> Folder:
        """What happens when a server loses its index: a new UIDVALIDITY, and UIDs that start again at 1."""
        self._db.execute("BEGIN")
        kept = self.messages(folder)
        for uid, message in enumerate(kept, start=1):  # ascending and never above the old one, so no two collide
            self._db.execute("UPDATE messages SET uid = ? WHERE id = ?", (uid, message.id))
        self._db.execute(
            "UPDATE folders SET uid_validity = uid_validity + 1, uid_next = ? WHERE id = ?", (len(kept) + 1, folder.id)
        )
        self._db.execute("COMMIT")
        self._tell(folder.id)
        return self.folder(folder.address, folder.name)

    def _tell(self, folder_id: int) -> None:
        for watcher in list(self.watchers):
            watcher(folder_id)


def _stored(row: tuple[int, int, int, str, str, int]) -> Stored:
    message_id, folder_id, uid, flags, received_at, size = row
    return Stored(message_id, folder_id, uid, frozenset(flags.split()), datetime.fromisoformat(received_at), size)
