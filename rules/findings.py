"""What a rule says: a finding with its figures. Values only; sentences are made in rules.telling."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from orders.people import Role
from rules.vocabulary import Unit, Value

CANNOT_CHECK = "cannot-check"  # a fact that the rule needs is not known
RULE_FAILED = "rule-failed"  # the condition could not be computed


class Severity(StrEnum):
    """How much a finding stops."""

    BLOCK = "block"  # cannot be approved, unless somebody who may override it says so
    REVIEW = "review"  # a person must decide
    WARN = "warn"  # shown; going on acknowledges it
    INFO = "info"  # recorded


_RANK = {severity: rank for rank, severity in enumerate(Severity)}


class Source(StrEnum):
    """Where the expectation comes from."""

    ORDER = "order"
    SUPPLIER = "supplier"
    SUPPLIER_TERMS = "supplier-terms"
    PRICE_LIST = "price-list"
    PRICE_HISTORY = "price-history"
    ORDER_HISTORY = "order-history"
    OPEN_ORDERS = "open-orders"
    CATALOGUE = "catalogue"
    PLAN = "plan"
    STOCK = "stock"
    CALENDAR = "calendar"
    APPROVALS = "approvals"
    MESSAGE = "message"


class FixAct(StrEnum):
    """What could be done with one click."""

    SET_QUANTITY = "set-quantity"
    SET_PRICE = "set-price"
    SET_DELIVERY_DATE = "set-delivery-date"
    SET_CURRENCY = "set-currency"
    MERGE_LINES = "merge-lines"


ABOUT_ORDER = frozenset({FixAct.SET_DELIVERY_DATE, FixAct.SET_CURRENCY})  # the others change one line


@dataclass(frozen=True, slots=True)
class Fix:
    """A proposal that a program can carry out: the act, its line (None for the order), and the new value."""

    act: FixAct
    line: int | None
    value: Value


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it was compared, with the unit that says how it is written."""

    value: Value | None  # None: not known
    unit: Unit


@dataclass(frozen=True, slots=True)
class RuleWords:
    """Sentences of a rule that a site wrote itself; the house's own rules have theirs in the catalogue."""

    title: str
    says: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found. `code` names its sentence; `rule` is the rule's code, `rule_id` its catalogue id.

    `actual` and `expected` are names in `figures`. `dedupe_key` is the same as long as rule and line are.
    """

    code: str
    rule: str
    rule_id: str
    severity: Severity
    line: int | None
    source: Source
    dedupe_key: str
    currency: str
    actual: str | None = None
    expected: str | None = None
    figures: Mapping[str, Shown] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    fix: Fix | None = None
    override: frozenset[Role] = frozenset()
    words: Mapping[str, RuleWords] = field(default_factory=dict)


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity among the findings, or None without any."""
    return min((finding.severity for finding in findings), key=lambda severity: _RANK[severity], default=None)


def by_gravity(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The gravest first, then by line; findings about the whole order come before those about a line."""
    return tuple(sorted(findings, key=lambda each: (_RANK[each.severity], each.line or 0, each.code, each.rule)))


def blocking(findings: Iterable[Finding], roles: frozenset[Role] = frozenset()) -> tuple[Finding, ...]:
    """The findings that stop an approval by somebody with these roles."""
    return tuple(each for each in findings if each.severity is Severity.BLOCK and not each.override & roles)


def needs_person(findings: Iterable[Finding]) -> bool:
    """True when nothing may happen to the document without a person's decision."""
    return worst(findings) in {Severity.BLOCK, Severity.REVIEW}


def as_json(finding: Finding) -> dict[str, Any]:
    """The finding as plain JSON values, to be stored; `from_json` gives it back."""
    return {
        "code": finding.code,
        "rule": finding.rule,
        "rule_id": finding.rule_id,
        "severity": finding.severity.value,
        "line": finding.line,
        "source": finding.source.value,
        "dedupe_key": finding.dedupe_key,
        "currency": finding.currency,
        "actual": finding.actual,
        "expected": finding.expected,
        "figures": {name: [_plain(each.value), each.unit.value] for name, each in finding.figures.items()},
        "missing": list(finding.missing),
        "fix": finding.fix and [finding.fix.act.value, finding.fix.line, *_typed(finding.fix.value)],
        "override": sorted(role.value for role in finding.override),
        "words": {
            language: [words.title, words.says, words.advice] for language, words in sorted(finding.words.items())
        },
    }


def from_json(data: Mapping[str, Any]) -> Finding:
    """The finding that `as_json` wrote."""
    fix = data["fix"]
    return Finding(
        code=data["code"],
        rule=data["rule"],
        rule_id=data["rule_id"],
        severity=Severity(data["severity"]),
        line=data["line"],
        source=Source(data["source"]),
        dedupe_key=data["dedupe_key"],
        currency=data["currency"],
        actual=data["actual"],
        expected=data["expected"],
        figures={name: _shown(value, Unit(unit)) for name, (value, unit) in data["figures"].items()},
        missing=tuple(data["missing"]),
        fix=Fix(FixAct(fix[0]), fix[1], _value(fix[2], fix[3])) if fix else None,
        override=frozenset(Role(role) for role in data["override"]),
        words={language: RuleWords(*words) for language, words in data["words"].items()},
    )


def _plain(value: Value | None) -> str | int | bool | None:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def _typed(value: Value) -> tuple[str | int | bool | None, str]:
    return _plain(value), type(value).__name__


def _value(plain: Any, kind: str) -> Any:
    if kind == "Decimal":
        return Decimal(plain)
    return date.fromisoformat(plain) if kind == "date" else plain


def _shown(plain: Any, unit: Unit) -> Shown:
    if unit is Unit.DAY and plain is not None:
        return Shown(date.fromisoformat(plain), unit)
    if unit.is_number and isinstance(plain, str):
        return Shown(Decimal(plain), unit)
    return Shown(plain, unit)
