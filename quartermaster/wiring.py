"""Puts the rooms together: here, and only here, every room is known and settings become their parts."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import time
from pathlib import Path

from platformdirs import user_cache_path
from slack_sdk import WebClient
from sqlalchemy.engine import make_url

from bot.deliverers import slack_deliverers
from bot.desk import Desk
from bot.posting import Poster
from handlers.house import House
from jobs.daily import Daily, weekdays_of
from jobs.delivery import Delivery
from jobs.morning import announce_low_stock, announce_report, compute_plan
from jobs.schedule import Job
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
from rules.problems import RulebookUnusable
from rules.rulefile import house_rulebook, read_site_rulebook
from store.sessions import Store

SLACK_PATIENCE = 15  # seconds for one call


def house_of(settings: Settings) -> House:
    """The shop's choices and its rulebook; raises SettingsUnusable with every problem of the rulebook file."""
    path = settings.shop.rulebook
    if path is None:
        return House(settings.as_shop(), house_rulebook())
    try:
        return House(settings.as_shop(), read_site_rulebook(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SettingsUnusable([f"{path}: the rulebook cannot be read ({error.strerror})"]) from error
    except RulebookUnusable as unusable:
        raise SettingsUnusable([f"{path}: {problem}" for problem in str(unusable).splitlines()]) from unusable


def slack_client(settings: Settings) -> WebClient:
    """The client that the whole Slack door talks through."""
    return WebClient(
        token=settings.slack.bot_token.get_secret_value(), base_url=settings.slack.base_url, timeout=SLACK_PATIENCE
    )


def is_local(settings: Settings) -> bool:
    """True for the local workspace, which no proxy can reach."""
    return settings.slack.base_url.startswith(("http://127.0.0.1", "http://localhost"))


def slack_delivery(store: Store, clock: Clock, desk: Desk, client: WebClient) -> Delivery:
    """The worker for everything that goes out to Slack."""
    return Delivery(store, clock, slack_deliverers(desk, Poster(client, store, clock)))


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


def columns_folder(settings: Settings) -> Path:
    """Where the history stands in columns: beside a SQLite file, else in this machine's cache, by database."""
    if settings.database.columns is not None:
        return settings.database.columns
    url = make_url(settings.database.url)
    if url.drivername == "sqlite" and url.database:
        return Path(f"{url.database}.columns")
    mark = hashlib.sha256(settings.database.url.encode()).hexdigest()[:16]
    return user_cache_path("quartermaster") / f"columns-{mark}"


def jobs_of(store: Store, clock: Clock, house: House, settings: Settings) -> Mapping[str, Job]:
    """Everything that the clock does, by name."""
    times, zone = settings.clock, settings.zone

    def daily(at: time, weekdays: str = "mon-sun") -> Daily:
        return Daily(at, zone, weekdays_of(weekdays))

    jobs = (
        Job("plan", daily(times.plan_at), lambda _: compute_plan(store, clock, house, columns_folder(settings))),
        Job(
            "daily_report",
            daily(times.report_at, times.report_weekdays),
            lambda slot: announce_report(store, clock, slot.astimezone(zone).date()),
        ),
        Job(
            "low_stock",
            daily(times.low_stock_at),
            lambda slot: announce_low_stock(store, clock, slot.astimezone(zone).date()),
        ),
    )
    return {job.name: job for job in jobs}
