"""One client's session: who it is, which folder it has open, and what it must be told about it."""

import asyncio
from dataclasses import dataclass, field

from sandbox.mail.imap.grammar import BadCommand
from sandbox.mail.imap.numbers import chosen
from sandbox.mail.imap.wire import Wire
from sandbox.mail.post_office import PostOffice
from sandbox.mail.postboxes import Folder, Stored
from sandbox.mail.settings import Account


class Refused(Exception):
    """The server says NO; `code` is a response code such as [TRYCREATE]."""

    def __init__(self, text: str, code: str = "") -> None:
        super().__init__(text)
        self.code = code


class Goodbye(Exception):
    """The session ends here."""


@dataclass(slots=True)
class Opened:
    """A selected folder as the client has been told of it: UIDs by message number, flags by UID."""

    folder: Folder
    is_read_only: bool
    flags: dict[int, frozenset[str]] = field(default_factory=dict)

    @property
    def uids(self) -> list[int]:
        """UIDs; the place in the list, from 1, is the message number."""
        return list(self.flags)


class Session:
    """What the commands work on. `changed` is set whenever a folder has changed."""

    def __init__(self, office: PostOffice, wire: Wire) -> None:
        self.office, self.wire = office, wire
        self.account: Account | None = None
        self.opened: Opened | None = None
        self.changed = asyncio.Event()
        self.uid_mode = False  # whether the command that runs was sent with UID before it

    def hear(self, folder_id: int) -> None:
        """Called by the postboxes after each change."""
        if self.opened is not None and self.opened.folder.id == folder_id:
            self.changed.set()

    @property
    def owner(self) -> Account:
        """Who has logged in; raises BadCommand."""
        if self.account is None:
            raise BadCommand("Log in first")
        return self.account

    @property
    def place(self) -> Opened:
        """The open folder; raises BadCommand."""
        if self.opened is None:
            raise BadCommand("No folder is selected")
        return self.opened

    def open_folder(self, folder: Folder, *, is_read_only: bool) -> list[Stored]:
        """Select; what the client knows of the folder is what is in it now."""
        messages = self.office.boxes.messages(folder)
        self.opened = Opened(folder, is_read_only, {each.uid: each.flags for each in messages})
        self.changed.clear()
        return messages

    def leave_folder(self) -> None:
        """Select nothing; raises BadCommand when nothing is."""
        if self.opened is None:
            raise BadCommand("No folder is selected")
        self.opened = None

    def named(self, numbers: str) -> list[tuple[int, Stored]]:
        """Messages that a set names, with their numbers, as far as they still exist; UIDs or numbers by `uid_mode`."""
        uids = self.place.uids
        wanted = (
            chosen(numbers, uids)
            if self.uid_mode
            else [uids[number - 1] for number in chosen(numbers, range(1, len(uids) + 1))]
        )
        living = {each.uid: each for each in self.office.boxes.messages(self.place.folder)}
        number_of = {uid: number for number, uid in enumerate(uids, start=1)}
        return [(number_of[uid], living[uid]) for uid in wanted if uid in living]

    async def tell_changes(self, *, may_renumber: bool) -> None:
        """Untagged answers for all that has happened to the open folder (RFC 3501, 5.2, 7.4.1).

        Without `may_renumber` nothing is said of messages that have gone, for their numbers may be in use. Raises
        Goodbye when the folder has been rebuilt or deleted.
        """
        if self.opened is None or not self.changed.is_set():
            return
        now = self.office.boxes.folder_at(self.opened.folder.id)
        if now is None or now.uid_validity != self.opened.folder.uid_validity:
            await self.wire.send("* BYE The mailbox was deleted under us")
            raise Goodbye
        living = {each.uid: each.flags for each in self.office.boxes.messages(now)}
        known = self.opened.flags
        gone = [uid for uid in known if uid not in living]
        if may_renumber or not gone:
            self.changed.clear()
        for uid in reversed(gone) if may_renumber else ():
            await self.wire.send(f"* {list(known).index(uid) + 1} EXPUNGE")
            del known[uid]
        for number, uid in enumerate(known, start=1):
            if uid in living and living[uid] != known[uid]:
                known[uid] = living[uid]
                await self.wire.send(f"* {number} FETCH (UID {uid} FLAGS ({' '.join(sorted(living[uid]))}))")
        fresh = {uid: flags for uid, flags in living.items() if uid not in known}
        if fresh:
            known.update(fresh)
            await self.wire.send(f"* {len(known)} EXISTS")
