"""The demo company: Harbour Gifts, its people, suppliers, products, stock and a year of real sales.

All tables come in through the program's own importers; the days of the sales are moved forward by whole weeks, so that
weekdays stay what they were, and cut off after yesterday.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import polars as pl

from orders.people import Role
from sandbox.slack.setup import NewChannel, NewPerson
from store.importers.running import KINDS, Options, import_files
from store.people import add_person, knows_anybody
from store.places import add_place
from store.sessions import Store

SHOP_NAME = "Harbour Gifts"
MAILBOX = "orders@harbourgifts.example"
TIMEZONE = "Europe/London"
PASSWORD = "demo"  # noqa: S105 - servers on loopback, for play


class DemoDataUnusable(Exception):
    """The packed tables do not fit the importers: a defect of this package."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the demo company."""

    slack_name: str
    name: str
    role: Role
    language: str
    note: str


COLLEAGUES = (
    Colleague("maya", "Maya Chen", Role.MANAGER, "en", "manager"),
    Colleague("tom", "Tom Baker", Role.BUYER, "en", "buyer"),
    Colleague("ola", "Ola Nowak", Role.WAREHOUSE, "pl", "warehouse"),
)
CHANNELS = (
    NewChannel("orders", topic="Orders to approve, and what suppliers answer", is_general=True),
    NewChannel("stock", topic="What runs low"),
    NewChannel("reports", topic="The daily report"),
    NewChannel("quartermaster-ops", topic="Mails that nobody could read, and trouble"),
)
_TABLES = ("products", "suppliers", "terms", "stock")


def workspace_people() -> tuple[NewPerson, ...]:
    """The colleagues as the local workspace knows them."""
    return tuple(NewPerson(each.slack_name, each.name, tz=TIMEZONE, note=each.note) for each in COLLEAGUES)


def supplier_addresses() -> tuple[tuple[str, str, str], ...]:
    """Order address, contact and language of each supplier."""
    table = pl.read_csv(_packed("suppliers"))
    return tuple(zip(table["order_email"], table["contact"], table["language"], strict=True))


def found_company(store: Store, slack_ids: dict[str, str], folder: Path, *, now: datetime, today: date) -> Path:
    """Enter the company into an empty store; a store that has people is left as it is.

    `slack_ids` gives the workspace's id of each colleague's name. Returns the file with the last day's sales, which is not
    imported yet: the tour brings it in.
    """
    folder.mkdir(parents=True, exist_ok=True)
    history, last_day = sales_files(folder, today)
    with store.transaction() as session:
        if knows_anybody(session):
            return last_day
        add_place(session, "PORT", "Portsmouth", timezone=TIMEZONE, country="GB", address="4 Quay Road, Portsmouth PO1")
        for each in COLLEAGUES:
            slack_id = slack_ids[each.slack_name]
            add_person(session, each.name, (each.role,), slack_user_id=slack_id, language=each.language)
    for kind in _TABLES:
        _import(store, kind, Path(str(files("sandbox.demo") / "data" / f"{kind}.csv")), now)
    _import(store, "sales", history, now)
    return last_day


def _import(store: Store, kind: str, path: Path, now: datetime) -> None:
    silent: Callable[[int, int], None] = lambda done, of: None  # noqa: ARG005, E731
    for outcome in import_files(store, KINDS[kind], [path], Options(), now=now, progress=silent):
        if outcome.problem_count:
            raise DemoDataUnusable(f"{path.name}: {outcome.problems}")


def sales_files(folder: Path, today: date) -> tuple[Path, Path]:
    """The history but for its last day, and that day: yesterday, or the last day before on which the shop was open."""
    sales = pl.read_csv(_packed("sales"), try_parse_dates=True, schema_overrides={"sku": pl.String})
    end = sales["date"].max()
    assert isinstance(end, date)
    yesterday = today - timedelta(days=1)
    weeks = -((end - yesterday).days // 7)
    moved = sales.with_columns(pl.col("date") + pl.duration(weeks=weeks)).filter(pl.col("date") <= yesterday)
    last = moved["date"].max()
    history, last_day = folder / "sales.csv", folder / "sales-last-day.csv"
    moved.filter(pl.col("date") < last).write_csv(history)
    moved.filter(pl.col("date") == last).write_csv(last_day)
    return history, last_day


def _packed(name: str) -> bytes:
    return (files("sandbox.demo") / "data" / f"{name}.csv").read_bytes()
