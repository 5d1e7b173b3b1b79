"""The table of items: one row a product and location, checked and with every default filled in."""

import polars as pl

from planning import columns
from planning.columns import Source
from planning.problems import UnusableTable
from planning.settings import SERVICE_TYPES, PlanSettings

KEY = ["sku", "location"]
LEAST_PACK = 1e-6  # base units; a smaller one is nothing, and numbers of packs would lose their meaning
NEEDED = ("sku", "location", "on_hand", "lead_time_days")


def read_items(frame: pl.DataFrame, source: Source, settings: PlanSettings) -> pl.DataFrame:
    """The items with the contract's columns and defaults; raises UnusableTable at the first unusable cell."""
    columns.demand_columns(frame.columns, NEEDED, source)
    if not frame.height:
        raise UnusableTable(source.name, "the table holds no items")

    def number(column: str, default: float | None = None, *, low: float = 0, high: float = columns.MOST) -> pl.Series:
        is_optional = column in ("margin", "budget", "max_stock", "shelf_life_days", "site_budget")
        return columns.numbers(
            frame, column, source, low=low, high=high, default=default, may_be_empty=is_optional
        ).rename(column)

    items = pl.DataFrame(
        {
            "sku": columns.texts(frame, "sku", source),
            "location": columns.texts(frame, "location", source),
            "on_hand": number("on_hand", low=0),
            "lead_time_days": number("lead_time_days", high=730),
            "lead_time_sd_days": number("lead_time_sd_days", settings.lead_time_sd_days, high=730),
            "review_period_days": number("review_period_days", settings.review_period_days, low=1, high=366),
            "service_level": number("service_level", settings.service_level, low=0.5, high=0.9999),
            "service_type": columns.choices(frame, "service_type", source, SERVICE_TYPES, settings.service_type),
            "category": columns.optional_texts(frame, "category", source),
            "margin": number("margin"),
            "pack_size": number("pack_size", 1),
            "moq": number("moq", 0),
            "unit_cost": number("unit_cost", 1),
            "holding_rate": number("holding_rate", settings.holding_rate),
            "order_cost": number("order_cost", settings.order_cost),
            "supplier": columns.optional_texts(frame, "supplier", source),
            "supplier_minimum": number("supplier_minimum", 0),
            "budget": number("budget"),
            "max_stock": number("max_stock"),
            "shelf_life_days": number("shelf_life_days", low=1, high=3650),
            "site_budget": number("site_budget"),
            "supplied_from": columns.optional_texts(frame, "supplied_from", source),
            "country": columns.optional_texts(frame, "country", source).str.to_uppercase(),
            "launched_on": columns.days(frame, "launched_on", source, may_be_empty=True),
        }
    )
    columns.refuse_twice(items, KEY, source)
    _refuse_empty_packs(items, source)
    return items.with_columns(
        pl.col("margin").fill_null(pl.col("unit_cost") * settings.margin_share).alias("worth"),
        supplier_name=_named(frame, "supplier", source),
        source_name=_named(frame, "supplied_from", source),
        location_name=_named(frame, "location", source),
        at_shops=pl.lit(0.0),
    )


def _named(frame: pl.DataFrame, column: str, source: Source) -> pl.Series:
    """What reasons call a supplier or source: a column of names beside that of keys, else the key."""
    keys = columns.optional_texts(frame, column, source)
    return columns.optional_texts(frame, f"{column}_name", source).fill_null(keys)


def _refuse_empty_packs(items: pl.DataFrame, source: Source) -> None:
    empty = items["pack_size"] < LEAST_PACK
    if empty.any():
        row = (empty.arg_max() or 0) + source.first_row
        raise UnusableTable(source.name, "a pack holds more than 0 units", row=row, column="pack_size")
