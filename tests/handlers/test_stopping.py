"""An approved order is stopped before its mail leaves."""

from dataclasses import replace

import pytest

from handlers.approvals import approve
from handlers.dispatch import StartSending, start_sending
from handlers.ending import CancelOrder, cancel
from handlers.house import House
from handlers.purchasing import EditLine, SubmitOrder, edit_line, submit
from handlers.stopping import StopOrder, stop
from orders.people import SCHEDULER
from orders.purchase import OrderState
from orders.refusals import NotAllowed, OrderAlreadyDecided
from orders.states import ActForbidden
from store.tables.outbox import OutboxState
from tests.makers.story import approval_of, approved
from tests.makers.world import World

pytestmark = pytest.mark.store


def test_a_stopped_order_is_a_draft_and_its_mail_stays_here(world: World) -> None:
    order = approved(world)
    stopped = world.do(stop, StopOrder(order.number, order.revision), world.people.tom)
    assert stopped.state is OrderState.DRAFT
    assert [mail.state for mail in world.outbox("order_mail")] == [OutboxState.SUPERSEDED]
    assert world.do(start_sending, StartSending(order.number, order.revision), SCHEDULER) is None
    assert world.story(order.number)[-1] == "sending-stopped"


def test_a_stopped_order_needs_a_new_approval(world: World) -> None:
    strict = House(replace(world.house.shop, needs_two_above=None), world.house.rulebook)
    order = approved(world)
    world.do(stop, StopOrder(order.number), world.people.tom)
    again = world.do(submit, SubmitOrder(order.number), world.people.tom, house=strict).order
    assert world.do(approve, approval_of(again), world.people.maya, house=strict).is_final
    assert [mail.state for mail in world.outbox("order_mail")] == [OutboxState.SUPERSEDED, OutboxState.WAITING]


def test_a_mail_that_is_being_sent_cannot_be_stopped(world: World) -> None:
    order = approved(world)
    world.do(start_sending, StartSending(order.number, order.revision), SCHEDULER)
    with pytest.raises(ActForbidden):
        world.do(stop, StopOrder(order.number), world.people.tom)


def test_a_stale_stop_is_refused_and_names_who_acted(world: World) -> None:
    order = approved(world)
    world.do(stop, StopOrder(order.number, order.revision), world.people.tom)
    with pytest.raises(OrderAlreadyDecided) as refusal:
        world.do(stop, StopOrder(order.number, order.revision), world.people.maya)
    assert refusal.value.facts["who"] == "Tom"


def test_the_warehouse_stops_nothing(world: World) -> None:
    order = approved(world)
    with pytest.raises(NotAllowed):
        world.do(stop, StopOrder(order.number), world.people.ola)


@pytest.mark.parametrize("how", ["edited", "cancelled"])
def test_the_mail_of_an_order_that_was_taken_back_does_not_wait_any_more(world: World, how: str) -> None:
    order = approved(world)
    if how == "edited":
        world.do(edit_line, EditLine(order.number, 1, quantity=132), world.people.tom, house=world.house)
    else:
        world.do(cancel, CancelOrder(order.number, "no need"), world.people.maya)
    assert [mail.state for mail in world.outbox("order_mail")] == [OutboxState.SUPERSEDED]
