"""A shop to act in: store, clock, rules and people."""

<<<<<<<< HEAD:tests/makers/world.py
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from handlers.house import House
from orders.people import Actor
from orders.purchase import PurchaseOrder
from orders.shop import Shop
from rules.rulefile import house_rulebook
from store.queries.orders import order_by_number, story_of
========
import pytest

>>>>>>>> 0c98138 (Share the shop that handlers are tested in with the doors, and open the Slack door in a test):tests/handlers/conftest.py
from store.sessions import Store
from tests.makers.world import World, make_world


<<<<<<<< HEAD:tests/makers/world.py
def make_world(store: Store) -> World:
    """A shop with people on this database, the house's own rules, and a clock that stands still."""
    with store.transaction() as session:
        people = make_shop(session)
    shop = Shop(name="Shop", timezone="Europe/Warsaw", currency="PLN", mailbox="orders@shop.example")
    return World(store, StandingClock(), House(shop, house_rulebook()), people)
========
@pytest.fixture
def world(store: Store) -> World:
    return make_world(store)
>>>>>>>> 0c98138 (Share the shop that handlers are tested in with the doors, and open the Slack door in a test):tests/handlers/conftest.py
