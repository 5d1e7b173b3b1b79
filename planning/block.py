"""One block of items from packed sales to targets: everything that needs no other item."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from planning.arrays import Marks, Numbers, Whole
from planning.block_demand import BlockSales, Setting, padded, padded_height, see
from planning.coming import Coming
from planning.distribution import Spread
from planning.forecast import Forecast, make_forecast
from planning.kept import kept_columns
from planning.quantity import Limits, economic_batch, order_quantity
from planning.stockout import HORIZON, demand_of_days, risk_until, run_out_days
from planning.target import level_for_cycle, level_for_fill

QUANTILES = (0.5, 0.8, 0.9, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class BlockPlan:
    """Columns of the plan before suppliers are looked at, and the daily forecast where it was asked for."""

    columns: dict[str, Numbers | Whole | Marks]
    daily: dict[str, Numbers] | None


def plan_block(
    items: pl.DataFrame,
    sold: BlockSales,
    category_mean: Numbers,
    coming: Coming,
    belief: Numbers,
    setting: Setting,
) -> BlockPlan:
    """Forecast, stock-out window, targets and quantity of each item of a block."""
    count = items.height
    lead, protection = _lead_and_protection(items)
    seen = see(items, sold, setting)
    category_mean = np.pad(category_mean, (0, len(lead) - count), constant_values=np.nan)
    forecast = make_forecast(seen, setting.calendar.first_weekday, protection, category_mean, belief, setting.settings)
    here, is_whole = np.arange(count), seen.demand.is_whole
    daily = _daily(forecast, is_whole, setting.horizon, count) if setting.horizon else None
    columns = targets(items, forecast, is_whole, lead, protection, keeps_spreads=setting.keeps_forecast)
    columns = {name: values[:count] for name, values in columns.items()}
    part, is_whole = forecast.only(here), is_whole[:count]
    if setting.keeps_forecast:
        columns |= kept_columns(part)
    columns |= stockouts(items, part, is_whole, lead[:count], coming)
    return BlockPlan(columns | needs(items, columns, part, is_whole, protection[:count], coming), daily)


def _lead_and_protection(items: pl.DataFrame) -> tuple[Whole, Whole]:
    """Whole days until an order of today comes, and until one of the next chance does, of each lane."""
    lanes = padded_height(items)
    time = padded(items, "lead_time_days", lanes, 1)
    lead = np.ceil(time).astype(int)
    protection = np.ceil(time + padded(items, "review_period_days", lanes, 1) - 1e-9).astype(int)
    return lead, np.maximum(protection, lead + 1)


def targets(
    items: pl.DataFrame, forecast: Forecast, is_whole: Marks, lead: Whole, protection: Whole, *, keeps_spreads: bool
) -> dict[str, Numbers | Whole | Marks]:
    """Quantiles over the protection interval, and the stock level that meets the service target."""
    lanes = len(lead)
    lead_variance = np.square(forecast.level * padded(items, "lead_time_sd_days", lanes, 0))
    over = demand_of_days(forecast, protection, is_whole, lead_variance)
    during = demand_of_days(forecast, lead, is_whole, lead_variance)
    service = padded(items, "service_level", lanes, 0.95)
    is_fill = np.pad((items["service_type"] == "fill").to_numpy(), (0, lanes - items.height))
    point = np.zeros(lanes)
    fill, cycle = np.flatnonzero(is_fill), np.flatnonzero(~is_fill)
    interval = over.mean - during.mean
    over_fill = _for_fill(over, forecast.strays.for_fill, lead_variance)
    lead_fill = _for_fill(during, forecast.strays.for_fill, lead_variance)
    point[fill] = level_for_fill(over_fill.only(fill), lead_fill.only(fill), interval[fill], service[fill])
    point[cycle] = level_for_cycle(over.only(cycle), service[cycle])
    most, a_delivery = _fresh(items, forecast, is_whole, lead)
    columns: dict[str, Numbers | Whole | Marks] = {
        "kind": forecast.kind,
        "method": forecast.method,
        "level": forecast.level,
        "history_mean": forecast.history_mean,
        "sold_days": forecast.sold_days,
        "interval": forecast.interval,
        "mean": over.mean,
        "variance": over.variance,
        "interval_mean": interval,
        "lead_days": lead,
        "protection_days": protection,
        "is_whole": is_whole,
        "service_point": point,
        "reorder_point": np.minimum(point, most),
        "fresh_level": most,
        "fresh_delivery": a_delivery,
    }
    for share in QUANTILES:
        columns[f"demand_q{share * 100:.0f}"] = over.quantile(share)
    if keeps_spreads:
        columns["fill_variance"], columns["lead_fill_variance"] = over_fill.variance, lead_fill.variance
        columns["lead_mean"] = during.mean
    return columns


def _fresh(items: pl.DataFrame, forecast: Forecast, is_whole: Marks, lead: Whole) -> tuple[Numbers, Numbers]:
    """What as likely as not sells before goods of today's order expire, and within the shelf life alone; else infinite.

    Stock and order together must be sold by then, and what one delivery brings within its own shelf life.
    """
    most, a_delivery = np.full(len(lead), np.inf), np.full(len(lead), np.inf)
    life = padded(items.select(pl.col("shelf_life_days").fill_null(np.nan)), "shelf_life_days", len(lead), np.nan)
    perishing = np.flatnonzero(np.isfinite(life))
    if len(perishing):
        part, whole = forecast.only(perishing), is_whole[perishing]
        days = np.floor(life[perishing]).astype(int)
        most[perishing] = demand_of_days(part, lead[perishing] + days, whole).quantile(0.5)
        a_delivery[perishing] = demand_of_days(part, days, whole).quantile(0.5)
    return most, a_delivery


def _for_fill(spread: Spread, share: Numbers, lead_variance: Numbers) -> Spread:
    variance = (spread.variance - lead_variance) * share + lead_variance
    return Spread(spread.mean, variance, spread.is_whole)


def stockouts(
    items: pl.DataFrame, forecast: Forecast, is_whole: Marks, lead: Whole, coming: Coming
) -> dict[str, Numbers | Whole | Marks]:
    """Days by which stock has run out, and the chance of that before an order of today can come."""
    on_hand = (items["on_hand"] + items["at_shops"]).to_numpy()
    by_day = coming.by_day(HORIZON, items.height)
    lead_variance = np.square(forecast.level * items["lead_time_sd_days"].to_numpy())
    days = run_out_days(forecast, is_whole, on_hand, by_day)
    return {
        "out_p20": days[0],
        "out_p50": days[1],
        "out_p80": days[2],
        "stockout_risk": risk_until(forecast, is_whole, on_hand, by_day, lead, lead_variance),
    }


def needs(
    items: pl.DataFrame,
    columns: dict[str, Numbers | Whole | Marks],
    forecast: Forecast,
    is_whole: Marks,
    protection: Whole,
    coming: Coming,
) -> dict[str, Numbers | Whole | Marks]:
    """Position, order-up-to level and the quantity that packs, minimum and maximum stock allow."""
    on_hand = items["on_hand"].to_numpy()
    due = coming.due(protection)
    on_order = coming.due(np.full(items.height, np.iinfo(np.int64).max))
    position = on_hand + items["at_shops"].to_numpy() + due
    point = columns["reorder_point"]
    holding = items["unit_cost"].to_numpy() * items["holding_rate"].to_numpy()
    batch = economic_batch(forecast.level, items["order_cost"].to_numpy(), holding)
    further = np.maximum(batch - columns["interval_mean"], 0)
    up_to = np.minimum(point + np.where(is_whole, np.ceil(further), further), columns["fresh_level"])
    need = np.where(position < point, up_to - position, 0.0)
    chain = on_hand + items["at_shops"].to_numpy() + on_order
    fresh_room = np.minimum(columns["fresh_level"] - chain, columns["fresh_delivery"])
    limits = limits_of(items.with_columns(fresh_room=pl.Series(fresh_room)), on_hand + on_order)
    quantity, is_held = order_quantity(need, limits)
    return {
        "order_up_to": up_to,
        "due": due,
        "on_order": on_order,
        "position": position,
        "need": need,
        "quantity": quantity,
        "is_held": is_held,
        "fresh_room": fresh_room,
    }


def limits_of(items: pl.DataFrame, owned: Numbers) -> Limits:
    """Pack, minimum and room of each item, `owned` being on hand and on order; shelf life leaves its `fresh_room`."""
    room = items["max_stock"].fill_null(np.inf).to_numpy() - owned
    room = np.minimum(room, items["fresh_room"].to_numpy())
    return Limits(items["pack_size"].to_numpy(), items["moq"].to_numpy(), room)


def _daily(forecast: Forecast, is_whole: Marks, horizon: int, count: int) -> dict[str, Numbers]:
    """Mean and quantiles of each single day, (items × days) flattened item by item."""
    one = forecast.strays.after(1)
    average = np.maximum(forecast.level, 1e-12)
    answer = {name: np.zeros((horizon, count)) for name in ("mean", "q50", "q80", "q90", "q95", "q99")}
    days = forecast.path if forecast.days is None else forecast.days
    for day in range(min(len(days), horizon)):
        same = slice(day, None, len(days))  # days that are told one by one reach as far as the horizon
        mean = days[day].astype(np.float64)
        # the variance of a day grows with its mean as the variance of the whole does with the level
        spread = Spread(mean, one * np.maximum(mean / average, 1e-6) ** 1.5, is_whole)
        answer["mean"][same] = mean[:count]
        for share in QUANTILES:
            answer[f"q{share * 100:.0f}"][same] = spread.quantile(share)[:count]
    return {name: values.T.ravel() for name, values in answer.items()}
