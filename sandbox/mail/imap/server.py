"""The IMAP server (a subset of RFC 3501 with IDLE, UIDPLUS and MOVE) in the running loop, and its faults."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable

from sandbox.mail.faults import Fault, Trouble
from sandbox.mail.imap import changing, entering, fetching, folders, searching
from sandbox.mail.imap.grammar import LINE_LIMIT, BadCommand, Value, parse, text
from sandbox.mail.imap.session import Goodbye, Refused, Session
from sandbox.mail.imap.wire import LineBroken, Wire
from sandbox.mail.post_office import PostOffice

Command = Callable[[Session, list[Value]], Awaitable[str]]


async def _idle(session: Session, _: list[Value]) -> str:
    """IDLE (RFC 2177): tell of changes as they come, till the client says DONE."""
    await session.wire.send("+ idling")
    done = asyncio.ensure_future(session.wire.command())
    try:
        while not done.done():
            await session.tell_changes(may_renumber=True)
            changed = asyncio.ensure_future(session.changed.wait())
            await asyncio.wait({done, changed}, return_when=asyncio.FIRST_COMPLETED)
            changed.cancel()
    finally:
        done.cancel()
    if await done is None:
        raise LineBroken
    return "IDLE completed"


COMMANDS: dict[str, Command] = {
    "CAPABILITY": entering.capability,
    "NOOP": entering.nothing,
    "CHECK": entering.nothing,
    "ID": entering.identify,
    "NAMESPACE": entering.namespace,
    "LOGIN": entering.log_in,
    "AUTHENTICATE": entering.authenticate,
    "LOGOUT": entering.log_out,
    "LIST": folders.list_folders,
    "LSUB": folders.subscribed,
    "SELECT": folders.select,
    "EXAMINE": folders.examine,
    "STATUS": folders.status,
    "CREATE": folders.create,
    "DELETE": folders.delete,
    "SUBSCRIBE": folders.subscribe,
    "UNSUBSCRIBE": folders.subscribe,
    "CLOSE": folders.close,
    "UNSELECT": folders.unselect,
    "APPEND": folders.append,
    "SEARCH": searching.search,
    "FETCH": fetching.fetch,
    "STORE": changing.store,
    "COPY": changing.copy,
    "MOVE": changing.move,
    "EXPUNGE": changing.expunge,
    "IDLE": _idle,
}
_WITH_UID = {"SEARCH", "FETCH", "STORE", "COPY", "MOVE", "EXPUNGE"}
_KEEPS_NUMBERS = {"FETCH", "STORE", "SEARCH"}  # no EXPUNGE may be told while these run (RFC 3501, 7.4.1)


class ImapServer:
    """Listens on loopback."""

    def __init__(self, office: PostOffice) -> None:
        self._office = office
        self._servers: list[asyncio.Server] = []
        self._talks: set[asyncio.Task[None]] = set()

    @property
    def port(self) -> int:
        """Where it listens in the clear (and for STARTTLS)."""
        return _port(self._servers[0])

    @property
    def tls_port(self) -> int | None:
        """Where it listens with TLS from the first byte, if it does."""
        return _port(self._servers[1]) if len(self._servers) > 1 else None

    async def start(self) -> None:
        """Begin to listen; raises OSError when a port is taken."""
        settings = self._office.settings
        offers: list[tuple[int, ssl.SSLContext | None]] = [(settings.imap_port, None)]
        if settings.tls is not None:
            offers.append((settings.imaps_port, settings.tls))
        for port, tls in offers:
            server = await asyncio.start_server(self._talk, "127.0.0.1", port, ssl=tls, limit=LINE_LIMIT)
            self._servers.append(server)

    async def stop(self) -> None:
        """Break all connections and stop listening."""
        for server in self._servers:
            server.close()
        for talk in list(self._talks):
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        for server in self._servers:
            await server.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        wire = Wire(reader, writer)
        session = Session(self._office, wire)
        self._office.boxes.watchers.add(session.hear)
        try:
            await _converse(session)
        except (LineBroken, Goodbye):
            wire.close()
        except asyncio.CancelledError:
            wire.cut()
        finally:
            self._office.boxes.watchers.discard(session.hear)
            self._talks.discard(task)


def _port(server: asyncio.Server) -> int:
    port: int = server.sockets[0].getsockname()[1]
    return port


async def _converse(session: Session) -> None:
    fault = session.office.faults.take("imap CONNECT")
    if fault is None or await _strike(session, fault, "*"):
        await session.wire.send(
            f"* OK [CAPABILITY {entering.capabilities(session)}] The sandbox's IMAP server is ready"
        )
    while True:
        try:
            pieces = await session.wire.command()
        except BadCommand as error:
            await session.wire.send(f"* BYE {error}")
            raise Goodbye from error
        if pieces is None:
            raise LineBroken
        await _obey(session, pieces)


async def _obey(session: Session, pieces: list[bytes]) -> None:
    tag = pieces[0].split(b" ", 1)[0].decode("utf-8", "replace") or "*"
    try:
        name, words, session.uid_mode = _command(parse(pieces))
        await _carry_out(session, tag, name, words)
    except BadCommand as error:
        await session.wire.send(f"{tag} BAD {error}")


def _command(words: list[Value]) -> tuple[str, list[Value], bool]:
    """Name, arguments, and whether UID stood before it; raises BadCommand."""
    if len(words) < 2:
        raise BadCommand("A tag and a command are wanted")
    name, words = text(words[1]).upper(), words[2:]
    if name != "UID":
        return name, words, False
    name, words = (text(words[0]).upper() if words else ""), words[1:]
    if name not in _WITH_UID:
        raise BadCommand("UID is not for this command")
    return name, words, True


async def _carry_out(session: Session, tag: str, name: str, words: list[Value]) -> None:
    fault = session.office.faults.take(f"imap {name}")
    if fault is not None and not await _strike(session, fault, tag):
        return
    if name == "STARTTLS":
        await _start_tls(session, tag)
        return
    command = COMMANDS.get(name)
    if command is None:
        raise BadCommand(f"{name} is not known here")
    try:
        said = await command(session, words)
    except Refused as refusal:
        await session.wire.send(f"{tag} NO {refusal.code} {refusal}".replace("  ", " "))
        return
    await _end(session, fault)
    await session.tell_changes(may_renumber=name not in _KEEPS_NUMBERS or session.uid_mode)
    await session.wire.send(f"{tag} OK {said}")


async def _start_tls(session: Session, tag: str) -> None:
    context = session.office.settings.tls
    if context is None or session.wire.is_encrypted:
        raise BadCommand("TLS cannot be started now")
    await session.wire.send(f"{tag} OK Begin TLS")
    await session.wire.raise_to_tls(context)


async def _strike(session: Session, fault: Fault, tag: str) -> bool:
    """What a fault does before the command; False when the command is not to be carried out."""
    match fault.trouble:
        case Trouble.CUT:
            session.wire.cut()
            raise LineBroken
        case Trouble.CUT_MIDWAY:
            session.wire.cut_after = fault.at_byte
        case Trouble.DELAY:
            await asyncio.sleep(fault.seconds)
        case Trouble.HANG:
            await asyncio.Event().wait()
        case Trouble.BYE:
            await session.wire.send(f"* BYE {fault.text}")
            raise Goodbye
        case Trouble.REFUSE:
            await session.wire.send(f"{tag} NO {fault.text}")
            return False
        case Trouble.GARBLE:
            await session.wire.send("}{ %% what did you say? ", tag)
            return False
        case Trouble.VANISH:
            boxes = session.office.boxes
            boxes.remove(boxes.messages(session.place.folder))
        case _:
            pass
    return True


async def _end(session: Session, fault: Fault | None) -> None:
    if fault is None:
        return
    if fault.trouble is Trouble.CUT_AFTER:
        session.wire.cut()
        raise LineBroken
    if fault.trouble is Trouble.HANG_AFTER:
        await asyncio.Event().wait()
