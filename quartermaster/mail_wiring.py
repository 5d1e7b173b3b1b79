"""Puts the mailbox door together. It knows nothing of Slack, charts and planning, which would fill its process."""

from collections.abc import Callable
from pathlib import Path

from handlers.house import House
from jobs.delivery import Delivery
from mail.access import Security, ServerAccess
from mail.delivering import Mailroom
from mail.intake import MailIntake
from mail.keeping import MailKeeper
from mail.listener import Listener
from mail.oauth import TokenSource
from mail.taken import Aftermath, Mark
from mail.tokens import TokenKeys
from orders.clock import Clock
from quartermaster.settings import ImapSettings, OAuthSettings, Settings, SettingsUnusable, SmtpSettings
from store.sessions import Store


def mail_delivery(store: Store, clock: Clock, settings: Settings) -> Delivery:
    """The worker for everything that goes out by mail."""
    room = Mailroom(
        store,
        clock,
        settings.as_shop(),
        smtp_access(settings.mail.smtp, clock),
        token_keys(settings),
        settings.mail.signature,
        settings.mail.use_reply_token,
    )
    return Delivery(store, clock, room.deliverers())


def mail_intake(store: Store, clock: Clock, house: House, settings: Settings) -> MailIntake:
    """What reads the mails of our mailboxes."""
    servers = {account_of(imap): imap.authserv_id for imap in settings.mail.mailboxes}
    return MailIntake(store, clock, house, token_keys(settings), servers)


def mail_listener(
    imap: ImapSettings, store: Store, clock: Clock, arrived: Callable[[], None], trouble: Callable[[str], None]
) -> Listener:
    """What watches one mailbox and keeps its mail."""
    return Listener(
        imap_access(imap, clock),
        imap.folder,
        MailKeeper(store, clock, account_of(imap)),
        arrived,
        trouble,
        float(imap.poll_seconds),
        aftermath=Aftermath(Mark(imap.mark), imap.move_to),
    )


def account_of(imap: ImapSettings) -> str:
    """The name of a mailbox in the database; it must stay the same, or all its mail is fetched once more."""
    return f"{imap.username or 'orders'}@{imap.host}"


def token_keys(settings: Settings) -> TokenKeys:
    """The keys of reply tokens; without a secret of its own a shop's tokens are recognised but can be guessed."""
    return TokenKeys.from_secrets([settings.mail.reply_token_key.get_secret_value() or settings.mail.address])


def imap_access(imap: ImapSettings, clock: Clock) -> ServerAccess:
    """How our mailbox is reached."""
    return _access(imap, clock, imap.oauth)


def smtp_access(smtp: SmtpSettings, clock: Clock) -> ServerAccess:
    """How our mail leaves."""
    return _access(smtp, clock, smtp.oauth)


def _access(server: ImapSettings | SmtpSettings, clock: Clock, oauth: OAuthSettings | None) -> ServerAccess:
    try:
        return ServerAccess(
            host=server.host,
            port=server.port,
            security=Security(server.security),
            username=server.username,
            password=server.password.get_secret_value(),
            token=_tokens(oauth, clock),
            ca_file=Path(server.ca_file) if server.ca_file else None,
        )
    except ValueError as error:
        raise SettingsUnusable([str(error)]) from error


def _tokens(oauth: OAuthSettings | None, clock: Clock) -> TokenSource | None:
    if oauth is None:
        return None
    return TokenSource(
        provider=oauth.provider,
        client_id=oauth.client_id,
        client_secret=oauth.client_secret.get_secret_value(),
        refresh_token=oauth.refresh_token.get_secret_value(),
        tenant=oauth.tenant,
        clock=clock,
    )
