"""Approving and rejecting: who may, what exactly, and only once."""

import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from handlers.approvals import (
    AlreadyYours,
    ApproveOrder,
    ContentChanged,
    OwnChange,
    OwnOrder,
    RejectOrder,
    approve,
    reject,
)
from handlers.house import House
from handlers.purchasing import EditLine, SubmitOrder, WithdrawOrder, edit_line, submit, withdraw
from orders.people import Actor, Role
from orders.purchase import OrderState
from orders.refusals import NotAllowed, OrderAlreadyDecided, ReasonMissing, Refusal
from store.tables.decisions import ApprovalRow
from store.tables.outbox import OutboxState
from tests.makers.shop import make_person
from tests.makers.story import approval_of, approved, drafted, submitted
from tests.makers.world import World

pytestmark = pytest.mark.store


def test_an_approval_puts_the_order_mail_into_the_outbox(world: World) -> None:
    order = approved(world)
    assert order.state is OrderState.APPROVED
    assert [row.payload["order"] for row in world.outbox("order_mail")] == [order.number]


def test_an_approval_keeps_what_the_card_showed(world: World) -> None:
    approved(world)
    with world.store.reading() as session:
        approval = session.query(ApprovalRow).one()
    assert approval.shown["total"] == "732.00"
    assert approval.verdict == "approved"


@pytest.mark.parametrize("who", ["tom", "ola"])
def test_only_the_role_approves_and_the_no_names_who_may(world: World, who: str) -> None:
    order = submitted(world)
    with pytest.raises(NotAllowed) as refusal:
        world.do(approve, approval_of(order), getattr(world.people, who), house=world.house)
    assert refusal.value.facts["who_may"] == ("Maya",)


def test_nobody_approves_what_he_asked_for(world: World) -> None:
    order = drafted(world)
    with world.store.transaction() as session:
        both = make_person(session, "Ewa", Role.BUYER, Role.MANAGER)
    order = world.do(submit, SubmitOrder(order.number), world.people.tom, house=world.house).order
    with pytest.raises(OwnOrder):
        world.do(
            approve,
            approval_of(order),
            replace(world.people.maya, person_id=world.people.tom.person_id),
            house=world.house,
        )
    assert world.do(approve, approval_of(order), both, house=world.house).is_final


def test_nobody_approves_what_he_changed_last(world: World) -> None:
    order = drafted(world)
    edited = world.do(edit_line, EditLine(order.number, 1, quantity=132), world.people.maya, house=world.house).order
    asked = world.do(submit, SubmitOrder(edited.number), world.people.tom, house=world.house).order
    with pytest.raises(OwnChange):
        world.do(approve, approval_of(asked), world.people.maya, house=world.house)


def test_an_order_taken_back_by_its_requester_needs_both_approvals_anew(world: World) -> None:
    strict = House(replace(world.house.shop, needs_two_above=Decimal(500)), world.house.rulebook)
    first = world.do(approve, approval_of(submitted(world)), world.people.maya, house=strict)
    world.do(withdraw, WithdrawOrder(first.order.number), world.people.tom)
    again = world.do(submit, SubmitOrder(first.order.number), world.people.tom, house=strict).order
    assert not world.do(approve, approval_of(again), world.people.maya, house=strict).is_final


def test_an_approval_of_other_content_is_refused(world: World) -> None:
    order = submitted(world)
    with pytest.raises(ContentChanged):
        world.do(approve, ApproveOrder(order.number, order.revision, "0" * 64), world.people.maya, house=world.house)


def test_a_stale_click_is_refused_and_names_who_decided_and_when(world: World) -> None:
    order = submitted(world)
    world.do(approve, approval_of(order), world.people.maya, house=world.house)
    with pytest.raises(OrderAlreadyDecided) as refusal:
        world.do(approve, approval_of(order), world.people.maya, house=world.house)
    assert (refusal.value.facts["who"], refusal.value.facts["when"]) == ("Maya", world.clock.now())


def test_of_two_people_at_the_same_moment_one_wins(world: World) -> None:
    order = submitted(world)
    with world.store.transaction() as session:
        zoe = make_person(session, "Zoe", Role.MANAGER)
    outcomes: list[object] = []
    together = threading.Barrier(2)

    def act(who: object) -> None:
        together.wait()
        try:
            outcomes.append(world.do(approve, approval_of(order), who, house=world.house))  # type: ignore[arg-type]
        except Refusal as refusal:
            outcomes.append(refusal)

    threads = [threading.Thread(target=act, args=(who,)) for who in (world.people.maya, zoe)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [each for each in outcomes if isinstance(each, OrderAlreadyDecided)]
    assert len(refused) == 1
    assert refused[0].facts["who"] in {"Maya", "Zoe"}
    assert len(world.outbox("order_mail")) == 1


def test_of_an_approval_and_a_change_at_the_same_moment_one_wins(world: World) -> None:
    order = submitted(world)
    outcomes: list[object] = []
    together = threading.Barrier(2)

    def act(handler: Callable[..., object], command: object, who: Actor) -> None:
        together.wait()
        try:
            outcomes.append(world.do(handler, command, who, house=world.house))
        except Refusal as refusal:
            outcomes.append(refusal)

    change = EditLine(order.number, 1, quantity=132, revision=order.revision)
    threads = [
        threading.Thread(target=act, args=(approve, approval_of(order), world.people.maya)),
        threading.Thread(target=act, args=(edit_line, change, world.people.tom)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (refused,) = [each for each in outcomes if isinstance(each, Refusal)]
    assert isinstance(refused, OrderAlreadyDecided)
    now = world.order(order.number)
    assert (now.state, now.lines[0].quantity) in {(OrderState.APPROVED, 120), (OrderState.DRAFT, 132)}
    waiting = [mail for mail in world.outbox("order_mail") if mail.state is OutboxState.WAITING]
    assert len(waiting) == (now.state is OrderState.APPROVED)


def test_above_the_limit_two_people_must_approve(world: World) -> None:
    strict = House(replace(world.house.shop, needs_two_above=Decimal(500)), world.house.rulebook)
    with world.store.transaction() as session:
        zoe = make_person(session, "Zoe", Role.MANAGER)
    first = world.do(approve, approval_of(submitted(world)), world.people.maya, house=strict)
    assert not first.is_final
    with pytest.raises(AlreadyYours):
        world.do(approve, approval_of(first.order), world.people.maya, house=strict)
    assert world.do(approve, approval_of(first.order), zoe, house=strict).order.state is OrderState.APPROVED


def test_a_rejection_needs_a_reason(world: World) -> None:
    order = submitted(world)
    with pytest.raises(ReasonMissing):
        world.do(reject, RejectOrder(order.number, order.revision, "  "), world.people.maya)


def test_a_rejected_order_is_a_draft_again_and_its_story_says_why(world: World) -> None:
    order = submitted(world)
    decided = world.do(reject, RejectOrder(order.number, order.revision, "too much"), world.people.maya)
    assert decided.order.state is OrderState.DRAFT
    assert world.story(order.number)[-1] == "order-rejected"
    assert world.outbox("order_mail") == []
