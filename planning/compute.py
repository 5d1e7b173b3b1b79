"""The one computation of the plan, which the command line and the nightly run both use."""

import math
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl

from orders.wording import Wording
from planning.analogy import category_means
from planning.arrays import Numbers
from planning.block import BlockPlan, plan_block
from planning.block_demand import BlockSales, Setting, believe
from planning.classes import CLASSES
from planning.columns import Source
from planning.coming import NOTHING_COMING, Coming, read_coming
from planning.forecast import METHODS
from planning.history import Packed, Sales, gather
from planning.holiday_shape import learn_holidays
from planning.items import read_items
from planning.lookup import ItemNumbers
from planning.network import Network, read_network
from planning.plain_means import add_what_was_missed, plain_means
from planning.pooled import with_pooled_demand
from planning.promotions import Promotions, learn_promotions
from planning.reasons import with_reasons
from planning.sampling import sampled
from planning.settings import PlanSettings
from planning.shop_calendar import learn_calendar
from planning.stockout import HORIZON
from planning.suppliers import with_supplier_limits
from planning.transfers import with_transfers
from planning.workers import Workers, in_order
from planning.yearly import YearShape, learn_year

PLAN_COLUMNS = (
    "sku", "location", "demand_class", "method", "demand_per_day", "protection_days",
    "demand_q50", "demand_q80", "demand_q90", "demand_q95", "demand_q99",
    "safety_stock", "reorder_point", "order_up_to", "stockout_p20", "stockout_p50", "stockout_p80", "stockout_risk",
    "order_quantity", "order_value", "reason",
)  # fmt: skip
TRANSFER_COLUMNS = ("transfer_from", "transfer_quantity")  # of a plan in which a location is supplied from another
ITEMS, HISTORY, ON_ORDER = Source("items"), Source("history"), Source("on_order")
FORECAST_COLUMNS = ("sku", "location", "date", "mean", "q50", "q80", "q90", "q95", "q99")


@dataclass(frozen=True, slots=True)
class Tables:
    """What a plan is made from: frames with the contract's columns, and how messages speak of each."""

    items: pl.DataFrame
    history: pl.LazyFrame
    on_order: pl.DataFrame | None = None
    items_source: Source = ITEMS
    history_source: Source = HISTORY
    on_order_source: Source = ON_ORDER


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan, with everything that the arithmetic trace needs beside the contract's columns."""

    full: pl.DataFrame
    unknown_sales: int  # rows of items that are not in the table of items
    unknown_deliveries: int
    later_sales: int  # rows of today or later
    older_sales: int  # rows from before the history that is used

    @property
    def lines(self) -> pl.DataFrame:
        """The contract's table: one row an item, in the order of the items; transfers beside it where there are any."""
        is_network = self.full["supplied_from"].is_not_null().any()
        return self.full.select(*PLAN_COLUMNS, *(TRANSFER_COLUMNS if is_network else ()))


def plan_items(
    tables: Tables,
    today: date,
    settings: PlanSettings,
    words: Wording,
    *,
    horizon: int = 0,
    keeps_forecast: bool = False,
    on_forecast: Callable[[pl.DataFrame], None] | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    workers: Workers | None = None,
) -> Plan:
    """Compute the plan; raises UnusableTable when a table cannot be used.

    Without `workers`, as many threads of this process as the settings say work the blocks.

    With a horizon, `on_forecast` is given the daily forecast block by block; `keeps_forecast` adds to the plan what
    planning.kept needs. `on_progress` is told items done and in all.
    """
    items = read_items(tables.items, tables.items_source, settings)
    numbers = ItemNumbers(items)
    network = read_network(items, numbers, tables.items_source)
    coming = NOTHING_COMING
    if tables.on_order is not None:
        coming = read_coming(tables.on_order, tables.on_order_source, numbers, today)
    sales = gather(tables.history, tables.history_source, items, numbers, today, settings)
    parts: list[pl.DataFrame] = []
    for first, block in _blocks(
        items,
        sales,
        coming,
        today,
        settings,
        horizon,
        keeps_forecast=keeps_forecast or not network.is_empty,
        workers=workers,
    ):
        part = items[first : first + settings.block_items]
        parts.append(pl.DataFrame(block.columns))
        if block.daily is not None and on_forecast is not None:
            on_forecast(_forecast_frame(part, block.daily, today, horizon))
        if on_progress is not None:
            on_progress(first + part.height, items.height)
    full = _with_network(pl.concat([items, pl.concat(parts)], how="horizontal"), network, coming)
    full = with_supplier_limits(full)
    full = with_reasons(_finished(full, today), words)
    return Plan(full, sales.unknown, coming.unknown, sales.later, sales.older)


def _with_network(full: pl.DataFrame, network: Network, coming: Coming) -> pl.DataFrame:
    """Central locations planned for all that they fill, and what they send; nothing where everything is bought."""
    if network.is_empty:
        nothing = pl.lit(0.0)
        return full.with_columns(transfer_quantity=nothing, wanted=nothing, free=nothing)
    return with_transfers(with_pooled_demand(full, network, coming), network)


def _blocks(
    items: pl.DataFrame,
    sales: Sales,
    coming: Coming,
    today: date,
    settings: PlanSettings,
    horizon: int,
    *,
    keeps_forecast: bool,
    workers: Workers | None,
) -> Iterator[tuple[int, BlockPlan]]:
    days = max(sales.days, 1)
    size = settings.block_items
    means = _first_look(items, sales, settings)
    calendar = learn_calendar(sales.sold, sales.sellers, days, today, settings)
    year = learn_year(items, sales, size)
    promotions = learn_promotions(items, sales, calendar, size)
    ahead = _days_ahead(items, horizon)
    holidays = learn_holidays(items, sales, calendar, today, ahead)
    setting = Setting(today, days, calendar, settings, horizon, ahead, holidays, keeps_forecast)
    belief = _belief(items, sales, year, promotions, setting)

    def given(first: int) -> tuple[pl.DataFrame, BlockSales, Numbers, Coming, Numbers, Setting]:
        here = slice(first, first + size)
        packed, sales.blocks[first // size] = sales.blocks[first // size], Packed()
        part = items[here]
        season = None if year is None else year.of(first, part.height)
        offers = None if promotions is None else promotions.of(first, part.height)
        sold = BlockSales(packed, sales.group[here], season, offers)
        return part, sold, means[here], coming.of(first, part.height), belief, setting

    starts = range(0, items.height, size)
    if workers is not None:
        yield from in_order(plan_block, starts, given, workers)
    elif settings.threads == 1 or len(starts) < 2:
        yield from ((first, plan_block(*given(first))) for first in starts)
    else:
        with ThreadPoolExecutor(settings.threads) as pool:
            yield from in_order(plan_block, starts, given, Workers(pool, settings.threads))


def _days_ahead(items: pl.DataFrame, horizon: int) -> int:
    """Whole weeks that reach as far as anybody asks for: the longest protection interval, stock-outs, the daily forecast."""
    longest = float((items["lead_time_days"] + items["review_period_days"]).max() or 0)  # type: ignore[arg-type]
    return 7 * math.ceil((max(longest + 1, HORIZON, horizon) + 1) / 7)


def _belief(
    items: pl.DataFrame, sales: Sales, year: YearShape | None, promotions: Promotions | None, setting: Setting
) -> Numbers:
    """What the shop says of the smoothing weights."""
    chosen, packed = sampled(items.height, sales, setting.settings.block_items)
    season = None if year is None else replace(year, group=year.group[chosen])
    offers = None if promotions is None else promotions.among(chosen)
    return believe(items[chosen], BlockSales(packed, sales.group[chosen], season, offers), setting)


def _first_look(items: pl.DataFrame, sales: Sales, settings: PlanSettings) -> Numbers:
    """Mean demand of each item's category; where days are marked, the locations' totals are completed."""
    has_marks = any(marks is not None for packed in sales.blocks for marks in packed.marks)
    if not has_marks and items["category"].is_null().all():
        return np.full(items.height, np.nan)
    means, age = plain_means(items.height, sales, settings.block_items)
    if has_marks:
        add_what_was_missed(sales, means, settings.block_items)
    return category_means(items, means, age, settings)


def _finished(full: pl.DataFrame, today: date) -> pl.DataFrame:
    """The contract's columns in their units and roundings."""

    def day_out(column: str) -> pl.Expr:
        day = pl.lit(today) + pl.duration(days=pl.col(column).cast(pl.Int64) - 1)
        return pl.when(pl.col(column) <= HORIZON).then(day.cast(pl.Date)).otherwise(None)

    return full.with_columns(
        demand_class=_named("kind", CLASSES),
        method=_named("method", METHODS),
        demand_per_day=(pl.col("mean") / pl.col("protection_days")).round(6),
        safety_stock=(pl.col("reorder_point") - pl.col("mean")).clip(lower_bound=0).round(4),
        reorder_point=pl.col("reorder_point").round(6),
        order_up_to=pl.col("order_up_to").round(6),
        stockout_p20=day_out("out_p20"),
        stockout_p50=day_out("out_p50"),
        stockout_p80=day_out("out_p80"),
        stockout_risk=pl.col("stockout_risk").round(6),
        order_quantity=pl.col("quantity").round(9),
        transfer_quantity=pl.col("transfer_quantity").round(9),
        transfer_from=pl.when(pl.col("transfer_quantity") > 0).then("supplied_from"),
        order_value=(pl.col("quantity") * pl.col("unit_cost")).round(4),
        **{f"demand_q{q}": pl.col(f"demand_q{q}").round(6) for q in (50, 80, 90, 95, 99)},
    )


def _named(column: str, names: tuple[str, ...]) -> pl.Expr:
    return pl.col(column).replace_strict(dict(enumerate(names)), return_dtype=pl.String)


def _forecast_frame(items: pl.DataFrame, daily: dict[str, Numbers], today: date, horizon: int) -> pl.DataFrame:
    dates = pl.date_range(today, today + timedelta(days=horizon - 1), eager=True)
    row = np.repeat(np.arange(items.height), horizon)
    return pl.DataFrame(
        {
            "sku": items["sku"].gather(row),
            "location": items["location"].gather(row),
            "date": pl.Series(np.tile(dates.to_physical().to_numpy(), items.height)).cast(pl.Date),
            **{name: np.round(values, 6) for name, values in daily.items()},
        }
    )
