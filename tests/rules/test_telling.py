"""Findings in words: every rule has its sentences in every language, and each is filled with the figures it compared."""

from datetime import date
from decimal import Decimal

import pytest

from orders.wording import LANGUAGES, wording
from rules.figures.every import KNOWN
from rules.findings import RULE_FAILED, Shown, Source
from rules.judge import judge
from rules.rulefile import house_rulebook, read_site_rulebook
from rules.telling import advice, figure, sentence, source, title
from rules.vocabulary import Unit
from tests.makers.facts import Case, ReplyCase, make_facts
from tests.makers.purchase import make_line, make_order
from tests.rules.test_judge import DIVIDING
from tests.rules.test_line_rules import FINDS as LINE_FINDS
from tests.rules.test_order_rules import FINDS as ORDER_FINDS
from tests.rules.test_reply_rules import FINDS as REPLY_FINDS

EVERY = [*ORDER_FINDS, *LINE_FINDS, *REPLY_FINDS]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("code", "case"), EVERY)
def test_each_finding_can_be_told_with_what_to_do(language: str, code: str, case: Case | ReplyCase) -> None:
    found = next(each for each in case.findings() if each.code == code)
    words = wording(language)
    told = " ".join((title(found, words), sentence(found, words), advice(found, words), source(found, words)))
    assert "{" not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_figure_that_may_be_lacking_has_a_name(language: str) -> None:
    keys = wording(language).all_keys()
    used = {
        word
        for rule in house_rulebook().rules
        for expression in (rule.applies, rule.when)
        if expression
        for word in expression.words
        if word in KNOWN[rule.scope] and "None" in str(KNOWN[rule.scope][word].compute.__annotations__["return"])
    }
    assert {word for word in used if f"fact.{word.replace('_', '-')}" not in keys} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_source_has_a_name(language: str) -> None:
    assert {f"source.{each.value}" for each in Source} <= wording(language).all_keys()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Line 1: 121 is not a whole number of cases of 12. Order 132."),
        ("pl", "Pozycja 1: 121 to nie jest pełna liczba opakowań po 12. Zamów 132."),
    ],
)
def test_a_finding_names_line_figures_and_what_to_do(language: str, told: str) -> None:
    found = Case(line={"quantity": 121}).findings()[0]
    words = wording(language)
    assert f"{sentence(found, words)} {advice(found, words)}" == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "PLN4.75 is more than 5 % above the last price of PLN4.20."),
        ("pl", "4,75 zł przekracza ostatnią cenę 4,20 zł o więcej niż 5%."),
    ],
)
def test_prices_are_told_with_their_currency(language: str, told: str) -> None:
    case = Case(line={"unit_price": Decimal("4.75")})
    found = next(each for each in case.findings() if each.code == "price-above-last")
    assert sentence(found, wording(language)).replace("\xa0", " ").endswith(told)


@pytest.mark.parametrize(
    ("name", "shown", "told"),
    [
        ("x", Shown(None, Unit.PRICE), "nieznane"),
        ("x", Shown(value=True, unit=Unit.YES_NO), "tak"),
        ("x", Shown(value=False, unit=Unit.YES_NO), "nie"),
        ("x", Shown(1, Unit.DAYS), "1 dzień"),
        ("x", Shown(5, Unit.DAYS), "5 dni"),
        ("x", Shown(Decimal("79.9"), Unit.PERCENT), "79,9%"),
        ("x", Shown(date(2026, 12, 3), Unit.DAY), "czw. 3 gru"),
        ("x", Shown(12_000, Unit.QUANTITY), "12 000"),
        ("x", Shown(Decimal("1234.5"), Unit.MONEY), "1 234,50 zł"),
        ("product_state", Shown("discontinued", Unit.TEXT), "wycofany"),
        ("product_state", Shown("other", Unit.TEXT), "other"),
    ],
)
def test_a_figure_is_written_as_the_language_does(name: str, shown: Shown, told: str) -> None:
    assert figure(name, shown, "PLN", wording("pl")).replace("\xa0", " ") == told


def test_an_amount_without_a_currency_is_a_plain_number() -> None:
    assert figure("x", Shown(Decimal("1.5"), Unit.MONEY), "", wording("en")) == "1.5"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_that_cannot_check_says_what_it_lacked(language: str) -> None:
    found = next(each for each in Case(product={"pack_size": None}).findings() if each.rule == "pack-multiple")
    words = wording(language)
    assert words.say("fact.pack-size") in sentence(found, words)
    assert title(found, words) in sentence(found, words)
    assert advice(found, words)


def test_a_sites_own_rule_is_told_in_its_own_words() -> None:
    own = DIVIDING.replace('says = "x"', 'says = "{quantity} at {unit_price}"\nadvice = "Do."').replace(
        "quantity / (quantity - 120) > 3", "quantity > 3 and unit_price > 1"
    )
    found = judge(make_order(), make_facts(), read_site_rulebook(own))[0]
    assert sentence(found, wording("pl")).replace("\xa0", " ") == "Pozycja 1: 120 at 4,20 zł"
    assert advice(found, wording("pl")) == "Do."


def test_a_rule_that_failed_is_told_by_its_title() -> None:
    found = judge(make_order(make_line()), make_facts(), read_site_rulebook(DIVIDING))[0]
    assert found.code == RULE_FAILED
    assert "Dividing" in sentence(found, wording("en"))
    assert advice(found, wording("en"))
