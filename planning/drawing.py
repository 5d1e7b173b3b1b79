"""The course of one item for a terminal: bars of characters, as wide as a page of text."""

from collections.abc import Sequence

from orders.wording import Wording
from planning.course import Course

_LEVELS = " ▁▂▃▄▅▆▇█"
_ROWS = 6
_FULL, _FAN, _EMPTY = "█", "░", " "


def drawing_of(course: Course, words: Wording) -> tuple[str, ...]:
    """Lines of text: weeks sold and to come, then stock day by day with arrivals and the stock-out window below."""
    past = [week.sold for week in course.weeks if week.sold is not None]
    coming = [week for week in course.weeks if week.sold is None]
    most = max([1.0, *past, *(week.high for week in coming)])
    told = words.say(
        "course.draw-weeks",
        past=_bars(past, most),
        low=_bars([week.low for week in coming], most),
        middle=_bars([week.middle for week in coming], most),
        high=_bars([week.high for week in coming], most),
        most=f"{most:.0f}",
    )
    return (*told.splitlines(), "", words.say("course.draw-stock"), *_stock(course, words))


def _bars(values: Sequence[float], most: float) -> str:
    """One character a value; what is more than nothing is never shown as nothing."""
    steps = len(_LEVELS) - 1
    return "".join(_LEVELS[0 if value <= 0 else max(1, round(steps * value / most))] for value in values)


def _stock(course: Course, words: Wording) -> list[str]:
    most = max([1.0, course.reorder_point, *(day.high for day in course.days)])
    lines = []
    for row in range(_ROWS, 0, -1):
        floor = most * (row - 1) / _ROWS + most / _ROWS / 2
        cells = "".join(_FULL if day.middle >= floor else _FAN if day.high >= floor else _EMPTY for day in course.days)
        lines.append(f"{most * row / _ROWS:>8.0f} │{cells}")
    marks = "".join("▲" if day.arriving else _out_mark(course, place) for place, day in enumerate(course.days))
    lines.append(f"{'':>8} └{marks}")
    first, last = words.day(course.days[0].day), words.day(course.days[-1].day)
    lines.append(f"{'':>10}{first}{last.rjust(len(course.days) - len(first))}")
    lines.append(f"{'':>10}{words.say('course.draw-legend')}")
    return lines


def _out_mark(course: Course, place: int) -> str:
    day, first = course.days[place].day, course.stockout_p20
    is_within = first is not None and first <= day <= (course.stockout_p80 or course.days[-1].day)
    return "×" if is_within else "─"
