"""The ledger of stock and the balance beside it."""

import pytest
from sqlalchemy import update

from handlers.stock import CountStock, Move, book_move, count, drifts, mend
from orders.people import SCHEDULER
from orders.refusals import NotAllowed, ProductNotFound
from store.queries.stock import stock_levels
from store.tables.stock import MoveKind, StockBalanceRow
from tests.makers.world import World

pytestmark = pytest.mark.store


def counting(world: World, counted: int, sku: str = "OAT-1L") -> int:
    return world.do(count, CountStock(sku, "GDY", counted, key="count:1"), world.people.ola)


def test_a_count_corrects_stock_by_a_move(world: World) -> None:
    assert counting(world, 37) == -3
    with world.store.reading() as session:
        assert stock_levels(session, skus=["OAT-1L"])[0].on_hand == 37
        assert drifts(session) == ()


def test_a_count_that_agrees_moves_nothing(world: World) -> None:
    assert counting(world, 40) == 0


def test_counting_needs_the_role(world: World) -> None:
    with pytest.raises(NotAllowed):
        world.do(count, CountStock("OAT-1L", "GDY", 1, key="k"), world.people.tom)


def test_counting_an_unknown_product_is_refused(world: World) -> None:
    with pytest.raises(ProductNotFound):
        counting(world, 1, "NOPE")


def test_the_same_move_is_booked_once(world: World) -> None:
    move = Move(1, 1, 5, MoveKind.RECEIPT, key="receipt:1:1")
    with world.store.transaction() as session:
        booked = [book_move(session, move, actor=SCHEDULER, now=world.clock.now()) for _ in range(2)]
    assert booked == [True, False]


def test_a_balance_that_drifted_is_found_and_mended_from_the_ledger(world: World) -> None:
    with world.store.transaction() as session:
        session.execute(update(StockBalanceRow).where(StockBalanceRow.product_id == 1).values(on_hand=99))
    with world.store.transaction() as session:
        (drift,) = drifts(session)
        assert (drift.balance, drift.ledger) == (99, 40)
        mend(session, drift)
    with world.store.reading() as session:
        assert drifts(session) == ()
