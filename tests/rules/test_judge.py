"""How a rulebook is applied: nothing unknown passes, nothing that fails passes, and the gravest stands first."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest

from rules.facts import LineFacts, OrderFacts, SupplierFacts
from rules.findings import CANNOT_CHECK, RULE_FAILED, Finding, Severity
from rules.judge import judge
from rules.rulebook import Rulebook
from rules.rulefile import house_rulebook, read_site_rulebook
from tests.makers.facts import MONDAY, Case, make_facts, make_line_facts, make_supplier_facts
from tests.makers.purchase import make_line, make_order

DIVIDING = """
[[rule]]
code = "dividing"
id = "S-1"
severity = "info"
scope = "line"
when = "quantity / (quantity - 120) > 3"
source = "order"
[rule.words.en]
title = "Dividing"
says = "x"
"""
# Known to be nothing rather than not known: None means that there is no such day, limit or reason.
MAY_BE_ABSENT = {
    "launched_on",
    "list_valid_from",
    "list_valid_until",
    "max_stock",
    "stockout_on",
    "nearest_products",
    "other_price",
    "computed_quantity",
}
# Shown only, or the plan's quantity stands in for it.
ONLY_SHOWN = {
    "address_failed_on",
    "blocked_because",
    "past_orders",
    "demand_per_day",
    "usual_quantity",
    "other_supplier",
    "planned_in",
    "expected_demand",  # asked for only when somebody lowered the plan's quantity
}


def unchecked(findings: tuple[Finding, ...]) -> set[str]:
    return {name for each in findings if each.code == CANNOT_CHECK for name in each.missing}


def test_everything_unknown_gives_no_silent_pass() -> None:
    found = judge(make_order(), OrderFacts(MONDAY), house_rulebook())
    assert {"supplier_is_blocked", "pack_size", "moq", "last_price", "minimum_order_value"} <= unchecked(found)


@pytest.mark.parametrize(
    "name", [each.name for each in fields(LineFacts) if each.name not in {"line", *MAY_BE_ABSENT, *ONLY_SHOWN}]
)
def test_a_fact_of_the_line_that_is_not_known_is_said(name: str) -> None:
    assert Case(product={name: None}).findings() != ()


def test_a_lowered_quantity_is_not_passed_while_the_demand_is_not_known() -> None:
    lowered = Case(line={"quantity": 108}, product={"computed_quantity": 120, "expected_demand": None})
    assert unchecked(lowered.findings()) == {"expected_demand"}


@pytest.mark.parametrize("name", [each.name for each in fields(SupplierFacts) if each.name not in ONLY_SHOWN])
def test_a_fact_of_the_supplier_that_is_not_known_is_said(name: str) -> None:
    findings = Case(supplier={name: None}).findings()
    assert {each.code for each in findings} == {CANNOT_CHECK}


@pytest.mark.parametrize("name", ["calendar", "open_orders"])
def test_a_fact_of_the_site_that_is_not_known_is_said(name: str) -> None:
    assert {each.code for each in Case(facts={name: None}).findings()} == {CANNOT_CHECK}


def test_a_finding_that_could_not_be_made_names_the_rule_and_what_it_lacked() -> None:
    found = next(each for each in Case(product={"pack_size": None}).findings() if each.rule == "pack-multiple")
    assert (found.code, found.severity, found.line, found.missing) == (CANNOT_CHECK, Severity.INFO, 1, ("pack_size",))


def test_a_line_of_which_nobody_collected_facts_is_not_passed() -> None:
    facts = replace(make_facts(), lines=())
    assert {each.line for each in judge(make_order(), facts, house_rulebook()) if each.code == CANNOT_CHECK} == {1}


def test_a_rule_that_cannot_be_computed_asks_for_a_person() -> None:
    found = judge(make_order(), make_facts(), read_site_rulebook(DIVIDING))
    assert [(each.code, each.rule, each.severity) for each in found] == [(RULE_FAILED, "dividing", Severity.REVIEW)]


def test_the_gravest_finding_stands_first_and_lines_follow_the_order() -> None:
    order = make_order(make_line(1, supplier_code=None), make_line(2, quantity=121), make_line(3, quantity=122))
    facts = make_facts(*(make_line_facts(line) for line in (1, 2, 3)))
    found = judge(order, facts, house_rulebook())
    assert [(each.code, each.line) for each in found] == [
        ("pack-multiple", 2),
        ("pack-multiple", 3),
        ("no-supplier-code", 1),
    ]


def test_a_rule_that_is_switched_off_says_nothing() -> None:
    site = read_site_rulebook('[[rule]]\ncode = "pack-multiple"\nenabled = false')
    assert codes(make_line(quantity=121), site) == []


def test_a_sites_tolerance_is_the_one_that_counts() -> None:
    site = read_site_rulebook("[settings]\nlast_price_up_percent = 0\nlast_price_up_amount = 0")
    line = make_line(unit_price=Case().purchase_order().lines[0].unit_price)
    facts = make_facts(make_line_facts(last_price=line.unit_price - 1 if line.unit_price else None))
    found = judge(make_order(line), facts, site)
    assert "price-above-last" in [each.code for each in found]


def test_the_key_of_a_finding_is_the_same_as_long_as_rule_and_line_are() -> None:
    keys = [Case(line={"quantity": quantity}).findings()[0].dedupe_key for quantity in (121, 122)]
    assert keys == ["pack-multiple/1", "pack-multiple/1"]


def test_keys_of_one_judgement_are_all_different() -> None:
    order = make_order(*(make_line(line, quantity=121) for line in range(1, 6)))
    keys = [each.dedupe_key for each in judge(order, OrderFacts(MONDAY), house_rulebook())]
    assert len(keys) == len(set(keys))


def test_one_unreadable_figure_fails_only_the_rules_that_use_it() -> None:
    huge = make_supplier_facts(minimum_order_value=10**40)
    found = judge(make_order(), make_facts(supplier=huge), house_rulebook())
    assert [(each.code, each.rule) for each in found] == [(RULE_FAILED, "below-supplier-minimum")]


def codes(line: Any, rulebook: Rulebook, made: Callable[..., OrderFacts] = make_facts) -> list[str]:
    return [each.code for each in judge(make_order(line), made(), rulebook)]
