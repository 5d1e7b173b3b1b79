"""How single cells are read: exactly, or not at all."""

import contextlib
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.importers import values, words
from store.importers.cells import BadCell, Fault, Style, Unreadable, column_index, column_name
from store.tables.catalogue import ProductState

COMMA, POINT, UNKNOWN = Style(decimal=","), Style(decimal="."), Style()
DAY_FIRST, MONTH_FIRST = Style(day_first=True), Style(day_first=False)


def refused(function: Any, *given_: Any) -> str:
    with pytest.raises(BadCell) as bad:
        function(*given_)
    return bad.value.code


@pytest.mark.parametrize(
    ("written", "style", "number"),
    [
        ("12", UNKNOWN, "12"),
        ("-3", UNKNOWN, "-3"),
        ("+3", UNKNOWN, "3"),
        ("4,20", UNKNOWN, "4.20"),
        ("4.2", UNKNOWN, "4.2"),
        ("1.234,50", UNKNOWN, "1234.50"),
        ("1,234.50", UNKNOWN, "1234.50"),
        ("1 234,50", COMMA, "1234.50"),
        ("1\u00a0234,50", COMMA, "1234.50"),
        ("1\u202f234,50", COMMA, "1234.50"),
        ("1'234.50", POINT, "1234.50"),
        ("1.234", COMMA, "1234"),
        ("1.234", POINT, "1.234"),
        ("1,234", POINT, "1234"),
        ("0,125", UNKNOWN, "0.125"),
        (4.35, UNKNOWN, "4.35"),
        (0.1 + 0.2, UNKNOWN, "0.3"),
        (12.0, UNKNOWN, "12"),
    ],
)
def test_a_number_is_read_exactly(written: Any, style: Style, number: str) -> None:
    assert values.decimal(written, style) == Decimal(number)


@pytest.mark.parametrize(
    ("written", "style", "code"),
    [
        ("1.234", UNKNOWN, "doubtful-number"),
        ("1,234", UNKNOWN, "doubtful-number"),
        ("4.20", COMMA, "other-decimal-mark"),
        ("4,20", POINT, "other-decimal-mark"),
        ("4,2,0", COMMA, "not-a-number"),
        ("12 zł", COMMA, "not-a-number"),
        ("abc", UNKNOWN, "not-a-number"),
        ("1e5", UNKNOWN, "not-a-number"),
        ("٣", UNKNOWN, "not-a-number"),
        ("NaN", UNKNOWN, "not-a-number"),
        (True, UNKNOWN, "not-a-number"),
        (date(2026, 2, 1), UNKNOWN, "day-for-number"),
        ("0,1234567", COMMA, "too-many-places"),
        (1 / 3, UNKNOWN, "too-many-places"),
        ("1000000000000", COMMA, "too-large"),
        (1e300, UNKNOWN, "too-large"),
        (float("inf"), UNKNOWN, "not-a-number"),
        (float("nan"), UNKNOWN, "not-a-number"),
    ],
)
def test_a_number_in_doubt_is_refused(written: Any, style: Style, code: str) -> None:
    assert refused(values.decimal, written, style) == code


@given(number=st.decimals(min_value=0, max_value=10**11, places=6), mark=st.sampled_from(".,"))
def test_whatever_is_written_is_read_back(number: Decimal, mark: str) -> None:
    assert values.decimal(f"{number:f}".replace(".", mark), Style(decimal=mark)) == number


@given(cell=st.one_of(st.text(), st.floats(), st.booleans(), st.dates(), st.datetimes()))
def test_any_cell_is_read_or_refused_with_a_reason(cell: Any) -> None:
    for read in (values.decimal, values.whole, values.day, values.moment, words.service_level):
        with contextlib.suppress(BadCell):  # anything else fails the test
            read(cell, UNKNOWN)


@pytest.mark.parametrize(
    ("written", "code"), [("1,5", "not-whole"), (1.5, "not-whole"), ("3000000000", "too-large"), ("-1", "too-small")]
)
def test_a_count_is_a_whole_number_that_the_store_can_hold(written: Any, code: str) -> None:
    with pytest.raises(BadCell) as bad:
        values.whole(written, COMMA, least=0)
    assert bad.value.code == code


@pytest.mark.parametrize(
    ("written", "style"),
    [
        ("2026-11-03", UNKNOWN),
        ("2026.11.3", UNKNOWN),
        ("20261103", UNKNOWN),
        ("3.11.2026", UNKNOWN),
        ("03/11/2026", DAY_FIRST),
        ("11/03/2026", MONTH_FIRST),
        ("03-11-2026", DAY_FIRST),
        ("2026-11-03T14:05", UNKNOWN),
        ("3.11.2026 14:05:06", UNKNOWN),
        (date(2026, 11, 3), UNKNOWN),
        (datetime.fromisoformat("2026-11-03T09:30"), UNKNOWN),
        (46329.0, Style(allow_day_numbers=True)),
    ],
)
def test_a_day_is_read_in_many_notations(written: Any, style: Style) -> None:
    assert values.day(written, style) == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("written", "style", "code"),
    [
        ("03/04/2026", UNKNOWN, "doubtful-day"),
        ("30.02.2026", UNKNOWN, "not-a-day"),
        ("yesterday", UNKNOWN, "not-a-day"),
        ("13/13/2026", UNKNOWN, "not-a-day"),
        ("1.1.26", UNKNOWN, "not-a-day"),
        (True, UNKNOWN, "not-a-day"),
        (46329.0, UNKNOWN, "day-as-number"),
        (1e12, Style(allow_day_numbers=True), "not-a-day"),
        (12.0, Style(allow_day_numbers=True), "day-out-of-range"),
        ("2206-01-01", UNKNOWN, "day-out-of-range"),
    ],
)
def test_a_day_in_doubt_is_refused(written: Any, style: Style, code: str) -> None:
    assert refused(values.day, written, style) == code


def test_a_number_for_a_day_says_which_day_it_would_be() -> None:
    with pytest.raises(BadCell) as bad:
        values.day(46329.0, UNKNOWN)
    assert bad.value.facts["day"] == "2026-11-03"


@pytest.mark.parametrize(("written", "same"), [("5/5/2026", date(2026, 5, 5)), ("25/12/2026", date(2026, 12, 25))])
def test_a_day_that_reads_the_same_both_ways_is_no_doubt(written: str, same: date) -> None:
    assert values.day(written, UNKNOWN) == same


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-03 14:05", datetime.fromisoformat("2026-11-03T14:05")),
        ("3.11.2026T07:05", datetime.fromisoformat("2026-11-03T07:05")),
        (datetime.fromisoformat("2026-11-03T09:30"), datetime.fromisoformat("2026-11-03T09:30")),
        ("2026-11-03", date(2026, 11, 3)),
    ],
)
def test_a_moment_keeps_its_time(written: Any, moment: datetime | date) -> None:
    assert values.moment(written, UNKNOWN) == moment


def test_a_time_that_does_not_exist_is_refused() -> None:
    assert refused(values.moment, "2026-11-03 25:61", UNKNOWN) == "not-a-day"


@pytest.mark.parametrize(
    ("written", "text"), [(10023.0, "10023"), ("007", "007"), (5901234123457.0, "5901234123457"), (1.5, "1.5")]
)
def test_a_code_that_a_spreadsheet_took_for_a_number_is_whole_again(written: Any, text: str) -> None:
    assert values.code(written) == text


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("5,90123E+12", "mangled-code"),
        (date(2026, 2, 1), "not-text"),  # 1-2 in a column of codes
        (True, "not-text"),
        ("x" * 81, "too-long"),
        ("a\x00b", "unreadable-character"),
        ("m�ka", "unreadable-character"),
    ],
)
def test_a_spoilt_code_is_refused(written: Any, code: str) -> None:
    assert refused(values.code, written) == code


@pytest.mark.parametrize("written", ["5901234123457", 5901234123457.0, "590-1234-123457", "96385074"])
def test_a_gtin_needs_its_check_digit(written: Any) -> None:
    assert values.gtin(written).isdigit()


@pytest.mark.parametrize(
    ("written", "code"), [("5901234123458", "gtin-check-digit"), ("123", "not-a-gtin"), ("59O1234123457", "not-a-gtin")]
)
def test_a_wrong_gtin_is_refused(written: str, code: str) -> None:
    assert refused(values.gtin, written) == code


@pytest.mark.parametrize(
    ("cell", "value"),
    [("  x ", "x"), ("", None), ("   ", None), (None, None), ('="007"', "007"), ('=""', None), (3.0, 3.0)],
)
def test_a_blank_cell_is_no_value(cell: Any, value: Any) -> None:
    assert values.given(cell) == value


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("=A1*2", "formula-without-value"),
        (Unreadable(Fault.FORMULA), "formula-without-value"),
        (Unreadable(Fault.ERROR, "#REF!"), "formula-error"),
        (Unreadable(Fault.MERGED, "A5"), "merged-cell"),
    ],
)
def test_a_cell_without_a_value_of_its_own_is_not_taken_for_empty(cell: Any, code: str) -> None:
    assert refused(values.given, cell) == code


@pytest.mark.parametrize(
    ("cell", "is_yes"), [("tak", True), ("X", True), (1.0, True), (True, True), ("Nie", False), ("0", False)]
)
def test_yes_and_no_are_known_in_both_languages(cell: Any, is_yes: bool) -> None:
    assert values.yes(cell) is is_yes


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("1,3,5", "1,3,5"),
        (7.0, "7"),
        ("Mon, Wed; fri", "1,3,5"),
        ("pn., śr., pt.", "1,3,5"),
        ("poniedziałek, niedziela", "1,7"),
        ("so,nd", "6,7"),
        ("Mon-Fri", "1,2,3,4,5"),
        ("pt–pn", "1,5,6,7"),
    ],
)
def test_weekdays_are_known_by_number_and_name(written: Any, days: str) -> None:
    assert words.weekdays(written) == days


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("Aktywny", ProductState.ACTIVE),
        ("discontinued", ProductState.DISCONTINUED),
        ("wycofany", ProductState.DISCONTINUED),
        ("nie", ProductState.INACTIVE),
        (True, ProductState.ACTIVE),
    ],
)
def test_states_are_known_in_both_languages(written: Any, state: ProductState) -> None:
    assert words.product_state(written) is state


@pytest.mark.parametrize(("written", "share"), [("95%", "0.95"), ("95", "0.95"), (0.95, "0.95"), ("97,5 %", "0.975")])
def test_a_service_level_is_a_share(written: Any, share: str) -> None:
    assert words.service_level(written, COMMA) == Decimal(share)


@pytest.mark.parametrize(
    ("read", "written", "code"),
    [
        (words.weekdays, "someday", "not-weekdays"),
        (words.time_of_day, "25:00", "not-an-hour"),
        (words.time_of_day, "noon", "not-an-hour"),
        (words.weekdays, "8", "not-weekdays"),
        (words.weekdays, "1-2-3", "not-weekdays"),
        (words.product_state, "new", "not-a-state"),
        (words.country, "Poland", "not-a-country"),
        (words.country, "XY", "not-a-country"),
        (words.currency, "zł", "not-a-currency"),
        (words.language, "polski", "not-a-language"),
        (words.timezone, "Warsaw", "not-a-timezone"),
        (words.emails, "orders@", "not-an-address"),
        (words.domains, "no domain", "not-an-address"),
        (values.yes, "maybe", "not-yes-or-no"),
    ],
)
def test_a_word_that_is_not_known_is_refused(read: Any, written: str, code: str) -> None:
    assert refused(read, written) == code


def test_a_service_level_of_everything_is_refused() -> None:
    assert refused(words.service_level, "100%", COMMA) == "service-level-out-of-range"


@pytest.mark.parametrize(
    ("read", "written", "value"),
    [
        (words.country, "pl", "PL"),
        (words.currency, "pln", "PLN"),
        (words.language, "PL", "pl"),
        (words.timezone, "Europe/Warsaw", "Europe/Warsaw"),
        (
            words.emails,
            "Jan@Baltic.example.com; ola@baltic.example.com",
            ("jan@baltic.example.com", "ola@baltic.example.com"),
        ),
        (words.domains, "@Baltic.example.com", ("baltic.example.com",)),
    ],
)
def test_known_words_are_brought_to_one_form(read: Any, written: str, value: Any) -> None:
    assert read(written) == value


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_letters(index: int, letters: str) -> None:
    assert (column_name(index), column_index(letters)) == (letters, index)
