"""The plan on the store: outlooks for every product, and one open proposal for each supplier and place.

A plan that runs ten times leaves what it left the first time: proposals are updated in place, never doubled, and a
proposal whose need has gone expires. Drafts and orders on their way count as supply.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from handlers.announcing import happened
from handlers.facts import site_calendar
from handlers.house import House
from handlers.judging import judge_order
from handlers.open_deliveries import keep_expected
from handlers.plan_input import PlanInput, plan_input
from orders.clock import Clock, local_day
from orders.events import Event
from orders.people import Actor
from orders.purchase import OrderState
from planning.nightly import PlannedItem, plan_shop
from store.numbers import next_order_number
from store.queries.orders import order_values
from store.tables.catalogue import ProductRow
from store.tables.planning import PlanRunRow, StockOutlookRow
from store.tables.purchase import PurchaseOrderLineRow, PurchaseOrderRow
from store.tables.suppliers import SupplierRow, SupplierTermRow


@dataclass(frozen=True, slots=True)
class PlanOrders:
    """Compute the plan for everything."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What the plan left: numbers of new, changed and expired proposals."""

    items: int
    proposals: tuple[str, ...]
    changed: tuple[str, ...]
    expired: tuple[str, ...]
    without_lead_time: int


_Key = tuple[int, int]  # supplier and location


def plan_orders(session: Session, command: PlanOrders, *, actor: Actor, clock: Clock, house: House) -> Planned:
    """Compute demand, stock-out and order sizes, and bring outlooks and proposals up to date."""
    del command
    today = local_day(clock, house.shop.timezone)
    given = plan_input(session, today=today)
    items = plan_shop(given.items, given.history, given.on_order, today=today, language=house.shop.language)
    keep_expected(session, given.expected)
    wanted = _wanted(given, items)
    _store_outlooks(session, items, today=today, now=clock.now(), proposals=len(wanted))
    suppliers = {row.id: row for row in session.scalars(select(SupplierRow))}
    open_proposals = _open_proposals(session)
    made, changed, expired = [], [], []
    for key, lines in sorted(wanted.items()):
        row = open_proposals.get(key)
        if row is None:
            row = _propose(session, key, suppliers[key[0]], lines, today=today, actor=actor, clock=clock)
            made.append(row.number)
        elif not _update(session, row, lines, today=today, actor=actor, clock=clock):
            continue
        else:
            changed.append(row.number)
        session.flush()
        judge_order(session, row, order_values(session, [row])[0], now=clock.now(), house=house)
    for key, row in open_proposals.items():
        if key not in wanted:
            row.state = OrderState.EXPIRED
            row.revision += 1
            happened(session, row, Event.PROPOSAL_EXPIRED, actor=actor, now=clock.now())
            expired.append(row.number)
    return Planned(len(items), tuple(made), tuple(changed), tuple(expired), given.without_lead_time)


def _wanted(given: PlanInput, items: Sequence[PlannedItem]) -> dict[_Key, list[PlannedItem]]:
    """Items to order, by supplier and place, in the order of the plan."""
    suppliers = dict(
        zip(zip(given.items["sku"], given.items["location"], strict=True), given.items["supplier"], strict=True)
    )
    wanted: dict[_Key, list[PlannedItem]] = defaultdict(list)
    for item in items:
        if item.order_quantity > 0:
            wanted[int(suppliers[item.sku, item.location]), int(item.location)].append(item)
    return dict(wanted)


def _open_proposals(session: Session) -> dict[_Key, PurchaseOrderRow]:
    rows = session.scalars(
        select(PurchaseOrderRow)
        .where(PurchaseOrderRow.state == OrderState.PROPOSED)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {(row.supplier_id, row.location_id): row for row in rows}


def _propose(
    session: Session,
    key: _Key,
    supplier: SupplierRow,
    items: Sequence[PlannedItem],
    *,
    today: date,
    actor: Actor,
    clock: Clock,
) -> PurchaseOrderRow:
    row = PurchaseOrderRow(
        number=str(next_order_number(session, today.year)),
        supplier_id=supplier.id,
        location_id=key[1],
        state=OrderState.PROPOSED,
        currency=supplier.currency,
        created_at=clock.now(),
        revision=1,
        lines=_lines(session, supplier.id, items),
    )
    row.delivery_date = _delivery_day(session, row, today=today)
    session.add(row)
    happened(session, row, Event.ORDER_PROPOSED, actor=actor, now=clock.now(), after={"lines": len(row.lines)})
    return row


def _update(
    session: Session,
    row: PurchaseOrderRow,
    items: Sequence[PlannedItem],
    *,
    today: date,
    actor: Actor,
    clock: Clock,
) -> bool:
    """Bring a proposal to the new figures; False when they are the old ones."""
    before = _figures(row.lines)
    lines = _lines(session, row.supplier_id, items)
    if before == _figures(lines):
        return False
    row.lines.clear()
    session.flush()
    row.lines.extend(lines)
    row.delivery_date = _delivery_day(session, row, today=today)
    row.revision += 1
    happened(
        session,
        row,
        Event.PROPOSAL_UPDATED,
        actor=actor,
        now=clock.now(),
        before={"lines": before},
        after={"lines": _figures(lines)},
    )
    return True


def _figures(lines: Sequence[PurchaseOrderLineRow]) -> list[list[Any]]:
    """What makes two proposals the same: article, quantity and price of each line."""
    return sorted(
        [line.product_id, line.quantity, format(line.unit_price, "f") if line.unit_price is not None else None]
        for line in lines
    )


def _lines(session: Session, supplier_id: int, items: Sequence[PlannedItem]) -> list[PurchaseOrderLineRow]:
    keys = [int(item.sku) for item in items]
    products = {row.id: row for row in session.scalars(select(ProductRow).where(ProductRow.id.in_(keys)))}
    terms: Mapping[int, SupplierTermRow] = {
        row.product_id: row
        for row in session.scalars(
            select(SupplierTermRow).where(
                SupplierTermRow.supplier_id == supplier_id, SupplierTermRow.product_id.in_(keys)
            )
        )
    }
    return [
        PurchaseOrderLineRow(
            line=number,
            product_id=key,
            supplier_code=terms[key].supplier_code,
            description=products[key].name,
            quantity=item.order_quantity,
            proposed_quantity=item.order_quantity,
            pack_size=terms[key].pack_size,
            unit_price=terms[key].unit_price,
            reason=item.reason,
            trace=list(item.why),
            received=0,
            deliveries=[],
        )
        for number, (key, item) in enumerate(zip(keys, items, strict=True), 1)
    ]


def _delivery_day(session: Session, row: PurchaseOrderRow, *, today: date) -> date | None:
    """The first open day of the place by which every line can be there."""
    keys = [line.product_id for line in row.lines]
    times = session.scalars(
        select(SupplierTermRow.lead_time_days).where(
            SupplierTermRow.supplier_id == row.supplier_id, SupplierTermRow.product_id.in_(keys)
        )
    ).all()
    longest = max((days for days in times if days is not None), default=0)
    return site_calendar(session, row.location_id).open_day_from(today + timedelta(days=longest))


def _store_outlooks(
    session: Session, items: Sequence[PlannedItem], *, today: date, now: datetime, proposals: int
) -> None:
    """One run a day is kept; a later run of the same day takes the place of the earlier one."""
    session.execute(delete(StockOutlookRow))
    session.execute(delete(PlanRunRow).where(PlanRunRow.today == today))
    run = PlanRunRow(today=today, computed_at=now, items=len(items), proposals=proposals)
    session.add(run)
    session.flush()
    if items:
        session.execute(insert(StockOutlookRow), [_outlook(item, run.id) for item in items])


def _outlook(item: PlannedItem, run_id: int) -> dict[str, Any]:
    return {
        "product_id": int(item.sku),
        "location_id": int(item.location),
        "run_id": run_id,
        "demand_class": item.demand_class,
        "demand_per_day": Decimal(str(round(item.demand_per_day, 4))),
        "protection_days": item.protection_days,
        "safety_stock": item.safety_stock,
        "reorder_point": item.reorder_point,
        "order_up_to": item.order_up_to,
        "stockout_p20": item.stockout_p20,
        "stockout_p50": item.stockout_p50,
        "stockout_p80": item.stockout_p80,
        "stockout_risk": Decimal(str(round(item.stockout_risk, 4))),
        "order_quantity": item.order_quantity,
        "reason": item.reason,
        "trace": list(item.why),
        "figures": item.figures,
    }
