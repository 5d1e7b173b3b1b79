"""A small shop in the database: one place, three people, two suppliers, three products with terms and stock."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from orders.people import Actor, Role
from store.queries.people import actor_of
from store.tables.catalogue import LocationRow, ProductRow
from store.tables.people import PersonRoleRow, PersonRow
from store.tables.stock import MoveKind, StockBalanceRow, StockMoveRow
from store.tables.suppliers import AddressKind, SupplierAddressRow, SupplierPersonRow, SupplierRow, SupplierTermRow
from tests.makers.clock import StandingClock

PRODUCTS = (
    ("OAT-1L", "Oat drink 1 l", "4.20", 12),
    ("SOY-1L", "Soy drink 1 l", "3.80", 12),
    ("RICE-5", "Rice 5 kg", "21.50", 4),
)


@dataclass(frozen=True, slots=True)
class People:
    """Who works there: Maya decides, Tom buys, Ola receives."""

    maya: Actor
    tom: Actor
    ola: Actor


def make_person(session: Session, name: str, *roles: Role, slack: str | None = None, language: str = "en") -> Actor:
    row = PersonRow(
        name=name, slack_user_id=slack or f"U{name.upper()}", email=f"{name.lower()}@shop.example", language=language
    )
    session.add(row)
    session.flush()
    session.add_all(PersonRoleRow(person_id=row.id, role=role) for role in roles)
    session.flush()
    return actor_of(session, row)


def make_people(session: Session) -> People:
    return People(
        make_person(session, "Maya", Role.MANAGER),
        make_person(session, "Tom", Role.BUYER),
        make_person(session, "Ola", Role.WAREHOUSE, language="pl"),
    )


def make_supplier(session: Session, code: str = "BALTIC", **overrides: object) -> SupplierRow:
    values: dict[str, object] = {
        "code": code,
        "name": f"{code.title()} Foods",
        "country": "PL",
        "language": "pl",
        "currency": "PLN",
        "minimum_order_value": Decimal(200),
    }
    row = SupplierRow(**(values | overrides))
    session.add(row)
    session.flush()
    domain = f"{code.lower()}.example"
    session.add_all(
        [
            SupplierAddressRow(supplier_id=row.id, kind=AddressKind.ORDERS, value=f"orders@{domain}"),
            SupplierAddressRow(supplier_id=row.id, kind=AddressKind.DOMAIN, value=domain),
            SupplierPersonRow(supplier_id=row.id, name="Jan Kowalski"),
        ]
    )
    session.flush()
    return row


def make_product(
    session: Session, supplier: SupplierRow, sku: str, name: str, price: str | None, pack: int, **terms: object
) -> ProductRow:
    row = ProductRow(sku=sku, name=name, selling_price=None if price is None else Decimal(price) * 2)
    session.add(row)
    session.flush()
    values: dict[str, object] = {
        "supplier_code": f"BF-{row.id:04d}",
        "unit_price": None if price is None else Decimal(price),
        "currency": supplier.currency,
        "pack_size": pack,
        "moq": pack,
        "lead_time_days": 5,
    }
    session.add(SupplierTermRow(supplier_id=supplier.id, product_id=row.id, **(values | terms)))
    session.flush()
    return row


def make_stock(session: Session, product: ProductRow, place: LocationRow, on_hand: int) -> None:
    now = StandingClock().now()
    session.add(
        StockMoveRow(
            product_id=product.id,
            location_id=place.id,
            quantity=on_hand,
            kind=MoveKind.COUNT,
            moved_at=now,
            key=f"start:{product.sku}:{place.code}",
        )
    )
    session.add(StockBalanceRow(product_id=product.id, location_id=place.id, on_hand=on_hand))
    session.flush()


def make_shop(session: Session) -> People:
    """Gdynia, Baltic Foods and three of its products, 40 of each in stock."""
    place = LocationRow(code="GDY", name="Gdynia", timezone="Europe/Warsaw", country="PL", closed_weekdays="7")
    session.add(place)
    session.flush()
    supplier = make_supplier(session)
    for sku, name, price, pack in PRODUCTS:
        make_stock(session, make_product(session, supplier, sku, name, price, pack), place, 40)
    return make_people(session)
