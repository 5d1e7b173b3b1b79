"""Imports of counted stock: the ledger keeps the difference, and later moves stay."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from store.importers.outcome import Outcome
from store.sessions import Store
from store.tables.catalogue import LocationRow, ProductRow
from store.tables.stock import MoveKind, StockBalanceRow, StockMoveRow
from tests.store.importers.conftest import NOW, Importing

pytestmark = pytest.mark.store

HEAD = "sku,location,qty,date\n"


def on_hand(store: Store, sku: str = "A1", place: str = "GDY") -> int | None:
    with store.reading() as session:
        return session.scalar(
            select(StockBalanceRow.on_hand)
            .join(ProductRow, ProductRow.id == StockBalanceRow.product_id)
            .join(LocationRow, LocationRow.id == StockBalanceRow.location_id)
            .where(ProductRow.sku == sku, LocationRow.code == place)
        )


def moves(store: Store) -> list[tuple[int, datetime]]:
    with store.reading() as session:
        found = session.execute(select(StockMoveRow.quantity, StockMoveRow.moved_at).order_by(StockMoveRow.id))
        return list(found)


def sell(store: Store, quantity: int, at: datetime) -> None:
    """Book a sale of A1 at GDY."""
    with store.transaction() as session:
        balance = session.scalars(select(StockBalanceRow)).one()
        session.add(
            StockMoveRow(
                product_id=balance.product_id,
                location_id=balance.location_id,
                quantity=-quantity,
                kind=MoveKind.SALE,
                moved_at=at,
                key=f"sale:{at.isoformat()}",
            )
        )
        balance.on_hand -= quantity


def problems(outcome: Outcome) -> list[tuple[int, str]]:
    return [(each.row, each.code) for each in outcome.problems]


def test_a_first_count_is_booked_as_a_move(importing: Importing, shop: Store) -> None:
    importing("stock", "sku,location,qty\nA1,GDY,40\n")
    assert (on_hand(shop), moves(shop)) == (40, [(40, NOW)])


def test_a_product_of_which_there_is_none_is_known_to_be_empty(importing: Importing, shop: Store) -> None:
    assert importing("stock", "sku,location,qty\nA1,GDY,0\n").created == 1
    assert (on_hand(shop), moves(shop)) == (0, [])


def test_a_later_count_books_the_difference(importing: Importing, shop: Store) -> None:
    importing("stock", "sku,location,qty\nA1,GDY,40\n")
    importing("stock", "sku,location,qty\nA1,GDY,33\n", now=NOW + timedelta(days=1))
    assert (on_hand(shop), [quantity for quantity, _ in moves(shop)]) == (33, [40, -7])


def test_the_same_file_again_changes_nothing_however_much_was_sold_since(importing: Importing, shop: Store) -> None:
    text = "sku,location,qty\nA1,GDY,40\n"
    importing("stock", text)
    sell(shop, 15, NOW + timedelta(hours=2))
    again = importing("stock", text, now=NOW + timedelta(days=1))
    assert (again.unchanged, on_hand(shop)) == (1, 25)


def test_a_count_of_an_earlier_day_keeps_what_moved_afterwards(importing: Importing, shop: Store) -> None:
    importing("stock", HEAD + "A1,GDY,40,2026-11-20\n")
    sell(shop, 15, datetime(2026, 11, 22, 12, 0, tzinfo=UTC))
    importing("stock", HEAD + "A1,GDY,38,2026-11-21\n")
    assert on_hand(shop) == 23


def test_a_day_means_its_evening_at_the_place(importing: Importing, shop: Store) -> None:
    importing("stock", HEAD + "A1,GDY,40,2026-11-20\n")
    assert moves(shop) == [(40, datetime(2026, 11, 20, 22, 59, 59, tzinfo=UTC))]


def test_a_moment_is_the_places_own_time(importing: Importing, shop: Store) -> None:
    importing("stock", HEAD + "A1,GDY,40,2026-11-20 08:30\n")
    assert moves(shop) == [(40, datetime(2026, 11, 20, 7, 30, tzinfo=UTC))]


def test_a_count_of_today_is_not_booked_ahead_of_now(importing: Importing, shop: Store) -> None:
    importing("stock", HEAD + "A1,GDY,40,2026-11-23\n")
    assert moves(shop) == [(40, NOW)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("A1,GDY,40,2026-11-24", "day-ahead"),
        ("A1,GDY,40,2026-11-23 23:00", "day-ahead"),
        ("A1,GDY,-1,", "too-small"),
        ("A1,GDY,1.5,", "not-whole"),
        ("A1,GDY,,", "missing-value"),
        ("A9,GDY,1,", "unknown-product"),
        ("A1,GDX,1,", "unknown-place"),
        ("A1,,1,", "no-place"),
    ],
)
def test_a_count_that_cannot_be_is_refused(importing: Importing, line: str, code: str) -> None:
    assert problems(importing("stock", HEAD + line + "\n")) == [(2, code)]


def test_the_place_may_be_named_for_the_whole_file(importing: Importing, shop: Store) -> None:
    importing("stock", "sku,qty\nA1,40\n", location="LON")
    assert on_hand(shop, place="LON") == 40


def test_the_only_place_of_a_shop_need_not_be_named(importing: Importing, shop: Store) -> None:
    with shop.transaction() as session:
        session.delete(session.scalars(select(LocationRow).where(LocationRow.code == "LON")).one())
    importing("stock", "sku,qty\nA1,40\n")
    assert on_hand(shop) == 40


def test_a_shop_without_places_is_told_to_import_them(importing: Importing, shop: Store) -> None:
    with shop.transaction() as session:
        for place in session.scalars(select(LocationRow)):
            session.delete(place)
    assert problems(importing("stock", "sku,qty\nA1,40\n")) == [(2, "no-places-at-all")]


def test_a_product_that_was_counted_twice_must_say_the_same(importing: Importing) -> None:
    outcome = importing("stock", "sku,location,qty\nA1,GDY,40\nA1,LON,3\nA1,GDY,40\nA1,GDY,41\n")
    assert (outcome.created, problems(outcome)) == (2, [(5, "repeated")])


def test_on_hand_stays_the_sum_of_the_moves(importing: Importing, shop: Store, tmp_path: Path) -> None:
    for quantity in (40, 12, 90, 0):
        importing("stock", f"sku,location,qty\nA1,GDY,{quantity}\n", now=NOW + timedelta(hours=quantity))
    with shop.reading() as session:
        assert session.scalar(select(func.sum(StockMoveRow.quantity))) == on_hand(shop)
