"""Puts Slack, the clock and the planner together: settings become their parts. The mailbox door is in mail_wiring."""

import hashlib
from collections.abc import Mapping
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
from orders.clock import Clock
from quartermaster.settings import Settings
from store.sessions import Store

SLACK_PATIENCE = 15  # seconds for one call


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
