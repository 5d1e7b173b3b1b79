"""Reads rulebook files (TOML): every problem is collected, with its line and what was probably meant.

A site's file is laid over the house's: it may change settings, change or switch off single rules, and add rules.
"""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, partial
from importlib.resources import files
from typing import Any

from rules.figures.every import KNOWN
from rules.places import Places
from rules.problems import Problem, Problems, RulebookUnusable
from rules.rulebook import Rule, Rulebook, Setting
from rules.ruletable import read_rule
from rules.vocabulary import Unit

SECTIONS = ("settings", "rule")
# Settings that a figure reads rather than a rule.
FIGURE_SETTINGS = frozenset({"duplicate_window_days"})
_FACTS = frozenset().union(*KNOWN.values())
_NAME = re.compile(r"[a-z][a-z0-9_]*")
# What a setting counts is told by the end of its name.
ENDINGS = {
    "_percent": Unit.PERCENT,
    "_amount": Unit.MONEY,
    "_units": Unit.QUANTITY,
    "_days": Unit.DAYS,
    "_times": Unit.FACTOR,
    "_count": Unit.COUNT,
}


@cache
def house_rulebook() -> Rulebook:
    """The rulebook that comes with the program; read once."""
    return read_rulebook((files("rules") / "rulebook.toml").read_text(encoding="utf-8"))


def read_site_rulebook(text: str) -> Rulebook:
    """A site's own file laid over the house's rulebook; raises RulebookUnusable with every problem."""
    return read_rulebook(text, base=house_rulebook())


def read_rulebook(text: str, base: Rulebook | None = None) -> Rulebook:
    """The rulebook of a file, laid over `base` when given; raises RulebookUnusable with every problem."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise RulebookUnusable((_not_toml(text, error),)) from error
    places, problems = Places(text), Problems()
    for section in data:
        if section not in SECTIONS:
            problems.add_unknown(places.section(section), "unknown-section", section, SECTIONS)
    own = _settings(data.get("settings", {}), places, problems)
    settings = {**(base.settings if base else {}), **own}
    tables = _tables(data.get("rule", []), base, places, problems)
    read = {
        code: rule
        for index, code, table in tables
        if (rule := read_rule(table, settings, partial(places.rule, index), problems)) is not None
    }
    kept = {rule.code: rule for rule in (base.rules if base else ())}
    rules = tuple({**kept, **read}.values())
    _check_use(own, rules, places, problems)
    problems.raise_any()
    return Rulebook(rules, settings, {**(base.tables if base else {}), **{code: table for _, code, table in tables}})


def _not_toml(text: str, error: tomllib.TOMLDecodeError) -> Problem:
    place = re.search(r" \(at line (\d+), column \d+\)", str(error))
    why = str(error).partition(" (at ")[0]
    return Problem(int(place.group(1)) if place else text.count("\n") + 1, "not-toml", {"why": why})


def _settings(table: Any, places: Places, problems: Problems) -> dict[str, Setting]:
    if not isinstance(table, Mapping):
        problems.add(places.section("settings"), "not-a-table", word="settings")
        return {}
    found = {}
    for name, value in table.items():
        unit = next((unit for ending, unit in ENDINGS.items() if name.endswith(ending)), None)
        if unit is None or not _NAME.fullmatch(name):
            problems.add(places.setting(name), "bad-setting-name", word=name, known=", ".join(ENDINGS))
        elif name in _FACTS:
            problems.add(places.setting(name), "setting-hides-fact", word=name)
        elif isinstance(value, bool) or not isinstance(value, int | Decimal) or value < 0:
            problems.add(places.setting(name), "bad-setting-value", word=name, value=value)
        else:
            found[name] = Setting(name, value, unit)
    return found


def _tables(
    given: Any, base: Rulebook | None, places: Places, problems: Problems
) -> list[tuple[int, str, Mapping[str, Any]]]:
    """The rules of the file, each laid over the base's rule of the same code: (index in the file, code, table)."""
    if not isinstance(given, list):
        problems.add(places.section("rule"), "not-a-list", word="rule")
        return []
    found: dict[str, tuple[int, str, Mapping[str, Any]]] = {}
    for index, table in enumerate(given):
        code = table.get("code") if isinstance(table, Mapping) else None
        if not isinstance(code, str):
            problems.add(places.rule(index), "rule-without-code")
        elif code in found:
            problems.add(places.rule(index, "code"), "code-twice", word=code)
        else:
            before = base.tables.get(code, {}) if base else {}
            found[code] = (index, code, {**before, **table})
    return list(found.values())


def _check_use(own: Mapping[str, Setting], rules: tuple[Rule, ...], places: Places, problems: Problems) -> None:
    """A setting that nothing reads is misspelt, and would leave the site believing in a limit that is not there."""
    used = {figure for rule in rules for figure in rule.figures} | FIGURE_SETTINGS
    known = {figure for figure in used if any(figure.endswith(ending) for ending in ENDINGS)}
    for name in own:
        if name not in used:
            problems.add_unknown(places.setting(name), "unused-setting", name, known)
