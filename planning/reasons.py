"""Why a line is what it is, in one sentence: a code chosen from the figures, and the figures put into its words."""

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import polars as pl

from orders.wording import Wording
from planning.classes import DEAD
from planning.forecast import METHODS, POOLED
from planning.suppliers import CUT, RAISED, SITE_CUT, UNREACHABLE, WAITING

ROWS_AT_ONCE = 50_000
MARK = "\x00"  # stands around the name of a figure while a sentence is taken apart
FIGURES = (
    "quantity", "asked", "need", "on_hand", "due", "a_day", "days", "covered", "pack", "moq", "max_stock", "window",
    "late", "point", "silent", "supplier", "minimum", "source", "sent", "wanted", "free", "at_shops", "life", "place",
)  # fmt: skip


def with_reasons(full: pl.DataFrame, words: Wording) -> pl.DataFrame:
    """The plan with `reason_code` and `reason`, the sentence a manager reads."""
    coded = full.with_columns(reason_code=_code())
    told = [_reasons(part, words) for part in coded.iter_slices(ROWS_AT_ONCE)]  # figures in words take much memory
    return coded.with_columns(pl.concat(told).alias("reason"))


def _reasons(coded: pl.DataFrame, words: Wording) -> pl.Series:
    figures = coded.select("reason_code", *_figures(words))
    named = {name: pl.col(name) for name in FIGURES}
    sentence = pl.lit(None, pl.String)
    for code in coded["reason_code"].unique(maintain_order=True):
        said = _said(words, f"planning.reason.{code}", named)
        sentence = pl.when(pl.col("reason_code") == code).then(said).otherwise(sentence)
    return figures.select(sentence.alias("reason")).to_series()


def _code() -> pl.Expr:
    """The first of these that is true says the most."""
    is_ordered = pl.col("quantity") > 0
    step = pl.col("supplier_step")
    is_rounded = (pl.col("asked") - pl.col("need")).abs() > 1e-6
    owned = pl.col("on_hand") + pl.col("on_order")
    most = pl.col("max_stock").fill_null(np.inf) - owned
    is_perishing = (pl.col("reorder_point") < pl.col("service_point")) | (
        pl.col("is_held") & (pl.col("fresh_room") <= most)
    )
    is_supplied, sent = pl.col("supplied_from").is_not_null(), pl.col("transfer_quantity")
    is_pooled = is_ordered & (pl.col("method") == METHODS[POOLED])
    return (
        pl.when(pl.col("kind") == DEAD).then(pl.lit("dead"))
        .when(pl.col("mean") <= 0).then(pl.lit("no-demand"))
        .when(is_supplied & (pl.col("wanted") > 0) & (sent >= pl.col("wanted"))).then(pl.lit("transfer"))
        .when(is_supplied & (sent > 0)).then(pl.lit("transfer-part"))
        .when(is_supplied & (pl.col("wanted") > 0)).then(pl.lit("transfer-none"))
        .when(step == WAITING).then(pl.lit("wait-for-minimum"))
        .when(step == UNREACHABLE).then(pl.lit("below-minimum"))
        .when((step == CUT) & is_ordered).then(pl.lit("cut-to-budget"))
        .when(step == CUT).then(pl.lit("no-budget"))
        .when((step == SITE_CUT) & is_ordered).then(pl.lit("cut-to-site-budget"))
        .when(step == SITE_CUT).then(pl.lit("no-site-budget"))
        .when((step == RAISED) & (pl.col("need") > 0)).then(pl.lit("raised-to-minimum"))
        .when(step == RAISED).then(pl.lit("added-for-minimum"))
        .when(is_perishing & is_ordered).then(pl.lit("held-to-shelf-life"))
        .when(is_perishing & (pl.col("position") < pl.col("service_point"))).then(pl.lit("shelf-life-too-short"))
        .when(pl.col("is_held") & is_ordered).then(pl.lit("held-to-maximum"))
        .when(pl.col("is_held")).then(pl.lit("no-room"))
        .when(is_pooled).then(pl.lit("order-pooled"))
        .when(is_ordered & is_rounded).then(pl.lit("order-rounded"))
        .when(is_ordered).then(pl.lit("order"))
        .otherwise(pl.lit("covered"))
    )  # fmt: skip


def _figures(words: Wording) -> list[pl.Expr]:
    """Each figure as the language writes it."""
    span = pl.col("mean") / pl.col("protection_days")
    return [
        _number(words, "quantity"),
        _number(words, "asked"),
        _number(words, "need"),
        _number(words, "on_hand"),
        _number(words, "due"),
        _number(words, span, 2).alias("a_day"),
        pl.col("protection_days").cast(pl.String).alias("days"),
        _number(words, ((pl.col("position")) / pl.max_horizontal(span, 1e-9)).clip(upper_bound=999), 0).alias(
            "covered"
        ),
        _number(words, "pack_size").alias("pack"),
        _number(words, "moq"),
        _number(words, pl.col("max_stock").fill_null(0)).alias("max_stock"),
        _window(words).alias("window"),
        _number(words, "reorder_point").alias("point"),
        _number(words, pl.col("interval"), 0).alias("silent"),
        pl.col("supplier_name").fill_null("?").alias("supplier"),
        pl.col("source_name").fill_null("?").alias("source"),
        _number(words, "transfer_quantity").alias("sent"),
        _number(words, "wanted"),
        _number(words, "free"),
        _number(words, "at_shops"),
        _number(words, pl.col("shelf_life_days").fill_null(0)).alias("life"),
        pl.col("location_name").alias("place"),
        _number(words, "supplier_minimum", 2).alias("minimum"),
    ]


def _number(words: Wording, column: str | pl.Expr, decimals: int = 1) -> pl.Expr:
    """At most so many decimals, none when the number is whole, the decimal sign of the language."""
    number = pl.col(column) if isinstance(column, str) else column
    shown = (number.round(decimals) + 0.0).cast(pl.String).str.strip_suffix(".0")
    return shown.str.replace(".", words.number(Decimal("0.5"))[1], literal=True)


def _window(words: Wording) -> pl.Expr:
    """The days between which stock runs out, with 20 and 80 % probability."""
    early, late = _day(words, "stockout_p20"), _day(words, "stockout_p80")
    figures = {"early": early, "late": late}
    return (
        pl.when(early.is_null())
        .then(_said(words, "planning.window.beyond", figures))
        .when(late.is_null())
        .then(_said(words, "planning.window.from", figures))
        .when(early == late)
        .then(_said(words, "planning.window.one", figures))
        .otherwise(_said(words, "planning.window.between", figures))
    )


def _day(words: Wording, column: str) -> pl.Expr:
    return pl.col(column).map_batches(lambda dates: _days_in_words(words, dates), return_dtype=pl.String)


def _days_in_words(words: Wording, dates: pl.Series) -> pl.Series:
    known = dates.drop_nulls().unique()
    return (
        dates.replace_strict(known, [words.day(day) for day in known], default=None, return_dtype=pl.String)
        if len(known)
        else pl.Series([None] * len(dates), dtype=pl.String)
    )


def _said(words: Wording, key: str, figures: Mapping[str, pl.Expr]) -> pl.Expr:
    """The sentence of a key as an expression over its figures."""
    marked = words.say(key, **{name: f"{MARK}{name}{MARK}" for name in figures})
    parts = [
        figures[part] if is_figure else pl.lit(part)
        for place, part in enumerate(marked.split(MARK))
        if (is_figure := place % 2 == 1) or part
    ]
    return pl.concat_str(parts)
