"""Hands one mail to the SMTP server and says what became of it. The one async call hides behind a plain function."""

import asyncio
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

import aiosmtplib
from aiosmtplib import SMTPException, SMTPResponse

from mail.access import Security, ServerAccess, TokenRefused

# The server wants another login than we have (RFC 4954, 6): mended by a human, and the mail waits for him.
_LOGIN_WANTED = frozenset({530, 534, 535, 538})


Result = TypeVar("Result")


class Fate(StrEnum):
    """What became of a mail."""

    ACCEPTED = "accepted"  # by the server, for at least one recipient
    LATER = "later"  # nothing was taken; try again
    REFUSED = "refused"  # for good
    UNKNOWN = "unknown"  # the line broke while the text went over: it may be out; a retry keeps its Message-ID


@dataclass(frozen=True, slots=True)
class Sent:
    """The answer: `refused` are recipients that the server did not take, with its words."""

    fate: Fate
    said: str = ""
    refused: tuple[tuple[str, str], ...] = ()


def send(raw: bytes, sender: str, recipients: Sequence[str], access: ServerAccess) -> Sent:
    """Send the very bytes that were kept; never raises for what a server or the network does."""
    return _alone(_send(raw, sender, list(recipients), access))


def try_login(access: ServerAccess) -> str:
    """Connect and log in without sending anything; what went wrong, or nothing."""
    return _alone(_try_login(access))


async def _try_login(access: ServerAccess) -> str:
    talk = _talk(access)
    try:
        await _connect(talk, access)
    except (SMTPException, OSError, TokenRefused) as error:
        return _told(error)
    finally:
        talk.close()
    return ""


class _Talk(aiosmtplib.SMTP):
    """A connection that knows whether the text has begun to go over."""

    text_begun = False

    async def data(self, *args: Any, **options: Any) -> SMTPResponse:
        """DATA and the text (RFC 5321, 4.1.1.4)."""
        self.text_begun = True
        return await super().data(*args, **options)


async def _send(raw: bytes, sender: str, recipients: list[str], access: ServerAccess) -> Sent:
    talk = _talk(access)
    try:
        await _connect(talk, access)
        refused, said = await talk.sendmail(sender, recipients, raw)
    except aiosmtplib.SMTPAuthenticationError as error:
        if access.token is not None:
            access.token.forget()  # it may have been revoked; the next attempt gets a fresh one
        return Sent(Fate.LATER, _told(error))
    except aiosmtplib.SMTPRecipientsRefused as error:
        return _nobody(error)
    except aiosmtplib.SMTPResponseException as error:
        is_final = error.code >= 500 and error.code not in _LOGIN_WANTED
        return Sent(Fate.REFUSED if is_final else Fate.LATER, f"{error.code} {error.message}")
    except (SMTPException, OSError, TokenRefused) as error:
        return Sent(Fate.UNKNOWN if talk.text_begun else Fate.LATER, _told(error))
    finally:
        talk.close()
    return Sent(Fate.ACCEPTED, said, tuple((who, _words(answer)) for who, answer in refused.items()))


def _nobody(error: aiosmtplib.SMTPRecipientsRefused) -> Sent:
    """No recipient was taken: refused for good when the server says so of each one."""
    told = tuple((each.recipient, f"{each.code} {each.message}") for each in error.recipients)
    is_final = all(each.code >= 500 for each in error.recipients)
    return Sent(Fate.REFUSED if is_final else Fate.LATER, "; ".join(words for _, words in told), told)


def _talk(access: ServerAccess) -> _Talk:
    secure = access.security is not Security.NONE
    return _Talk(
        hostname=access.host,
        port=access.port,
        use_tls=access.security is Security.TLS,
        start_tls=access.security is Security.STARTTLS,
        tls_context=access.tls() if secure else None,
        timeout=access.timeout,
    )


async def _connect(talk: _Talk, access: ServerAccess) -> None:
    """Say hello and log in; a server that does not want us just now may want us later."""
    try:
        await talk.connect()
    except aiosmtplib.SMTPResponseException as error:
        raise aiosmtplib.SMTPServerDisconnected(f"{error.code} {error.message}") from error
    if access.token is not None:
        await talk.auth_xoauth2(access.username, await asyncio.to_thread(access.token))
    elif access.username:
        await talk.login(access.username, access.password)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _words(answer: SMTPResponse) -> str:
    return f"{answer.code} {answer.message}"


def _alone(deed: Coroutine[Any, Any, Result]) -> Result:
    """Run in a loop and thread of its own: the caller may already stand in somebody else's loop."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="smtp") as own:
        return own.submit(asyncio.run, deed).result()
