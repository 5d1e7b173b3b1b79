"""A shop to act in: store, clock, rules and people."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from handlers.house import House
from orders.people import Actor
from orders.purchase import PurchaseOrder
from orders.shop import Shop
from rules.rulefile import house_rulebook
from store.queries.orders import order_by_number, story_of
from store.sessions import Store
from store.tables.outbox import OutboxRow
from tests.makers.clock import StandingClock
from tests.makers.shop import People, make_shop

Result = TypeVar("Result")


@dataclass
class World:
    """What a handler test acts in; each `do` is one transaction."""

    store: Store
    clock: StandingClock
    house: House
    people: People

    def do(self, handler: Callable[..., Result], command: Any, actor: Actor, **more: Any) -> Result:
        with self.store.transaction() as session:
            return handler(session, command, actor=actor, clock=self.clock, **more)

    def order(self, number: str) -> PurchaseOrder:
        with self.store.reading() as session:
            return order_by_number(session, number)

    def story(self, number: str) -> list[str]:
        with self.store.reading() as session:
            return [entry.event for entry in story_of(session, number)]

    def outbox(self, kind: str) -> list[OutboxRow]:
        with self.store.reading() as session:
            return list(session.query(OutboxRow).filter(OutboxRow.kind == kind).order_by(OutboxRow.id))


def make_world(store: Store) -> World:
    """A shop with people on this database, the house's own rules, and a clock that stands still."""
    with store.transaction() as session:
        people = make_shop(session)
    shop = Shop(name="Shop", timezone="Europe/Warsaw", currency="PLN", mailbox="orders@shop.example")
    return World(store, StandingClock(), House(shop, house_rulebook()), people)
