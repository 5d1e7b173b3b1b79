"""An order revised in one go: quantities, day and reason, all of it or nothing."""

from datetime import date

import pytest

from handlers.revising import ChangeReasonMissing, LineQuantityImpossible, ReviseOrder, revise
from handlers.viewing import order_view
from jobs.morning import compute_plan
from orders.events import Event
from orders.purchase import OrderState, PurchaseOrder
from orders.refusals import LineNotFound, NotAllowed, OrderAlreadyDecided
from tests.makers.story import proposed, submitted
from tests.makers.world import World

pytestmark = pytest.mark.store
LATER = date(2026, 12, 4)


def revised(world: World, order: PurchaseOrder, *, by: str = "tom", **changes: object) -> PurchaseOrder:
    command = ReviseOrder(order.number, order.revision, **changes)  # type: ignore[arg-type]
    return world.do(revise, command, getattr(world.people, by), house=world.house).order


def test_quantities_and_day_of_a_proposal_are_revised_into_a_draft_of_one_s_own(world: World) -> None:
    before = world.order(proposed(world))
    after = revised(world, before, quantities={1: 120, 2: 0}, delivery_date=LATER, reason="Christmas")
    assert (after.state, after.requested_by, after.delivery_date) == (OrderState.DRAFT, "Tom", LATER)
    assert [(line.sku, line.quantity) for line in after.lines] == [("OAT-1L", 120)]


def test_the_reason_is_shown_when_the_same_is_proposed_again(world: World) -> None:
    before = world.order(proposed(world))
    revised(world, before, quantities={1: 120}, reason="Christmas")
    compute_plan(world.store, world.clock, world.house)
    with world.store.reading() as session:
        view = order_view(session, before.number)
    assert view.proposed[1] == before.lines[0].quantity
    assert Event.LINE_CHANGED in world.story(before.number)


def test_another_quantity_than_was_proposed_needs_a_reason(world: World) -> None:
    before = world.order(proposed(world))
    with pytest.raises(ChangeReasonMissing):
        revised(world, before, quantities={1: 120}, reason="  ")
    assert world.order(before.number) == before


def test_a_quantity_that_is_too_large_undoes_the_others_and_names_its_line(world: World) -> None:
    before = world.order(proposed(world))
    with pytest.raises(LineQuantityImpossible) as told:
        revised(world, before, quantities={1: 120, 2: 10**9}, reason="Christmas")
    assert told.value.line == 2
    assert world.order(before.number) == before


def test_what_stays_as_it_is_writes_nothing(world: World) -> None:
    before = world.order(proposed(world))
    same = {line.line: line.quantity for line in before.lines}
    revised(world, before, quantities=same, delivery_date=before.delivery_date)
    assert world.order(before.number) == before


def test_an_order_that_waits_goes_back_to_draft(world: World) -> None:
    after = revised(world, submitted(world), by="maya", quantities={1: 96})
    assert (after.state, after.lines[0].quantity) == (OrderState.DRAFT, 96)


def test_a_form_that_is_stale_or_names_a_line_that_is_gone_is_refused(world: World) -> None:
    order = submitted(world)
    with pytest.raises(LineNotFound):
        revised(world, order, quantities={9: 1})
    revised(world, order, delivery_date=LATER)
    with pytest.raises(OrderAlreadyDecided):
        revised(world, order, quantities={1: 96})


def test_who_may_not_draft_may_not_revise(world: World) -> None:
    with pytest.raises(NotAllowed):
        revised(world, submitted(world), by="ola", quantities={1: 96})
