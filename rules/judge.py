"""Applies a rulebook: figures are computed once, each rule looks at those that it names, and says what it found.

A figure that is not known never passes for a good one: the rule then says that it could not check, and what it lacked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from orders.purchase import PurchaseOrder
from orders.reply import OrderResponse
from rules.expressions import Expression, ExpressionFailed, written
from rules.facts import OrderFacts, ReplyFacts
from rules.figures.every import OWN
from rules.figures.line import LineGiven
from rules.figures.order import OrderGiven
from rules.figures.reply import ReplyGiven, ReplyLineGiven
from rules.findings import ABOUT_ORDER, CANNOT_CHECK, RULE_FAILED, Finding, Fix, Severity, Shown, by_gravity
from rules.rulebook import Rule, Rulebook
from rules.vocabulary import Figure, Scope, Unit, Value


def judge(order: PurchaseOrder, facts: OrderFacts, rulebook: Rulebook) -> tuple[Finding, ...]:
    """What the rules say of an order and of each of its lines, the gravest first."""
    window = int(rulebook.settings["duplicate_window_days"].value)
    whole = _Figures(OWN[Scope.ORDER], OrderGiven(order, facts, window), rulebook)
    found = _apply(rulebook.of_scope(Scope.ORDER), whole, order, None)
    rules, known = rulebook.of_scope(Scope.LINE), {each.line: each for each in facts.lines}
    for line in order.lines:
        given = LineGiven(order, facts, line, known.get(line.line) or facts.of_line(line.line))
        found += _apply(rules, _Figures(OWN[Scope.LINE], given, rulebook, whole), order, line.line)
    return by_gravity(found)


def judge_reply(
    order: PurchaseOrder, response: OrderResponse, facts: ReplyFacts, rulebook: Rulebook
) -> tuple[Finding, ...]:
    """What the rules say of a supplier's answer to an order, and of each line in its light, the gravest first.

    Raises LineNotFound when the answer names a line that the order does not have.
    """
    whole = _Figures(OWN[Scope.REPLY], ReplyGiven(order, response, facts), rulebook)
    found = _apply(rulebook.of_scope(Scope.REPLY), whole, order, None)
    readings = {order.line_at(reading.line).line: reading for reading in response.lines}
    for line in order.lines:
        given = ReplyLineGiven(order, facts, line, readings.get(line.line), facts.of_line(line.line))
        figures = _Figures(OWN[Scope.REPLY_LINE], given, rulebook, whole)
        found += _apply(rulebook.of_scope(Scope.REPLY_LINE), figures, order, line.line)
    return by_gravity(found)


@dataclass(slots=True)
class _Figures:
    """The figures of one thing, computed when first asked for; what it does not have, `whole` has."""

    own: Mapping[str, Figure[Any]]
    given: Any
    rulebook: Rulebook
    whole: "_Figures | None" = None
    _known: dict[str, Value | None] = field(default_factory=dict)
    _written: dict[str, str] = field(default_factory=dict)

    def value(self, name: str) -> Value | None:
        if name in self.rulebook.settings:
            return self.rulebook.settings[name].value
        if name not in self.own and self.whole is not None:
            return self.whole.value(name)
        if name not in self._known:
            self._known[name] = self.own[name].compute(self.given)
        return self._known[name]

    def unit(self, name: str) -> Unit:
        if name in self.rulebook.settings:
            return self.rulebook.settings[name].unit
        return self.whole.unit(name) if name not in self.own and self.whole is not None else self.own[name].unit

    def missing(self, expression: Expression) -> list[str]:
        """Words that are not known; all others are written afterwards."""
        known = self._written
        return [word for word in expression.words if word not in known and not self._write(word)]

    def _write(self, word: str) -> bool:
        value = self.value(word)
        if value is None:
            return False
        self._written[word] = written(value)
        return True

    def holds(self, expression: Expression) -> bool:
        """Whether a condition of which nothing is `missing` is met."""
        return expression.holds_of(self._written)


def _apply(rules: tuple[Rule, ...], figures: _Figures, order: PurchaseOrder, line: int | None) -> list[Finding]:
    found = []
    for rule in rules:
        finding = _finding(rule, figures, order, line)
        if finding is not None:
            found.append(finding)
    return found


def _finding(rule: Rule, figures: _Figures, order: PurchaseOrder, line: int | None) -> Finding | None:
    """What one rule says of the thing it looks at, or None when all is well."""
    try:
        for expression in filter(None, (rule.applies, rule.when)):
            if missing := figures.missing(expression):
                return _Said(rule, figures, order, line).made(CANNOT_CHECK, Severity.INFO, missing=tuple(missing))
            if not figures.holds(expression):
                return None
    except ExpressionFailed:
        return _Said(rule, figures, order, line).made(RULE_FAILED, Severity.REVIEW)
    said = _Said(rule, figures, order, line)
    return said.made(rule.code, rule.severity, fix=said.fix())


@dataclass(frozen=True, slots=True)
class _Said:
    """One rule and one thing it looks at."""

    rule: Rule
    figures: _Figures
    order: PurchaseOrder
    line: int | None

    def fix(self) -> Fix | None:
        template = self.rule.fix
        value = self.figures.value(template.to) if template else None
        if template is None or value is None:
            return None
        return Fix(template.act, None if template.act in ABOUT_ORDER else self.line, value)

    def made(self, code: str, severity: Severity, *, missing: tuple[str, ...] = (), fix: Fix | None = None) -> Finding:
        rule = self.rule
        shown = {name: Shown(self.figures.value(name), self.figures.unit(name)) for name in rule.figures}
        about = "order" if self.line is None else str(self.line)
        return Finding(
            code=code,
            rule=rule.code,
            rule_id=rule.rule_id,
            severity=severity,
            line=self.line,
            source=rule.source,
            dedupe_key="/".join((rule.code, about) if code == rule.code else (code, rule.code, about)),
            currency=self.order.currency,
            actual=rule.actual,
            expected=rule.expected,
            figures=shown,
            missing=missing,
            fix=fix,
            override=rule.override,
            words=rule.words,
        )
