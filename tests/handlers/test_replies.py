"""Suppliers' answers: booked when safe, put before a manager when not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from handlers.answers import AcceptAnswer, NothingToAccept, RefuseAnswer, accept_answer, refuse_answer
from handlers.dispatch import letter_for
from handlers.judging import findings_of
from handlers.replies import RecordReply, ReplyRecorded, record_reply
from orders.people import SCHEDULER
from orders.purchase import Delivery, LineState, OrderState, PurchaseOrder
from orders.refusals import NotAllowed, OrderAlreadyDecided, ReasonMissing
from orders.reply import Decision, Kind, LineReading, MatchedBy, OrderResponse, Outcome, Reading
from store.doors import Door
from store.inbox import Incoming, write_down
from store.queries.orders import order_row
from store.tables.decisions import ReplyProposalRow
from store.tables.outbox import SentMailRow
from store.tables.purchase import ConfirmationRow
from store.tables.suppliers import AddressKind, SupplierAddressRow
from tests.makers.story import sent, submitted
from tests.makers.world import World

pytestmark = pytest.mark.store

OAT_YES = LineReading(1, Outcome.ACCEPTED, 120, Decimal("4.20"))
SOY_YES = LineReading(2, Outcome.ACCEPTED, 60, Decimal("3.80"))
OAT_LESS = LineReading(1, Outcome.CHANGED, 96, Decimal("4.20"), (Delivery(date(2026, 12, 3), 96),))
CAME = datetime(2026, 11, 24, tzinfo=UTC)


def arrive(world: World, key: str, at: datetime = CAME) -> int:
    with world.store.transaction() as session:
        incoming = Incoming(Door.MAIL, key, at, raw=b"raw")
        return write_down(session, incoming) or 0


def answer(
    world: World,
    order: PurchaseOrder,
    *lines: LineReading,
    key: str = "orders/1/1",
    at: datetime = CAME,
    **overrides: Any,
) -> ReplyRecorded:
    response = OrderResponse(order.number, MatchedBy.THREAD, overrides.pop("understood", True), lines)
    earned = overrides.pop("earned", frozenset())
    values: dict[str, Any] = {"kind": Kind.ORDER_RESPONSE, "decision": Decision.APPLY, "sender_trusted": True}
    reading = Reading("<a@baltic>", supplier="BALTIC", responses=(response,), **(values | overrides))
    command = RecordReply(arrive(world, key, at), reading, ("because",), earned)
    return world.do(record_reply, command, SCHEDULER, house=world.house)


def proposals(world: World) -> list[ReplyProposalRow]:
    with world.store.reading() as session:
        return list(session.query(ReplyProposalRow).order_by(ReplyProposalRow.id))


def test_a_full_yes_from_a_trusted_sender_is_booked_with_its_words(world: World) -> None:
    order = sent(world)
    assert answer(world, order, OAT_YES, SOY_YES).booked == (order.number,)
    assert {line.state for line in world.order(order.number).lines} == {LineState.CONFIRMED}
    assert world.story(order.number)[-1] == "answer-booked"


def test_every_booked_answer_is_kept_for_ever(world: World) -> None:
    answer(world, sent(world), OAT_YES, SOY_YES)
    with world.store.reading() as session:
        kept = session.query(ConfirmationRow).order_by(ConfirmationRow.line_id).all()
    assert [(row.version, row.outcome, row.quantity) for row in kept] == [(1, "accepted", 120), (1, "accepted", 60)]


def test_a_reading_for_review_becomes_a_proposal_and_changes_no_figure(world: World) -> None:
    order = sent(world)
    assert answer(world, order, OAT_LESS, SOY_YES, decision=Decision.REVIEW).proposed == (order.number,)
    line = world.order(order.number).line_at(1)
    assert (line.state, line.confirmed_quantity) == (LineState.CHANGE_PENDING, None)
    assert [row.payload for row in world.outbox("reply_card")] == [{"proposal": proposals(world)[0].id}]


def test_the_rules_turn_apply_into_review_and_never_back(world: World) -> None:
    order = sent(world)
    assert answer(world, order, OAT_LESS, SOY_YES, decision=Decision.APPLY).proposed == (order.number,)


def test_an_untrusted_sender_is_never_booked(world: World) -> None:
    order = sent(world)
    assert answer(world, order, OAT_YES, SOY_YES, sender_trusted=False).proposed == (order.number,)


def test_what_was_not_understood_is_never_booked(world: World) -> None:
    order = sent(world)
    assert answer(world, order, OAT_YES, SOY_YES, understood=False).proposed == (order.number,)


def test_a_line_that_the_order_does_not_have_goes_to_a_person(world: World) -> None:
    order = sent(world)
    assert answer(world, order, replace(OAT_YES, line=9)).proposed == (order.number,)


def test_a_second_answer_that_differs_goes_to_a_person(world: World) -> None:
    order = sent(world)
    answer(world, order, OAT_YES, SOY_YES)
    again = answer(world, order, replace(OAT_YES, quantity=108), SOY_YES, key="orders/1/2")
    assert again.proposed == (order.number,)


def test_a_mail_read_after_a_newer_one_was_booked_goes_to_a_person(world: World) -> None:
    order = sent(world)
    newer = answer(world, order, OAT_YES, SOY_YES, key="orders/1/2", at=CAME + timedelta(minutes=5))
    assert newer.booked == (order.number,)
    assert answer(world, order, OAT_YES, SOY_YES).proposed == (order.number,)


def test_a_newer_answer_supersedes_the_one_that_waits(world: World) -> None:
    order = sent(world)
    answer(world, order, OAT_LESS, SOY_YES, decision=Decision.REVIEW)
    answer(world, order, OAT_YES, SOY_YES, decision=Decision.REVIEW, key="orders/1/2")
    assert [row.state for row in proposals(world)] == ["superseded", "pending"]


def test_a_full_yes_is_not_booked_past_an_answer_that_waits(world: World) -> None:
    order = sent(world)
    answer(world, order, OAT_LESS, SOY_YES, decision=Decision.REVIEW)
    assert answer(world, order, OAT_YES, SOY_YES, key="orders/1/2").proposed == (order.number,)


def test_an_ignored_mail_changes_nothing(world: World) -> None:
    order = sent(world)
    assert answer(world, order, decision=Decision.IGNORE, kind=Kind.AUTO_REPLY).is_ignored
    assert world.order(order.number) == order


def test_a_mail_about_no_order_of_ours_is_shown_whole(world: World) -> None:
    order = sent(world)
    assert answer(world, replace(order, number="PO-2026-9999"), OAT_YES).is_shown_whole
    assert len(world.outbox("please_read")) == 1


def test_a_bounce_takes_the_order_back_to_approved(world: World) -> None:
    order = sent(world)
    answer(world, order, kind=Kind.BOUNCE, decision=Decision.REVIEW, understood=False)
    assert world.order(order.number).state is OrderState.APPROVED
    assert world.story(order.number)[-1] == "sending-failed"


def bounced_on(world: World) -> dict[str, bool]:
    with world.store.reading() as session:
        orders = session.query(SupplierAddressRow).filter_by(supplier_id=1, kind=AddressKind.ORDERS)
        return {row.value: row.bounced_at is not None for row in orders}


def bounce(world: World, *failed: str) -> PurchaseOrder:
    order = sent(world)
    returned = OrderResponse(order.number, None, understood=False)
    reading = Reading("<b@mx>", Kind.BOUNCE, None, False, (returned,), Decision.REVIEW)
    command = RecordReply(arrive(world, "orders/1/9"), reading, ("user unknown",), failed=failed)
    world.do(record_reply, command, SCHEDULER, house=world.house)
    return order


@pytest.mark.parametrize("failed", [(), ("Orders@Baltic.example",), ("somebody@else.example",)])
def test_a_bounce_marks_the_address_that_the_order_went_to(world: World, failed: tuple[str, ...]) -> None:
    bounce(world, *failed)
    assert bounced_on(world) == {"orders@baltic.example": True}


def test_the_next_order_to_an_address_that_fails_is_flagged_with_the_day_before_anybody_approves(world: World) -> None:
    bounce(world)
    order = submitted(world)
    with world.store.reading() as session:
        found = {each.code: each for each in findings_of(session, order_row(session, order.number))}
    assert found["supplier-address-fails"].figures["supplier_address_failed_on"].value == world.clock.now().date()


def test_where_no_other_address_is_known_an_approved_order_still_goes_to_the_one_that_fails(world: World) -> None:
    order = bounce(world)
    with world.store.reading() as session:
        assert letter_for(session, order.number).recipients == ("orders@baltic.example",)


def test_an_answer_to_an_order_that_went_there_since_shows_that_the_address_works(world: World) -> None:
    bounce(world)
    world.clock.move(days=1)
    answer(world, sent(world), OAT_YES, SOY_YES)
    assert bounced_on(world) == {"orders@baltic.example": False}


def test_an_answer_to_an_order_that_went_elsewhere_shows_nothing_of_an_address_that_failed(world: World) -> None:
    bounce(world)
    with world.store.transaction() as session:
        session.add(SupplierAddressRow(supplier_id=1, kind=AddressKind.ORDERS, value="second@baltic.example"))
    world.clock.move(days=1)
    order = sent(world)
    with world.store.transaction() as session:
        mail = session.query(SentMailRow).filter_by(message_id=order.message_id).one()
        mail.recipients = ["second@baltic.example"]
    answer(world, order, OAT_YES, SOY_YES)
    assert bounced_on(world) == {"orders@baltic.example": True, "second@baltic.example": False}


def test_an_answer_to_an_older_order_from_elsewhere_shows_nothing(world: World) -> None:
    older = sent(world)
    world.clock.move(days=1)
    bounce(world)
    answer(world, older, OAT_YES, SOY_YES)
    assert bounced_on(world) == {"orders@baltic.example": True}


def waiting(world: World, *lines: LineReading, **overrides: Any) -> tuple[ReplyProposalRow, PurchaseOrder]:
    order = sent(world)
    answer(world, order, *lines, decision=Decision.REVIEW, **overrides)
    return proposals(world)[0], world.order(order.number)


def test_a_manager_accepts_and_the_supplier_is_told(world: World) -> None:
    proposal, order = waiting(world, OAT_LESS, SOY_YES)
    done = world.do(accept_answer, AcceptAnswer(proposal.id, order.revision), world.people.maya)
    line = done.order.line_at(1)
    assert (line.state, line.confirmed_quantity, line.deliveries[0].date) == (
        LineState.CONFIRMED,
        96,
        date(2026, 12, 3),
    )
    assert [row.payload["verdict"] for row in world.outbox("answer_mail")] == ["accepted"]


def test_a_buyer_accepts_nothing(world: World) -> None:
    proposal, order = waiting(world, OAT_LESS)
    with pytest.raises(NotAllowed):
        world.do(accept_answer, AcceptAnswer(proposal.id, order.revision), world.people.tom)


def test_a_second_click_meets_who_decided(world: World) -> None:
    proposal, order = waiting(world, OAT_LESS)
    world.do(accept_answer, AcceptAnswer(proposal.id, order.revision), world.people.maya)
    with pytest.raises(OrderAlreadyDecided) as refusal:
        world.do(accept_answer, AcceptAnswer(proposal.id, order.revision), world.people.maya)
    assert refusal.value.facts["who"] == "Maya"


def test_what_was_not_understood_cannot_be_accepted(world: World) -> None:
    proposal, order = waiting(world, understood=False)
    with pytest.raises(NothingToAccept):
        world.do(accept_answer, AcceptAnswer(proposal.id, order.revision), world.people.maya)


def test_a_refused_answer_leaves_the_order_as_it_was(world: World) -> None:
    proposal, order = waiting(world, OAT_LESS)
    with pytest.raises(ReasonMissing):
        world.do(refuse_answer, RefuseAnswer(proposal.id, order.revision, ""), world.people.maya)
    done = world.do(refuse_answer, RefuseAnswer(proposal.id, order.revision, "we need all"), world.people.maya)
    assert (done.order.line_at(1).state, done.order.line_at(1).confirmed_quantity) == (LineState.OPEN, None)
