"""Each rule about a whole order: what it finds, and the figure at which it just keeps quiet."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from orders.purchase import OrderState
from rules.rulefile import house_rulebook
from rules.vocabulary import Scope
from tests.makers.facts import Case
from tests.makers.purchase import make_line, make_order


def supplier(**known: Any) -> Case:
    return Case(supplier=known)


def deliver(month: int, day: int, year: int = 2026, **known: Any) -> Case:
    return Case(order={"delivery_date": date(year, month, day)}, supplier=known)


def total(quantity: int, price: str, **facts: Any) -> Case:
    """An order of one line worth quantity times price."""
    return Case(line={"quantity": quantity, "unit_price": Decimal(price)}, facts=facts)


def beside(quantity: int, **changes: Any) -> Case:
    """A second open order with the same article and this quantity."""
    return Case(facts={"open_orders": (make_order(make_line(quantity=quantity), number="PO-2026-0141", **changes),)})


LIMIT = {"approval_limit": Decimal(1000)}

# code: (finds, just does not)
CASES: dict[str, tuple[list[Case], list[Case]]] = {
    "no-lines": ([Case(order={"lines": ()})], [Case()]),
    "no-supplier": ([Case(order={"supplier": ""})], [Case()]),
    "no-currency": ([Case(order={"currency": ""})], [Case()]),
    "no-delivery-place": ([Case(order={"location": ""})], [Case()]),
    "no-delivery-date": ([Case(order={"delivery_date": None})], [Case()]),
    "unknown-supplier": ([supplier(is_known=False)], [supplier(is_known=True)]),
    "no-supplier-address": ([supplier(has_address=False)], [supplier(has_address=True)]),
    "supplier-address-fails": (
        [supplier(address_fails=True, address_failed_on=date(2026, 11, 20))],
        [supplier(address_fails=False)],
    ),
    "supplier-blocked": ([supplier(is_blocked=True)], [supplier(is_blocked=False)]),
    "new-supplier": ([supplier(earlier_orders=0)], [supplier(earlier_orders=1)]),
    "dormant-supplier": (
        [supplier(last_order_on=date(2025, 11, 22))],  # 366 days
        [supplier(last_order_on=date(2025, 11, 23)), supplier(earlier_orders=0, last_order_on=None)],
    ),
    "unreliable-supplier": (
        [supplier(on_time_percent=Decimal("79.9"), deliveries_measured=5)],
        [supplier(on_time_percent=Decimal(80)), supplier(on_time_percent=Decimal(10), deliveries_measured=4)],
    ),
    "not-order-weekday": (  # today is a Monday
        [supplier(order_weekdays=frozenset({2, 4}))],
        [supplier(order_weekdays=frozenset({1})), supplier(order_weekdays=frozenset())],
    ),
    "currency-mismatch": ([supplier(currency="EUR")], [supplier(currency="PLN")]),
    "below-supplier-minimum": (
        [supplier(minimum_order_value=Decimal("504.01"))],
        [supplier(minimum_order_value=Decimal("504.00")), supplier(minimum_order_value=Decimal(0))],
    ),
    "duplicate-order": (
        [beside(120), beside(96), beside(150), beside(120, sent_on=date(2026, 11, 9), state=OrderState.SENT)],
        [
            beside(95),
            beside(120, supplier="OTHER"),
            beside(120, location="WAW"),
            beside(120, state=OrderState.CANCELLED),
            beside(120, sent_on=date(2026, 11, 8), state=OrderState.SENT),
        ],
    ),
    "order-split": (
        [total(120, "4.20", ordered_in_72_hours=Decimal("496.01"), **LIMIT)],
        [
            total(120, "4.20", ordered_in_72_hours=Decimal("496.00"), **LIMIT),
            total(240, "4.20", ordered_in_72_hours=Decimal(900), **LIMIT),  # above the limit by itself
            total(120, "4.20", ordered_in_72_hours=Decimal(9000)),  # no limit is set
        ],
    ),
    "date-in-past": ([deliver(11, 22)], [deliver(11, 23)]),
    "date-far-off": ([deliver(11, 24, 2027)], [deliver(11, 23, 2027)]),
    "closed-weekday": ([deliver(12, 5), deliver(12, 6)], [deliver(12, 4), deliver(12, 7)]),
    "public-holiday": (
        [deliver(6, 4), deliver(4, 6), deliver(11, 11), deliver(12, 24), deliver(5, 27, 2027)],  # Corpus Christi moves
        [deliver(6, 5), deliver(4, 7), deliver(12, 23), deliver(6, 4, 2027)],
    ),
    "own-closed-day": ([deliver(12, 30)], [deliver(12, 29), deliver(12, 31)]),
    "not-delivery-weekday": ([deliver(12, 2)], [deliver(12, 3), deliver(12, 2, delivery_weekdays=frozenset())]),
}
FINDS = [(code, case) for code, (found, _) in CASES.items() for case in found]
KEEPS_QUIET = [(code, case) for code, (_, quiet) in CASES.items() for case in quiet]


def test_every_rule_about_orders_is_shown_here() -> None:
    assert set(CASES) == {rule.code for rule in house_rulebook().of_scope(Scope.ORDER)}


def test_an_order_without_fault_gives_no_finding() -> None:
    assert Case().codes() == []


@pytest.mark.parametrize(("code", "case"), FINDS)
def test_a_rule_finds_what_is_wrong(code: str, case: Case) -> None:
    assert code in case.codes()


@pytest.mark.parametrize(("code", "case"), KEEPS_QUIET)
def test_a_rule_keeps_quiet_up_to_its_boundary(code: str, case: Case) -> None:
    assert code not in case.codes()


def test_an_order_is_no_duplicate_of_itself() -> None:
    case = Case(facts={"open_orders": (Case().purchase_order(),)})
    assert "duplicate-order" not in case.codes()


def test_a_duplicate_names_the_other_order_and_how_alike_it_is() -> None:
    found = next(each for each in beside(96).findings() if each.code == "duplicate-order")
    assert found.figures["most_similar_order"].value == "PO-2026-0141"
    assert found.figures["likeness_percent"].value == Decimal("80.0")


def test_a_delivery_on_a_closed_day_is_moved_to_the_next_open_one() -> None:
    found = next(each for each in deliver(12, 24).findings() if each.code == "public-holiday")
    assert found.fix is not None
    assert (found.fix.line, found.fix.value) == (None, date(2026, 12, 28))  # after Christmas and the weekend


def test_a_delivery_is_moved_to_a_day_on_which_the_supplier_delivers_and_the_site_is_open() -> None:
    fixes = {each.code: each.fix for each in deliver(12, 24, delivery_weekdays=frozenset({5})).findings()}
    fix = fixes["not-delivery-weekday"]
    assert fix is not None
    assert fix.value == date(2027, 1, 8)  # the Fridays before it are Christmas and New Year


def test_the_minimum_is_not_checked_while_a_line_has_no_price() -> None:
    findings = Case(line={"unit_price": None}).findings()
    unchecked = {each.rule: each.missing for each in findings if each.code == "cannot-check"}
    assert unchecked["below-supplier-minimum"] == ("order_total",)
