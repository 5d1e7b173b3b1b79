"""What would change: the same plan with another service level, lead time or budget, beside the plan as it is."""

from dataclasses import dataclass

import polars as pl

LIKELY = 0.5  # a chance from which a product counts as running out before the next delivery can come


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is supposed to be otherwise; None leaves it as it is. Budgets are each supplier's and each place's for this run."""

    service_level: float | None = None
    lead_time_days: float | None = None
    budget: float | None = None
    site_budget: float | None = None

    @property
    def is_empty(self) -> bool:
        """True when nothing is otherwise."""
        chosen = (self.service_level, self.lead_time_days, self.budget, self.site_budget)
        return all(each is None for each in chosen)


@dataclass(frozen=True, slots=True)
class Totals:
    """A plan in five figures."""

    lines: int  # to order
    order_value: float
    safety_value: float  # money that safety stock ties up
    running_out: int  # items that are likely to run out before an order of today can come
    waiting: int  # items whose quantity a budget or a minimum has cut
    moved: int = 0  # items that are filled from another place


def supposed(items: pl.DataFrame, what: Supposition, sku: str | None = None) -> pl.DataFrame:
    """The items as supposed, all of them or those of one product; the budget holds for every supplier."""
    here = pl.lit(value=True) if sku is None else pl.col("sku").cast(pl.String) == sku

    def otherwise(column: str, value: float | None) -> pl.Expr:
        known = pl.col(column) if column in items.columns else pl.lit(None, pl.Float64)
        return known if value is None else pl.when(here).then(pl.lit(value)).otherwise(known).alias(column)

    changed = [
        otherwise(column, value).alias(column)
        for column, value in (("service_level", what.service_level), ("lead_time_days", what.lead_time_days))
        if value is not None
    ]
    budgets = {"budget": what.budget, "site_budget": what.site_budget}
    changed += [pl.lit(value).alias(column) for column, value in budgets.items() if value is not None]
    return items.with_columns(changed)


def totals(full: pl.DataFrame) -> Totals:
    """The figures of `Plan.full`."""
    return Totals(
        lines=full.filter(pl.col("order_quantity") > 0).height,
        order_value=float(full["order_value"].sum()),
        safety_value=float((full["safety_stock"] * full["unit_cost"]).sum()),
        running_out=full.filter(pl.col("stockout_risk") >= LIKELY).height,
        waiting=full.filter(pl.col("quantity") < pl.col("asked")).height,
        moved=full.filter(pl.col("transfer_quantity") > 0).height,
    )
