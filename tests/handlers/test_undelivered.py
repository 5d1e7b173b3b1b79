"""What could not be sent: people hear of it, and one of them has it tried again."""

import pytest

from handlers.dispatch import StartSending, start_sending
from handlers.undelivered import (
    NothingToSendAgain,
    NotParked,
    RetryDelivery,
    SendAgain,
    give_up,
    retry_delivery,
    send_again,
    undelivered_view,
)
from orders.people import SCHEDULER, Actor, Role
from orders.purchase import OrderState
from orders.refusals import NotAllowed, OrderAlreadyDecided
from store.outbox import Outgoing, claim
from store.tables.outbox import OutboxRow, OutboxState
from tests.makers.story import approved, sent
from tests.makers.world import World

pytestmark = pytest.mark.store


def given_up(world: World) -> tuple[str, int]:
    """An approved order whose mail was tried and given up; its number and the outbox row."""
    order = approved(world)
    with world.store.transaction() as session:
        mail = claim(session, ["order_mail"], now=world.clock.now())
    assert mail is not None
    world.do(start_sending, StartSending(order.number, order.revision), SCHEDULER)
    park(world, mail)
    return order.number, mail.id


def park(world: World, outgoing: Outgoing) -> None:
    with world.store.transaction() as session:
        give_up(session, outgoing, "no route to host", clock=world.clock)


def row(world: World, outbox: int) -> OutboxRow:
    with world.store.reading() as session:
        return session.get_one(OutboxRow, outbox)


def test_an_order_whose_mail_was_given_up_is_not_taken_for_sent(world: World) -> None:
    number, outbox = given_up(world)
    assert world.order(number).state is OrderState.APPROVED
    assert world.story(number)[-1] == "sending-failed"
    assert (row(world, outbox).state, row(world, outbox).last_error) == (OutboxState.PARKED, "no route to host")


def test_people_hear_of_what_was_given_up(world: World) -> None:
    number, outbox = given_up(world)
    (trouble,) = world.outbox("trouble")
    with world.store.reading() as session:
        told = undelivered_view(session, trouble.payload["outbox"])
    assert (told.id, told.order, told.why, told.is_parked) == (outbox, number, "no route to host", True)


def test_a_mail_tried_again_is_a_new_mail_of_the_same_order(world: World) -> None:
    number, outbox = given_up(world)
    world.do(retry_delivery, RetryDelivery(outbox), world.people.maya)
    first, second = world.outbox("order_mail")
    assert (first.state, second.state) == (OutboxState.SUPERSEDED, OutboxState.WAITING)
    assert second.payload == {"order": number, "revision": world.order(number).revision}
    assert world.do(start_sending, StartSending(**second.payload), SCHEDULER) is not None


def test_a_card_tried_again_goes_out_as_it_is(world: World) -> None:
    approved(world)
    with world.store.transaction() as session:
        card = claim(session, ["order_card"], now=world.clock.now())
    assert card is not None
    park(world, card)
    world.do(retry_delivery, RetryDelivery(card.id), world.people.maya)
    assert (row(world, card.id).state, row(world, card.id).attempts) == (OutboxState.WAITING, 0)


def test_a_second_click_says_that_it_is_being_tried(world: World) -> None:
    _, outbox = given_up(world)
    world.do(retry_delivery, RetryDelivery(outbox), world.people.maya)
    with pytest.raises(NotParked):
        world.do(retry_delivery, RetryDelivery(outbox), world.people.maya)


def test_only_who_may_approve_or_manage_has_it_tried_again(world: World) -> None:
    approved(world)
    with world.store.transaction() as session:
        card = claim(session, ["order_card"], now=world.clock.now())
    assert card is not None
    park(world, card)
    with pytest.raises(NotAllowed):
        world.do(retry_delivery, RetryDelivery(card.id), world.people.ola)
    world.do(retry_delivery, RetryDelivery(card.id), Actor("Ada", roles=frozenset({Role.ADMIN})))
    assert row(world, card.id).state is OutboxState.WAITING


def test_an_order_is_mailed_again_from_its_card(world: World) -> None:
    number, _ = given_up(world)
    order = world.do(send_again, SendAgain(number, world.order(number).revision), world.people.maya)
    assert world.outbox("order_mail")[-1].payload["revision"] == order.revision
    assert world.story(number)[-1] == "sending-retried"


def test_an_order_is_not_mailed_twice_by_two_clicks(world: World) -> None:
    number, _ = given_up(world)
    stale = SendAgain(number, world.order(number).revision)
    order = world.do(send_again, stale, world.people.maya)
    with pytest.raises(OrderAlreadyDecided):
        world.do(send_again, stale, world.people.maya)
    with pytest.raises(NothingToSendAgain):
        world.do(send_again, SendAgain(number, order.revision), world.people.maya)


def test_a_partly_delivered_order_stays_sent(world: World) -> None:
    order = sent(world)
    (mail,) = world.outbox("order_mail")
    outgoing = Outgoing(mail.id, mail.kind, mail.key, mail.payload, None, 1, mail.created_at)
    park(world, outgoing)
    assert world.order(order.number).state is OrderState.SENT
