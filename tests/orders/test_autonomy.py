"""The ladder of autonomy: earned by agreement, lost by one mistake, never climbed by itself where nobody allowed it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy import stats

from orders.answer_sorts import AnswerSort
from orders.autonomy import Autonomy, Ruling, Rung, Standing, Trial, lower_bound, standing

START = datetime(2026, 11, 1, tzinfo=UTC)
ALLOWED = Autonomy(may_earn=frozenset({AnswerSort.FEWER}))


def trials(*verdicts: bool, begin: int = 0, booked: bool = False) -> list[Trial]:
    return [Trial(each, START + timedelta(hours=begin + at), booked) for at, each in enumerate(verdicts)]


def climbed(
    *known: Trial, sort: AnswerSort = AnswerSort.FEWER, ruling: Ruling | None = None, autonomy: Autonomy = ALLOWED
) -> Standing:
    return standing(sort, known, ruling, autonomy)


@given(some.integers(1, 200), some.data())
def test_the_bound_is_that_of_clopper_and_pearson(count: int, data: some.DataObject) -> None:
    agreed = data.draw(some.integers(0, count))
    exact = 0.0 if agreed == 0 else stats.beta.ppf(0.05, agreed, count - agreed + 1)
    assert lower_bound(agreed, count, 0.95) == pytest.approx(exact, abs=1e-9)


def test_everything_starts_in_shadow_but_a_full_acceptance() -> None:
    assert climbed().rung is Rung.SHADOW
    full = climbed(sort=AnswerSort.ACCEPTED)
    assert (full.rung, full.may_book) == (Rung.GRANTED, True)


def test_fifty_nine_agreements_in_a_row_are_just_enough() -> None:
    assert climbed(*trials(*[True] * 58)).rung is Rung.SHADOW
    earned = climbed(*trials(*[True] * 59))
    assert (earned.rung, earned.may_book, earned.trials) == (Rung.EARNED, True, 59)


def test_by_default_nothing_wider_than_a_full_acceptance_is_ever_booked() -> None:
    earned = climbed(*trials(*[True] * 300), autonomy=Autonomy())
    assert (earned.rung, earned.may_book) == (Rung.EARNED, False)


def test_disagreements_keep_it_in_shadow_until_they_are_outweighed() -> None:
    assert climbed(*trials(*[True] * 59, False)).rung is Rung.SHADOW
    assert climbed(*trials(False, *[True] * 120)).rung is Rung.EARNED


def test_one_wrong_booking_loses_it_and_counting_starts_anew() -> None:
    known = [*trials(*[True] * 100), *trials(False, begin=100, booked=True)]
    assert climbed(*known).rung is Rung.LOST
    assert climbed(*known, *trials(*[True] * 58, begin=101)).rung is Rung.LOST
    assert climbed(*known, *trials(*[True] * 59, begin=101)).rung is Rung.EARNED


def test_a_full_acceptance_is_lost_in_the_same_way() -> None:
    lost = climbed(*trials(False, booked=True), sort=AnswerSort.ACCEPTED)
    assert (lost.rung, lost.may_book) == (Rung.LOST, False)


def test_a_person_may_hold_it_in_shadow_or_grant_it() -> None:
    held = climbed(*trials(*[True] * 100), ruling=Ruling(Rung.HELD, START))
    granted = climbed(ruling=Ruling(Rung.GRANTED, START))
    assert (held.rung, held.may_book) == (Rung.HELD, False)
    assert (granted.rung, granted.may_book) == (Rung.GRANTED, True)


def test_what_was_granted_is_lost_with_a_wrong_booking_after_it() -> None:
    wrong = trials(False, begin=5, booked=True)
    assert climbed(*wrong, ruling=Ruling(Rung.GRANTED, START)).rung is Rung.LOST
    assert climbed(*wrong, ruling=Ruling(Rung.GRANTED, START + timedelta(hours=6))).rung is Rung.GRANTED


@pytest.mark.parametrize("sort", [AnswerSort.MORE, AnswerSort.DEARER, AnswerSort.SUBSTITUTED, AnswerSort.REJECTED])
def test_more_goods_a_higher_price_or_another_article_are_never_booked_alone(sort: AnswerSort) -> None:
    bold = Autonomy(may_earn=frozenset(AnswerSort))
    assert not standing(sort, trials(*[True] * 300), Ruling(Rung.GRANTED, START), bold).may_book


def test_only_the_newest_four_hundred_count() -> None:
    assert climbed(*trials(*[False] * 100, *[True] * 400)).trials == 400
