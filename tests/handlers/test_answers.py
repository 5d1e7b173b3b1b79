"""What a manager can do with a supplier's answer besides taking or leaving it whole."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from handlers.answer_reading import (
    AskSupplier,
    CallWrong,
    CorrectAnswer,
    GoodsAlreadyIn,
    ask_supplier,
    call_wrong,
    correct_answer,
)
from handlers.answer_view import ProposalView, proposal_view
from handlers.answers import (
    AcceptAnswer,
    AcceptPart,
    NothingToAccept,
    RefuseAnswer,
    SubstituteNotBookable,
    accept_answer,
    accept_part,
    refuse_answer,
)
from handlers.receiving import Counted, ReceiveGoods, receive
from orders.correcting import FigureUnreadable, TypedLine
from orders.purchase import Delivery, LineState, PurchaseOrder
from orders.refusals import NotAllowed, OrderAlreadyDecided, ReasonMissing
from orders.reply import Decision, LineReading, Outcome, Substitute
from store.tables.decisions import ReplyProposalRow
from store.tables.planning import PlanRunRow, StockOutlookRow
from tests.handlers.test_replies import OAT_LESS, OAT_YES, SOY_YES, answer, proposals, waiting
from tests.makers.story import sent
from tests.makers.world import World

pytestmark = pytest.mark.store

SOY_LATE = LineReading(2, Outcome.CHANGED, 60, Decimal("3.80"), (Delivery(date(2026, 12, 10), 60),))
SOY_OTHER = LineReading(2, Outcome.SUBSTITUTED, substitute=Substitute("BF-9", "Almond drink"))


def seen(world: World, proposal: ReplyProposalRow) -> ProposalView:
    with world.store.reading() as session:
        return proposal_view(session, proposal.id, clock=world.clock, timezone="Europe/Warsaw")


def states(world: World, order: PurchaseOrder) -> list[LineState]:
    return [line.state for line in world.order(order.number).lines]


def test_a_part_is_booked_and_the_rest_stands_as_ordered(world: World) -> None:
    proposal, order = waiting(world, OAT_LESS, SOY_LATE)
    done = world.do(accept_part, AcceptPart(proposal.id, order.revision, (1,), "in time, please"), world.people.maya)
    assert (done.order.line_at(1).confirmed_quantity, done.order.line_at(2).confirmed_quantity) == (96, None)
    assert states(world, order) == [LineState.CONFIRMED, LineState.OPEN]
    assert seen(world, proposal).state == "partly"


def test_the_supplier_hears_which_lines_are_accepted_and_which_stand(world: World) -> None:
    proposal, order = waiting(world, OAT_LESS, SOY_LATE)
    world.do(accept_part, AcceptPart(proposal.id, order.revision, (1,), "in time, please"), world.people.maya)
    (mail,) = world.outbox("answer_mail")
    assert {name: mail.payload[name] for name in ("verdict", "lines", "others", "reason")} == {
        "verdict": "partly", "lines": [1], "others": [2], "reason": "in time, please"
    }  # fmt: skip
    assert world.story(order.number)[-1] == "answer-partly-booked"


def test_every_line_chosen_is_the_same_as_accepting_all(world: World) -> None:
    proposal, order = waiting(world, OAT_LESS, SOY_LATE)
    world.do(accept_part, AcceptPart(proposal.id, order.revision, (1, 2)), world.people.maya)
    assert seen(world, proposal).state == "accepted"


def test_no_line_chosen_is_nothing_to_accept(world: World) -> None:
    proposal, order = waiting(world, OAT_LESS)
    with pytest.raises(NothingToAccept):
        world.do(accept_part, AcceptPart(proposal.id, order.revision, (9,)), world.people.maya)


def test_another_article_is_never_booked_on_the_ordered_one_s_line(world: World) -> None:
    proposal, order = waiting(world, OAT_LESS, SOY_OTHER)
    with pytest.raises(SubstituteNotBookable):
        world.do(accept_answer, AcceptAnswer(proposal.id, order.revision), world.people.maya)
    world.do(accept_part, AcceptPart(proposal.id, order.revision, (1,)), world.people.maya)
    assert states(world, order) == [LineState.CONFIRMED, LineState.OPEN]


def test_a_line_that_nobody_mentioned_does_not_wait(world: World) -> None:
    proposal, order = waiting(world, OAT_LESS, LineReading(2, Outcome.UNMENTIONED))
    assert states(world, order) == [LineState.CHANGE_PENDING, LineState.OPEN]
    world.do(accept_answer, AcceptAnswer(proposal.id, order.revision), world.people.maya)
    assert states(world, order) == [LineState.CONFIRMED, LineState.OPEN]


def test_a_question_goes_to_the_supplier_and_the_answer_waits_on(world: World) -> None:
    proposal, order = waiting(world, OAT_LESS)
    world.do(ask_supplier, AskSupplier(proposal.id, order.revision, " Can you send the rest? "), world.people.maya)
    (mail,) = world.outbox("question_mail")
    view = seen(world, proposal)
    assert mail.payload["question"] == "Can you send the rest?"
    assert (view.is_pending, view.question, view.asked.who if view.asked else "") == (
        True,
        "Can you send the rest?",
        "Maya",
    )
    assert world.story(order.number)[-1] == "supplier-asked"


def test_the_card_follows_the_question_so_that_its_buttons_still_work(world: World) -> None:
    proposal, order = waiting(world, OAT_LESS)
    world.do(ask_supplier, AskSupplier(proposal.id, order.revision, "When?"), world.people.maya)
    with pytest.raises(OrderAlreadyDecided):
        world.do(ask_supplier, AskSupplier(proposal.id, order.revision, "When?"), world.people.maya)
    world.do(accept_answer, AcceptAnswer(proposal.id, seen(world, proposal).order.revision), world.people.maya)
    assert seen(world, proposal).state == "accepted"


def test_a_question_needs_words_and_the_role(world: World) -> None:
    proposal, order = waiting(world, OAT_LESS)
    with pytest.raises(ReasonMissing):
        world.do(ask_supplier, AskSupplier(proposal.id, order.revision, " "), world.people.maya)
    with pytest.raises(NotAllowed):
        world.do(ask_supplier, AskSupplier(proposal.id, order.revision, "When?"), world.people.tom)


def test_goods_that_come_in_meanwhile_leave_the_answer_decidable(world: World) -> None:
    proposal, _ = waiting(world, OAT_LESS)
    number = seen(world, proposal).order.number
    world.do(receive, ReceiveGoods(number, "WZ-1", (Counted(2, 60),)), world.people.ola, house=world.house)
    rows = [row for row in world.outbox("reply_card") if row.payload == {"proposal": proposal.id}]
    assert len(rows) == 2
    world.do(accept_answer, AcceptAnswer(proposal.id, seen(world, proposal).order.revision), world.people.maya)
    assert world.order(number).line_at(1).confirmed_quantity == 96


def test_corrected_figures_stand_on_the_card_and_book_nothing_yet(world: World) -> None:
    proposal, order = waiting(world, OAT_LESS, SOY_YES)
    typed = TypedLine(1, "84", "4.25", "2026-12-04")
    world.do(correct_answer, CorrectAnswer(proposal.id, order.revision, (typed,)), world.people.maya)
    view = seen(world, proposal)
    assert view.response.lines[0] == replace(
        OAT_LESS, quantity=84, unit_price=Decimal("4.25"), deliveries=(Delivery(date(2026, 12, 4), 84),)
    )
    assert (view.is_pending, view.corrected.who if view.corrected else "") == (True, "Maya")
    assert world.order(order.number).line_at(1).confirmed_quantity is None


def test_a_mail_that_nobody_understood_can_be_read_by_a_person_and_booked(world: World) -> None:
    proposal, order = waiting(world, understood=False)
    typed = (TypedLine(1, "96", "", "2026-12-03"), TypedLine(2, "0"))
    world.do(correct_answer, CorrectAnswer(proposal.id, order.revision, typed), world.people.maya)
    world.do(accept_answer, AcceptAnswer(proposal.id, seen(world, proposal).order.revision), world.people.maya)
    lines = world.order(order.number).lines
    assert [(line.state, line.confirmed_quantity) for line in lines] == [
        (LineState.CONFIRMED, 96),
        (LineState.REJECTED, 0),
    ]


def test_what_the_program_read_is_kept_beside_the_correction(world: World) -> None:
    proposal, order = waiting(world, OAT_LESS)
    world.do(correct_answer, CorrectAnswer(proposal.id, order.revision, (TypedLine(1, "84"),)), world.people.maya)
    (kept,) = proposals(world)
    assert kept.corrected is not None
    assert (kept.response["lines"][0]["quantity"], kept.corrected["lines"][0]["quantity"]) == (96, 84)
    assert kept.order_then is not None
    assert kept.order_then["lines"][0]["quantity"] == 120


def test_a_figure_that_makes_no_sense_changes_nothing(world: World) -> None:
    proposal, order = waiting(world, OAT_LESS)
    with pytest.raises(FigureUnreadable):
        world.do(correct_answer, CorrectAnswer(proposal.id, order.revision, (TypedLine(1, "many"),)), world.people.maya)
    assert world.order(order.number).revision == order.revision


def booked(world: World) -> tuple[ReplyProposalRow, PurchaseOrder]:
    order = sent(world)
    answer(world, order, OAT_YES, SOY_YES)
    return proposals(world)[0], world.order(order.number)


def test_an_automatic_booking_can_be_called_wrong_and_then_waits_for_a_person(world: World) -> None:
    proposal, order = booked(world)
    world.do(call_wrong, CallWrong(proposal.id, order.revision), world.people.maya)
    assert states(world, order) == [LineState.CHANGE_PENDING, LineState.CHANGE_PENDING]
    assert [line.confirmed_quantity for line in world.order(order.number).lines] == [None, None]
    assert seen(world, proposal).is_pending
    assert world.story(order.number)[-1] == "answer-called-wrong"


def test_it_cannot_be_taken_back_once_goods_are_in(world: World) -> None:
    proposal, order = booked(world)
    world.do(receive, ReceiveGoods(order.number, "WZ-1", (Counted(1, 120),)), world.people.ola, house=world.house)
    with pytest.raises(GoodsAlreadyIn):
        world.do(call_wrong, CallWrong(proposal.id, seen(world, proposal).order.revision), world.people.maya)


def test_it_is_called_wrong_only_once(world: World) -> None:
    proposal, order = booked(world)
    world.do(call_wrong, CallWrong(proposal.id, order.revision), world.people.maya)
    with pytest.raises(OrderAlreadyDecided):
        world.do(call_wrong, CallWrong(proposal.id, order.revision), world.people.maya)


def test_the_card_tells_what_the_rules_find(world: World) -> None:
    proposal, _ = waiting(world, OAT_LESS)
    assert "quantity-below" in {finding.code for finding in seen(world, proposal).findings}


def outlook(world: World, demand: str) -> None:
    with world.store.transaction() as session:
        run = PlanRunRow(today=date(2026, 11, 23), computed_at=world.clock.now(), items=1, proposals=0)
        session.add(run)
        session.flush()
        session.add(
            StockOutlookRow(
                product_id=1,
                location_id=1,
                run_id=run.id,
                demand_class="smooth",
                demand_per_day=Decimal(demand),
                protection_days=12,
                safety_stock=10,
                reorder_point=60,
                order_up_to=180,
                stockout_risk=Decimal(0),
                order_quantity=0,
            )
        )


def test_the_card_tells_when_stock_runs_out_as_ordered_and_as_answered(world: World) -> None:
    proposal, _ = waiting(world, replace(OAT_LESS, deliveries=(Delivery(date(2026, 12, 9), 96),)))
    outlook(world, "4")
    (effect,) = seen(world, proposal).effects
    assert (effect.line, effect.as_ordered, effect.as_answered) == (1, date(2027, 1, 2), date(2026, 12, 3))
    assert effect.is_worse


def test_an_answer_after_the_order_s_end_can_still_be_refused(world: World) -> None:
    order = sent(world)
    counted = (Counted(1, 120), Counted(2, 60))
    world.do(receive, ReceiveGoods(order.number, "WZ-1", counted), world.people.ola, house=world.house)
    answer(world, order, OAT_LESS, decision=Decision.REVIEW)
    (proposal,) = proposals(world)
    revision = world.order(order.number).revision
    done = world.do(refuse_answer, RefuseAnswer(proposal.id, revision, "all here"), world.people.maya)
    assert done.state == "refused"
