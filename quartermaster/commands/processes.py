"""The long-running processes of the Procfile: bot, mail listen, scheduler. Each can run and be restarted alone."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import structlog
import typer

from orders.clock import Clock
from quartermaster.locks import AlreadyRunning, only_one
from quartermaster.opening import opened_settings, opened_store, refused, wait_for_database
from quartermaster.settings import Settings, SettingsUnusable
from quartermaster.system_clock import SystemClock

if TYPE_CHECKING:
    from store.sessions import Store

log = structlog.get_logger()
Config = Annotated[Path | None, typer.Option("--config", help="The settings file.")]
BEAT_SECONDS = 10.0
POLL_SECONDS = 0.3  # how long another process's outbox row may wait to be noticed


@dataclass(frozen=True, slots=True)
class Running:
    """What a process works with; `stop` is set by SIGTERM or Ctrl-C."""

    settings: Settings
    store: "Store"
    clock: Clock
    stop: threading.Event

    def work(self, name: str, target: object, *args: object, **options: object) -> None:
        """Run a part in a thread that ends with the process."""
        threading.Thread(target=target, args=args, kwargs=options, name=name, daemon=True).start()  # type: ignore[arg-type]


@contextmanager
def running(process: str, config: Path | None, *, has_small_cache: bool = False) -> Iterator[Running]:
    """Settings checked, database current, only one of its kind, heartbeat going; told in one sentence when not."""
    from quartermaster.logs import set_up_logs

    settings = opened_settings(config)
    set_up_logs(settings.log_level)
    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    wait_for_database(settings.database.url, stop)
    if stop.is_set():
        raise typer.Exit(0)
    with opened_store(settings.database.url, has_small_cache=has_small_cache) as store:
        try:
            with only_one(process, settings.database.url):
                started = Running(settings, store, SystemClock(), stop)
                started.work("heartbeat", _beat, started, process)
                log.info("started", process=process)
                yield started
                log.info("stopped", process=process)
        except AlreadyRunning as error:
            raise refused(str(error)) from error
        except SettingsUnusable as unusable:
            raise refused("\n".join(unusable.problems)) from unusable


def _beat(own: Running, process: str) -> None:
    from sqlalchemy.exc import SQLAlchemyError

    from store.runs import beat

    while not own.stop.is_set():
        try:
            with own.store.transaction() as session:
                beat(session, process, now=own.clock.now())
        except SQLAlchemyError as error:
            log.warning("database away", why=str(error).splitlines()[0])
        own.stop.wait(BEAT_SECONDS)


def bot(config: Config = None) -> None:
    """Run the Slack door: listens to people, posts cards and reports."""
    from bot.app import build_app
    from bot.desk import Desk
    from quartermaster.house_wiring import house_of
    from quartermaster.slack_connection import serve, wait_for_slack
    from quartermaster.wiring import slack_client, slack_delivery

    with running("bot", config) as own:
        wake = threading.Event()
        desk = Desk(own.store, own.clock, house_of(own.settings), wake.set)
        client = slack_client(own.settings)
        if not wait_for_slack(client, own.stop):
            return
        app = build_app(client, desk, signing_secret=_signing_secret(own.settings))
        delivery = slack_delivery(own.store, own.clock, desk, client)
        own.work("delivery", delivery.run, own.stop, wake, every=POLL_SECONDS)
        serve(app, own.settings, own.stop)


def _signing_secret(settings: Settings) -> str:
    return settings.slack.signing_secret.get_secret_value() if settings.slack.mode == "http" else ""


def listen(config: Config = None) -> None:
    """Run the mailbox door: sends orders, listens to the mailboxes, reads suppliers' answers."""
    from quartermaster.house_wiring import house_of
    from quartermaster.mail_wiring import account_of, mail_delivery, mail_intake, mail_listener
    from store.runs import beat

    with running("mail", config, has_small_cache=True) as own:
        arrived, wake = threading.Event(), threading.Event()
        intake = mail_intake(own.store, own.clock, house_of(own.settings), own.settings)
        own.work("delivery", mail_delivery(own.store, own.clock, own.settings).run, own.stop, wake, every=POLL_SECONDS)
        own.work("intake", intake.run, own.stop, arrived, every=5.0)

        def told_as(name: str) -> Callable[[str], None]:
            def trouble(told: str) -> None:
                with own.store.transaction() as session:
                    beat(session, name, now=own.clock.now(), trouble=told)

            return trouble

        for at, imap in enumerate(own.settings.mail.mailboxes):
            name = "mailbox" if at == 0 else f"mailbox {account_of(imap)}"[:60]
            listener = mail_listener(imap, own.store, own.clock, arrived.set, told_as(name))
            own.work(name, listener.run, own.stop)
        own.stop.wait()


def scheduler(config: Config = None) -> None:
    """Run the clock: the nightly plan, the daily report, the low-stock alert. A missed run is caught up once."""
    from jobs.schedule import start_clock
    from quartermaster.house_wiring import house_of
    from quartermaster.wiring import jobs_of

    with running("scheduler", config) as own:
        jobs = jobs_of(own.store, own.clock, house_of(own.settings), own.settings)
        clock = start_clock(own.store, own.clock, list(jobs.values()))
        own.stop.wait()
        clock.shutdown(wait=False)


def run_job(
    name: Annotated[str, typer.Argument(help="plan, daily_report or low_stock.")], config: Config = None
) -> None:
    """Run one scheduled job now, whatever the clock says."""
    from quartermaster.house_wiring import house_of
    from quartermaster.wiring import jobs_of

    with running(f"job-{name}", config) as own:
        jobs = jobs_of(own.store, own.clock, house_of(own.settings), own.settings)
        if name not in jobs:
            typer.echo(f"There is no job {name!r}; there are: {', '.join(jobs)}.", err=True)
            raise typer.Exit(2)
        jobs[name].work(own.clock.now())
        typer.echo(f"{name} has run.")
