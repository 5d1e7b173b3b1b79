"""The courses of sent lines through their states: since when each waited in it, until when, and whether it then came.

All days are counted from the day on which the line was due in that state: the promised day, or before any promise the
later of the wished day and the day that its lead time leads to.
"""

from datetime import date

import polars as pl

from planning.arrivals import EPISODES, Waiting


def episodes_of(
    lines: pl.DataFrame, promises: pl.DataFrame, reminders: pl.DataFrame, lead_times: pl.DataFrame, today: date
) -> pl.DataFrame:
    """Episodes of `planning.arrivals` from sent lines, the answers that were booked for them, and reminders."""
    known = lines.join(reminders, on="order", how="left", maintain_order="left").join(
        lead_times.select("supplier", "product", "lead_time_days"),
        on=["supplier", "product"],
        how="left",
        maintain_order="left",
    )
    gone = pl.col("ended").fill_null(today)
    known = known.with_columns(over=pl.when(pl.col("has_ended")).then(gone).otherwise(today))
    first = promises.group_by("line", maintain_order=True).agg(answered=pl.col("answered").min())
    silent = known.join(first, on="line", how="left", maintain_order="left").with_columns(
        due=due_day(pl.col("sent"), pl.col("wished"), pl.col("lead_time_days")),
        since=pl.col("sent"),
        until=pl.min_horizontal("answered", "over"),
    )
    told = _promised(known, promises)
    return pl.concat(
        [
            *_split(silent, Waiting.UNANSWERED, Waiting.REMINDED),
            *_split(told, Waiting.PROMISED, Waiting.PRESSED),
        ]
    )


def due_day(sent: pl.Expr, wished: pl.Expr, lead_time: pl.Expr) -> pl.Expr:
    """When a line that nobody has answered is due; null where neither a day was wished for nor a lead time is known."""
    led = sent + pl.duration(days=lead_time.round(0).cast(pl.Int64))
    return pl.max_horizontal(led.cast(pl.Date), wished)


def _promised(known: pl.DataFrame, promises: pl.DataFrame) -> pl.DataFrame:
    """One row a promise, which holds until the next answer."""
    each = promises.with_columns(next=pl.col("answered").shift(-1).over("line")).filter(
        pl.col("promised").is_not_null()
    )
    return (
        each.join(known, on="line", how="inner", maintain_order="left")
        .with_columns(due=pl.col("promised"), since=pl.col("answered"), until=pl.min_horizontal("next", "over"))
        .filter(pl.col("until") >= pl.col("since"))
    )


def _split(rows: pl.DataFrame, before: Waiting, after: Waiting) -> list[pl.DataFrame]:
    """The time before a reminder, and the time after it."""
    asked = (pl.col("reminded") >= pl.col("since")) & (pl.col("reminded") < pl.col("until"))
    is_asked = asked.fill_null(value=False)
    first = rows.with_columns(until=pl.when(is_asked).then(pl.col("reminded")).otherwise(pl.col("until")))
    second = rows.filter(is_asked).with_columns(since=pl.col("reminded"))
    return [_episodes(first, before), _episodes(second, after)]


def _episodes(rows: pl.DataFrame, state: Waiting) -> pl.DataFrame:
    came = (pl.col("arrived") <= pl.col("until")).fill_null(value=False)
    was_there = pl.col("arrived") < pl.col("since")
    until = pl.when(came).then(pl.col("arrived")).otherwise(pl.col("until"))
    return (
        rows.filter(pl.col("due").is_not_null() & ~was_there.fill_null(value=False))
        .select(
            "supplier",
            state=pl.lit(state.value),
            entered=(pl.col("since") - pl.col("due")).dt.total_days(),
            left=(until - pl.col("due")).dt.total_days(),
            arrived=came,
            since=pl.col("since"),
        )
        .cast(EPISODES)  # type: ignore[arg-type]
    )
