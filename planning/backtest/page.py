"""The backtest as one HTML page that needs nothing beside itself."""

from decimal import Decimal
from importlib.resources import files
from typing import Any

import polars as pl
from jinja2 import Environment, StrictUndefined

from orders.wording import Wording
from planning.backtest.pictures import pictures
from planning.backtest.rivals import NAIVE, PLAN, TEXTBOOK
from planning.backtest.run import Backtest
from planning.backtest.stock_trial import stock_at_fill

FILLS = (0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98)
SHARE_COLUMNS = ("q50", "q80", "q90", "q95", "q99")


def page(backtest: Backtest, words: Wording) -> str:
    """The report: headline, pictures with what they show, and the figures behind them."""
    template = files("planning.backtest").joinpath("templates/report.html").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(template).render(
        language=words.language,
        say=words.say,
        pictures=pictures(backtest, words),
        summary=_summary(backtest, words),
        headline=headline(backtest, words),
        scores=_scores(backtest, words),
        classes=_classes(backtest, words),
        equal_fill=_equal_fill(backtest, words),
        curves=_curves(backtest, words),
    )


def _summary(backtest: Backtest, words: Wording) -> str:
    return words.say(
        "backtest.summary",
        items=backtest.items,
        origins=len(backtest.origins),
        first=words.day(backtest.origins[0]),
        last=words.day(backtest.origins[-1]),
        every=backtest.course.every,
        horizon=backtest.course.horizon,
    )


def headline(backtest: Backtest, words: Wording) -> str:
    """Stock at the highest fill rate that both the plan and the textbook reach."""
    for fill in reversed(FILLS):
        own, other = (stock_at_fill(backtest.curves, method, fill) for method in (PLAN, TEXTBOOK))
        if own is not None and other is not None and other > 0:
            figures = {"fill": _share(words, fill), "own": _number(words, own, 1), "other": _number(words, other, 1)}
            return words.say("backtest.headline", **figures)
    return words.say("backtest.no-headline")


def _scores(backtest: Backtest, words: Wording) -> list[dict[str, Any]]:
    rows = backtest.scores.filter(pl.col("demand_class") == "all")
    return [
        {
            "name": words.say(f"backtest.method.{row['method']}"),
            "figures": [_number(words, row[name], 3) for name in ("wrmsse", "rmsse", "mase")]
            + [_share(words, row["wape"]), _share(words, row["bias"])]
            + [_number(words, row[f"pinball_{name}"], 3) for name in SHARE_COLUMNS]
            + [_share(words, row[f"covered_{name}"]) for name in SHARE_COLUMNS],
        }
        for row in rows.iter_rows(named=True)
    ]


def _classes(backtest: Backtest, words: Wording) -> list[dict[str, Any]]:
    rows = backtest.scores.filter((pl.col("method") == PLAN) & (pl.col("demand_class") != "all")).sort("demand_class")
    return [
        {
            "name": words.say(f"planning.class.{row['demand_class']}"),
            "figures": [str(row["items"]), _share(words, row["bias"]), _share(words, row["wape"])]
            + [_number(words, row[name], 3) for name in ("rmsse", "mase", "pinball_q95")]
            + [_share(words, row["covered_q95"])],
        }
        for row in rows.iter_rows(named=True)
    ]


def _equal_fill(backtest: Backtest, words: Wording) -> list[dict[str, Any]]:
    found = []
    for fill in FILLS:
        needed = [stock_at_fill(backtest.curves, method, fill) for method in (PLAN, NAIVE, TEXTBOOK)]
        if any(each is not None for each in needed):
            found.append({"name": _share(words, fill), "figures": [_number(words, each, 1) for each in needed]})
    return found


def _curves(backtest: Backtest, words: Wording) -> list[dict[str, Any]]:
    return [
        {
            "name": words.say(f"backtest.method.{row['method']}"),
            "figures": [
                _share(words, row["target"]),
                _share(words, row["fill"]),
                _share(words, row["fill_units"]),
                _number(words, row["stock_days"], 1),
                _share(words, row["days_in_stock"]),
            ],
        }
        for row in backtest.curves.iter_rows(named=True)
    ]


def _number(words: Wording, value: float | None, decimals: int) -> str:
    return "–" if value is None else words.number(Decimal(f"{value:.{decimals}f}"))


def _share(words: Wording, value: float | None) -> str:
    return "–" if value is None else f"{words.number(Decimal(f'{100 * value:.1f}'))} %"
