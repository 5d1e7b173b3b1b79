"""Imports counted stock: what differs from the ledger is booked as a count, as of the moment of counting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from store.importers import values
from store.importers.cells import BadCell
from store.importers.codes import Codes
from store.importers.outcome import Change, Outcome
from store.importers.record import Circumstances, Field, ImportKind, Record, Writing
from store.importers.upsert import Repeats, count
from store.tables.imports import ImportedFileRow
from store.tables.stock import MoveKind, StockBalanceRow, StockMoveRow

_Place = tuple[int, int]  # product and location


@dataclass(frozen=True, slots=True)
class _Count:
    key: _Place
    quantity: int
    moment: datetime
    record: Record


class _Stock:
    """A count holds for its moment: moves booked for later stay on top of it.

    A file without a day is taken to be counted when it was first imported, so that a second import of the same file finds
    nothing to do, however much was sold in between.
    """

    def __init__(self, session: Session, outcome: Outcome, around: Circumstances) -> None:
        self._session = session
        self._outcome = outcome
        self._around = around
        self._codes = Codes(session)
        self._repeats = Repeats()
        self._first_seen = session.scalar(
            select(ImportedFileRow.imported_at).where(
                ImportedFileRow.kind == STOCK.name, ImportedFileRow.sha256 == around.sha256
            )
        )

    def write(self, records: Sequence[Record]) -> None:
        """Book the difference between the counted and the known quantity of each product and place."""
        counts = [found for record in records if (found := self._counted(record))]
        keys = [each.key for each in counts]
        rows = self._session.scalars(
            select(StockBalanceRow)
            .where(tuple_(StockBalanceRow.product_id, StockBalanceRow.location_id).in_(keys))
            .with_for_update()
        )
        balances = {(row.product_id, row.location_id): row for row in rows}
        for moment in {each.moment for each in counts}:
            at_once = [each for each in counts if each.moment == moment]
            later = self._moved_after(moment, [each.key for each in at_once])
            for each in at_once:
                self._book(each, balances.get(each.key), later.get(each.key, 0))
        self._session.flush()

    def finish(self) -> None:
        """Nothing is left to do."""

    def _counted(self, record: Record) -> _Count | None:
        column = "product"
        try:
            product = self._codes.product(record.values["product"])
            column = "location"
            place, zone = self._codes.place(record.values.get("location", self._around.location))
            column = "counted_at"
            moment = self._moment(record.values.get("counted_at"), zone)
        except BadCell as bad:
            self._outcome.refuse(record.row, bad.code, column, **bad.facts)
            return None
        is_same, first = self._repeats.first((product, place), record)
        if first:
            if not is_same:
                self._outcome.refuse(record.row, "repeated", "product", shown=_thing(record), first=first)
            return None
        return _Count((product, place), record.values["quantity"], moment, record)

    def _moment(self, counted: datetime | date | None, zone: str) -> datetime:
        """A day alone means its evening; what lies ahead is refused."""
        if counted is None:
            return self._first_seen or self._around.now
        here = ZoneInfo(zone)
        if isinstance(counted, datetime):
            moment = counted.replace(tzinfo=here).astimezone(UTC)
        else:
            if counted > self._around.now.astimezone(here).date():
                raise BadCell("day-ahead", shown=counted.isoformat())
            moment = min(datetime.combine(counted, time(23, 59, 59), here).astimezone(UTC), self._around.now)
        if moment > self._around.now:
            raise BadCell("day-ahead", shown=counted.isoformat())
        return moment

    def _moved_after(self, moment: datetime, keys: Iterable[_Place]) -> dict[_Place, int]:
        moves = self._session.execute(
            select(StockMoveRow.product_id, StockMoveRow.location_id, func.sum(StockMoveRow.quantity))
            .where(
                StockMoveRow.moved_at > moment,
                tuple_(StockMoveRow.product_id, StockMoveRow.location_id).in_(list(keys)),
            )
            .group_by(StockMoveRow.product_id, StockMoveRow.location_id)
        )
        return {(product, place): int(quantity) for product, place, quantity in moves}

    def _book(self, counted: _Count, balance: StockBalanceRow | None, later: int) -> None:
        product, place = counted.key
        is_new = balance is None
        if balance is None:
            balance = StockBalanceRow(product_id=product, location_id=place, on_hand=0, reserved=0, counted_at=None)
            self._session.add(balance)
        then = balance.on_hand - later
        difference = counted.quantity - then
        if difference:
            self._session.add(
                StockMoveRow(
                    product_id=product,
                    location_id=place,
                    quantity=difference,
                    kind=MoveKind.COUNT,
                    moved_at=counted.moment,
                    key=f"count:{self._around.sha256[:16]}:{self._around.now.isoformat()}:{product}:{place}",
                    note=self._outcome.path.name[:300],
                )
            )
            balance.on_hand += difference
        if difference or is_new:
            balance.counted_at = max(balance.counted_at or counted.moment, counted.moment)
            change = Change(counted.record.row, _thing(counted.record), "quantity", str(then), str(counted.quantity))
            self._outcome.add_change(change)
        count(self._outcome, is_new=is_new, is_changed=bool(difference))


def _thing(record: Record) -> str:
    return " ".join(filter(None, (record.values["product"], record.values.get("location"))))


STOCK = ImportKind(
    "stock",
    (
        Field("product", lambda cell, _: values.code(cell), is_required=True),
        Field("quantity", lambda cell, style: values.whole(cell, style, least=0), Writing.NUMBER, is_required=True),
        Field("location", lambda cell, _: values.code(cell)),
        Field("counted_at", values.moment, Writing.DAY),
    ),
    _Stock,
)
