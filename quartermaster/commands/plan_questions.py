"""`quartermaster plan explain`, `what-if`: questions about the plan, of the shop's own store or of plain tables."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quartermaster.commands.plan import UNUSABLE, Language, OnOrder, Settings, read_choices, read_tables

if TYPE_CHECKING:
    import polars as pl

    from handlers.budgets import Budgets
    from orders.wording import Wording
    from planning.compute import Tables
    from planning.settings import PlanSettings
    from planning.what_if import Supposition

ItemsIn = Annotated[Path | None, typer.Option("--items", help="Items (.csv or .parquet); without it the shop's own.")]
HistoryIn = Annotated[Path | None, typer.Option("--history", help="What was sold each day, with --items.")]
TodayIn = Annotated[
    datetime | None, typer.Option("--today", formats=["%Y-%m-%d"], help="The day that is planned from, with --items.")
]
Config = Annotated[Path | None, typer.Option("--config", help="The settings file of the shop.")]
ServiceLevel = Annotated[
    float | None, typer.Option("--service-level", min=0.5, max=0.9999, help="Suppose another service level.")
]
LeadTime = Annotated[
    float | None, typer.Option("--lead-time", min=0, max=730, help="Suppose another lead time, in days.")
]
Budget = Annotated[float | None, typer.Option("--budget", min=0, help="Suppose a budget, for each supplier.")]
SiteBudget = Annotated[float | None, typer.Option("--site-budget", min=0, help="Suppose a budget, for each place.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """Tables to answer from, and what people call the keys in them."""

    tables: "Tables"
    today: date
    choices: "PlanSettings"
    words: "Wording"
    products: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    budgets: "Budgets | None" = None

    def key_of(self, sku: str) -> str:
        """The product's key in the tables."""
        return next((key for key, (code, _) in self.products.items() if code == sku), sku)

    def plan(self, what: "Supposition", key: str | None = None) -> "pl.DataFrame":
        """`Plan.full` with its forecast kept, as supposed."""
        from dataclasses import replace

        from planning.compute import plan_items
        from planning.what_if import supposed

        tables = replace(self.tables, items=supposed(self.tables.items, what, key))
        return plan_items(tables, self.today, self.choices, self.words, keeps_forecast=True).full


def explain(
    *,
    sku: Annotated[str, typer.Argument(help="The product to explain, at each of its locations.")],
    items: ItemsIn = None,
    history: HistoryIn = None,
    today: TodayIn = None,
    on_order: OnOrder = None,
    settings: Settings = None,
    config: Config = None,
    language: Language = "en",
    png: Annotated[Path | None, typer.Option("--png", help="Where a picture is written (.png).")] = None,
    service_level: ServiceLevel = None,
    lead_time: LeadTime = None,
    budget: Budget = None,
    site_budget: SiteBudget = None,
) -> None:
    """Show how the plan comes to the quantity of one product: history, forecast, stock, reason and arithmetic.

    Without --items it asks the shop's own store. With --service-level, --lead-time or --budget it shows what would be.
    """
    from planning.course import course_of
    from planning.drawing import drawing_of
    from planning.trace import traces
    from planning.what_if import Supposition

    what = Supposition(service_level, lead_time, budget, site_budget)
    with _unusable():
        asked = _asked(items, history, today, on_order, settings, config, language)
        key = asked.key_of(sku)
        full = asked.plan(what, key)
        chosen = full.filter(full["sku"] == key)
        rows = list(chosen.with_columns(trace=traces(chosen)).iter_rows(named=True))
    if not rows:
        where = "the shop" if items is None else items.name
        typer.echo(f"quartermaster plan: {where} has no item {sku} to plan", err=True)
        raise typer.Exit(UNUSABLE)
    before = {} if what.is_empty else _quantities(asked, key)
    for row in rows:
        course = course_of(row, asked.tables.history, asked.tables.on_order, asked.today)
        place = asked.places.get(row["location"], row["location"])
        _tell(asked, sku, place, row, before)
        for line in drawing_of(course, asked.words):
            typer.echo(line)
        if png is not None:
            _draw(
                png if len(rows) == 1 else png.with_stem(f"{png.stem}-{place}"), asked, course, f"{sku} · {place}", key
            )


def what_if(
    *,
    items: ItemsIn = None,
    history: HistoryIn = None,
    today: TodayIn = None,
    on_order: OnOrder = None,
    settings: Settings = None,
    config: Config = None,
    service_level: ServiceLevel = None,
    lead_time: LeadTime = None,
    budget: Budget = None,
    site_budget: SiteBudget = None,
) -> None:
    """Show the whole plan's figures as they are, and as they would be with another service level, lead time or budget.

    Of the shop's own store it also shows what this month's budgets leave, which the plan keeps to.
    """
    from planning.what_if import Supposition, totals

    what = Supposition(service_level, lead_time, budget, site_budget)
    if what.is_empty:
        options = "--service-level, --lead-time, --budget or --site-budget"
        typer.echo(f"quartermaster plan: suppose something: {options}", err=True)
        raise typer.Exit(UNUSABLE)
    with _unusable():
        asked = _asked(items, history, today, on_order, settings, config, "en")
        now, then = totals(asked.plan(Supposition())), totals(asked.plan(what))
    typer.echo(f"{'':36}{'now':>14}{'then':>14}")
    for name, before, after in (
        ("lines to order", now.lines, then.lines),
        ("value of the orders", now.order_value, then.order_value),
        ("value of the safety stock", now.safety_value, then.safety_value),
        ("items that run out before delivery", now.running_out, then.running_out),
        ("items cut by budget or minimum", now.waiting, then.waiting),
        ("items filled from another place", now.moved, then.moved),
    ):
        typer.echo(f"{name:36}{before:>14,.0f}{after:>14,.0f}")
    if asked.budgets is not None:
        _tell_budgets(asked.budgets)


def _tell_budgets(budgets: "Budgets") -> None:
    known = (*budgets.suppliers.values(), *budgets.places.values())
    if known:
        typer.echo(f"\n{'budget this month':36}{'limit':>14}{'ordered':>14}{'left':>14}")
    for each in known:
        typer.echo(f"{each.code:36}{each.limit:>14,.0f}{each.ordered:>14,.0f}{each.left:>14,.0f} {each.currency}")


def transfers(
    *,
    config: Config = None,
    location: Annotated[str | None, typer.Option("--to", help="Only to this location.")] = None,
) -> None:
    """List what the last plan wants moved from central locations to those that they supply, and why."""
    from quartermaster.opening import opened_settings
    from store.queries.transfers import proposed_transfers
    from store.sessions import open_store

    store = open_store(opened_settings(config).database.url)
    with store.reading() as session:
        found = proposed_transfers(session, location=location)
    store.close()
    if not found:
        typer.echo("The last plan wants nothing moved.")
    for each in found:
        typer.echo(f"{each.source:8} → {each.location:8} {each.quantity:>8} {each.unit:5} {each.sku:20} {each.name}")
        typer.echo(f"  {each.reason}")


def delivery(
    *,
    order: Annotated[str, typer.Argument(help="The number of a sent order.")],
    days: Annotated[int, typer.Option("--days", min=1, max=365, help="How many days later it comes.")] = 7,
    config: Config = None,
) -> None:
    """Show which products run out when an order comes later than promised, by the last plan's forecast."""
    from handlers.delivery_effect import DeliveryChange, delivery_effect
    from orders.refusals import OrderNotFound
    from quartermaster.opening import opened_settings
    from quartermaster.system_clock import SystemClock
    from store.sessions import open_store

    store = open_store(opened_settings(config).database.url)
    try:
        with store.reading() as session:
            found = delivery_effect(session, DeliveryChange(order, days=days), clock=SystemClock())
    except OrderNotFound:
        typer.echo(f"quartermaster plan: there is no order {order}", err=True)
        raise typer.Exit(UNUSABLE) from None
    finally:
        store.close()
    if not found.affected:
        typer.echo("No open line of it is in the last plan.")
    for each in found.affected:
        mark = "RUNS OUT" if each.runs_out else "        "
        out = f"out by {each.out_likely}" if each.out_likely else "lasts for 60 days"
        typer.echo(
            f"{mark} {each.sku:20} {each.location:8} {each.chance_promised:>5.0%} → {each.chance_then:>5.0%} {out:18}"
            f" {each.missing:>8.0f} {each.unit} lost  {each.name}"
        )
    for sku in found.unplanned:
        typer.echo(f"         {sku:20} no plan knows it yet")


def suppliers(*, config: Config = None) -> None:
    """Show how each supplier delivers against lead times and promises, and how far chances of arrival can be believed."""
    from handlers.plan_questions import supply_record
    from quartermaster.house_wiring import house_of
    from quartermaster.opening import opened_settings
    from quartermaster.system_clock import SystemClock
    from store.sessions import open_store

    found = opened_settings(config)
    store = open_store(found.database.url)
    with store.reading() as session:
        record = supply_record(session, clock=SystemClock(), house=house_of(found))
    store.close()
    if not record.suppliers:
        typer.echo("No supplier has delivered anything yet.")
        return
    typer.echo(
        f"{'supplier':16}{'orders':>8}{'days over stated':>18}{'give or take':>14}{'promises':>10}{'kept':>8}{'late by':>9}"
    )
    for each in record.suppliers:
        kept = "" if each.kept is None else f"{each.kept:.0%}"
        late = "" if each.usually_late is None else f"{each.usually_late:+.0f}"
        typer.echo(
            f"{each.code:16}{each.orders:>8.0f}{each.late_days:>+18.1f}{each.sd_days:>14.1f}{each.promises:>10}{kept:>8}{late:>9}"
        )
    if record.score is not None:
        score = record.score
        typer.echo(f"\nChances of arrival in the last quarter, {score.asked} answers:")
        for band in score.bands:
            typer.echo(f"  said {band.said:>4.0%}, came true {band.came:>4.0%} of {band.count}")
        typer.echo(f"  squared error {score.brier:.3f}; of believing every promise {score.brier_of_promises:.3f}")


@contextmanager
def _unusable() -> Iterator[None]:
    from planning.problems import UnusableSettings, UnusableTable

    try:
        yield
    except (UnusableTable, UnusableSettings) as problem:
        typer.echo(f"quartermaster plan: {problem}", err=True)
        raise typer.Exit(UNUSABLE) from None


def _asked(
    items: Path | None,
    history: Path | None,
    today: datetime | None,
    on_order: Path | None,
    settings: Path | None,
    config: Path | None,
    language: str,
) -> Asked:
    from orders.wording import wording

    if items is None:
        return of_shop(config, read_choices(settings), language)
    if history is None or today is None:
        typer.echo("quartermaster plan: --items needs --history and --today", err=True)
        raise typer.Exit(UNUSABLE)
    return Asked(read_tables(items, history, on_order), today.date(), read_choices(settings), wording(language))


def of_shop(config: Path | None, choices: "PlanSettings", language: str) -> Asked:
    """What the nightly run would plan from, out of the store; ends the program when there is nothing to plan yet."""
    from handlers.plan_questions import plan_tables
    from orders.wording import wording
    from planning.compute import Tables
    from quartermaster.house_wiring import house_of
    from quartermaster.opening import opened_settings
    from quartermaster.system_clock import SystemClock
    from quartermaster.wiring import columns_folder
    from store.sessions import open_store

    found = opened_settings(config)
    store = open_store(found.database.url)
    with store.reading() as session:
        shop = plan_tables(session, clock=SystemClock(), house=house_of(found), columns=columns_folder(found))
    store.close()
    given = shop.given
    if given.items.is_empty():
        lacking = "no product has a lead time; import terms with a column “Lead time”"
        nothing = "the shop has nothing to plan yet; import products, terms and stock"
        typer.echo(f"quartermaster plan: {lacking if given.without_lead_time else nothing}", err=True)
        raise typer.Exit(UNUSABLE)
    named = given.items.with_columns(supplier=given.items["supplier"].replace(shop.suppliers))
    tables = Tables(named, given.history, given.on_order)
    return Asked(tables, shop.today, choices, wording(language), shop.products, shop.places, shop.budgets)


def _quantities(asked: Asked, key: str) -> dict[str, float]:
    """What the plan as it is orders of the product, by place."""
    from planning.what_if import Supposition

    full = asked.plan(Supposition())
    return {row["location"]: _decided(row) for row in full.iter_rows(named=True) if row["sku"] == key}


def _decided(row: Mapping[str, Any]) -> float:
    """What is ordered, or moved here from another place."""
    return float(row["order_quantity"] or row["transfer_quantity"])


def _tell(asked: Asked, sku: str, place: str, row: dict[str, Any], before: Mapping[str, float]) -> None:
    typer.echo(f"{sku} {place}: {row['demand_class']}, {row['method']}\n  {row['reason']}")
    if row["location"] in before:
        typer.echo(f"  as it is: {before[row['location']]:g}; supposed: {_decided(row):g}")
    for step in json.loads(row["trace"]):
        typer.echo(f"  - {asked.words.say('why.' + step['step'], **step)}")


def _draw(path: Path, asked: Asked, course: Any, title: str, key: str) -> None:
    from planning.picture import picture_of

    name = asked.products.get(key, ("", ""))[1]
    path.write_bytes(picture_of(course, asked.words, title=f"{title} · {name}" if name else title))
    typer.echo(f"  {path}", err=True)
