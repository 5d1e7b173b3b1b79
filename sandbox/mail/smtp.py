"""The SMTP server: takes mail from people with an account and lays it into the recipients' inboxes."""

import asyncio
import base64
import binascii
import logging
import re
from datetime import datetime
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import format_datetime, parseaddr
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from sandbox.mail.faults import Fault, Trouble
from sandbox.mail.post_office import PostOffice
from sandbox.mail.postboxes import INBOX, SENT
from sandbox.mail.settings import Account

SIZE_LIMIT = 25 * 1024 * 1024


class MailTaker:
    """aiosmtpd's handler."""

    def __init__(self, office: PostOffice) -> None:
        self._office = office

    async def handle_MAIL(  # noqa: N802 - aiosmtpd names the hooks
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """The sender's address."""
        if answer := await self._strike(server, "MAIL"):
            return answer
        if self._office.settings.must_log_in and not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd names the hooks
        self, server: SMTP, _: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """One recipient; strangers are refused at once, as a real server does."""
        if answer := await self._strike(server, "RCPT"):
            return answer
        if self._office.boxes.account_of(address) is None:
            return f"550 5.1.1 <{address}>: there is no such mailbox here"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """The message itself."""
        fault = self._office.faults.take("smtp DATA")
        if fault is not None and (answer := await _before(server, fault)):
            return answer
        self._deliver(session, envelope)
        if fault is not None:
            await _after(server, fault)
        return "250 2.0.0 OK: delivered"

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802 - as above
        """Log in with a bearer token."""
        answer = args[1] if len(args) > 1 else ""
        blob = _decoded(answer) if answer else await server.challenge_auth("")
        account = self._office.log_in_with_token(blob) if isinstance(blob, bytes) else None
        if account is None:
            return AuthResult(success=False, handled=False)
        return AuthResult(success=True, auth_data=account)

    async def _strike(self, server: SMTP, step: str) -> str | None:
        fault = self._office.faults.take(f"smtp {step}")
        return await _before(server, fault) if fault is not None else None

    def _deliver(self, session: Session, envelope: Envelope) -> None:
        raw = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        known = cast("object", session.auth_data)  # ours is richer than aiosmtpd's own
        account = known if isinstance(known, Account) else None
        boxes, now = self._office.boxes, self._office.settings.now()
        for recipient in dict.fromkeys(envelope.rcpt_tos):
            owner = boxes.account_of(recipient)
            if owner is not None:
                trace = self._trace(raw, account, envelope.mail_from or "", recipient, now)
                boxes.deliver(boxes.folder(owner.address, INBOX), trace + raw, now)
        if account is not None:
            boxes.deliver(boxes.folder(account.address, SENT), raw, now, ["\\Seen"])

    def _trace(self, raw: bytes, account: Account | None, sender: str, recipient: str, now: datetime) -> bytes:
        """What a receiving server puts on top: where the mail went, how it came, and whether its sender is proven."""
        name = self._office.settings.server_name
        head = BytesHeaderParser().parsebytes(raw)
        lines = (
            f"Return-Path: <{sender}>",
            f"Delivered-To: {recipient}",
            f"Authentication-Results: {name}; {_verdict(head, account)}",
            f"Received: by {name} for <{recipient}>; {format_datetime(now)}",
        )
        return "".join(f"{line}\r\n" for line in lines).encode("ascii", "replace")


def _verdict(head: Message, account: Account | None) -> str:
    """DMARC passes when the one who logged in has the address that stands in From."""
    shown = parseaddr(str(head.get("From", "")))[1].lower()
    domain = re.sub(r"[^a-z0-9.-]", "", shown.rpartition("@")[2]) or "unknown"
    proven = account is not None and account.address.lower() == shown
    return f"dmarc={'pass' if proven else 'fail'} header.from={domain}"


async def _before(server: SMTP, fault: Fault) -> str | None:
    """What a fault does before the step; an answer ends the step."""
    match fault.trouble:
        case Trouble.DELAY:
            await asyncio.sleep(fault.seconds)
        case Trouble.CUT:
            _cut(server)
            return "421 4.3.0 cut"
        case Trouble.HANG:
            await asyncio.Event().wait()
        case Trouble.BYE:
            return "421 4.3.2 The server is going down"
        case Trouble.REFUSE:
            return f"{fault.code} {fault.text}"
        case Trouble.GARBLE:
            return "what did you say?"
        case _:
            pass
    return None


async def _after(server: SMTP, fault: Fault) -> None:
    if fault.trouble in {Trouble.CUT_AFTER, Trouble.CUT_MIDWAY}:
        _cut(server)
    elif fault.trouble is Trouble.HANG_AFTER:
        await asyncio.Event().wait()


def _cut(server: SMTP) -> None:
    if isinstance(server.transport, asyncio.Transport):
        server.transport.abort()


def _decoded(answer: str) -> bytes:
    try:
        return base64.b64decode(answer, validate=True)
    except binascii.Error:
        return b""


class SmtpServer:
    """Listens on loopback in the running loop."""

    def __init__(self, office: PostOffice) -> None:
        self._office = office
        self._taker = MailTaker(office)
        self._open: set[asyncio.BaseTransport] = set()
        self._server: asyncio.Server | None = None

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self._server is not None
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def start(self) -> None:
        """Begin to listen; raises OSError when the port is taken."""
        logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd warns there of its own old habits
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._protocol, "127.0.0.1", self._office.settings.smtp_port)

    async def stop(self) -> None:
        """Break all connections and stop listening."""
        if self._server is None:
            return
        self._server.close()
        for transport in list(self._open):
            if isinstance(transport, asyncio.Transport):
                transport.abort()
        await self._server.wait_closed()

    def _protocol(self) -> SMTP:
        settings = self._office.settings
        return _Conversation(
            self._open,
            self._taker,
            hostname=settings.server_name,
            ident="sandbox",
            data_size_limit=SIZE_LIMIT,
            enable_SMTPUTF8=True,
            tls_context=settings.tls,
            auth_require_tls=False,
            authenticator=self._authenticate,
            loop=asyncio.get_running_loop(),
        )

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: object
    ) -> AuthResult:
        if not isinstance(data, LoginPassword):
            return AuthResult(success=False, handled=False)
        account = self._office.log_in(data.login.decode(errors="replace"), data.password.decode(errors="replace"))
        refused = account is None or self._office.faults.take("smtp AUTH") is not None
        return AuthResult(success=not refused, handled=False, auth_data=account)


class _Conversation(SMTP):
    """One connection, known to the server so that it can be broken at the end."""

    def __init__(self, open_: set[asyncio.BaseTransport], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._all_open = open_

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._all_open.add(transport)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._all_open.discard(self.transport)
        super().connection_lost(error)
