"""How an order ends."""

import pytest

from handlers.ending import CancelOrder, GoodsAlreadyReceived, ReopenOrder, cancel, reopen
from handlers.receiving import Counted, ReceiveGoods, receive
from orders.purchase import LineState, OrderState
from orders.refusals import NotAllowed, ReasonMissing
from orders.states import ActForbidden
from tests.makers.story import approved, drafted, sent
from tests.makers.world import World

pytestmark = pytest.mark.store


def test_an_order_that_is_not_out_is_cancelled_at_once(world: World) -> None:
    order = world.do(cancel, CancelOrder(approved(world).number, "changed our mind"), world.people.tom)
    assert order.state is OrderState.CANCELLED
    assert {line.state for line in order.lines} == {LineState.CANCELLED}


def test_a_sent_order_is_asked_for_by_mail(world: World) -> None:
    order = world.do(cancel, CancelOrder(sent(world).number, "changed our mind"), world.people.tom)
    assert order.state is OrderState.CANCEL_REQUESTED
    assert [row.payload["reason"] for row in world.outbox("cancel_mail")] == ["changed our mind"]


def test_the_supplier_may_refuse_and_the_order_stands(world: World) -> None:
    number = world.do(cancel, CancelOrder(sent(world).number, "changed our mind"), world.people.tom).number
    assert world.do(reopen, ReopenOrder(number, "already packed"), world.people.tom).state is OrderState.SENT


def test_cancelling_needs_a_reason(world: World) -> None:
    with pytest.raises(ReasonMissing):
        world.do(cancel, CancelOrder(drafted(world).number, " "), world.people.tom)


def test_an_order_with_goods_in_is_not_cancelled(world: World) -> None:
    order = sent(world)
    world.do(receive, ReceiveGoods(order.number, "WZ/1", (Counted(1, 60),)), world.people.ola, house=world.house)
    with pytest.raises(GoodsAlreadyReceived):
        world.do(cancel, CancelOrder(order.number, "changed our mind"), world.people.tom)


def test_a_cancelled_order_stays_cancelled(world: World) -> None:
    order = drafted(world)
    world.do(cancel, CancelOrder(order.number, "twice"), world.people.tom)
    with pytest.raises(ActForbidden):
        world.do(cancel, CancelOrder(order.number, "twice"), world.people.tom)


def test_the_warehouse_cancels_nothing(world: World) -> None:
    with pytest.raises(NotAllowed):
        world.do(cancel, CancelOrder(drafted(world).number, "no"), world.people.ola)
