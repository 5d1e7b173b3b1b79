"""The ready answers fit the order that they answer."""

from datetime import date

import pytest

from sandbox.mail.quick_replies import quick_replies

MONDAY = date(2026, 11, 23)
ORDER = """Good morning,

 1. BF-1001  Oat drink 1 l
    Quantity: 120 pcs (10 x 12)   Price: PLN 4.20

 3. BF-1003  Almond drink
    Quantity: 60 pcs (5 x 12)   Price: PLN 7.00
"""


def words(text: str, language: str = "en") -> dict[str, str]:
    return {each.id: each.text for each in quick_replies(text, language, MONDAY)}


def test_fewer_cartons_than_ordered_are_offered_for_the_first_line() -> None:
    assert "line 1 (BF-1001): only 7 cartons, delivery on Thursday" in words(ORDER)["fewer"]


def test_the_last_line_is_the_one_that_is_sold_out() -> None:
    assert "line 3 (BF-1003) is sold out" in words(ORDER)["sold-out"]


def test_a_new_price_is_a_little_above_the_old_one() -> None:
    assert "4.45" in words(ORDER)["dearer"]


def test_polish_suppliers_answer_in_polish() -> None:
    assert "tylko 7 kartonów, dostawa w czwartek" in words(ORDER, "pl")["fewer"]


def test_a_later_day_is_a_working_day() -> None:
    saturday = date(2026, 11, 28)
    (later,) = [each.text for each in quick_replies("", "en", saturday) if each.id == "later"]
    assert "14 December" in later


def test_a_mail_without_order_lines_gets_only_general_answers() -> None:
    assert set(words("When will you pay?")) == {"all-confirmed", "later", "question", "away"}


@pytest.mark.parametrize("language", ["de", ""])
def test_other_languages_are_answered_in_english(language: str) -> None:
    assert words(ORDER, language) == words(ORDER, "en")


def test_only_the_absence_note_is_automatic() -> None:
    assert [each.id for each in quick_replies(ORDER, "en", MONDAY) if each.automatic] == ["away"]
