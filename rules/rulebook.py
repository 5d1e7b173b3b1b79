"""The rulebook as values: rules and the settings that they use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from orders.people import Role
from rules.expressions import Expression
from rules.findings import FixAct, RuleWords, Severity, Source
from rules.vocabulary import Scope, Unit


@dataclass(frozen=True, slots=True)
class FixTemplate:
    """What the rule proposes: the act, and the figure that gives the new value."""

    act: FixAct
    to: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `applies` says when it has anything to say at all, `when` what is wrong."""

    code: str
    rule_id: str
    severity: Severity
    scope: Scope
    when: Expression
    source: Source
    applies: Expression | None = None
    actual: str | None = None
    expected: str | None = None
    shows: tuple[str, ...] = ()
    fix: FixTemplate | None = None
    override: frozenset[Role] = frozenset()
    is_enabled: bool = True
    words: Mapping[str, RuleWords] = field(default_factory=dict)

    @property
    def figures(self) -> tuple[str, ...]:
        """Every word that the rule uses, each once."""
        named = (self.actual, self.expected, *self.shows, self.fix.to if self.fix else None)
        used = (*(self.applies.words if self.applies else ()), *self.when.words)
        return tuple(dict.fromkeys((*used, *(name for name in named if name))))


@dataclass(frozen=True, slots=True)
class Setting:
    """A figure that the site chooses: a tolerance, a limit, a number of days."""

    name: str
    value: int | Decimal
    unit: Unit


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Checked rules and settings. `tables` are the rules as they were written, for a site's file to change."""

    rules: tuple[Rule, ...]
    settings: Mapping[str, Setting]
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)

    def of_scope(self, scope: Scope) -> tuple[Rule, ...]:
        """The rules of one scope that are switched on."""
        return tuple(rule for rule in self.rules if rule.scope is scope and rule.is_enabled)

    def rule(self, code: str) -> Rule | None:
        """The rule with this code, switched on or not."""
        return next((rule for rule in self.rules if rule.code == code), None)
