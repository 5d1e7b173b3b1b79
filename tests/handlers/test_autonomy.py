"""The ladder over a real database: people's decisions are its trials."""

from dataclasses import replace
from decimal import Decimal

import pytest

from handlers.answer_reading import CallWrong, CorrectAnswer, call_wrong, correct_answer
from handlers.answers import AcceptAnswer, RefuseAnswer, accept_answer, refuse_answer
from handlers.autonomy import NeverByItself, RuleAutonomy, SupplierStanding, booking_terms, rule_autonomy, standings
from handlers.replies import ReplyRecorded
from orders.answer_sorts import AnswerSort
from orders.autonomy import Autonomy, Rung
from orders.correcting import TypedLine
from orders.refusals import NotAllowed, SupplierNotFound
from orders.reply import Decision, LineReading, Outcome
from tests.handlers.test_replies import OAT_YES, SOY_YES, answer, proposals
from tests.makers.story import sent
from tests.makers.world import World

pytestmark = pytest.mark.store

FEWER = LineReading(1, Outcome.CHANGED, 96, Decimal("4.20"))
EAGER = Autonomy(frozenset({AnswerSort.FEWER}), bar=0.5, confidence=0.9)  # four in a row are enough


def eager(world: World) -> World:
    return replace(world, house=replace(world.house, shop=replace(world.house.shop, autonomy=EAGER)))


def ruling(world: World, rung: Rung | None, sort: AnswerSort = AnswerSort.FEWER, supplier: str = "BALTIC") -> None:
    world.do(rule_autonomy, RuleAutonomy(supplier, sort, rung), world.people.maya, house=world.house)


def judged(world: World, *, accept: bool = True) -> None:
    """One answer with less than was ordered, decided by a manager."""
    order, key = sent(world), f"orders/{len(proposals(world))}"
    answer(world, order, FEWER, SOY_YES, decision=Decision.REVIEW, key=key)
    proposal, revision = proposals(world)[-1], world.order(order.number).revision
    if accept:
        world.do(accept_answer, AcceptAnswer(proposal.id, revision), world.people.maya)
    else:
        world.do(refuse_answer, RefuseAnswer(proposal.id, revision, "no"), world.people.maya)
    world.clock.move(minutes=5)


def standing_of(world: World) -> SupplierStanding:
    with world.store.reading() as session:
        return next(
            each for each in standings(session, world.house.shop.autonomy) if each.standing.sort is AnswerSort.FEWER
        )


def fewer(world: World, oat: LineReading = FEWER, key: str = "orders/last") -> ReplyRecorded:
    """An answer with less that policy would apply, with what the ladder has earned for it."""
    with world.store.reading() as session:
        earned = booking_terms(session, world.house).sorts_of("BALTIC")
    return answer(world, sent(world), oat, SOY_YES, key=key, earned=earned)


def test_nothing_is_known_of_a_supplier_at_first(world: World) -> None:
    with world.store.reading() as session:
        assert standings(session, EAGER) == ()
        assert booking_terms(session, world.house).sorts_of("BALTIC") == {AnswerSort.ACCEPTED}


def test_each_decision_of_a_person_is_a_trial(world: World) -> None:
    for accept in (True, True, False):
        judged(world, accept=accept)
    now = standing_of(world).standing
    assert (now.rung, now.agreed, now.trials) == (Rung.SHADOW, 2, 3)


def test_what_was_earned_is_booked_only_where_the_shop_allows_it(world: World) -> None:
    for _ in range(4):
        judged(world)
    assert fewer(world).proposed
    assert fewer(eager(world), key="orders/again").booked


def test_a_finding_that_the_sort_does_not_explain_still_asks_for_a_person(world: World) -> None:
    for _ in range(4):
        judged(world)
    odd = replace(FEWER, quantity=95)  # not a whole number of cases
    assert fewer(eager(world), odd).proposed


def test_one_wrong_booking_loses_what_was_earned(world: World) -> None:
    for _ in range(4):
        judged(world)
    bold = eager(world)
    (number,) = fewer(bold).booked
    world.clock.move(minutes=5)
    wrong = proposals(world)[-1]
    world.do(call_wrong, CallWrong(wrong.id, world.order(number).revision), world.people.maya)
    assert standing_of(bold).standing.rung is Rung.LOST
    assert fewer(bold, key="orders/again").proposed


def test_a_full_acceptance_is_lost_in_the_same_way(world: World) -> None:
    order = sent(world)
    answer(world, order, OAT_YES, SOY_YES)
    (booked,) = proposals(world)
    world.do(call_wrong, CallWrong(booked.id, world.order(order.number).revision), world.people.maya)
    with world.store.reading() as session:
        assert AnswerSort.ACCEPTED not in booking_terms(session, world.house).sorts_of("BALTIC")


def test_a_correction_speaks_against_the_reading_even_when_it_is_then_accepted(world: World) -> None:
    order = sent(world)
    answer(world, order, FEWER, SOY_YES, decision=Decision.REVIEW)
    (proposal,) = proposals(world)
    typed = (TypedLine(1, "84", "4.20"),)
    revision = world.order(order.number).revision
    world.do(correct_answer, CorrectAnswer(proposal.id, revision, typed), world.people.maya)
    world.do(accept_answer, AcceptAnswer(proposal.id, revision + 1), world.people.maya)
    now = standing_of(world).standing
    assert (now.agreed, now.trials) == (0, 1)


def test_a_manager_grants_holds_and_leaves_it_to_the_bar(world: World) -> None:
    bold = eager(world)
    ruling(bold, Rung.GRANTED)
    assert standing_of(bold).standing.may_book
    ruling(bold, Rung.HELD)
    assert standing_of(bold).standing.rung is Rung.HELD
    ruling(bold, None)
    with world.store.reading() as session:
        assert standings(session, EAGER) == ()


def test_what_a_manager_grants_the_shop_must_allow(world: World) -> None:
    ruling(world, Rung.GRANTED)
    assert not standing_of(world).standing.may_book


def test_some_sorts_are_a_person_s_business_for_ever(world: World) -> None:
    with pytest.raises(NeverByItself):
        ruling(world, Rung.GRANTED, AnswerSort.DEARER)


def test_only_managers_rule_and_only_on_suppliers_that_there_are(world: World) -> None:
    command = RuleAutonomy("BALTIC", AnswerSort.FEWER, Rung.GRANTED)
    with pytest.raises(NotAllowed):
        world.do(rule_autonomy, command, world.people.tom, house=world.house)
    with pytest.raises(SupplierNotFound):
        ruling(world, Rung.GRANTED, supplier="BALTYC")
