"""What people type in English and Polish, and what is understood of it: the tables of two shops."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from bot.language.intents import ACTING, Intent
from bot.language.understanding import Understood, understand
from orders.context import ReadingContext, context_from_json
from tests.makers.chat import make_chat_context


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of the table."""

    sentence: str
    intent: str
    named: dict[str, str]
    is_sure: bool
    shop: str


def _expected(line: str, shop: str) -> Expected:
    sentence, meant = line.rsplit(" -> ", 1)
    intent, *rest = meant.split()
    named = dict(each.split("=") for each in rest if each != "?")
    return Expected(sentence, intent, named, "?" not in rest, shop)


HERE = Path(__file__).parent
TABLE = [
    _expected(line, shop)
    for shop in ("sentences", "corner-shop")
    for line in (HERE / f"{shop}.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@cache
def context(shop: str) -> ReadingContext:
    if shop == "sentences":
        return make_chat_context()
    return context_from_json((HERE / f"{shop}.json").read_text(encoding="utf-8"))


def _named(said: Understood) -> dict[str, str]:
    slots = said.slots
    since, until = slots.date_from, slots.date_to
    told = {
        "p": ",".join(slots.products),
        "l": ",".join(slots.locations),
        "o": ",".join(number.rsplit("-", 1)[-1].lstrip("0") for number in slots.orders),
        "s": ",".join(slots.suppliers),
        "q": "" if slots.quantity is None else str(slots.quantity),
        "d": f"{since or ''}..{until or ''}" if since or until else "",
    }
    return {name: value for name, value in told.items() if value}


def test_the_table_is_large_and_names_every_intent() -> None:
    assert len(TABLE) >= 150
    assert {each.intent for each in TABLE} == {intent.value for intent in Intent}


@pytest.mark.parametrize("expected", TABLE, ids=[each.sentence for each in TABLE])
def test_a_sentence_means_what_the_table_says(expected: Expected) -> None:
    said = understand(expected.sentence, context(expected.shop))
    assert (said.intent.value, said.sure) == (expected.intent, expected.is_sure)
    if expected.is_sure or expected.named:
        assert _named(said) == expected.named


@pytest.mark.parametrize("expected", TABLE, ids=[each.sentence for each in TABLE])
def test_capitals_and_missing_diacritics_change_no_intent(expected: Expected) -> None:
    bare = expected.sentence.translate(str.maketrans("ąćęłńóśźż", "acelnoszz"))
    assert understand(bare, context(expected.shop)).intent == expected.intent
    assert (
        understand(re.sub(r"^.", lambda first: first[0].upper(), bare), context(expected.shop)).intent
        == expected.intent
    )


@pytest.mark.parametrize("expected", TABLE, ids=[each.sentence for each in TABLE])
def test_what_is_not_sure_is_never_without_a_choice_or_a_kind_answer(expected: Expected) -> None:
    said = understand(expected.sentence, context(expected.shop))
    assert said.acts == (said.intent in ACTING)
    assert not (said.sure and said.candidates)
