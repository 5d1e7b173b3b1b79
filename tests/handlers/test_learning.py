"""A person's other quantity is remembered with its reason, and shown when the product is proposed again."""

import pytest

from bot.cards.order import change_text
from handlers.ending import CancelOrder, cancel
from handlers.purchasing import EditLine, edit_line
from handlers.stock import CountStock, count
from handlers.viewing import OrderView, order_view
from orders.purchase import OrderState
from orders.wording import wording
from store.queries.orders import orders_in
from tests.makers.sold import plan, planned_shop
from tests.makers.world import World

pytestmark = pytest.mark.store


def view(world: World) -> OrderView:
    """The proposal that is open now."""
    with world.store.reading() as session:
        (order,) = orders_in(session, [OrderState.PROPOSED])
        return order_view(session, order.number)


def edit(world: World, number: str, quantity: int, reason: str = "") -> None:
    world.do(edit_line, EditLine(number, 1, quantity=quantity, reason=reason), world.people.tom, house=world.house)


@pytest.fixture
def proposed(world: World) -> World:
    planned_shop(world)
    return world


def propose_again(world: World, number: str) -> OrderView:
    world.do(cancel, CancelOrder(number, "not this week"), world.people.maya)
    plan(world)
    return view(world)


def test_the_next_proposal_shows_who_chose_what_and_why(proposed: World) -> None:
    before = view(proposed)
    asked = before.order.line_at(1).quantity
    edit(proposed, before.order.number, asked + 12, "Christmas")
    (change,) = propose_again(proposed, before.order.number).remembered[1]
    assert (change.proposed, change.chosen, change.reason, change.who) == (asked, asked + 12, "Christmas", "Tom")
    assert change_text(change, wording("en")) == f"↩︎ Mon 23 Nov Tom made {asked + 12} of {asked}: Christmas"


def test_the_order_that_was_changed_does_not_show_its_own_change(proposed: World) -> None:
    number = view(proposed).order.number
    edit(proposed, number, 24)
    with proposed.store.reading() as session:
        assert order_view(session, number).remembered == {}


def test_only_the_last_word_of_an_order_counts(proposed: World) -> None:
    number = view(proposed).order.number
    edit(proposed, number, 24, "little room")
    edit(proposed, number, 36)
    (change,) = propose_again(proposed, number).remembered[1]
    assert (change.chosen, change.reason) == (36, "little room")


def test_going_back_to_the_proposed_quantity_forgets_the_change(proposed: World) -> None:
    before = view(proposed).order
    edit(proposed, before.number, 24)
    edit(proposed, before.number, before.line_at(1).quantity)
    assert propose_again(proposed, before.number).remembered == {}


def test_a_line_that_was_taken_out_is_remembered_as_nothing(proposed: World) -> None:
    number = view(proposed).order.number
    edit(proposed, number, 0, "on its way out")
    (change,) = propose_again(proposed, number).remembered[1]
    assert change.chosen == 0


def test_the_two_newest_are_shown(proposed: World) -> None:
    for turn in range(3):
        number = view(proposed).order.number
        edit(proposed, number, 12 * (turn + 20), f"reason {turn}")
        proposed.clock.move(hours=1)
        propose_again(proposed, number)
    assert [change.reason for change in view(proposed).remembered[1]] == ["reason 2", "reason 1"]


def test_a_price_that_is_changed_is_no_other_quantity(proposed: World) -> None:
    order = view(proposed).order
    command = EditLine(order.number, 1, unit_price=order.line_at(1).unit_price)
    proposed.do(edit_line, command, proposed.people.tom, house=proposed.house)
    assert propose_again(proposed, order.number).remembered == {}


def test_a_product_that_nobody_changed_shows_nothing(proposed: World) -> None:
    proposed.do(count, CountStock("OAT-1L", "GDY", 30, key="count:1"), proposed.people.ola)
    plan(proposed)
    assert view(proposed).remembered == {}
