"""What questions about the plan are answered from: the shop's tables as the nightly run sees them, and people's own changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.house import House
from handlers.plan_input import PlanInput, plan_input
from orders.clock import Clock, local_day
from store.tables.catalogue import LocationRow, ProductRow
from store.tables.suppliers import SupplierRow


@dataclass(frozen=True, slots=True)
class PlanTables:
    """The tables, whose keys are database ids as text, and what people call them."""

    given: PlanInput
    today: date
    products: Mapping[str, tuple[str, str]]  # id: sku and name
    places: Mapping[str, str]  # id: code
    suppliers: Mapping[str, str]  # id: code


def plan_tables(session: Session, *, clock: Clock, house: House, columns: Path | None) -> PlanTables:
    """Everything that the plan is made from at this moment. Writes nothing."""
    today = local_day(clock, house.shop.timezone)
    products = session.execute(select(ProductRow.id, ProductRow.sku, ProductRow.name))
    return PlanTables(
        given=plan_input(session, today=today, columns=columns),
        today=today,
        products={str(key): (sku, name) for key, sku, name in products},
        places={str(key): code for key, code in session.execute(select(LocationRow.id, LocationRow.code))},
        suppliers={str(key): code for key, code in session.execute(select(SupplierRow.id, SupplierRow.code))},
    )
