"""What suppliers and places may still be ordered for this month: their budget less what people have ordered already."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import polars as pl
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from handlers.house import House
from orders.purchase import LineState, OrderState
from orders.states import ORDERED, PLANNED
from store.tables.catalogue import LocationRow
from store.tables.purchase import PurchaseOrderLineRow, PurchaseOrderRow
from store.tables.suppliers import SupplierRow

_COUNTED = (PLANNED - {OrderState.PROPOSED}) | ORDERED | {OrderState.CLOSED}
_NOTHING = frozenset({LineState.REJECTED, LineState.CANCELLED})


@dataclass(frozen=True, slots=True)
class MonthBudget:
    """One budget of this month: its limit, and the value of drafts and orders of the month; all net, in `currency`."""

    code: str
    currency: str
    limit: Decimal
    ordered: Decimal

    @property
    def left(self) -> Decimal:
        """What may still be ordered; nothing when more was ordered already."""
        return max(self.limit - self.ordered, Decimal(0))


@dataclass(frozen=True, slots=True)
class Budgets:
    """Budgets by database id. Amounts in another currency than the budget's are not counted: they cannot be compared."""

    suppliers: dict[int, MonthBudget]
    places: dict[int, MonthBudget]


NO_BUDGETS = Budgets({}, {})


def with_budgets(items: pl.DataFrame, budgets: Budgets) -> pl.DataFrame:
    """The plan's items with what is left of their supplier's budget, and of their place's where the currency is its own."""
    left = {str(key): float(each.left) for key, each in budgets.suppliers.items()}
    sites = pl.DataFrame(
        [(str(key), each.currency, float(each.left)) for key, each in budgets.places.items()],
        schema={"location": pl.String, "currency": pl.String, "site_budget": pl.Float64},
        orient="row",
    )
    keyed = items.with_columns(
        pl.col("location").cast(pl.String),
        budget=pl.col("supplier").replace_strict(left, default=None, return_dtype=pl.Float64),
    )
    return keyed.join(sites, on=["location", "currency"], how="left", maintain_order="left")


def month_budgets(session: Session, *, today: date, house: House) -> Budgets:
    """Every budget that is set. A supplier's is in its currency, a place's in the shop's."""
    suppliers = session.execute(
        select(SupplierRow.id, SupplierRow.code, SupplierRow.currency, SupplierRow.monthly_budget).where(
            SupplierRow.monthly_budget.is_not(None)
        )
    ).all()
    places = session.execute(
        select(LocationRow.id, LocationRow.code, LocationRow.monthly_budget).where(
            LocationRow.monthly_budget.is_not(None)
        )
    ).all()
    if not suppliers and not places:
        return Budgets({}, {})
    to_supplier, for_place = _ordered(session, today, ZoneInfo(house.shop.timezone))
    own = house.shop.currency
    return Budgets(
        {
            key: MonthBudget(code, currency, limit or Decimal(0), to_supplier[key, currency])
            for key, code, currency, limit in suppliers
        },
        {key: MonthBudget(code, own, limit or Decimal(0), for_place[key, own]) for key, code, limit in places},
    )


_Sums = dict[tuple[int, str], Decimal]


def _ordered(session: Session, today: date, zone: ZoneInfo) -> tuple[_Sums, _Sums]:
    """Value of this month's orders by supplier and by place, each by currency; a line without a price counts nothing."""
    since = datetime.combine(today.replace(day=1), time.min, zone).astimezone(UTC)
    order, line = PurchaseOrderRow, PurchaseOrderLineRow
    rows = session.execute(
        select(
            order.supplier_id, order.location_id, order.currency, line.quantity, line.confirmed_quantity,
            line.unit_price, line.confirmed_price,
        )
        .join(line, line.order_id == order.id)
        .where(
            order.state.in_(_COUNTED),
            func.coalesce(order.sent_at, order.created_at) >= since,
            line.state.not_in(_NOTHING),
        )
    )  # fmt: skip
    to_supplier: _Sums = defaultdict(Decimal)
    for_place: _Sums = defaultdict(Decimal)
    for supplier, place, currency, quantity, confirmed, price, confirmed_price in rows:
        each = price if confirmed_price is None else confirmed_price
        value = (each or Decimal(0)) * (quantity if confirmed is None else confirmed)
        to_supplier[supplier, currency] += value
        for_place[place, currency] += value
    return to_supplier, for_place
