"""What a later mail, or a word that the program was wrong, does to what an earlier answer left."""

from datetime import date
from decimal import Decimal

import pytest

from handlers.answer_reading import CallWrong, call_wrong
from handlers.answers import AcceptAnswer, RefuseAnswer, accept_answer, refuse_answer
from handlers.replies import RecordReply, record_reply
from orders.people import SCHEDULER
from orders.purchase import Delivery, LineState, PurchaseOrder
from orders.reply import Decision, Kind, LineReading, MatchedBy, OrderResponse, Outcome, Reading
from store.tables.decisions import ProposalState, ReplyProposalRow
from tests.makers.answers import OAT_YES, SOY_YES, arrived
from tests.makers.story import sent
from tests.makers.world import World

pytestmark = pytest.mark.store
LATER = date(2026, 12, 20)
OAT_LATER = LineReading(1, Outcome.CHANGED, 120, Decimal("4.20"), (Delivery(LATER, 120),))
OAT_NO = LineReading(1, Outcome.REJECTED, 0, None)
OAT_SOME_DAY = LineReading(1, Outcome.BACKORDERED, None, None)
SOY_LATER = LineReading(2, Outcome.CHANGED, 60, Decimal("3.80"), (Delivery(LATER, 60),))
OAT_UNSAID, SOY_UNSAID = (LineReading(line, Outcome.UNMENTIONED, None, None) for line in (1, 2))


def answer(
    world: World, order: PurchaseOrder, key: str, *lines: LineReading, decision: Decision = Decision.REVIEW
) -> None:
    response = OrderResponse(order.number, MatchedBy.THREAD, True, lines)
    reading = Reading(
        f"<{key}@baltic>", supplier="BALTIC", kind=Kind.ORDER_RESPONSE, decision=decision, sender_trusted=True,
        responses=(response,),
    )  # fmt: skip
    command = RecordReply(arrived(world, key, f"orders/{key}"), reading, ("look",))
    world.do(record_reply, command, SCHEDULER, house=world.house)


def proposals(world: World) -> list[ReplyProposalRow]:
    with world.store.reading() as session:
        return list(session.query(ReplyProposalRow).order_by(ReplyProposalRow.id))


def accept_last(world: World, order: PurchaseOrder) -> None:
    command = AcceptAnswer(proposals(world)[-1].id, world.order(order.number).revision)
    world.do(accept_answer, command, world.people.maya)


def promised(world: World, order: PurchaseOrder) -> list[tuple[date | None, ...]]:
    return [tuple(each.date for each in line.deliveries) for line in world.order(order.number).lines]


def test_a_plain_yes_does_not_take_back_a_later_day_that_was_accepted(world: World) -> None:
    order = sent(world)
    answer(world, order, "a", OAT_LATER, SOY_YES)
    accept_last(world, order)
    answer(world, order, "b", OAT_YES, SOY_YES, decision=Decision.APPLY)
    assert promised(world, order) == [(LATER,), ()]
    assert proposals(world)[-1].state is ProposalState.PENDING


def test_an_answer_to_one_line_waits_beside_an_answer_to_another(world: World) -> None:
    order = sent(world)
    answer(world, order, "a", OAT_NO, SOY_UNSAID)
    answer(world, order, "b", OAT_UNSAID, SOY_LATER)
    assert [each.state for each in proposals(world)] == [ProposalState.PENDING] * 2
    accept_last(world, order)
    states = [line.state for line in world.order(order.number).lines]
    assert states == [LineState.CHANGE_PENDING, LineState.CONFIRMED]


def test_a_refused_answer_leaves_a_backorder_a_backorder(world: World) -> None:
    order = sent(world)
    answer(world, order, "a", OAT_SOME_DAY, SOY_YES)
    accept_last(world, order)
    answer(world, order, "b", OAT_NO, SOY_UNSAID)
    command = RefuseAnswer(proposals(world)[-1].id, world.order(order.number).revision, "we wait")
    world.do(refuse_answer, command, world.people.maya)
    assert world.order(order.number).lines[0].state is LineState.BACKORDERED


def test_a_booking_called_wrong_gives_back_what_was_booked_before(world: World) -> None:
    order = sent(world)
    answer(world, order, "a", OAT_YES, SOY_YES)
    accept_last(world, order)
    answer(world, order, "b", OAT_YES, SOY_YES, decision=Decision.APPLY)
    booked = proposals(world)[-1]
    assert booked.state is ProposalState.BOOKED
    world.do(call_wrong, CallWrong(booked.id, world.order(order.number).revision), world.people.maya)
    lines = world.order(order.number).lines
    assert [(line.state, line.confirmed_quantity) for line in lines] == [
        (LineState.CHANGE_PENDING, 120),
        (LineState.CHANGE_PENDING, 60),
    ]
