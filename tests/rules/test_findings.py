"""Findings as values: what they stop, and that they survive being stored."""

import json
from datetime import date
from decimal import Decimal

import pytest

from orders.people import Role
from rules.facts import OrderFacts
from rules.findings import Severity, as_json, blocking, from_json, needs_person, worst
from rules.judge import judge
from rules.rulefile import house_rulebook
from tests.makers.facts import MONDAY, Case, ReplyCase
from tests.makers.purchase import make_order

BLOCKED = Case(line={"quantity": 121})
REVIEWED = Case(supplier={"earlier_orders": 0})
WARNED = Case(line={"supplier_code": None})
INFORMED = Case(product={"pack_size": None})


@pytest.mark.parametrize(
    ("case", "severity", "asks"),
    [
        (BLOCKED, Severity.BLOCK, True),
        (REVIEWED, Severity.REVIEW, True),
        (WARNED, Severity.WARN, False),
        (INFORMED, Severity.INFO, False),
        (Case(), None, False),
    ],
)
def test_the_worst_finding_decides_whether_a_person_must(case: Case, severity: Severity | None, asks: bool) -> None:
    assert (worst(case.findings()), needs_person(case.findings())) == (severity, asks)


def test_a_block_stops_whoever_may_not_override_it() -> None:
    assert [each.code for each in blocking(BLOCKED.findings(), frozenset({Role.BUYER}))] == ["pack-multiple"]


def test_a_block_does_not_stop_the_role_that_may_override_it() -> None:
    assert blocking(BLOCKED.findings(), frozenset({Role.MANAGER})) == ()


def test_a_block_that_nobody_may_override_stops_everybody() -> None:
    assert blocking(Case(order={"lines": ()}).findings(), frozenset(Role)) != ()


def test_a_review_or_a_warning_blocks_nobody() -> None:
    assert blocking((*REVIEWED.findings(), *WARNED.findings())) == ()


@pytest.mark.parametrize(
    "findings",
    [
        BLOCKED.findings(),
        Case(order={"delivery_date": None}).findings(),
        Case(facts={"calendar": None}).findings(),
        Case(line={"unit_price": Decimal(6)}).findings(),  # proposes a price
        Case(order={"delivery_date": date(2026, 12, 24)}).findings(),  # proposes a day
        ReplyCase(understood=False, says_nothing=True).findings(),
        judge(make_order(), OrderFacts(MONDAY), house_rulebook()),
    ],
)
def test_a_stored_finding_comes_back_as_it_was(findings: tuple[object, ...]) -> None:
    stored = [json.loads(json.dumps(as_json(each))) for each in findings]  # type: ignore[arg-type]
    assert [from_json(each) for each in stored] == list(findings)
    assert stored != []
