"""Transactions, exact figures, and numbers that never come twice."""

import threading
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from store.numbers import next_order_number
from store.sessions import Store, open_store
from store.tables.catalogue import LocationRow, ProductRow
from store.tables.jobs import HeartbeatRow
from store.tables.stock import StockMoveRow

pytestmark = pytest.mark.store


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction() as session:
        session.add(LocationRow(code="GDY", name="Gdynia"))
        session.flush()
        raise ZeroDivisionError
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(LocationRow)) == 0


def test_writers_of_one_process_take_turns_before_they_ask_sqlite(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.sessions._BUSY_MS", 0)  # whoever asked SQLite now would be told that it is locked
    path = tmp_path / "shop.db"
    path.write_bytes(sqlite_template.read_bytes())
    own = open_store(f"sqlite:///{path}")
    failures: list[Exception] = []

    def write(at: int) -> None:
        try:
            with own.transaction() as session:
                session.add(LocationRow(code=f"L{at}", name="Shop"))
                session.flush()
        except OperationalError as error:
            failures.append(error)

    writers = [threading.Thread(target=write, args=(at,)) for at in range(8)]
    with own.transaction() as session:
        session.add(LocationRow(code="FIRST", name="Shop"))
        session.flush()
        for writer in writers:
            writer.start()
        writers[0].join(0.2)
    for writer in writers:
        writer.join(10)
    own.close()
    assert failures == []


def test_reading_changes_nothing(store: Store) -> None:
    with store.reading() as session:
        session.add(LocationRow(code="GDY", name="Gdynia"))
        session.flush()
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(LocationRow)) == 0


def test_the_database_itself_refuses_a_row_without_its_product(store: Store) -> None:
    with pytest.raises(IntegrityError), store.transaction() as session:
        moved = datetime(2026, 11, 23, tzinfo=UTC)
        session.add(StockMoveRow(product_id=1, location_id=1, quantity=5, kind="count", moved_at=moved, key="k"))


@pytest.mark.parametrize("text", ["0.000001", "4.35", "123456789.12", "-7", "1000"])
def test_money_comes_back_exactly_as_it_went_in(store: Store, text: str) -> None:
    with store.transaction() as session:
        session.add(ProductRow(sku="A", name="A", selling_price=Decimal(text)))
    with store.reading() as session:
        assert session.scalar(select(ProductRow.selling_price)) == Decimal(text)


def test_sums_of_money_are_exact(store: Store) -> None:
    with store.transaction() as session:
        session.add_all(ProductRow(sku=str(n), name="A", selling_price=Decimal("0.1")) for n in range(30))
    with store.reading() as session:
        assert session.scalar(select(func.sum(ProductRow.selling_price))) == 3


@pytest.mark.parametrize("price", [0.1, Decimal("0.0000001")])
def test_floats_and_lost_decimals_are_refused(store: Store, price: object) -> None:
    with pytest.raises((StatementError, TypeError)), store.transaction() as session:
        session.add(ProductRow(sku="A", name="A", selling_price=price))


def test_moments_are_kept_in_utc(store: Store) -> None:
    warsaw = timezone(timedelta(hours=1))
    with store.transaction() as session:
        session.add(HeartbeatRow(process="mail", beat_at=datetime(2026, 11, 23, 10, tzinfo=warsaw)))
    with store.reading() as session:
        assert session.scalar(select(HeartbeatRow.beat_at)) == datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="needs its zone"), store.transaction() as session:
        session.add(HeartbeatRow(process="mail", beat_at=datetime(2026, 11, 23, 10)))  # noqa: DTZ001 - the point


def test_order_numbers_run_within_a_year(store: Store) -> None:
    with store.transaction() as session:
        numbers = [str(next_order_number(session, year)) for year in (2026, 2026, 2027)]
    assert numbers == ["PO-2026-0001", "PO-2026-0002", "PO-2027-0001"]


def test_two_transactions_never_get_the_same_number(store: Store) -> None:
    numbers: list[str] = []

    def work() -> None:
        for _ in range(5):
            with store.transaction() as session:
                numbers.append(str(next_order_number(session, 2026)))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(numbers) == len(set(numbers)) == 20
