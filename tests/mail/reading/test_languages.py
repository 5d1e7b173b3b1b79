import tomllib
from importlib.resources import files

import pytest

from mail.reading.concepts import Concept
from mail.reading.lexicon import LANGUAGES, LanguageUnusable, build, language

NEEDED = {"accept", "as_ordered", "deliver", "reject", "backorder", "all", "rest", "except", "negation", "condition", "hedge",
          "future", "received", "line", "price_word", "week_word", "gross", "surcharge", "sign_off", "greeting"}  # fmt: skip


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_knows_its_calendar_and_every_safety_word(code: str) -> None:
    spoken = language(code)
    said = {concept.value for concept in Concept if _has(code, concept)}
    assert said >= NEEDED
    assert spoken.columns


def _has(code: str, concept: Concept) -> bool:
    data = tomllib.loads((files("mail.reading") / "languages" / f"{code}.toml").read_text(encoding="utf-8"))
    assert len(data["months"]) == 12
    assert len(data["weekdays"]) == 7
    return bool(data["phrases"].get(concept.value))


def test_a_phrase_with_two_meanings_is_refused_with_both_named() -> None:
    with pytest.raises(LanguageUnusable, match=r"xx.toml: 'fine' has two meanings: accept and hedge"):
        build("xx", {"phrases": {"accept": ["fine"], "hedge": ["fine"]}})


def test_an_unknown_meaning_is_refused_by_name() -> None:
    with pytest.raises(LanguageUnusable, match=r"no meaning 'acept'"):
        build("xx", {"phrases": {"acept": ["fine"]}})


def test_the_longest_phrase_wins() -> None:
    english = language("en")
    found = english.match(["not", "a", "problem", "at"])
    assert found is not None
    assert (found[0].concept, found[1]) == (Concept.ACCEPT, 3)


def test_umlauts_may_be_spelt_out() -> None:
    german = language("de")
    assert german.match(["bestaetigt"]) == german.match(["bestatigt"])
