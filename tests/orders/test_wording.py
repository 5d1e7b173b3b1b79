"""Words for people."""

import string
from datetime import date
from decimal import Decimal

import pytest

from orders.money import Money
from orders.wording import LANGUAGES, UnknownWord, Wording, wording


def placeholders(words: Wording, key: str) -> set[str]:
    found = words._messages[key]
    forms = [found] if isinstance(found, str) else found
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_has_a_sentence_in_every_language(language: str) -> None:
    assert wording(language).all_keys() == wording("en").all_keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty(language: str) -> None:
    sentences = wording(language)._messages
    assert [key for key, found in sentences.items() if not found or (isinstance(found, tuple) and not all(found))] == []


def test_a_sentence_mentions_the_same_facts_in_every_language() -> None:
    english, polish = wording("en"), wording("pl")
    assert [key for key in english.all_keys() if placeholders(english, key) != placeholders(polish, key)] == []


def test_an_unknown_language_is_served_in_english() -> None:
    assert wording("xx").language == "en"


def test_an_unknown_key_is_a_defect() -> None:
    with pytest.raises(UnknownWord, match=r"no\.such\.key"):
        wording("pl").say("no.such.key")


@pytest.mark.parametrize(
    ("number", "form"),
    [(1, "1 karton"), (2, "2 kartony"), (5, "5 kartonów"), (22, "22 kartony"), (112, "112 kartonów")],
)
def test_polish_counts_in_three_forms(number: int, form: str) -> None:
    polish = Wording("pl", {"cases": ("{number} karton", "{number} kartony", "{number} kartonów")})
    assert polish.count("cases", number) == form


def test_money_is_written_as_the_language_does() -> None:
    assert wording("pl").money(Money(Decimal("1234.5"), "PLN")).replace("\xa0", " ") == "1 234,50 zł"


def test_a_unit_price_keeps_all_its_decimals() -> None:
    assert wording("en").price(Decimal("0.0435"), "EUR") == "€0.0435"


def test_a_day_is_short() -> None:
    assert wording("en").day(date(2026, 12, 3)) == "Thu 3 Dec"
