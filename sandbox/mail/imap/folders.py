"""Commands on folders."""

import re
from datetime import datetime

from sandbox.mail.imap.grammar import BadCommand, Value, quoted, text
from sandbox.mail.imap.session import Opened, Refused, Session
from sandbox.mail.postboxes import INBOX, SENT, SYSTEM_FLAGS, Folder, NoSuchFolder, Stored

_STATUS = ("MESSAGES", "RECENT", "UIDNEXT", "UIDVALIDITY", "UNSEEN")
DATE_TIME = "%d-%b-%Y %H:%M:%S %z"


def find(session: Session, name: Value, *, try_create: bool = False) -> Folder:
    """The folder of this name; raises Refused."""
    try:
        return session.office.boxes.folder(session.owner.address, text(name))
    except NoSuchFolder as error:
        raise Refused(f"There is no folder {error}", "[TRYCREATE]" if try_create else "[NONEXISTENT]") from error


async def list_folders(session: Session, words: list[Value]) -> str:
    """LIST and LSUB; * stands for anything, % for anything within one level."""
    if len(words) < 2:
        raise BadCommand("LIST wants a reference and a pattern")
    pattern = text(words[0]) + text(words[1])
    if text(words[1]) == "":
        await session.wire.send('* LIST (\\Noselect) "/" ""')
        return "LIST completed"
    expression = re.escape(pattern).replace("\\*", ".*").replace("%", "[^/]*")
    for folder in session.office.boxes.folders(session.owner.address):
        if re.fullmatch(expression, folder.name, re.IGNORECASE if folder.name == INBOX else 0):
            marks = "\\HasNoChildren \\Sent" if folder.name == SENT else "\\HasNoChildren"
            await session.wire.send(f'* LIST ({marks}) "/" {quoted(folder.name)}')
    return "LIST completed"


async def subscribed(session: Session, words: list[Value]) -> str:
    """LSUB: everything is subscribed."""
    if len(words) < 2:
        raise BadCommand("LSUB wants a reference and a pattern")
    for folder in session.office.boxes.folders(session.owner.address):
        await session.wire.send(f'* LSUB () "/" {quoted(folder.name)}')
    return "LSUB completed"


async def select(session: Session, words: list[Value]) -> str:
    """SELECT."""
    return await _open(session, words, is_read_only=False)


async def examine(session: Session, words: list[Value]) -> str:
    """EXAMINE."""
    return await _open(session, words, is_read_only=True)


async def _open(session: Session, words: list[Value], *, is_read_only: bool) -> str:
    if not words:
        raise BadCommand("Which folder?")
    session.opened = None
    folder = find(session, words[0])
    messages = session.open_folder(folder, is_read_only=is_read_only)
    send = session.wire.send
    keywords = sorted({flag for each in messages for flag in each.flags} - set(SYSTEM_FLAGS.values()))
    flags = " ".join([*SYSTEM_FLAGS.values(), *keywords])
    await send(f"* FLAGS ({flags})")
    permanent = "" if is_read_only else f"{flags} \\*"
    await send(f"* OK [PERMANENTFLAGS ({permanent})] Flags permitted")
    await send(f"* {len(messages)} EXISTS")
    await send("* 0 RECENT")
    unseen = next((number for number, each in enumerate(messages, start=1) if "\\Seen" not in each.flags), None)
    if unseen is not None:
        await send(f"* OK [UNSEEN {unseen}] First unseen")
    await send(f"* OK [UIDVALIDITY {folder.uid_validity}] UIDs valid")
    await send(f"* OK [UIDNEXT {folder.uid_next}] Predicted next UID")
    return f"[READ-{'ONLY' if is_read_only else 'WRITE'}] {'EXAMINE' if is_read_only else 'SELECT'} completed"


async def status(session: Session, words: list[Value]) -> str:
    """STATUS."""
    if len(words) != 2 or not isinstance(words[1], tuple):
        raise BadCommand("STATUS wants a folder and a list of items")
    folder = find(session, words[0])
    messages = session.office.boxes.messages(folder)
    known = {
        "MESSAGES": len(messages),
        "RECENT": 0,
        "UIDNEXT": folder.uid_next,
        "UIDVALIDITY": folder.uid_validity,
        "UNSEEN": sum("\\Seen" not in each.flags for each in messages),
    }
    wanted = [text(item).upper() for item in words[1]]
    if set(wanted) - set(_STATUS):
        raise BadCommand(f"STATUS knows only {' '.join(_STATUS)}")
    told = " ".join(f"{item} {known[item]}" for item in wanted)
    await session.wire.send(f"* STATUS {quoted(folder.name)} ({told})")
    return "STATUS completed"


async def create(session: Session, words: list[Value]) -> str:
    """CREATE."""
    name = text(words[0]) if words else ""
    if not name or name.upper() == INBOX:
        raise Refused("This name cannot be used", "[CANNOT]")
    if any(each.name == name for each in session.office.boxes.folders(session.owner.address)):
        raise Refused("The folder is there already", "[ALREADYEXISTS]")
    session.office.boxes.create_folder(session.owner.address, name)
    return "CREATE completed"


async def delete(session: Session, words: list[Value]) -> str:
    """DELETE."""
    folder = find(session, words[0] if words else "")
    if folder.name == INBOX:
        raise Refused("The inbox cannot be deleted", "[CANNOT]")
    session.office.boxes.delete_folder(folder)
    return "DELETE completed"


async def subscribe(session: Session, words: list[Value]) -> str:
    """SUBSCRIBE and UNSUBSCRIBE: taken note of, no more."""
    find(session, words[0] if words else "")
    return "completed"


async def close(session: Session, _: list[Value]) -> str:
    """CLOSE: what is marked deleted goes without a word."""
    place = session.place
    if not place.is_read_only:
        session.office.boxes.remove(deleted_in(session, place))
    session.leave_folder()
    return "CLOSE completed"


async def unselect(session: Session, _: list[Value]) -> str:
    """UNSELECT (RFC 3691)."""
    session.leave_folder()
    return "UNSELECT completed"


def deleted_in(session: Session, place: Opened, uids: set[int] | None = None) -> list[Stored]:
    """Messages marked deleted, within `uids` when given."""
    return [
        each
        for each in session.office.boxes.messages(place.folder)
        if "\\Deleted" in each.flags and (uids is None or each.uid in uids)
    ]


async def append(session: Session, words: list[Value]) -> str:
    """APPEND, answered with the new UID (RFC 4315)."""
    if len(words) < 2 or not isinstance(words[-1], bytes):
        raise BadCommand("APPEND wants a folder and a message as a literal")
    folder = find(session, words[0], try_create=True)
    flags: list[str] = []
    at = session.office.settings.now()
    for word in words[1:-1]:
        if isinstance(word, tuple):
            flags = [text(flag) for flag in word]
        else:
            at = _moment(text(word))
    stored = session.office.boxes.deliver(folder, words[-1], at, flags)
    return f"[APPENDUID {folder.uid_validity} {stored.uid}] APPEND completed"


def _moment(word: str) -> datetime:
    try:
        return datetime.strptime(word.strip(), DATE_TIME)  # noqa: DTZ007 - the form has a zone
    except ValueError:
        raise BadCommand(f"{word} is no date-time") from None
