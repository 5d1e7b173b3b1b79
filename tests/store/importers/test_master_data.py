"""Imports of products, locations, suppliers and terms."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from store.importers.outcome import Outcome
from store.sessions import Store
from store.tables.catalogue import LocationRow, ProductRow, ProductState
from store.tables.suppliers import AddressKind, SupplierAddressRow, SupplierPersonRow, SupplierRow, SupplierTermRow
from tests.store.importers.conftest import Importing

pytestmark = pytest.mark.store

SUPPLIER = "Kod;Nazwa;Waluta;E-mail;Domeny;Kontakt;Telefon;Dni dostaw\n"
TERMS = "Dostawca;Kod towaru;Cena;W kartonie;MOQ;Czas dostawy;Ważne od;Ważne do\n"


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    return outcome.created, outcome.changed, outcome.unchanged, outcome.refused


def problems(outcome: Outcome) -> list[tuple[int, str]]:
    return [(each.row, each.code) for each in outcome.problems]


def rows(store: Store, table: Any, **where: Any) -> Sequence[Any]:
    with store.reading() as session:
        return session.scalars(select(table).filter_by(**where)).all()


def test_a_product_is_created_with_every_field(importing: Importing, shop: Store) -> None:
    text = (
        "Indeks;Nazwa;EAN;JM;Kategoria;Status;Cena sprzedaży;Poziom obsługi;Stan maksymalny;W sprzedaży od\n"
        "B1;Kawa;4006381333931;szt;Kawy;aktywny;12,50;97%;900;1.12.2026\n"
    )
    assert counts(importing("products", text)) == (1, 0, 0, 0)
    made = rows(shop, ProductRow, sku="B1")[0]
    assert (made.name, made.gtin, made.unit, made.category) == ("Kawa", "4006381333931", "szt", "Kawy")
    assert (made.selling_price, made.service_level, made.max_stock) == (Decimal("12.5"), Decimal("0.97"), 900)
    assert (made.state, made.launched_on) == (ProductState.ACTIVE, date(2026, 12, 1))


@pytest.mark.parametrize("header", ["Minimum zamówienia", "Minimalne zamówienie", "Min. zamówienia"])
def test_a_supplier_s_minimum_is_known_by_what_polish_shops_call_it(
    importing: Importing, shop: Store, header: str
) -> None:
    importing("suppliers", f"Kod;Nazwa;Waluta;{header}\nNORD;Nord;PLN;1 200,50\n")
    assert rows(shop, SupplierRow, code="NORD")[0].minimum_order_value == Decimal("1200.5")


def test_what_the_file_does_not_say_stays_as_it_was(importing: Importing, shop: Store) -> None:
    assert counts(importing("products", "sku,name,ean\nA1,Oat drink 1 l,\n")) == (0, 1, 0, 0)
    kept = rows(shop, ProductRow, sku="A1")[0]
    assert (kept.name, kept.gtin, kept.selling_price) == ("Oat drink 1 l", "5901234123457", Decimal("7.9"))


def test_a_change_is_told_with_before_and_after(importing: Importing) -> None:
    changed = importing("products", "sku,price\nA1,8.40\n").changes
    assert [(each.row, each.thing, each.field, each.before, each.after) for each in changed] == [
        (2, "A1", "selling_price", "7.9", "8.40")
    ]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("products", "sku;name;price\nA1;Oat drink;7,90\nB1;Coffee;12,50\n"),
        ("locations", "code;name;time zone;country;closed on\nWAW;Warszawa;Europe/Warsaw;PL;so,nd\n"),
        ("suppliers", SUPPLIER + "KAWA;Kawa sp. z o.o.;PLN;a@kawa.example.com;kawa.example.com;Jan;+48 1;wt\n"),
        ("terms", TERMS + "BALTIC;A1;4,20;12;24;5;2026-01-01;2026-12-31\n"),
        ("stock", "sku;location;qty\nA1;GDY;40\nA2;LON;0\n"),
        ("sales", "sku;location;date;qty;price\nA1;GDY;2026-11-20;3;7,90\nA1;GDY;2026-11-20;2;7,90\n"),
    ],
)
def test_a_second_import_of_the_same_file_changes_nothing(importing: Importing, kind: str, text: str) -> None:
    first, second = importing(kind, text), importing(kind, text)
    assert first.created > 0
    assert counts(second) == (0, 0, first.created + first.unchanged, 0)
    assert second.changes == []


def test_a_new_product_needs_a_name(importing: Importing) -> None:
    assert problems(importing("products", "sku,name\nB1,\nA1,\n")) == [(2, "new-without")]


def test_a_gtin_belongs_to_one_product(importing: Importing) -> None:
    text = "sku,name,ean\nA2,Soy,5901234123457\nB1,Coffee,4006381333931\nB2,Tea,4006381333931\n"
    outcome = importing("products", text)
    assert problems(outcome) == [(2, "gtin-of-another"), (4, "gtin-of-another")]
    assert outcome.problems[1].facts["owner"] == "B1"


def test_a_product_that_stands_twice_must_say_the_same(importing: Importing) -> None:
    outcome = importing("products", "sku,name\nB1,Coffee\nB1,Coffee\nB1,Tea\n")
    assert (counts(outcome), problems(outcome)) == ((1, 0, 0, 1), [(4, "repeated")])
    assert outcome.problems[0].facts["first"] == 2


def test_a_location_is_created(importing: Importing, shop: Store) -> None:
    importing(
        "locations", "Kod;Nazwa;Strefa czasowa;Kraj;Adres;Dni wolne\nWAW;Wola;Europe/Warsaw;pl;ul. Wolska 1;so-nd\n"
    )
    made = rows(shop, LocationRow, code="WAW")[0]
    assert (made.timezone, made.country, made.closed_weekdays) == ("Europe/Warsaw", "PL", "6,7")


def test_a_supplier_is_created_with_addresses_domain_and_contact(importing: Importing, shop: Store) -> None:
    importing("suppliers", SUPPLIER + "KAWA;Kawa;PLN;Zam@Kawa.example.com;kawa.example.com;Jan;+48 1;wt, czw\n")
    made = rows(shop, SupplierRow, code="KAWA")[0]
    found = {(each.kind, each.value) for each in rows(shop, SupplierAddressRow, supplier_id=made.id)}
    assert found == {(AddressKind.ORDERS, "zam@kawa.example.com"), (AddressKind.DOMAIN, "kawa.example.com")}
    assert [(each.name, each.phone) for each in rows(shop, SupplierPersonRow)] == [("Jan", "+48 1")]
    assert (made.delivery_weekdays, made.review_period_days) == ("2,4", 7)


def test_the_addresses_of_a_kind_become_exactly_those_of_the_file(importing: Importing, shop: Store) -> None:
    head = "code,email,other emails\n"
    importing("suppliers", head + "BALTIC,a@b.example.com,jan@b.example.com\n")
    outcome = importing("suppliers", head + "BALTIC,jan@b.example.com,\n")
    found = {(each.kind, each.value) for each in rows(shop, SupplierAddressRow)}
    assert found == {(AddressKind.ORDERS, "jan@b.example.com")}
    assert counts(outcome) == (0, 1, 0, 0)


def test_a_contacts_new_phone_is_noted(importing: Importing, shop: Store) -> None:
    importing("suppliers", "code,contact,phone\nBALTIC,Jan,1\n")
    assert counts(importing("suppliers", "code,contact,phone\nBALTIC,Jan,2\n")) == (0, 1, 0, 0)
    assert [each.phone for each in rows(shop, SupplierPersonRow)] == ["2"]


def test_no_two_suppliers_share_an_address(importing: Importing) -> None:
    text = "code,name,currency,email\nBALTIC,,,a@x.example.com\nKAWA,Kawa,PLN,A@x.example.com\n"
    outcome = importing("suppliers", text)
    assert problems(outcome) == [(3, "address-of-another")]
    assert outcome.problems[0].facts["owner"] == "BALTIC"


def test_an_address_of_a_supplier_in_the_database_is_not_given_away(importing: Importing) -> None:
    importing("suppliers", "code,email\nBALTIC,a@x.example.com\n")
    outcome = importing("suppliers", "code,name,currency,email\nKAWA,Kawa,PLN,a@x.example.com\n")
    assert problems(outcome) == [(2, "address-of-another")]


@pytest.mark.parametrize(("text", "lacking"), [("KAWA,,PLN", "name"), ("KAWA,Kawa,", "currency")])
def test_a_new_supplier_needs_name_and_currency(importing: Importing, text: str, lacking: str) -> None:
    outcome = importing("suppliers", f"code,name,currency\n{text}\n")
    assert [each.facts["field"] for each in outcome.problems] == [lacking]


def test_a_supplier_that_stands_twice_must_say_the_same(importing: Importing) -> None:
    outcome = importing("suppliers", "code,country\nBALTIC,PL\nBALTIC,PL\nBALTIC,SE\n")
    assert problems(outcome) == [(4, "repeated")]


def test_terms_are_created_in_the_suppliers_currency(importing: Importing, shop: Store) -> None:
    importing("terms", TERMS + "BALTIC;5901234123457;4,20;12;24;5;;\n")  # the product by its GTIN
    made = rows(shop, SupplierTermRow)[0]
    assert (made.unit_price, made.currency, made.pack_size) == (Decimal("4.2"), "PLN", 12)
    assert (made.moq, made.lead_time_days, made.is_preferred) == (24, 5, True)


def test_terms_change_only_where_the_file_says_so(importing: Importing, shop: Store) -> None:
    importing("terms", TERMS + "BALTIC;A1;4,20;12;24;5;;\n")
    assert counts(importing("terms", "supplier,sku,price\nBALTIC,A1,4.35\n")) == (0, 1, 0, 0)
    kept = rows(shop, SupplierTermRow)[0]
    assert (kept.unit_price, kept.pack_size) == (Decimal("4.35"), 12)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("BALTYC;A1;4;12;24;5;;", "unknown-supplier"),
        ("BALTIC;A9;4;12;24;5;;", "unknown-product"),
        ("BALTIC;A1;4;0;24;5;;", "too-small"),
        ("BALTIC;A1;4;1,5;24;5;;", "not-whole"),
        ("BALTIC;A1;-4;12;24;5;;", "too-small"),
        ("BALTIC;A1;4;12;24;5;2026-12-31;2026-01-01", "ends-before-it-begins"),
        (";A1;4;12;24;5;;", "missing-value"),
    ],
)
def test_terms_that_cannot_be_are_refused(importing: Importing, line: str, code: str) -> None:
    assert problems(importing("terms", TERMS + line + "\n")) == [(2, code)]


def test_an_unknown_code_is_told_with_the_nearest(importing: Importing) -> None:
    outcome = importing("terms", "supplier,sku,price\nBALTYC,A1,4\n")
    assert outcome.problems[0].facts["nearest"] == "BALTIC"


def test_terms_that_stand_twice_must_say_the_same(importing: Importing) -> None:
    outcome = importing("terms", "supplier,sku,price\nBALTIC,A1,4\nBALTIC,A1,4\nBALTIC,A1,5\n")
    assert (counts(outcome), problems(outcome)) == ((1, 0, 0, 1), [(4, "repeated")])


def test_what_bounds_the_plan_comes_in_with_the_master_data(importing: Importing, shop: Store) -> None:
    importing("products", "Indeks;Nazwa;Okres przydatności\nB1;Jogurt;14\n")
    importing("suppliers", "Kod;Nazwa;Waluta;Zamówienia do godziny;Budżet miesięczny\nNORD;Nord;PLN;14.30;20 000,50\n")
    assert rows(shop, ProductRow, sku="B1")[0].shelf_life_days == 14
    (made,) = rows(shop, SupplierRow, code="NORD")
    assert (made.order_cutoff, made.monthly_budget) == ("14:30", Decimal("20000.5"))


def test_a_place_may_be_supplied_from_one_that_stands_further_down(importing: Importing, shop: Store) -> None:
    text = "code,name,supplied from,transfer days,transfers every days,budget\nS1,Shop,WH,2,7,900\nWH,Warehouse,,,,\n"
    importing("locations", text)
    shop_row, warehouse = rows(shop, LocationRow, code="S1")[0], rows(shop, LocationRow, code="WH")[0]
    assert (shop_row.supplied_from_id, warehouse.supplied_from_id) == (warehouse.id, None)
    assert (shop_row.transfer_days, shop_row.transfer_every_days, shop_row.monthly_budget) == (2, 7, 900)
    importing("locations", "code,supplied from\nS1,S1\n")
    assert rows(shop, LocationRow, code="S1")[0].supplied_from_id is None


@pytest.mark.parametrize(
    ("links", "code"),
    [("S1,WH\nS2,S1", "source-is-supplied"), ("S1,S2\nS2,WH", "source-is-supplied"), ("S1,NO", "unknown-place")],
)
def test_a_place_is_supplied_from_one_that_buys_for_itself(
    importing: Importing, shop: Store, links: str, code: str
) -> None:
    importing("locations", "code,name\nS1,Shop\nS2,Other shop\nWH,Warehouse\n")
    outcome = importing("locations", f"code,supplied from\n{links}\n")
    assert code in [each.code for each in outcome.problems]
    chained = [
        row
        for row in rows(shop, LocationRow)
        if row.supplied_from_id in {each.id for each in rows(shop, LocationRow) if each.supplied_from_id}
    ]
    assert chained == []
