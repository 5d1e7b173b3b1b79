"""The reading context, remembered from mail to mail: a backlog of thousands must not load the whole shop for each.

Suppliers, products, people and what may be booked are at most SECONDS old; an order is loaded anew as soon as its revision
or state is another one. What the ladder allows is looked up once more when something is booked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.autonomy import booking_terms
from handlers.house import House
from orders.context import ReadingContext
from orders.purchase import OrderState, PurchaseOrder
from store.queries.orders import order_values
from store.queries.reading_context import MOST_ORDERS, SPEAKS_OF, shop_context
from store.tables.purchase import PurchaseOrderRow

SECONDS = 5
_STAMPS = (
    select(PurchaseOrderRow.number, PurchaseOrderRow.revision, PurchaseOrderRow.state)
    .where(PurchaseOrderRow.state.in_(SPEAKS_OF))
    .order_by(PurchaseOrderRow.id.desc())
    .limit(MOST_ORDERS)
)
_Stamp = tuple[int, OrderState]


@dataclass(slots=True)
class KnownShop:
    """Gives the context of a mail; for one reading thread."""

    house: House
    _shop: ReadingContext | None = None
    _learned: datetime | None = None
    _orders: dict[str, tuple[_Stamp, PurchaseOrder]] = field(default_factory=dict)

    def context(self, session: Session, *, now: datetime, today: date, authserv_id: str | None) -> ReadingContext:
        """Everything that a mail may speak of, as of now."""
        if (
            self._shop is None
            or self._learned is None
            or not timedelta(0) <= now - self._learned < timedelta(seconds=SECONDS)
        ):
            shop = self.house.shop
            known = shop_context(session, today=today, timezone=shop.timezone, mailbox=shop.mailbox)
            self._shop, self._learned = replace(known, terms=booking_terms(session, self.house)), now
        return replace(self._shop, today=today, authserv_id=authserv_id, orders=self._open_orders(session))

    def learn(self, orders: Iterable[PurchaseOrder]) -> None:
        """Take these as they are committed, so that the next mail need not load them."""
        self._orders |= {order.number: ((order.revision, order.state), order) for order in orders}

    def _open_orders(self, session: Session) -> tuple[PurchaseOrder, ...]:
        """Orders that are with suppliers, newest first; only those that have moved are loaded."""
        rows = session.execute(_STAMPS).all()
        stamps: dict[str, _Stamp] = {number: (revision, state) for number, revision, state in rows}
        moved = [number for number, stamp in stamps.items() if self._orders.get(number, (None,))[0] != stamp]
        if moved:
            found = session.scalars(select(PurchaseOrderRow).where(PurchaseOrderRow.number.in_(moved))).all()
            self._orders |= {order.number: (stamps[order.number], order) for order in order_values(session, found)}
        self._orders = {number: self._orders[number] for number in stamps}
        return tuple(order for _, order in self._orders.values())
