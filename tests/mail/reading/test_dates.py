from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.reading.compose import compose
from mail.reading.dates import Calendar
from mail.reading.figures import Day, Vague
from mail.reading.lexicon import language
from mail.reading.scan import tag
from mail.reading.tokens import tokenise
from tests.makers.reading import TODAY, make_desk


def day_in(text: str, code: str = "en", country: str | None = "GB") -> Day | None:
    desk = make_desk(country)
    spoken = language(code)
    atoms = compose(tag(tokenise(text), [spoken, language("en")], desk), spoken, desk)
    return next((atom for atom in atoms if isinstance(atom, Day)), None)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "delivery on 3 December"), ("en", "delivery on December 3rd, 2026"), ("en", "delivery 2026-12-03"),
        ("en", "delivery on 03/12/2026"), ("en", "delivery by 3/12"), ("pl", "dostawa 3 grudnia"), ("pl", "dostawa 3.12."),
        ("pl", "dostawa dnia 3.12.2026 r."), ("pl", "dostawa 3 XII 2026"), ("de", "Lieferung am 3. Dezember"),
        ("de", "Lieferung am Donnerstag, den 3.12."), ("fr", "livraison le 3 décembre"), ("es", "entrega el 3 de diciembre"),
        ("it", "consegna il 3 dicembre"), ("cs", "dodání 3. prosince"), ("uk", "поставка 3 грудня"), ("uk", "поставка 3-го грудня"),
        ("nl", "levering op 3 december"),
    ],
)  # fmt: skip
def test_the_third_of_december_in_nine_languages(code: str, text: str) -> None:
    found = day_in(text, code)
    assert found is not None
    assert found.value == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("code", "text"),
    [("en", "week 49"), ("en", "the end of week 49"), ("de", "KW 49"), ("de", "KW49/26"), ("pl", "tydzień 49"), ("pl", "49 tydzień"),
     ("fr", "semaine 49"), ("es", "semana 49"), ("it", "settimana 49"), ("cs", "ve 49. týdnu"), ("uk", "49-й тиждень"), ("nl", "wk 49")],
)  # fmt: skip
def test_a_calendar_week_is_its_friday(code: str, text: str) -> None:
    found = day_in(text, code)
    assert found is not None
    assert found.value == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("code", "text", "why"),
    [
        ("en", "delivery next Friday", Vague.AMBIGUOUS),
        ("pl", "w przyszły piątek", Vague.AMBIGUOUS),
        ("en", "delivery 3-5 December", Vague.RANGE),
        ("de", "KW 49/50", Vague.RANGE),
        ("en", "in 2-3 weeks", Vague.LEAD_TIME),
        ("de", "in 10 Werktagen", Vague.LEAD_TIME),
        ("en", "early December", Vague.NO_DAY),
        ("en", "delivery on Friday, 3 December", Vague.CONTRADICTION),
        ("en", "delivery on 3 December 2025", Vague.PAST),
    ],
)
def test_what_is_no_firm_day_says_why(code: str, text: str, why: Vague) -> None:
    found = day_in(text, code)
    assert found is not None
    assert (found.value, found.why) == (None, why)


def test_day_or_month_first_is_the_countrys_habit() -> None:
    british, american, unknown = (day_in("delivery on 03/04/2027", country=each) for each in ("GB", "US", None))
    assert british is not None
    assert british.value == date(2027, 4, 3)
    assert american is not None
    assert american.value == date(2027, 3, 4)
    assert unknown is not None
    assert unknown.why is Vague.AMBIGUOUS


@pytest.mark.parametrize("text", ["the price is 4.20", "96 pcs at 3.12 GBP", "10/12 pcs", "phone 22.11.33.44"])
def test_figures_that_only_look_like_dates_are_none(text: str) -> None:
    assert day_in(text) is None


@given(st.integers(min_value=0, max_value=6))
def test_a_weekday_is_the_next_such_day_after_the_message(weekday: int) -> None:
    found = Calendar(TODAY).weekday(weekday)
    assert found.weekday() == weekday
    assert timedelta(days=1) <= found - TODAY <= timedelta(days=7)


@given(st.dates(min_value=TODAY, max_value=TODAY + timedelta(days=250)))
def test_a_day_without_its_year_is_the_next_one(wanted: date) -> None:
    assert Calendar(TODAY).on(wanted.day, wanted.month) == (wanted, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("4. 12.", "4.12"),
        ("26. 2. 2027", "26.2"),
        ("1. 12 pcs", None),  # a list's number and a quantity
        ("3.50. 12.", None),
    ],
)
def test_a_day_written_apart_is_one_token(text: str, told: str | None) -> None:
    apart = [token.folded for token in tokenise(text) if " " in token.text]
    assert apart == ([told] if told else [])


@pytest.mark.parametrize(("weekday", "value"), [("Thursday", date(2026, 12, 3)), ("Friday", None)])
def test_the_weekday_beside_a_day_must_be_its_own(weekday: str, value: date | None) -> None:
    found = day_in(f"delivery on 3 December ({weekday})")
    assert found is not None
    assert found.value == value


def test_a_day_without_its_month_is_the_orders_own_when_it_has_that_number() -> None:
    calendar = Calendar(date(2026, 10, 2), due=date(2026, 11, 4))
    assert calendar.next_day_of_month(4) == date(2026, 11, 4)


def test_a_day_without_its_month_long_before_the_order_is_due_may_be_of_either_month() -> None:
    calendar = Calendar(date(2026, 10, 13), due=date(2026, 11, 4))
    assert calendar.next_day_of_month(25) is None
    assert calendar.next_day_of_month(30) == date(2026, 10, 30)
    assert calendar.next_day_of_month(6) == date(2026, 11, 6)
