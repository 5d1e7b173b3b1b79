"""Mail: whether we can log in where our mail leaves, and where answers come in."""

import imaplib
import ssl
from collections.abc import Iterator
from dataclasses import replace

from imap_tools.errors import ImapToolsError

from mail.access import TokenRefused
from mail.mailbox import opened
from mail.sending import try_login
from orders.clock import Clock
from quartermaster.checks.check import Check, bad, good, note
from quartermaster.mail_wiring import imap_access, smtp_access
from quartermaster.settings import ImapSettings, Settings, SettingsUnusable

PATIENCE = 10.0  # seconds for each step of a talk: somebody sits before the screen


def smtp_checks(settings: Settings, clock: Clock) -> Iterator[Check]:
    """Log in at the SMTP server; nothing is sent."""
    smtp = settings.mail.smtp
    where = f"{smtp.host}:{smtp.port}"
    try:
        trouble = try_login(replace(smtp_access(smtp, clock), timeout=PATIENCE))
    except SettingsUnusable as unusable:
        yield bad("SMTP", str(unusable), "change mail.smtp.security")
        return
    if trouble:
        yield bad("SMTP", f"{where}: {trouble}", "check mail.smtp: host, port, security, username, password")
    else:
        yield good("SMTP", f"{where} lets us in")
    if not settings.mail.reply_token_key.get_secret_value():
        yield note("reply tokens", "use no secret of their own", "set mail.reply_token_key to any long text")


def imap_checks(settings: Settings, clock: Clock) -> Iterator[Check]:
    """Open each folder that suppliers answer into; nothing is changed."""
    for imap in settings.mail.mailboxes:
        yield from _imap_checks(imap, clock)


def _imap_checks(imap: ImapSettings, clock: Clock) -> Iterator[Check]:
    where = f"{imap.host}:{imap.port}"
    try:
        with opened(replace(imap_access(imap, clock), timeout=PATIENCE), imap.folder) as session:
            idles = "tells of new mail at once" if session.can_idle else f"is asked every {imap.poll_seconds} s"
            yield good("IMAP", f"{where}, folder {imap.folder}, {idles}")
    except SettingsUnusable as unusable:
        yield bad("IMAP", str(unusable), "change mail.imap.security")
    except ssl.SSLError as error:
        yield bad("IMAP", f"{where}: {error}", "check mail.imap.security, and ca_file for a certificate of your own")
    except (imaplib.IMAP4.error, ImapToolsError, TokenRefused) as error:
        yield bad("IMAP", f"{where}: {error}", "check mail.imap: username, password or oauth, folder")
    except OSError as error:
        yield bad("IMAP", f"{where} cannot be reached: {error}", "check mail.imap: host, port, security")
