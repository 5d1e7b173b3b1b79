"""Commands that change messages: flags, copies, moves, deletion."""

from sandbox.mail.imap.folders import deleted_in, find
from sandbox.mail.imap.grammar import BadCommand, Value, text
from sandbox.mail.imap.numbers import chosen, written
from sandbox.mail.imap.session import Refused, Session
from sandbox.mail.postboxes import Stored, canonical_flags


def _writable(session: Session) -> None:
    if session.place.is_read_only:
        raise Refused("The folder was opened to be read only", "[READ-ONLY]")


async def store(session: Session, words: list[Value]) -> str:
    """STORE; keywords of any name are kept."""
    _writable(session)
    if len(words) < 3:
        raise BadCommand("STORE wants messages, FLAGS and a list of flags")
    how = text(words[1]).upper()
    given = canonical_flags(text(flag) for word in words[2:] for flag in (word if isinstance(word, tuple) else (word,)))
    if how.removesuffix(".SILENT").lstrip("+-") != "FLAGS":
        raise BadCommand(f"{how} cannot be stored")
    for number, message in session.named(text(words[0])):
        flags = {"+": message.flags | given, "-": message.flags - given}.get(how[0], given)
        changed = session.office.boxes.set_flags(message, flags)
        session.place.flags[message.uid] = changed.flags
        if not how.endswith(".SILENT"):
            uid = f"UID {message.uid} " if session.uid_mode else ""
            await session.wire.send(f"* {number} FETCH ({uid}FLAGS ({' '.join(sorted(changed.flags))}))")
    return "STORE completed"


async def copy(session: Session, words: list[Value]) -> str:
    """COPY, answered with both UIDs (RFC 4315)."""
    messages, code = _copy(session, words)
    return f"{code} COPY completed" if messages else "COPY completed: there was nothing to copy"


async def move(session: Session, words: list[Value]) -> str:
    """MOVE (RFC 6851): a copy and a deletion that nobody sees between."""
    _writable(session)
    messages, code = _copy(session, words)
    if messages:
        await session.wire.send(f"* OK {code} Moved")
        session.office.boxes.remove(messages)
    return "MOVE completed"


def _copy(session: Session, words: list[Value]) -> tuple[list[Stored], str]:
    if len(words) != 2:
        raise BadCommand("Messages and a folder are wanted")
    target = find(session, words[1], try_create=True)
    messages = [message for _, message in session.named(text(words[0]))]
    copies = session.office.boxes.copy(messages, target)
    uids, new = [each.uid for each in messages], [each.uid for each in copies]
    return messages, f"[COPYUID {target.uid_validity} {written(uids)} {written(new)}]"


async def expunge(session: Session, words: list[Value]) -> str:
    """EXPUNGE, and UID EXPUNGE for some only."""
    _writable(session)
    uids = None
    if session.uid_mode:
        if not words:
            raise BadCommand("UID EXPUNGE wants a set of UIDs")
        uids = set(chosen(text(words[0]), session.place.uids))
    session.office.boxes.remove(deleted_in(session, session.place, uids))
    return "EXPUNGE completed"
