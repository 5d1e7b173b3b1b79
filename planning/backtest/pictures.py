"""The backtest as pictures: stock against fill, coverage against what was promised, bias by class, sums by origin."""

from base64 import b64encode
from collections.abc import Callable
from io import BytesIO

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from orders.wording import Wording
from planning.backtest.rivals import FORESIGHT, NAIVE, PLAN, PLAN_FOR_FILL, TEXTBOOK
from planning.backtest.run import Backtest
from planning.backtest.scores import SHARES
from planning.classes import CLASSES

INK, GRID = "#1d2733", "#e3e8ee"
COLOURS = {PLAN: "#2f6fde", NAIVE: "#b4741a", TEXTBOOK: "#0f9d76", FORESIGHT: "#8a93a0"}


def pictures(backtest: Backtest, words: Wording) -> dict[str, str]:
    """PNG pictures by name, as text that a page can hold."""
    drawings: dict[str, Callable[[Axes, Backtest, Wording], None]] = {
        "stock": _stock,
        "coverage": _coverage,
        "bias": _bias,
        "sums": _sums,
    }
    return {name: _drawn(draw, backtest, words) for name, draw in drawings.items()}


def _drawn(draw: Callable[[Axes, Backtest, Wording], None], backtest: Backtest, words: Wording) -> str:
    figure = Figure(figsize=(7, 4.2), dpi=110, layout="constrained", facecolor="white")
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(GRID)
    axes.grid(color=GRID)
    axes.set_axisbelow(True)
    axes.tick_params(colors=INK, length=0, labelsize=9)
    draw(axes, backtest, words)
    if len(axes.get_legend_handles_labels()[0]) > 1:
        axes.legend(frameon=False, fontsize=9)
    file = BytesIO()
    figure.savefig(file, format="png", metadata={"Software": None})
    return b64encode(file.getvalue()).decode("ascii")


def _stock(axes: Axes, backtest: Backtest, words: Wording) -> None:
    for method in (PLAN, NAIVE, TEXTBOOK):
        points = backtest.curves.filter(pl.col("method") == method).sort("fill")
        axes.plot(
            points["stock_days"],
            100 * points["fill"],
            "o-",
            color=COLOURS[method],
            markersize=4,
            label=_name(method, words),
        )
    points = backtest.curves.filter(pl.col("method") == PLAN_FOR_FILL).sort("fill")
    axes.plot(
        points["stock_days"],
        100 * points["fill"],
        "--",
        color=COLOURS[PLAN],
        linewidth=1,
        label=_name(PLAN_FOR_FILL, words),
    )
    best = backtest.curves.filter(pl.col("method") == FORESIGHT)
    axes.plot(
        best["stock_days"],
        100 * best["fill"],
        "*",
        color=COLOURS[FORESIGHT],
        markersize=11,
        label=_name(FORESIGHT, words),
    )
    _label(axes, words, "stock-days", "fill")


def _coverage(axes: Axes, backtest: Backtest, words: Wording) -> None:
    axes.plot(
        [50, 100], [50, 100], color=COLOURS[FORESIGHT], linewidth=1, linestyle="--", label=words.say("backtest.ideal")
    )
    overall = backtest.scores.filter(pl.col("demand_class") == "all")
    for method in (PLAN, NAIVE, TEXTBOOK):
        row = overall.row(by_predicate=pl.col("method") == method, named=True)
        covered = [100 * (row[f"covered_q{share * 100:.0f}"] or 0) for share in SHARES]
        axes.plot(
            [100 * share for share in SHARES],
            covered,
            "o-",
            color=COLOURS[method],
            markersize=4,
            label=_name(method, words),
        )
    _label(axes, words, "promised", "covered")


def _bias(axes: Axes, backtest: Backtest, words: Wording) -> None:
    width = 0.27
    for place, method in enumerate((PLAN, NAIVE, TEXTBOOK)):
        rows = backtest.scores.filter((pl.col("method") == method) & (pl.col("demand_class") != "all"))
        found = dict(rows.select("demand_class", "bias").iter_rows())
        heights = [100 * max(-1, min(1, found.get(kind) or 0)) for kind in CLASSES]
        places = [number + (place - 1) * width for number in range(len(CLASSES))]
        axes.bar(places, heights, width, color=COLOURS[method], label=_name(method, words))
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.set_xticks(range(len(CLASSES)), [words.say(f"planning.class.{kind}") for kind in CLASSES])
    axes.set_ylabel(words.say("backtest.axis.bias"), color=INK, fontsize=9)


def _sums(axes: Axes, backtest: Backtest, words: Wording) -> None:
    days = [words.day(day) for day in backtest.origins]
    for method in (PLAN, NAIVE, TEXTBOOK):
        points = backtest.totals.filter(pl.col("method") == method)
        axes.plot(
            days,
            points["expected"],
            "o-",
            color=COLOURS[method],
            markersize=3,
            linewidth=1.3,
            label=_name(method, words),
        )
    sold = backtest.totals.filter(pl.col("method") == PLAN)["sold"]
    axes.plot(days, sold, color=INK, linewidth=2.2, label=words.say("backtest.sold"))
    axes.set_ylim(bottom=0)
    axes.tick_params(axis="x", rotation=45)
    axes.set_ylabel(words.say("backtest.axis.sums", days=backtest.course.horizon), color=INK, fontsize=9)


def _label(axes: Axes, words: Wording, across: str, upward: str) -> None:
    axes.set_xlabel(words.say(f"backtest.axis.{across}"), color=INK, fontsize=9)
    axes.set_ylabel(words.say(f"backtest.axis.{upward}"), color=INK, fontsize=9)


def _name(method: str, words: Wording) -> str:
    return words.say(f"backtest.method.{method}")
