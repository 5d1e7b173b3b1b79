"""The ladder of autonomy: when the reading of one supplier's answers of one sort may be booked with nobody looking.

Each decision of a person is a trial: the reading was booked as it stood, or it was not. Automatic booking is earned when
the lower confidence bound of that agreement passes the bar, and lost with one wrong booking: then counting starts anew.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from orders.answer_sorts import EARNABLE, AnswerSort

TRIALS_KEPT = 400  # the newest of them count: a supplier that changed its ways is judged by its new ones


class Rung(StrEnum):
    """Where a supplier's answers of one sort stand."""

    SHADOW = "shadow"  # read, put before a person, compared with what the person does
    EARNED = "earned"  # agreement has passed the bar
    GRANTED = "granted"  # a person said so, without waiting for the bar
    HELD = "held"  # a person said that it must stay in shadow
    LOST = "lost"  # a booking was wrong, and the bar has not been passed since


@dataclass(frozen=True, slots=True)
class Autonomy:
    """The shop's choice: which sorts may be earned at all (none: all stay in shadow), and how sure one must be."""

    may_earn: frozenset[AnswerSort] = frozenset()
    bar: float = 0.95  # the share of answers that must be read as a person reads them
    confidence: float = 0.95


NOTHING_EARNED = Autonomy()


@dataclass(frozen=True, slots=True)
class Trial:
    """One answer that a person has judged. `was_booked` when the program had booked it by itself before."""

    agreed: bool
    at: datetime
    was_booked: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person said of one supplier's answers of one sort."""

    rung: Rung  # GRANTED or HELD
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """Where answers of one sort stand, with the figures that it rests on."""

    sort: AnswerSort
    rung: Rung
    trials: int
    agreed: int
    bound: float  # lower confidence bound of the agreement
    may_book: bool  # and the shop allows it


def lower_bound(agreed: int, trials: int, confidence: float) -> float:
    """One-sided lower confidence bound of a share, exact.

    Clopper and Pearson, Biometrika 26 (1934), 404-413: the share at which `agreed` or more of `trials` would have just
    the probability 1 - confidence. Exact, hence never less careful than promised; Wilson's bound, near one, can be.
    """
    if agreed == 0:
        return 0.0
    chance = 1.0 - confidence
    if agreed == trials:
        return float(chance ** (1.0 / trials))
    low, high = 0.0, agreed / trials
    for _ in range(50):
        middle = (low + high) / 2
        if _at_least(agreed, trials, middle) < chance:
            low = middle
        else:
            high = middle
    return low


def _at_least(agreed: int, trials: int, share: float) -> float:
    """P(X >= agreed) of a binomial; the logarithms keep large binomial coefficients from overflowing."""
    if share <= 0.0:
        return 0.0
    return math.fsum(
        math.exp(
            math.lgamma(trials + 1)
            - math.lgamma(hits + 1)
            - math.lgamma(trials - hits + 1)
            + hits * math.log(share)
            + (trials - hits) * math.log1p(-share)
        )
        for hits in range(agreed, trials + 1)
    )


def standing(sort: AnswerSort, trials: Iterable[Trial], ruling: Ruling | None, autonomy: Autonomy) -> Standing:
    """Where answers of this sort stand after these trials (oldest first) and a person's ruling.

    A full acceptance is booked from the start, as the contract has it; it too is lost with one wrong booking.
    """
    known = list(trials)
    mistakes = [each.at for each in known if each.was_booked and not each.agreed]
    lost_at = max(mistakes, default=None)
    counted = [each for each in known if lost_at is None or each.at > lost_at][-TRIALS_KEPT:]
    agreed = sum(each.agreed for each in counted)
    bound = lower_bound(agreed, len(counted), autonomy.confidence)
    rung = _rung(sort, ruling, lost_at, has_passed=bound >= autonomy.bar)
    may_book = rung in {Rung.EARNED, Rung.GRANTED} and _is_allowed(sort, autonomy)
    return Standing(sort, rung, len(counted), agreed, bound, may_book)


def _rung(sort: AnswerSort, ruling: Ruling | None, lost_at: datetime | None, *, has_passed: bool) -> Rung:
    if ruling is not None and ruling.rung is Rung.HELD:
        return Rung.HELD
    if ruling is not None and ruling.rung is Rung.GRANTED and (lost_at is None or ruling.at > lost_at):
        return Rung.GRANTED
    if has_passed:
        return Rung.EARNED
    if lost_at is not None:
        return Rung.LOST
    return Rung.GRANTED if sort is AnswerSort.ACCEPTED else Rung.SHADOW


def _is_allowed(sort: AnswerSort, autonomy: Autonomy) -> bool:
    return sort is AnswerSort.ACCEPTED or (sort in EARNABLE and sort in autonomy.may_earn)
