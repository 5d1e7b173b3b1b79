"""Answers put together from statements about lines are read back as they were meant, in any order."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.makers.reading import DELIVERY
from tests.makers.supplier_mail import line_of, make_mail, read_mail

LINES = {1: (120, 12, "4.20"), 2: (60, 6, "3.10"), 3: (48, 8, "11.90")}
FEWER = st.integers(min_value=2, max_value=5)


@st.composite
def statements(draw: st.DrawFn) -> list[tuple[int, str, str, int]]:
    """For each line in some order: how it is said, the outcome and the quantity that it must read."""
    said = []
    for line in draw(st.permutations(list(LINES))):
        ordered, pack, _ = LINES[line]
        cases = draw(FEWER)
        said.append(
            draw(
                st.sampled_from(
                    [
                        (line, f"BF-100{line}: ok", "accepted", ordered),
                        (line, f"BF-100{line}: sold out", "rejected", 0),
                        (line, f"BF-100{line}: only {cases * pack} pcs", "changed", cases * pack),
                        (line, f"BF-100{line}: only {cases} cartons", "changed", cases * pack),
                        (line, f"BF-100{line}: {pack} pcs missing", "changed", ordered - pack),
                    ]
                )
            )
        )
    return said


@settings(max_examples=60, deadline=None)
@given(statements(), st.sampled_from(["\n", ". ", "; "]))
def test_lines_are_read_back_in_any_order_and_however_they_are_strung_together(
    said: list[tuple[int, str, str, int]], joiner: str
) -> None:
    reading = read_mail(make_mail(joiner.join(text for _, text, _, _ in said) + "\n"))
    for line, text, outcome, quantity in said:
        assert line_of(reading, line)[:2] == (outcome, quantity), text
    assert reading.responses[0].understood


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=1, max_value=9))
def test_cases_and_pieces_of_one_quantity_read_the_same(cases: int) -> None:
    by_cases = read_mail(make_mail(f"Line 1: only {cases} cartons, rest ok."))
    by_pieces = read_mail(make_mail(f"Line 1: only {cases * 12} pcs, rest ok."))
    assert line_of(by_cases, 1) == line_of(by_pieces, 1)


@settings(max_examples=60, deadline=None)
@given(st.dates(min_value=date(2026, 12, 2), max_value=date(2027, 4, 30)))
def test_every_way_to_write_a_day_is_the_same_day(day: date) -> None:
    ways = [day.isoformat(), f"{day.day}.{day.month}.{day.year}", f"{day:%d/%m/%Y}", f"{day.day} {day:%B} {day.year}"]
    for way in ways:
        reading = read_mail(make_mail(f"All confirmed, delivery {way}."))
        assert line_of(reading, 1) == ("changed", 120, "4.20", [f"{day}:120"]), way
    assert day != DELIVERY


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("Only the oat drinks: 8 cartons. Everything else as ordered.", 1, ("changed", 96)),
        ("All fine except two things:\nline 1: 96 pcs\nline 2: sold out", 3, ("accepted", 48)),
        ("All fine except two things:\nline 1: 96 pcs\nline 2: sold out", 2, ("rejected", 0)),
        ("Line 1: 96 pcs, and no more will be made. The other lines are confirmed.", 1, ("changed", 96)),
        ("Line 1: 96 pcs, the rest is cancelled. Lines 2 and 3 ok.", 1, ("changed", 96)),
        ("Line 1: half now, the other half on 8 December. Rest as ordered.", 1, ("changed", 120)),
        ("The only change: line 2 is 54 pcs.", 3, ("accepted", 48)),
        ("Lines 1 and 2 ok, the 3 is cancelled.", 3, ("rejected", 0)),
        ("Exactly 24 are missing on line 1, everything else ok.", 1, ("changed", 96)),
    ],
)
def test_what_clerks_say_in_passing_is_understood(text: str, line: int, expected: tuple[str, int]) -> None:
    reading = read_mail(make_mail(text))
    assert reading.responses[0].understood, [reason.code for reason in reading.reasons]
    assert line_of(reading, line)[:2] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Lines 1 and 2 only.",
        "Line 2, BF-1001: 96 pcs.",
        "Yes, received.",
        "You will get our confirmation tomorrow.",
        "We confirm with remarks: line 1 96 pcs.",
        "Cables and BF-1002 as ordered.",
        "Both lines are fine.",
        "Line 1: 24 more.",
        "The rest: 20 pcs cancelled.",
        "As soon as January is paid I can confirm everything.",
        "Line 1: 900 cartons.",
    ],
)
def test_what_could_mean_something_else_goes_to_a_person(text: str) -> None:
    assert not any(response.understood for response in read_mail(make_mail(text)).responses)
