"""Each rule about an order line: what it finds, and the figure at which it just keeps quiet."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rules.judge import judge
from rules.rulefile import house_rulebook
from rules.vocabulary import Scope
from tests.makers.facts import Case, make_facts, make_line_facts
from tests.makers.purchase import make_line, make_order


def product(**known: Any) -> Case:
    return Case(product=known)


def line(**values: Any) -> Case:
    return Case(line=values)


def priced(price: str, **known: Any) -> Case:
    return Case(line={"unit_price": Decimal(price)}, product=known)


def ordered(quantity: int, **known: Any) -> Case:
    return Case(line={"quantity": quantity}, product=known)


def lines(*quantities: int, **known: Any) -> Case:
    made = tuple(make_line(place, sku="SKU-1", quantity=each) for place, each in enumerate(quantities, start=1))
    return Case(order={"lines": made}, product=known)


LISTED = {"list_price": Decimal("4.35"), "last_price": None}
PAID = {"last_price": Decimal("4.35"), "list_price": None}

# code: (finds, just does not)
CASES: dict[str, tuple[list[Case], list[Case]]] = {
    "no-product": ([line(sku="")], [line(sku="A")]),
    "unknown-product": ([product(product_is_known=False)], [product(product_is_known=True)]),
    "product-not-active": (
        [product(product_state="inactive"), product(product_state="discontinued")],
        [product(product_state="active"), product(product_is_known=False, product_state="inactive")],
    ),
    "product-not-launched": (
        [product(launched_on=date(2026, 11, 24))],
        [product(launched_on=date(2026, 11, 23)), product(launched_on=None)],
    ),
    "not-sold-by-supplier": ([product(is_sold_by_supplier=False)], [product(is_sold_by_supplier=True)]),
    "no-supplier-code": ([line(supplier_code=None), line(supplier_code="")], [line(supplier_code="X")]),
    "quantity-not-positive": ([ordered(0), ordered(-12)], [ordered(1)]),
    "pack-multiple": ([ordered(121), ordered(119), ordered(1)], [ordered(120), ordered(12), ordered(0)]),
    "below-moq": (
        [ordered(12, moq=13), ordered(23)],
        [ordered(24), ordered(12, moq=0), lines(12, 12)],  # two lines of one product count together
    ),
    "same-product-twice": ([lines(60, 60)], [lines(120)]),
    "out-of-proportion": (
        [ordered(361), ordered(39)],
        [ordered(360), ordered(40), ordered(500, proposed_quantity=0)],
    ),
    # 3.5 spreads of 12 · 1.4826 around 120 end at 57.73 and 182.27
    "unlike-earlier-orders": (
        [ordered(183), ordered(57), ordered(163, usual_spread=Decimal(0))],  # a tenth of 120 is the least spread
        [ordered(182), ordered(58), ordered(162, usual_spread=Decimal(0)), ordered(999, past_orders=5)],
    ),
    "lowered-below-need": (
        [ordered(109, computed_quantity=120)],  # 40 in stock and 109 do not last for 150
        [
            ordered(110, computed_quantity=120),
            ordered(120, computed_quantity=120, expected_demand=Decimal(999)),
            ordered(12, computed_quantity=None),
        ],
    ),
    "planned-elsewhere": ([product(planned_elsewhere=1)], [product(planned_elsewhere=0)]),
    "magnitude-slip": (
        [ordered(1200), ordered(12), ordered(960), ordered(12_000), ordered(1440), ordered(10)],
        [ordered(600), ordered(240), ordered(959), ordered(24), ordered(12, usual_quantity=Decimal(0))],
    ),
    "above-max-stock": ([ordered(120, max_stock=159)], [ordered(120, max_stock=160), ordered(9999)]),
    "already-covered": (
        [product(on_hand=200), product(on_hand=150, on_order=50)],
        [product(on_hand=199), product(on_hand=150, on_order=49)],
    ),
    "price-missing": ([line(unit_price=None), priced("0")], [priced("0.000001")]),
    # 3 % of 4.35 is 0.1305; both the percentage and 2 cents must be exceeded
    "price-above-list": (
        [priced("4.480501", **LISTED), priced("0.43", list_price=Decimal("0.40"))],
        [priced("4.4805", **LISTED), priced("4.35", **LISTED), priced("0.42", list_price=Decimal("0.40"))],
    ),
    "price-below-list": ([priced("3.914999", **LISTED)], [priced("3.915", **LISTED), priced("4.35", **LISTED)]),
    # 5 % of 4.35 is 0.2175, which no binary fraction can hold
    "price-above-last": (
        [priced("4.567501", **PAID), priced("0.130001", last_price=Decimal("0.11"))],
        [priced("4.5675", **PAID), priced("4.35", **PAID), priced("0.13", last_price=Decimal("0.11"))],
    ),
    "price-below-last": ([priced("3.479999", **PAID)], [priced("3.48", **PAID), priced("4.35", **PAID)]),
    # 8 % of 4.00 is 0.32
    "price-creep": (
        [priced("4.320001", past_orders=2), priced("0.60", price_a_year_ago=Decimal("0.54"))],
        [priced("4.32", past_orders=2), priced("9", past_orders=1), priced("0.59", price_a_year_ago=Decimal("0.54"))],
    ),
    # 3 % of 4.00 is 0.12
    "cheaper-elsewhere": (
        [priced("4.120001", other_price=Decimal("4.00"))],
        [priced("4.12", other_price=Decimal("4.00")), priced("9", other_price=None)],
    ),
    "price-per-pack": (
        [priced("50.40"), priced("40.320001"), priced("62.999999")],
        [priced("40.32"), priced("63.00"), priced("8.40", pack_size=2)],
    ),
    "list-not-valid": (
        [product(list_valid_until=date(2026, 11, 22)), product(list_valid_from=date(2026, 11, 24))],
        [product(list_valid_until=date(2026, 11, 23)), product(list_valid_from=date(2026, 11, 23)), product()],
    ),
    "list-currency-mismatch": ([product(list_currency="EUR")], [product(list_currency="PLN")]),
    "above-selling-price": ([priced("7.90"), priced("8")], [priced("7.89")]),
    "no-lead-time": ([product(lead_time_days=None)], [product(lead_time_days=0)]),
    "delivery-too-early": ([product(lead_time_days=9)], [product(lead_time_days=8), product(lead_time_days=None)]),
    "stockout-before-delivery": (
        [product(runs_out=True, stockout_on=date(2026, 11, 30))],
        [product(runs_out=True, stockout_on=date(2026, 12, 1)), product(runs_out=False)],
    ),
}
FINDS = [(code, case) for code, (found, _) in CASES.items() for case in found]
KEEPS_QUIET = [(code, case) for code, (_, quiet) in CASES.items() for case in quiet]


def test_every_rule_about_lines_is_shown_here() -> None:
    assert set(CASES) == {rule.code for rule in house_rulebook().of_scope(Scope.LINE)}


@pytest.mark.parametrize(("code", "case"), FINDS)
def test_a_rule_finds_what_is_wrong(code: str, case: Case) -> None:
    assert code in case.codes()


@pytest.mark.parametrize(("code", "case"), KEEPS_QUIET)
def test_a_rule_keeps_quiet_up_to_its_boundary(code: str, case: Case) -> None:
    assert code not in case.codes()


@pytest.mark.parametrize(
    ("case", "code", "value"),
    [
        (ordered(121), "pack-multiple", 132),
        (ordered(12, moq=30), "below-moq", 36),  # the minimum itself in whole cases
        (ordered(500), "out-of-proportion", 120),
        (lines(60, 60), "same-product-twice", 120),
        (priced("9", **LISTED), "price-above-list", Decimal("4.35")),
        (product(lead_time_days=12), "delivery-too-early", date(2026, 12, 7)),  # the 5th is a Saturday
    ],
)
def test_a_finding_proposes_a_value_that_mends_it(case: Case, code: str, value: object) -> None:
    fix = next(each.fix for each in case.findings() if each.code == code)
    assert fix is not None
    assert fix.value == value


def test_a_finding_names_its_line_and_the_figures_it_compared() -> None:
    order = make_order(make_line(1), make_line(2, quantity=121))
    facts = make_facts(make_line_facts(1), make_line_facts(2))
    found = next(each for each in judge(order, facts, house_rulebook()) if each.code == "pack-multiple")
    assert (found.line, found.actual, found.expected) == (2, "quantity", "quantity_in_whole_packs")
    assert {name: each.value for name, each in found.figures.items()} == {
        "quantity": 121,
        "pack_size": 12,
        "quantity_in_whole_packs": 132,
    }
