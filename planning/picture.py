"""The course of one item as a picture: weeks sold and to come above, stock day by day below."""

from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from orders.wording import Wording
from planning.course import Course

ROOM = 1.35  # of the height of what is drawn, so that the legend stands above it
_INK, _BAR, _FAN, _STOCK, _ORDER, _OUT, _GRID = (
    "#1d2733", "#2f6fde", "#9bbcf2", "#0f9d76", "#b35c00", "#c62b3d", "#e3e8ee",
)  # fmt: skip


def picture_of(course: Course, words: Wording, *, title: str = "") -> bytes:
    """A PNG of 1320 × 960; drawn without pyplot, so that threads do not share a figure."""
    figure = Figure(figsize=(11, 8), dpi=120, layout="constrained", facecolor="white")
    figure.suptitle(
        title or f"{course.sku} · {course.location}", x=0.01, ha="left", color=_INK, fontsize=15, fontweight="bold"
    )
    sold, stock = figure.subplots(2, 1)
    _draw_weeks(sold, course, words)
    _draw_stock(stock, course, words)
    for axes in (sold, stock):
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.grid(axis="y", color=_GRID)
        axes.set_axisbelow(True)
        axes.tick_params(colors=_INK, length=0, labelsize=9)
        axes.set_ylim(0, ROOM * max(_tallest(axes), 1.0))
        axes.legend(frameon=False, fontsize=9, labelcolor=_INK, loc="upper right", ncols=3)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def alt_text(course: Course, words: Wording) -> str:
    """The picture in a sentence, for those who cannot see it."""
    week = next(week for week in course.weeks if week.sold is None)
    return words.say(
        "course.alt",
        sku=course.sku,
        low=f"{week.low:.0f}",
        high=f"{week.high:.0f}",
        now=f"{course.days[0].middle:.0f}",
        out=words.day(course.stockout_p50) if course.stockout_p50 else words.say("course.not-soon"),
    )


def _tallest(axes: Axes) -> float:
    """The height of what is drawn; limits that are found automatically stick to the edges of bars."""
    axes.autoscale_view()
    return float(axes.dataLim.ymax)


def _draw_weeks(axes: Axes, course: Course, words: Wording) -> None:
    past = [week for week in course.weeks if week.sold is not None]
    coming = [week for week in course.weeks if week.sold is None]
    past_labels = [_short(words, week.first) for week in past]
    labels = [_short(words, week.first) for week in coming]
    axes.bar(past_labels, [week.sold or 0 for week in past], color=_BAR, width=0.65, label=words.say("course.sold"))
    axes.bar(
        labels,
        [week.high - week.low for week in coming],
        bottom=[week.low for week in coming],
        color=_FAN,
        width=0.65,
        label=words.say("course.fan"),
    )
    axes.plot(
        labels, [week.middle for week in coming], color=_INK, marker="_", markersize=22, linestyle="none",
        label=words.say("course.middle"),
    )  # fmt: skip
    axes.set_title(words.say("course.weeks"), color=_INK, loc="left", fontsize=11)
    axes.tick_params(axis="x", rotation=45)


def _draw_stock(axes: Axes, course: Course, words: Wording) -> None:
    days = [float(day.day.toordinal()) for day in course.days]
    axes.fill_between(
        days, [day.low for day in course.days], [day.high for day in course.days], color=_STOCK, alpha=0.22,
        linewidth=0, label=words.say("course.stock-fan"),
    )  # fmt: skip
    axes.plot(days, [day.middle for day in course.days], color=_STOCK, linewidth=2.2, label=words.say("course.stock"))
    if course.order_quantity > 0:
        axes.plot(
            days, [day.ordered for day in course.days], color=_ORDER, linewidth=1.8, linestyle="--",
            label=words.say("course.ordered", quantity=f"{course.order_quantity:g}", day=words.day(course.arrives)),
        )  # fmt: skip
    axes.axhline(
        course.reorder_point, color=_INK, linewidth=1, linestyle=":",
        label=words.say("course.point", point=f"{course.reorder_point:g}"),
    )  # fmt: skip
    first = course.stockout_p20
    if first is not None:
        last = course.stockout_p80 or course.days[-1].day
        key = "course.window" if last > first else "course.window-one"
        window = words.say(key, early=words.day(first), late=words.day(last))
        start, end = float(first.toordinal()), float(last.toordinal())
        axes.axvspan(start - 0.5, end + 0.5, color=_OUT, alpha=0.12, linewidth=0, label=window)
    arriving = [(when, day) for when, day in zip(days, course.days, strict=True) if day.arriving]
    if arriving:
        axes.plot(
            [when for when, _ in arriving], [day.middle for _, day in arriving], marker="^", markersize=9, color=_STOCK,
            linestyle="none", label=words.say("course.arriving"),
        )  # fmt: skip
    ticks = course.days[::7]
    axes.set_xticks([float(day.day.toordinal()) for day in ticks], [_short(words, day.day) for day in ticks])
    axes.set_title(words.say("course.stock-days"), color=_INK, loc="left", fontsize=11)
    axes.margins(x=0.01)


def _short(words: Wording, day: object) -> str:
    return words.day(day).split(maxsplit=1)[-1]  # type: ignore[arg-type]
