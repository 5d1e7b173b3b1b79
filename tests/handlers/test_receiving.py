"""Goods that come in."""

import pytest

from handlers.ending import CloseOrder, ReopenOrder, close, reopen
from handlers.receiving import (
    Counted,
    DeliveryNoteMissing,
    OverReceipt,
    ReceiptAlreadyBooked,
    Received,
    ReceiveGoods,
    ShortClose,
    receive,
    short_close,
)
from handlers.stock import drifts
from orders.people import Actor
from orders.purchase import LineState, OrderState, PurchaseOrder
from orders.refusals import LineNotFound, NotAllowed, QuantityImpossible, ReasonMissing
from orders.states import ActForbidden
from store.queries.stock import stock_levels
from tests.makers.story import approved, sent
from tests.makers.world import World

pytestmark = pytest.mark.store


def receipt(
    world: World,
    order: PurchaseOrder,
    *counted: Counted,
    note: str = "WZ/1",
    who: Actor | None = None,
    sure: bool = False,
) -> Received:
    command = ReceiveGoods(order.number, note, counted, is_over_confirmed=sure)
    return world.do(receive, command, who or world.people.ola, house=world.house)


def on_hand(world: World, sku: str) -> int:
    with world.store.reading() as session:
        return stock_levels(session, skus=[sku])[0].on_hand


def test_a_complete_delivery_fills_stock_and_closes_the_order(world: World) -> None:
    done = receipt(world, sent(world), Counted(1, 120), Counted(2, 60))
    assert done.order.state is OrderState.CLOSED
    assert done.differences == ()
    assert (on_hand(world, "OAT-1L"), on_hand(world, "SOY-1L")) == (160, 100)


def test_a_part_leaves_the_rest_open_and_is_told(world: World) -> None:
    done = receipt(world, sent(world), Counted(1, 96))
    assert done.order.state is OrderState.SENT
    assert done.order.line_at(1).open_quantity == 24
    assert [(each.line, each.expected, each.counted, each.discrepancy) for each in done.differences] == [
        (1, 120, 96, "short")
    ]


def test_damaged_goods_do_not_go_to_stock(world: World) -> None:
    done = receipt(world, sent(world), Counted(1, 108, damaged=12), Counted(2, 60))
    assert on_hand(world, "OAT-1L") == 148
    assert [each.discrepancy for each in done.differences] == ["damaged"]


def test_a_surplus_beyond_the_tolerance_must_be_confirmed(world: World) -> None:
    order = sent(world)
    with pytest.raises(OverReceipt) as refusal:
        receipt(world, order, Counted(1, 144))
    assert refusal.value.facts == {"number": order.number, "line": 1, "expected": 120, "counted": 144}
    done = receipt(world, order, Counted(1, 144), sure=True)
    assert [each.discrepancy for each in done.differences] == ["over"]


def test_a_surplus_within_the_tolerance_is_booked(world: World) -> None:
    assert receipt(world, sent(world), Counted(1, 126)).order.line_at(1).state is LineState.RECEIVED


def test_a_delivery_note_is_booked_once(world: World) -> None:
    order = sent(world)
    receipt(world, order, Counted(1, 60))
    with pytest.raises(ReceiptAlreadyBooked):
        receipt(world, order, Counted(1, 60))
    assert on_hand(world, "OAT-1L") == 100


def test_a_second_delivery_completes_the_line(world: World) -> None:
    order = sent(world)
    receipt(world, order, Counted(1, 60))
    done = receipt(world, order, Counted(1, 60), Counted(2, 60), note="WZ/2")
    assert done.order.state is OrderState.CLOSED


def test_a_refused_delivery_leaves_stock_as_it_was(world: World) -> None:
    order = sent(world)
    with pytest.raises(LineNotFound):
        receipt(world, order, Counted(1, 120), Counted(9, 1))
    assert on_hand(world, "OAT-1L") == 40


@pytest.mark.parametrize("counted", [Counted(1, -1), Counted(1, 5, damaged=-1), Counted(1, 0)])
def test_impossible_counts_are_refused(world: World, counted: Counted) -> None:
    with pytest.raises(QuantityImpossible):
        receipt(world, sent(world), counted)


def test_what_was_counted_of_a_line_in_two_places_is_one_count(world: World) -> None:
    order = sent(world)
    both = (Counted(1, 100), Counted(1, 20), Counted(2, 60))
    received = world.do(receive, ReceiveGoods(order.number, "WZ 7", both), world.people.ola, house=world.house)
    assert (received.differences, received.order.state) == ((), OrderState.CLOSED)


@pytest.mark.parametrize("note", ["", "   "])
def test_a_delivery_without_its_note_is_refused(world: World, note: str) -> None:
    order = sent(world)
    with pytest.raises(DeliveryNoteMissing):
        world.do(receive, ReceiveGoods(order.number, note, (Counted(1, 12),)), world.people.ola, house=world.house)


def test_a_note_with_spaces_around_it_is_the_same_note(world: World) -> None:
    order = sent(world)
    world.do(receive, ReceiveGoods(order.number, "WZ 7", (Counted(1, 12),)), world.people.ola, house=world.house)
    with pytest.raises(ReceiptAlreadyBooked):
        world.do(receive, ReceiveGoods(order.number, " WZ 7 ", (Counted(1, 12),)), world.people.ola, house=world.house)


def test_nothing_is_received_that_was_not_sent(world: World) -> None:
    with pytest.raises(ActForbidden):
        receipt(world, approved(world), Counted(1, 120))


def test_a_stranger_receives_nothing(world: World) -> None:
    order = sent(world)
    with pytest.raises(NotAllowed):
        receipt(world, order, Counted(1, 120), who=Actor("Nobody", person_id=None))


def test_what_will_not_come_is_closed_short(world: World) -> None:
    order = sent(world)
    receipt(world, order, Counted(1, 120), Counted(2, 48))
    closed = world.do(short_close, ShortClose(order.number, 2, "sold out"), world.people.maya)
    assert (closed.state, closed.line_at(2).state) == (OrderState.CLOSED, LineState.SHORT_CLOSED)


def test_an_order_can_be_closed_with_a_reason_and_reopened_for_a_late_delivery(world: World) -> None:
    order = sent(world)
    with pytest.raises(ReasonMissing):
        world.do(close, CloseOrder(order.number, ""), world.people.maya)
    world.do(close, CloseOrder(order.number, "supplier gave up"), world.people.maya)
    world.do(reopen, ReopenOrder(order.number, "it came after all"), world.people.maya)
    assert receipt(world, order, Counted(1, 120), Counted(2, 60)).order.state is OrderState.CLOSED


def test_after_all_this_the_balances_are_the_sum_of_their_moves(world: World) -> None:
    order = sent(world)
    receipt(world, order, Counted(1, 96, damaged=2), note="WZ/1")
    receipt(world, order, Counted(1, 22), Counted(2, 60), note="WZ/2")
    with world.store.reading() as session:
        assert drifts(session) == ()
