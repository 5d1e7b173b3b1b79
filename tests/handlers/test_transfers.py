"""Goods moved between places: booked once, on both sides, or not at all."""

import pytest
from sqlalchemy import select

from handlers.stock import drifts
from handlers.transfers import CarryOutTransfer, MoveStock, StockTooLow, TransferGone, carry_out_transfer, move_stock
from orders.people import Actor
from orders.refusals import LocationNotFound, ProductNotFound, QuantityImpossible
from store.queries.stock import on_hand
from store.queries.transfers import proposed_transfers
from store.tables.catalogue import LocationRow
from store.tables.planning import ProposedTransferRow
from store.tables.stock import StockMoveRow
from tests.makers.world import World

pytestmark = pytest.mark.store


@pytest.fixture
def shops(world: World) -> World:
    """40 oat drinks lie at GDY; the plan wants 24 of them moved to WAW."""
    with world.store.transaction() as session:
        session.add(LocationRow(id=2, code="WAW", name="Warszawa", supplied_from_id=1))
        session.flush()
        session.add(ProposedTransferRow(id=7, product_id=1, source_id=1, location_id=2, quantity=24, reason="Because."))
    return world


def stocks(world: World) -> tuple[int, int]:
    with world.store.reading() as session:
        assert drifts(session) == ()
        return on_hand(session, 1, 1), on_hand(session, 1, 2)


def carried(world: World, quantity: int = 24, transfer: int = 7, by: Actor | None = None) -> None:
    world.do(carry_out_transfer, CarryOutTransfer(transfer, quantity), by or world.people.ola)


def test_a_proposed_transfer_is_booked_on_both_sides_and_gone(shops: World) -> None:
    carried(shops)
    assert stocks(shops) == (16, 24)
    with shops.store.reading() as session:
        assert proposed_transfers(session) == ()
        assert len({row.note for row in session.scalars(select(StockMoveRow)) if row.note}) == 1


@pytest.mark.parametrize(("quantity", "transfer"), [(12, 7), (24, 8)])
def test_what_is_no_longer_proposed_as_shown_is_not_booked(shops: World, quantity: int, transfer: int) -> None:
    with pytest.raises(TransferGone):
        carried(shops, quantity, transfer)
    assert stocks(shops) == (40, 0)


def test_a_second_press_books_nothing(shops: World) -> None:
    carried(shops)
    with pytest.raises(TransferGone):
        carried(shops)
    assert stocks(shops) == (16, 24)


def test_a_part_that_is_moved_leaves_the_rest_proposed(shops: World) -> None:
    shops.do(move_stock, MoveStock("OAT-1L", "GDY", "WAW", 10), shops.people.ola)
    with shops.store.reading() as session:
        assert [each.quantity for each in proposed_transfers(session)] == [14]


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (MoveStock("OAT-1L", "GDY", "WAW", 41), StockTooLow),
        (MoveStock("OAT-1L", "WAW", "GDY", 1), StockTooLow),
        (MoveStock("OAT-1L", "GDY", "GDY", 1), QuantityImpossible),
        (MoveStock("OAT-1L", "GDY", "WAW", 0), QuantityImpossible),
        (MoveStock("NO", "GDY", "WAW", 1), ProductNotFound),
        (MoveStock("OAT-1L", "GDY", "NO", 1), LocationNotFound),
    ],
)
def test_what_cannot_be_moved_is_refused(shops: World, command: MoveStock, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        shops.do(move_stock, command, shops.people.ola)
    assert stocks(shops) == (40, 0)
