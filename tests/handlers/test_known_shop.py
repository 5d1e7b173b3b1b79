"""The reading context that is remembered from mail to mail is never out of date where it matters."""

from datetime import date

import pytest

from handlers.answer_reading import CallWrong, call_wrong
from handlers.known_shop import KnownShop
from handlers.receiving import Counted, ReceiveGoods, receive
from orders.answer_sorts import AnswerSort
from orders.context import ReadingContext
from store.queries.reading_context import reading_context
from tests.handlers.test_replies import OAT_YES, SOY_YES, answer, proposals
from tests.makers.shop import make_supplier
from tests.makers.story import sent
from tests.makers.world import World

pytestmark = pytest.mark.store
TODAY = date(2026, 11, 23)


def looks(world: World, known: KnownShop) -> ReadingContext:
    with world.store.reading() as session:
        return known.context(session, now=world.clock.now(), today=TODAY, authserv_id=None)


def test_it_is_the_context_that_the_store_gives(world: World) -> None:
    sent(world)
    sent(world)
    known = KnownShop(world.house)
    with world.store.reading() as session:
        shop = world.house.shop
        expected = reading_context(session, today=TODAY, timezone=shop.timezone, mailbox=shop.mailbox)
    for _ in range(2):
        found = looks(world, known)
        assert (found.orders, found.suppliers, found.products) == (
            expected.orders,
            expected.suppliers,
            expected.products,
        )


def test_an_order_that_moved_is_seen_at_once(world: World) -> None:
    order, known = sent(world), KnownShop(world.house)
    looks(world, known)
    world.do(receive, ReceiveGoods(order.number, "WZ-1", (Counted(1, 60),)), world.people.ola, house=world.house)
    assert looks(world, known).orders == (world.order(order.number),)
    world.do(
        receive,
        ReceiveGoods(order.number, "WZ-2", (Counted(1, 60), Counted(2, 60))),
        world.people.ola,
        house=world.house,
    )
    assert looks(world, known).orders == ()


def test_a_new_supplier_is_seen_after_five_seconds(world: World) -> None:
    known = KnownShop(world.house)
    looks(world, known)
    with world.store.transaction() as session:
        make_supplier(session, "NORTH")
    assert len(looks(world, known).suppliers) == 1
    world.clock.move(seconds=5)
    assert len(looks(world, known).suppliers) == 2


def test_trust_that_was_lost_a_moment_ago_books_nothing_even_when_it_is_still_remembered(world: World) -> None:
    known, order = KnownShop(world.house), sent(world)
    answer(world, order, OAT_YES, SOY_YES)
    remembered = looks(world, known).terms.sorts_of("BALTIC")
    assert AnswerSort.ACCEPTED in remembered
    world.do(call_wrong, CallWrong(proposals(world)[0].id, world.order(order.number).revision), world.people.maya)
    again = answer(world, sent(world), OAT_YES, SOY_YES, key="orders/1/2", earned=remembered)
    assert again.proposed
