"""The demo's stage: local workspace and mail servers in this process, the shop's own processes beside it, unchanged."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

import tomlkit

from handlers.purchasing import SubmitOrder, submit
from orders.clock import Clock, local_day
from orders.purchase import OrderState
from quartermaster.house_wiring import house_of
from quartermaster.settings import load_settings
from sandbox.demo.company import (
    CHANNELS,
    MAILBOX,
    PASSWORD,
    SHOP_NAME,
    TIMEZONE,
    found_company,
    supplier_addresses,
    workspace_people,
)
from sandbox.mail.serving import RunningMail, running_mail
from sandbox.mail.settings import Account, MailSettings
from sandbox.slack.books.apps import Credentials
from sandbox.slack.ids import named_id
from sandbox.slack.serving import RunningWorkspace, running_workspace
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.setup import Registered, add_channels, add_people, register_app
from sandbox.slack.workspace import Workspace
from store.migrating import migrate
from store.queries.orders import orders_in
from store.queries.people import actor_of_slack_user
from store.sessions import Store, open_store

PROCESSES = {"bot": ["bot"], "mail": ["mail", "listen"], "scheduler": ["scheduler"]}
STOP_SECONDS = 5.0
COMMAND_SECONDS = 300.0  # the plan takes one or two; a busy machine many times that


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that the tour and the spectators need."""

    workspace: RunningWorkspace
    mail: RunningMail
    store: Store
    clock: Clock
    today: date
    settings_file: Path
    last_sales: Path
    database_url: str

    def run(self, *command: str) -> str:
        """Run one command of the program as a person would; returns what it printed. Raises CalledProcessError."""
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "quartermaster", *command],
            check=True,
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
            env=_environment(),
        )
        return done.stdout


@contextmanager
def stage(
    folder: Path, clock: Clock, *, port: int, database_url: str | None, say: Callable[[str], None]
) -> Iterator[Stage]:
    """Set everything up in `folder` and tear it down at the end; what the folder already holds goes on."""
    folder.mkdir(parents=True, exist_ok=True)
    key = _kept_key(folder)
    with ExitStack() as open_things:
        mail = open_things.enter_context(running_mail(_mail_settings(folder, key)))
        settings = WorkspaceSettings(address="", state=folder / "workspace.db", name=SHOP_NAME, key=key)
        workspace = open_things.enter_context(running_workspace(settings, port=port, extra_routes=mail.routes))
        say("Local workspace and mail servers are up.")
        app = workspace.do(_furnish)
        url = database_url or f"sqlite:///{folder / 'shop.db'}"
        store = open_store(url)
        open_things.callback(store.close)
        migrate(store.engine)
        today = local_day(clock, TIMEZONE)
        slack_ids = {person.name: named_id("U", person.name) for person in workspace_people()}
        last_sales = found_company(store, slack_ids, folder, now=clock.now(), today=today)
        say("The demo company is in the database.")
        settings_file = _write_settings(folder, url, app, workspace, mail, key)
        for name, command in PROCESSES.items():
            open_things.enter_context(_process(name, command, settings_file, folder))
        set_up = Stage(workspace, mail, store, clock, today, settings_file, last_sales, url)
        yield set_up


def _furnish(workspace: Workspace) -> Registered:
    if not workspace.people.humans():
        add_people(workspace, workspace_people())
        add_channels(workspace, CHANNELS)
    manifest = json.loads((files("quartermaster") / "data" / "slack-manifest.json").read_text(encoding="utf-8"))
    return register_app(workspace, manifest, Credentials())


def _mail_settings(folder: Path, key: str) -> MailSettings:
    ours = Account(MAILBOX, SHOP_NAME, PASSWORD, is_ours=True)
    theirs = tuple(
        Account(address, contact, PASSWORD, language=language) for address, contact, language in supplier_addresses()
    )
    return MailSettings(accounts=(ours, *theirs), state=folder / "mail.db", key=key)


def _kept_key(folder: Path) -> str:
    """The page's address stays the same when the demo is started again."""
    kept = folder / "page.key"
    if not kept.exists():
        kept.write_text(secrets.token_urlsafe(18), encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def _write_settings(
    folder: Path, url: str, app: Registered, workspace: RunningWorkspace, mail: RunningMail, key: str
) -> Path:
    server = {"host": "127.0.0.1", "security": "none", "username": MAILBOX, "password": PASSWORD}
    settings = {
        "shop": {"name": SHOP_NAME, "timezone": TIMEZONE, "currency": "GBP", "undo_minutes": 0},
        "database": {"url": url},
        "slack": {"bot_token": app.bot_token, "app_token": app.app_token, "base_url": workspace.api},
        "mail": {
            "address": MAILBOX,
            "reply_token_key": key,
            "imap": server | {"port": mail.imap_port, "poll_seconds": 20},
            "smtp": server | {"port": mail.smtp_port},
        },
    }
    path = folder / "quartermaster.toml"
    path.write_text(tomlkit.dumps(settings), encoding="utf-8")
    return path


def open_the_day(set_up: Stage) -> None:
    """Bring the last sales in, compute the plan, ask for one approval: a newcomer finds a desk at work."""
    set_up.run("import", "sales", str(set_up.last_sales), "--database", set_up.database_url)
    set_up.run("run-job", "plan", "--config", str(set_up.settings_file))
    house = house_of(load_settings(set_up.settings_file))
    with set_up.store.transaction() as session:
        tom = actor_of_slack_user(session, named_id("U", "tom"))
        proposals = orders_in(session, [OrderState.PROPOSED])
        if tom is not None and proposals:
            submit(session, SubmitOrder(proposals[-1].number), actor=tom, clock=set_up.clock, house=house)
    for job in ("daily_report", "low_stock"):
        set_up.run("run-job", job, "--config", str(set_up.settings_file))


@contextmanager
def _process(name: str, command: list[str], settings_file: Path, folder: Path) -> Iterator[None]:
    """One process of the Procfile; its log goes to a file in the folder."""
    with (folder / f"{name}.log").open("a", encoding="utf-8") as log:
        child = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "quartermaster", *command, "--config", str(settings_file)],
            stdout=log,
            stderr=log,
            env=_environment(),
        )
        try:
            yield
        finally:
            child.terminate()
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _environment() -> dict[str, str]:
    """The children keep their compiled code, so that each start is quicker than the first; the demo's own settings count."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("QUARTERMASTER_")}
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    return own | {"COLUMNS": "100"}
