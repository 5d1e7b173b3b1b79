"""An approved order on its way to the supplier."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.approvals import approve
from handlers.dispatch import (
    KeepMail,
    RecordSendFailure,
    StartSending,
    keep_mail,
    kept_mail,
    letter_for,
    record_send_failure,
    start_sending,
)
from handlers.ending import CancelOrder, cancel
from handlers.house import House
from orders.people import SCHEDULER
from orders.purchase import OrderState
from tests.makers.story import approval_of, approved, sent, submitted
from tests.makers.world import World

pytestmark = pytest.mark.store


def test_the_letter_goes_to_the_suppliers_order_address_in_its_language(world: World) -> None:
    order = approved(world)
    with world.store.reading() as session:
        letter = letter_for(session, order.number)
    assert (letter.recipients, letter.language, letter.contact) == (("orders@baltic.example",), "pl", "Jan Kowalski")


def test_a_sent_order_counts_as_ordered(world: World) -> None:
    order = sent(world)
    assert order.state is OrderState.SENT
    assert order.message_id == "<PO-2026-0001@shop.example>"
    assert world.story(order.number)[-2:] == ["sending-started", "order-sent"]


def test_the_mail_waits_while_it_can_still_be_stopped(world: World) -> None:
    patient = House(replace(world.house.shop, undo_minutes=5), world.house.rulebook)
    world.do(approve, approval_of(submitted(world)), world.people.maya, house=patient)
    (mail,) = world.outbox("order_mail")
    assert mail.due_at == world.clock.now() + timedelta(minutes=5)


def test_an_order_that_was_stopped_does_not_leave(world: World) -> None:
    order = approved(world)
    world.do(cancel, CancelOrder(order.number, "changed our mind"), world.people.maya)
    assert world.do(start_sending, StartSending(order.number, order.revision), SCHEDULER) is None


def test_a_second_attempt_goes_on_where_the_first_one_stopped(world: World) -> None:
    order = approved(world)
    first = world.do(start_sending, StartSending(order.number, order.revision), SCHEDULER)
    again = world.do(start_sending, StartSending(order.number, order.revision), SCHEDULER)
    assert first == again


def test_a_retry_sends_the_very_bytes_of_the_first_attempt(world: World) -> None:
    order = approved(world)
    (mail,) = world.outbox("order_mail")

    def letter(raw: bytes) -> KeepMail:
        return KeepMail(order.number, "order", mail.id, f"<{raw.decode()}@x>", None, ("a@b.example",), raw)

    with world.store.transaction() as session:
        keep_mail(session, letter(b"first"), clock=world.clock)
    with world.store.transaction() as session:
        assert keep_mail(session, letter(b"second"), clock=world.clock) == b"first"
        assert kept_mail(session, mail.id) == ("<first@x>", b"first", ("a@b.example",))


def test_an_order_that_did_not_arrive_is_approved_again_and_says_so(world: World) -> None:
    order = sent(world)
    failed = world.do(record_send_failure, RecordSendFailure(order.number, "550 no such user"), SCHEDULER)
    assert failed.state is OrderState.APPROVED
    assert world.story(order.number)[-1] == "sending-failed"
