"""Hands one mail to the SMTP server and says what became of it. The one async call hides behind a plain function."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import aiosmtplib
from aiosmtplib import SMTPException, SMTPResponse

from mail.access import Security, ServerAccess
from mail.oauth import TokenRefused


class Fate(StrEnum):
    """What became of a mail."""

    ACCEPTED = "accepted"  # by the server, for at least one recipient
    LATER = "later"  # nothing was taken; try again
    REFUSED = "refused"  # for good
    UNKNOWN = (
        "unknown"  # the connection broke after the text: it may be out; the same Message-ID makes a retry harmless
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """The answer: `refused` are recipients that the server did not take, with its words."""

    fate: Fate
    said: str = ""
    refused: tuple[tuple[str, str], ...] = ()


def send(raw: bytes, sender: str, recipients: Sequence[str], access: ServerAccess) -> Sent:
    """Send the very bytes that were kept; never raises for what a server or the network does."""
    return asyncio.run(_send(raw, sender, list(recipients), access))


async def _send(raw: bytes, sender: str, recipients: list[str], access: ServerAccess) -> Sent:
    client = _client(access)
    try:
        await client.connect()
        await _log_in(client, access)
    except (SMTPException, OSError, TokenRefused) as error:
        return _before_text(error)
    try:
        refused, said = await client.sendmail(sender, recipients, raw)
    except aiosmtplib.SMTPRecipientsRefused as error:
        told = tuple((each.recipient, f"{each.code} {each.message}") for each in error.recipients)
        is_final = all(each.code >= 500 for each in error.recipients)
        return Sent(Fate.REFUSED if is_final else Fate.LATER, "; ".join(words for _, words in told), told)
    except aiosmtplib.SMTPResponseException as error:
        return Sent(Fate.REFUSED if error.code >= 500 else Fate.LATER, f"{error.code} {error.message}")
    except (SMTPException, OSError) as error:
        return Sent(Fate.UNKNOWN, f"the connection broke while the mail was being handed over: {error}")
    finally:
        client.close()
    return Sent(Fate.ACCEPTED, said, tuple((who, _words(answer)) for who, answer in refused.items()))


def _client(access: ServerAccess) -> aiosmtplib.SMTP:
    secure = access.security is not Security.NONE
    return aiosmtplib.SMTP(
        hostname=access.host,
        port=access.port,
        use_tls=access.security is Security.TLS,
        start_tls=access.security is Security.STARTTLS,
        tls_context=access.tls() if secure else None,
        timeout=access.timeout,
    )


async def _log_in(client: aiosmtplib.SMTP, access: ServerAccess) -> None:
    if access.token is not None:
        await client.auth_xoauth2(access.username, access.token())
    elif access.username:
        await client.login(access.username, access.password)


def _before_text(error: Exception) -> Sent:
    """Nothing was handed over yet. A wrong password is mended by a human, so it waits rather than being given up."""
    return Sent(Fate.LATER, f"{type(error).__name__}: {error}")


def _words(answer: SMTPResponse) -> str:
    return f"{answer.code} {answer.message}"


def try_login(access: ServerAccess) -> str:
    """Connect and log in without sending anything; what went wrong, or nothing."""
    return asyncio.run(_try_login(access))


async def _try_login(access: ServerAccess) -> str:
    client = _client(access)
    try:
        await client.connect()
        await _log_in(client, access)
    except (SMTPException, OSError, TokenRefused) as error:
        return f"{type(error).__name__}: {error}"
    finally:
        client.close()
    return ""
