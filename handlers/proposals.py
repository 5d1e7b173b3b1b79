"""Brings the open proposals to what the plan wants: one for each supplier and place, updated in place and never doubled."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, cast

import polars as pl
from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Session, lazyload

from handlers.announcing import Happening, all_happened
from handlers.facts import site_calendar, weekdays
from orders.clock import Clock
from orders.events import Event
from orders.people import Actor
from orders.purchase import LineState, OrderState
from orders.reply import decimal_text
from planning.trace import traces
from rules.calendar import SiteCalendar
from store.bulk import insert_frame
from store.numbers import next_order_numbers
from store.tables.catalogue import ProductRow
from store.tables.purchase import PurchaseOrderLineRow, PurchaseOrderRow
from store.tables.suppliers import SupplierRow, SupplierTermRow

Key = tuple[int, int]  # supplier and place
Rows = dict[Key, PurchaseOrderRow]
_AT_ONCE = 500
_PRICE = pl.Decimal(20, 6)  # money is never a float on its way to an order
_KEY = ["supplier_id", "location_id"]
_LINE = ["product_id", "quantity", "unit_price"]  # what makes two proposals the same


@dataclass(frozen=True, slots=True)
class Brought:
    """Numbers of the proposals that were made, changed and ended."""

    made: tuple[str, ...]
    changed: tuple[str, ...]
    expired: tuple[str, ...]


def wanted_lines(session: Session, full: pl.DataFrame) -> pl.DataFrame:
    """A row for each item to order, in the order of the plan, with the supplier's code, pack and price."""
    if full.is_empty():
        return pl.DataFrame(schema=dict.fromkeys([*_KEY, "product_id"], pl.Int64))
    ordered = full.filter(pl.col("order_quantity") > 0).with_row_index("place_in_plan")
    lines = ordered.select(
        pl.col("supplier").cast(pl.Int64).alias("supplier_id"),
        pl.col("location").cast(pl.Int64).alias("location_id"),
        pl.col("sku").cast(pl.Int64).alias("product_id"),
        pl.col("order_quantity").round().cast(pl.Int64).alias("quantity"),
        "lead_days",
        "reason",
        traces(ordered).alias("trace"),
    )
    terms = _terms(session)
    return lines.join(terms, on=["supplier_id", "product_id"], how="left", maintain_order="left")


def bring_proposals(
    session: Session,
    wanted: pl.DataFrame,
    rewritten: pl.DataFrame,
    *,
    found: Mapping[Key, PurchaseOrderRow],
    untouched: frozenset[Key],
    today: date,
    actor: Actor,
    clock: Clock,
) -> Brought:
    """Make, change and end proposals; of an unchanged one only the reasons of `rewritten` items are refreshed.

    `found` are the `open_proposals`, locked.
    Keys in `untouched` stay as they are: somebody acted on an order of that supplier and place while the plan was made.
    """
    open_rows = {key: row for key, row in found.items() if key not in untouched}
    parts = {
        cast("Key", key): part
        for key, part in wanted.partition_by(_KEY, as_dict=True, maintain_order=True).items()
        if key not in untouched
    }
    before = _signatures(_lines_of(session, [row.id for row in open_rows.values()]))
    after = _signatures(wanted)
    stale = {
        cast("Key", key)
        for key in wanted.join(rewritten, on=["product_id", "location_id"], how="semi").select(_KEY).rows()
    }
    suppliers = {row.id: row for row in session.scalars(select(SupplierRow))}
    made: Rows = _propose(session, sorted(parts.keys() - open_rows.keys()), suppliers, today, clock)
    changed: Rows = {key: open_rows[key] for key in sorted(parts) if key in open_rows and before.get(key) != after[key]}
    refreshed: Rows = {
        key: open_rows[key] for key in sorted(parts) if key in open_rows and key in stale and key not in changed
    }
    replaced = changed | refreshed
    calendars = {place: site_calendar(session, place) for place in {place for _, place in made | changed}}
    for key, row in (made | changed).items():
        row.delivery_date = _delivery_day(calendars[key[1]], suppliers[key[0]], parts[key], today)
    session.add_all(made.values())
    session.flush()
    _write_lines(session, {key: parts[key] for key in (made | replaced)}, made | replaced, is_new=frozenset(made))
    ended = [row for key, row in sorted(open_rows.items()) if key not in parts]
    for row in ended:
        row.state = OrderState.EXPIRED
    for row in (*changed.values(), *ended):
        row.revision += 1
    new = [Happening(row, after={"lines": parts[key].height}) for key, row in made.items()]
    other = [Happening(row, {"lines": before.get(key, [])}, {"lines": after[key]}) for key, row in changed.items()]
    all_happened(session, Event.ORDER_PROPOSED, new, actor=actor, now=clock.now())
    all_happened(session, Event.PROPOSAL_UPDATED, other, actor=actor, now=clock.now())
    all_happened(session, Event.PROPOSAL_EXPIRED, [Happening(row) for row in ended], actor=actor, now=clock.now())
    return Brought(_numbers(made.values()), _numbers(changed.values()), _numbers(ended))


def _numbers(rows: Iterable[PurchaseOrderRow]) -> tuple[str, ...]:
    return tuple(row.number for row in rows)


def open_proposals(session: Session) -> dict[Key, PurchaseOrderRow]:
    """Every open proposal, locked: whoever acts on one either has done so before, or waits until the plan is written."""
    rows = session.scalars(
        select(PurchaseOrderRow)
        .where(PurchaseOrderRow.state == OrderState.PROPOSED)
        .options(lazyload(PurchaseOrderRow.lines))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {(row.supplier_id, row.location_id): row for row in rows}


def _terms(session: Session) -> pl.DataFrame:
    term = SupplierTermRow
    rows = session.execute(
        select(
            term.supplier_id,
            term.product_id,
            term.supplier_code,
            term.pack_size,
            term.unit_price,
            ProductRow.name,
        ).join(ProductRow, ProductRow.id == term.product_id)
    ).all()
    schema: dict[str, Any] = {
        "supplier_id": pl.Int64,
        "product_id": pl.Int64,
        "supplier_code": pl.String,
        "pack_size": pl.Int64,
        "unit_price": _PRICE,
        "description": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _lines_of(session: Session, orders: list[int]) -> pl.DataFrame:
    line, order = PurchaseOrderLineRow, PurchaseOrderRow
    rows: list[Any] = []
    for start in range(0, len(orders), _AT_ONCE):
        rows += session.execute(
            select(order.supplier_id, order.location_id, line.product_id, line.quantity, line.unit_price)
            .join(order, order.id == line.order_id)
            .where(order.id.in_(orders[start : start + _AT_ONCE]))
        ).all()
    schema: dict[str, Any] = {**dict.fromkeys([*_KEY, "product_id", "quantity"], pl.Int64), "unit_price": _PRICE}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _signatures(lines: pl.DataFrame) -> dict[Key, list[list[Any]]]:
    """Article, quantity and price of each line, by supplier and place."""
    found: dict[Key, list[list[Any]]] = defaultdict(list)
    if not lines.is_empty():
        ordered = lines.select(*_KEY, *_LINE).sort("product_id", "quantity")
        for supplier, place, product, quantity, price in ordered.iter_rows():
            found[supplier, place].append([product, quantity, None if price is None else decimal_text(price)])
    return dict(found)


def _propose(
    session: Session, keys: Sequence[Key], suppliers: Mapping[int, SupplierRow], today: date, clock: Clock
) -> dict[Key, PurchaseOrderRow]:
    if not keys:
        return {}
    numbers = next_order_numbers(session, today.year, len(keys))
    return {
        key: PurchaseOrderRow(
            number=str(number),
            supplier_id=key[0],
            location_id=key[1],
            state=OrderState.PROPOSED,
            currency=suppliers[key[0]].currency,
            created_at=clock.now(),
            revision=1,
        )
        for key, number in zip(keys, numbers, strict=True)
    }


def _write_lines(
    session: Session, parts: Mapping[Key, pl.DataFrame], rows: Mapping[Key, PurchaseOrderRow], *, is_new: frozenset[Key]
) -> None:
    old = [row.id for key, row in rows.items() if key not in is_new]
    for start in range(0, len(old), _AT_ONCE):
        session.execute(
            delete(PurchaseOrderLineRow).where(PurchaseOrderLineRow.order_id.in_(old[start : start + _AT_ONCE]))
        )
    if not parts:
        return
    keys = list(parts)
    orders = pl.DataFrame(
        [(*key, rows[key].id) for key in keys], schema=dict.fromkeys([*_KEY, "order_id"], pl.Int64), orient="row"
    )
    frame = pl.concat(parts.values()).join(orders, on=_KEY, how="left", maintain_order="left")
    frame = frame.with_columns(line=pl.int_range(1, pl.len() + 1).over("order_id"))
    lines = frame.select(
        "order_id", "line", "product_id", "supplier_code", "description", "quantity",
        pl.col("quantity").alias("proposed_quantity"), "pack_size", "unit_price",
        pl.lit(LineState.OPEN.value).alias("state"), pl.lit(0).alias("received"), "reason", "trace",
    )  # fmt: skip
    insert_frame(session, cast("Table", PurchaseOrderLineRow.__table__), lines)
    for row in rows.values():
        session.expire(row, ["lines"])


def _delivery_day(calendar: SiteCalendar, supplier: SupplierRow, lines: pl.DataFrame, today: date) -> date | None:
    """The first day by which every line can be there, on which the place is open and the supplier delivers."""
    longest = int(cast("int", lines["lead_days"].max()))
    days = weekdays(supplier.delivery_weekdays)
    if not days:
        return calendar.open_day_from(today + timedelta(days=longest))
    closed = calendar.closed_weekdays | (frozenset(range(1, 8)) - days)
    return replace(calendar, closed_weekdays=closed).open_day_from(today + timedelta(days=longest))
