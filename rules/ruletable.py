"""Reads one rule of a rulebook file: each key is checked against what the house knows, each flaw noted with its line."""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from string import Formatter
from typing import Any, TypeVar

from orders.people import Role
from orders.wording import LANGUAGES, wording
from rules.expressions import Expression, read_expression
from rules.figures.every import KNOWN
from rules.findings import FixAct, RuleWords, Severity, Source
from rules.problems import Problems
from rules.rulebook import FixTemplate, Rule, Setting
from rules.vocabulary import Scope, Unit

_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_REQUIRED = ("code", "id", "severity", "scope", "when", "source")
_OPTIONAL = ("applies", "actual", "expected", "shows", "fix", "override", "enabled", "words")
_FIXED_BY = {
    FixAct.SET_QUANTITY: {Unit.QUANTITY},
    FixAct.SET_PRICE: {Unit.PRICE},
    FixAct.SET_DELIVERY_DATE: {Unit.DAY},
    FixAct.SET_CURRENCY: {Unit.TEXT},
    FixAct.MERGE_LINES: {Unit.QUANTITY},
}
Line = Callable[[str], int]
Member = TypeVar("Member", bound=StrEnum)


def read_rule(table: Mapping[str, Any], settings: Mapping[str, Setting], line: Line, problems: Problems) -> Rule | None:
    """The rule of this table; None when it is so flawed that there is none. `line` tells where a key stands."""
    reader = _Reader(table, line, problems)
    reader.check_keys()
    scope = reader.member("scope", Scope)
    severity = reader.member("severity", Severity)
    source = reader.member("source", Source)
    if scope is None:
        return None
    known = {name: figure.unit for name, figure in KNOWN[scope].items()} | {
        name: setting.unit for name, setting in settings.items()
    }
    when, applies = reader.expression("when", known), reader.expression("applies", known)
    actual, expected = reader.figure("actual", known), reader.figure("expected", known)
    shows = reader.figures("shows", known)
    fix, override, words = reader.fix(known), reader.roles("override"), reader.words(known)
    if when is None or severity is None or source is None:
        return None
    return Rule(
        code=reader.code(),
        rule_id=reader.text("id") or "",
        severity=severity,
        scope=scope,
        when=when,
        source=source,
        applies=applies,
        actual=actual,
        expected=expected,
        shows=shows,
        fix=fix,
        override=override,
        is_enabled=reader.is_enabled(),
        words=words,
    )


class _Reader:
    """The keys of one rule, each read once; whatever is wrong goes to `problems`."""

    def __init__(self, table: Mapping[str, Any], line: Line, problems: Problems) -> None:
        self._table = table
        self._line = line
        self._problems = problems

    def check_keys(self) -> None:
        for key in self._table:
            if key not in (*_REQUIRED, *_OPTIONAL):
                self._problems.add_unknown(self._line(key), "unknown-key", key, (*_REQUIRED, *_OPTIONAL))
        for key in _REQUIRED:
            if key not in self._table:
                self._problems.add(self._line(""), "missing-key", word=key, code=self._table.get("code", ""))

    def code(self) -> str:
        code = self.text("code") or ""
        if not _CODE.fullmatch(code):
            self._problems.add(self._line("code"), "bad-code", word=code)
        return code

    def text(self, key: str) -> str | None:
        value = self._table.get(key)
        if value is None or isinstance(value, str):
            return value
        self._problems.add(self._line(key), "not-text", word=key)
        return None

    def member(self, key: str, members: type[Member]) -> Member | None:
        value = self.text(key)
        if value is None:
            return None
        try:
            return members(value)
        except ValueError:
            self._problems.add_unknown(
                self._line(key), "unknown-choice", value, [each.value for each in members], field=key
            )
            return None

    def expression(self, key: str, known: Mapping[str, Unit]) -> Expression | None:
        text = self.text(key)
        if text is None:
            return None
        found = read_expression(text, known)
        if isinstance(found, Expression):
            return found
        for flaw in found:
            self._problems.add(self._line(key), flaw.code, **flaw.facts)
        return None

    def figure(self, key: str, known: Mapping[str, Unit]) -> str | None:
        name = self.text(key)
        return name if name is None or self._is_figure(key, name, known) else None

    def figures(self, key: str, known: Mapping[str, Unit]) -> tuple[str, ...]:
        return tuple(name for name in self._texts(key) if self._is_figure(key, name, known))

    def roles(self, key: str) -> frozenset[Role]:
        known = {role.value for role in Role}
        named = self._texts(key)
        for name in named:
            if name not in known:
                self._problems.add_unknown(self._line(key), "unknown-role", name, known)
        return frozenset(Role(name) for name in named if name in known)

    def fix(self, known: Mapping[str, Unit]) -> FixTemplate | None:
        table = self._table.get("fix")
        if table is None:
            return None
        if not isinstance(table, Mapping) or set(table) != {"act", "to"}:
            self._problems.add(self._line("fix"), "bad-fix")
            return None
        act, to = table["act"], str(table["to"])
        if act not in set(FixAct):
            self._problems.add_unknown(self._line("fix"), "unknown-choice", str(act), [*FixAct], field="fix")
            return None
        if not self._is_figure("fix", to, known):
            return None
        if known[to] not in _FIXED_BY[FixAct(act)]:
            self._problems.add(self._line("fix"), "fix-of-another-kind", act=act, word=to, unit=known[to].value)
            return None
        return FixTemplate(FixAct(act), to)

    def is_enabled(self) -> bool:
        value = self._table.get("enabled", True)
        if not isinstance(value, bool):
            self._problems.add(self._line("enabled"), "not-yes-or-no", word="enabled")
        return bool(value)

    def words(self, known: Mapping[str, Unit]) -> Mapping[str, RuleWords]:
        """The site's sentences; a rule that the catalogue does not know must bring some, in English at least."""
        given = self._table.get("words", {})
        found: dict[str, RuleWords] = {}
        for language, sentences in given.items() if isinstance(given, Mapping) else ():
            place = self._line(f"words.{language}")
            if language not in LANGUAGES:
                self._problems.add_unknown(place, "unknown-language", language, LANGUAGES)
            elif not isinstance(sentences, Mapping) or not {"title", "says"} <= set(sentences) <= {
                "title",
                "says",
                "advice",
            }:
                self._problems.add(place, "bad-words", word=language)
            else:
                found[language] = RuleWords(**{key: str(text) for key, text in sentences.items()})
                self._check_placeholders(found[language], place, known)
        if "en" not in found and f"finding.{self._table.get('code')}" not in wording("en").all_keys():
            self._problems.add(self._line("words"), "words-missing", code=self._table.get("code", ""))
        return found

    def _check_placeholders(self, words: RuleWords, line: int, known: Mapping[str, Unit]) -> None:
        try:
            names = [name for text in (words.says, words.advice) for _, name, _, _ in Formatter().parse(text) if name]
        except ValueError as error:
            self._problems.add(line, "bad-placeholder", why=str(error))
            return
        used = self._used(known)
        for name in names:
            if name not in used:
                self._problems.add_unknown(line, "placeholder-not-shown", name, used if name not in known else ())

    def _used(self, known: Mapping[str, Unit]) -> set[str]:
        text = " ".join(str(self._table.get(key, "")) for key in ("applies", "when", "actual", "expected", "shows"))
        return {name for name in known if re.search(rf"\b{name}\b", text)}

    def _texts(self, key: str) -> tuple[str, ...]:
        value = self._table.get(key, [])
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(value)
        self._problems.add(self._line(key), "not-a-list-of-texts", word=key)
        return ()

    def _is_figure(self, key: str, name: str, known: Iterable[str]) -> bool:
        if name in known:
            return True
        self._problems.add_unknown(self._line(key), "unknown-fact", name, known)
        return False
