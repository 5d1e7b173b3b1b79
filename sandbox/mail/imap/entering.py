"""Commands before and around the mail: who one is, what the server can do, and leaving."""

import base64
import binascii

from sandbox.mail.imap.grammar import BadCommand, Value, text
from sandbox.mail.imap.session import Goodbye, Refused, Session
from sandbox.mail.settings import Account

_ALWAYS = "IMAP4rev1 LITERAL+ ID SASL-IR AUTH=PLAIN AUTH=XOAUTH2"
_INSIDE = "IDLE UIDPLUS MOVE UNSELECT SPECIAL-USE CHILDREN NAMESPACE"


def capabilities(session: Session) -> str:
    """What can be done now; as with Dovecot, most of it is told only after the login."""
    parts = [_ALWAYS]
    if session.office.settings.tls is not None and not session.wire.is_encrypted:
        parts.append("STARTTLS")
    if session.account is not None:
        parts.append(_INSIDE)
    return " ".join(parts)


async def capability(session: Session, _: list[Value]) -> str:
    """CAPABILITY."""
    await session.wire.send(f"* CAPABILITY {capabilities(session)}")
    return "CAPABILITY completed"


async def identify(session: Session, _: list[Value]) -> str:
    """ID (RFC 2971)."""
    await session.wire.send('* ID ("name" "sandbox")')
    return "ID completed"


async def nothing(_: Session, __: list[Value]) -> str:
    """NOOP and CHECK: changes are told after every command anyway."""
    return "completed"


async def namespace(session: Session, _: list[Value]) -> str:
    """NAMESPACE (RFC 2342)."""
    await session.wire.send('* NAMESPACE (("" "/")) NIL NIL')
    return "NAMESPACE completed"


async def log_in(session: Session, words: list[Value]) -> str:
    """LOGIN."""
    if len(words) != 2:
        raise BadCommand("LOGIN wants a name and a password")
    return _enter(session, session.office.log_in(text(words[0]), text(words[1])))


async def authenticate(session: Session, words: list[Value]) -> str:
    """AUTHENTICATE PLAIN (RFC 4616) and XOAUTH2, with or without an initial response (RFC 4959)."""
    how = text(words[0]).upper() if words else ""
    if how not in {"PLAIN", "XOAUTH2"}:
        raise Refused("Unsupported authentication mechanism")
    if len(words) > 1:
        answer = text(words[1])
    else:
        await session.wire.send("+ ")
        answer = (await session.wire.command() or [b"*"])[0].decode("ascii", "replace")
    try:
        told = base64.b64decode(answer, validate=True)
    except binascii.Error:
        raise BadCommand("Authentication was broken off") from None
    if how == "XOAUTH2":
        account = session.office.log_in_with_token(told)
        if account is None:
            await session.wire.send("+ ", base64.b64encode(b'{"status":"400","schemes":"Bearer"}'))
            await session.wire.command()  # the client confirms the error with an empty line
        return _enter(session, account)
    _, _, told = told.partition(b"\0")
    name, _, password = told.partition(b"\0")
    return _enter(session, session.office.log_in(name.decode(errors="replace"), password.decode(errors="replace")))


def _enter(session: Session, account: Account | None) -> str:
    if account is None:
        raise Refused("Authentication failed.", "[AUTHENTICATIONFAILED]")
    session.account = account
    return f"[CAPABILITY {capabilities(session)}] Logged in"


async def log_out(session: Session, _: list[Value]) -> str:
    """LOGOUT."""
    await session.wire.send("* BYE Logging out")
    raise Goodbye
