"""Conditions of rules: ZEN expressions over the closed vocabulary, checked when the rulebook is read, exact when evaluated.

ZEN (https://docs.gorules.io/learn/zen-language/syntax) calculates in decimals of 28 digits, but a Python float would reach
it already rounded to binary, and a Decimal is refused. So values are handed over as JSON text, whose numbers it reads
digit by digit. What ZEN would let pass silently is refused here: an unknown word (null), an assignment, a random number.
"""

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import zen
from rapidfuzz import process

from rules.vocabulary import Unit, Value

FUNCTIONS = frozenset(
    {
        "abs",
        "ceil",
        "contains",
        "endsWith",
        "floor",
        "len",
        "lower",
        "max",
        "min",
        "round",
        "startsWith",
        "sum",
        "upper",
    }
)
_KEYWORDS = frozenset({"and", "or", "not", "in", "true", "false", "null"})
_TOKENS = re.compile(
    r"""(?P<space>\s+)|(?P<text>'[^']*'|"[^"]*")|(?P<number>\d+(?:\.\d+)?)|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"""
    r"""|(?P<sign>[<>=!]=|\.\.|\?\?|[-+*/%^()\[\],<>?:.])|(?P<strange>.)""",
    re.DOTALL,
)
_NEAR = 60  # of 100: below it a suggestion would only confuse
_MOST_SPECIMENS = 256
_ANSWERS_KEPT = 16_384  # most lines of a plan give most rules figures that another line gave before


class ExpressionFailed(ArithmeticError):
    """The condition could not be computed from these figures, for instance because it divides by zero."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with an expression: a kebab-case code, and what its sentence mentions."""

    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked condition: its text and the words it uses."""

    text: str
    words: tuple[str, ...]
    compiled: Any

    def holds(self, figures: Mapping[str, Value]) -> bool:
        """True when the condition is met; all its words must be known. Raises ExpressionFailed."""
        return self.holds_of({word: written(figures[word]) for word in self.words})

    def holds_of(self, texts: Mapping[str, str]) -> bool:
        """The same of figures that are `written` already, since many rules look at one figure."""
        return _answer(self.compiled, "{" + ",".join([f'"{word}":{texts[word]}' for word in self.words]) + "}")


def read_expression(text: str, known: Mapping[str, Unit]) -> Expression | list[Flaw]:
    """The expression, or everything that is wrong with it. `known` are the words that it may use."""
    tokens = list(_tokens(text))
    flaws = [*_strange(tokens), *_unknown(tokens, known)]
    if flaws:
        return flaws
    verdict = zen.validate_expression(text)
    if verdict is not None:
        return [Flaw("bad-expression", {"expression": text, "why": verdict["source"]})]
    words = tuple(dict.fromkeys(word for word, is_function in _words(tokens) if not is_function))
    expression = Expression(text, words, zen.compile_expression(text))
    return _try_out(expression, known) or expression


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like this one; empty text when none does."""
    found = process.extractOne(word, sorted(known), score_cutoff=_NEAR)
    return found[0] if found else ""


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for found in _TOKENS.finditer(text):
        kind = str(found.lastgroup)
        if kind != "space":
            yield kind, found.group()


def _strange(tokens: list[tuple[str, str]]) -> list[Flaw]:
    """Signs that ZEN would take for something else: a lone `=` assigns, backticks and `#` hide words."""
    return [
        Flaw("single-equals-sign", {}) if sign == "=" else Flaw("strange-sign", {"sign": sign})
        for kind, sign in tokens
        if kind == "strange" or (kind == "sign" and sign == ".")
    ]


def _words(tokens: list[tuple[str, str]]) -> Iterator[tuple[str, bool]]:
    followers = itertools.chain((sign for _, sign in tokens[1:]), ("",))
    for (kind, word), follower in zip(tokens, followers, strict=False):
        if kind == "word" and word not in _KEYWORDS:
            yield word, follower == "("


def _unknown(tokens: list[tuple[str, str]], known: Mapping[str, Unit]) -> Iterator[Flaw]:
    for word, is_function in _words(tokens):
        if is_function and word not in FUNCTIONS:
            yield Flaw("unknown-function", {"word": word, "nearest": nearest(word, FUNCTIONS)})
        elif not is_function and word not in known:
            yield Flaw("unknown-fact", {"word": word, "nearest": nearest(word, known)})
        elif not is_function and known[word] is Unit.DAY:
            yield Flaw("day-in-expression", {"word": word})


def _try_out(expression: Expression, known: Mapping[str, Unit]) -> list[Flaw]:
    """Evaluate with made-up figures of the right kind; what fails with all sorts of them compares apples with pears."""
    for specimen in itertools.islice(_specimens(expression.words, known), _MOST_SPECIMENS):
        try:
            expression.holds(specimen)
        except ExpressionFailed as failed:
            return [Flaw("expression-fails", {"expression": expression.text, "why": str(failed)})]
    return []


def _specimens(words: tuple[str, ...], known: Mapping[str, Unit]) -> Iterator[dict[str, Value]]:
    """Rising, falling, small and large numbers, so that both sides of an `and` are reached; each truth both ways."""
    truths = [word for word in words if known[word] is Unit.YES_NO]
    for start, step in ((2, 3), (4001, -7), (1, 0), (100_000, 1)):
        for answers in itertools.product((True, False), repeat=len(truths)):
            yield {
                **{word: _specimen(known[word], start + step * place) for place, word in enumerate(words)},
                **dict(zip(truths, answers, strict=True)),
            }


def _specimen(unit: Unit, number: int) -> Value:
    return number if unit.is_number else f"text {number}"


@lru_cache(maxsize=_ANSWERS_KEPT)
def _answer(compiled: Any, figures: str) -> bool:
    try:
        answer = compiled.evaluate(figures)
    except RuntimeError as error:
        raise ExpressionFailed(_reason(str(error))) from error
    if not isinstance(answer, bool):
        raise ExpressionFailed(f"it gives {json.dumps(answer)}, not true or false")
    return answer


def _reason(message: str) -> str:
    """The library's own words without the stack trace that it adds."""
    first = message.partition("\n")[0]
    try:
        return str(json.loads(first)["source"])
    except (ValueError, KeyError, TypeError):
        return first


def written(value: Value) -> str:
    """A figure as JSON text, exact to the last digit."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(value.isoformat() if isinstance(value, date) else value)
