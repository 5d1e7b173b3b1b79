"""The reading context as the store knows it: the same value that the command line builds from a file."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders.context import KnownPerson, KnownPlace, KnownProduct, KnownSupplier, ReadingContext
from orders.purchase import OrderState
from store.queries.orders import orders_in
from store.tables.catalogue import LocationRow, ProductRow
from store.tables.people import PersonRow
from store.tables.suppliers import AddressKind, SupplierAddressRow, SupplierRow

MOST_ORDERS = 1000  # the newest
SPEAKS_OF = (OrderState.SENDING, OrderState.SENT, OrderState.CANCEL_REQUESTED)


def reading_context(
    session: Session, *, today: date, timezone: str, mailbox: str, authserv_id: str | None = None
) -> ReadingContext:
    """Suppliers, products, open orders, places and people, as of now."""
    known = shop_context(session, today=today, timezone=timezone, mailbox=mailbox)
    return replace(known, authserv_id=authserv_id, orders=orders_in(session, SPEAKS_OF, limit=MOST_ORDERS))


def shop_context(session: Session, *, today: date, timezone: str, mailbox: str) -> ReadingContext:
    """The same without orders: what changes seldom."""
    addresses: dict[int, list[str]] = defaultdict(list)
    domains: dict[int, list[str]] = defaultdict(list)
    for address in session.scalars(select(SupplierAddressRow).order_by(SupplierAddressRow.id)):
        (domains if address.kind is AddressKind.DOMAIN else addresses)[address.supplier_id].append(address.value)
    return ReadingContext(
        today=today,
        timezone=timezone,
        mailbox=mailbox,
        suppliers=tuple(
            KnownSupplier(
                code=row.code,
                name=row.name,
                emails=tuple(addresses[row.id]),
                domains=tuple(domains[row.id]),
                country=row.country,
                language=row.language,
                currency=row.currency,
            )
            for row in session.scalars(select(SupplierRow).order_by(SupplierRow.code))
        ),
        products=tuple(
            KnownProduct(row.sku, row.name, row.gtin, row.unit)
            for row in session.scalars(select(ProductRow).order_by(ProductRow.sku))
        ),
        locations=tuple(
            KnownPlace(row.code, row.name) for row in session.scalars(select(LocationRow).order_by(LocationRow.code))
        ),
        people=tuple(
            KnownPerson(row.slack_user_id or str(row.id), row.name)
            for row in session.scalars(select(PersonRow).where(PersonRow.is_active).order_by(PersonRow.name))
        ),
    )
