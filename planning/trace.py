"""The arithmetic behind each line of the plan, step by step: whoever follows it arrives at the same number.

A step names its formula by a code, whose sentence is `why.<code>`; its `result` follows from its other figures. The steps of
all lines are written at once, column by column, as JSON text with figures to two decimals.
"""

import polars as pl

from planning.suppliers import UNTOUCHED

SUPPLIER_STEPS = ("untouched", "cut", "raised", "waiting", "unreachable", "site-cut")


def traces(full: pl.DataFrame) -> pl.Series:
    """For each row of `Plan.full` a JSON list of steps, from demand to order quantity."""
    position, point = pl.col("position"), pl.col("reorder_point")
    is_short = position < point
    is_moved = pl.col("supplied_from").is_not_null()
    mean, batch = pl.col("mean"), pl.col("order_up_to") - point
    wanted = pl.when(pl.col("wanted").fill_null(0) != 0).then("wanted").otherwise("asked")
    packs = {"need": pl.col("need"), "moq": pl.col("moq"), "pack": pl.col("pack_size"), "room": _room()}
    steps = [
        _step("demand", mean, days=pl.col("protection_days"), a_day=mean / pl.col("protection_days")),
        _step("spread", pl.col("variance").sqrt(), mean=mean),
        _step(
            pl.format("point-{}", "service_type"),
            pl.col("service_point"),
            service=100 * pl.col("service_level"),
            mean=mean,
            safety=(pl.col("service_point") - mean).clip(lower_bound=0),
        ),
        pl.when(point < pl.col("service_point")).then(
            _step(
                "fresh", point, point=pl.col("service_point"), life=pl.col("shelf_life_days"), lead=pl.col("lead_days")
            )
        ),
        _position(),
        pl.when(~is_short).then(_step("enough", pl.lit(0), position=position, point=point)),
        pl.when(is_short & (batch > 0)).then(_step("batch", pl.col("order_up_to"), point=point, batch=batch)),
        pl.when(is_short).then(_step("need", pl.col("need"), up_to=pl.col("order_up_to"), position=position)),
        pl.when(is_short).then(
            _step(pl.when("is_held").then(pl.lit("held")).otherwise(pl.lit("packs")), wanted, **packs)
        ),
        pl.when(is_short & is_moved).then(
            _step("transfer", pl.col("transfer_quantity"), wanted=pl.col("wanted"), free=pl.col("free"))
        ),
        pl.when(is_short & ~is_moved & (pl.col("supplier_step") != UNTOUCHED)).then(
            _step(_supplier_step(), pl.col("order_quantity"), asked=pl.col("asked"))
        ),
    ]
    text = pl.concat_str(pl.lit("["), pl.concat_str(steps, separator=", ", ignore_nulls=True), pl.lit("]"))
    return full.select(trace=text).to_series()


def _position() -> pl.Expr:
    """What is there and comes in time; for a centre, with what the shops that it fills have of their own levels."""
    result = pl.col("position")
    figures = {"on_hand": pl.col("on_hand"), "due": pl.col("due"), "days": pl.col("protection_days")}
    pooled = _step("position-pooled", result, **figures, at_shops=pl.col("at_shops"))
    return pl.when(pl.col("at_shops").fill_null(0) != 0).then(pooled).otherwise(_step("position", result, **figures))


def _supplier_step() -> pl.Expr:
    return pl.col("supplier_step").replace_strict(dict(enumerate(SUPPLIER_STEPS)), return_dtype=pl.String)


def _room() -> pl.Expr:
    most = pl.col("max_stock") - pl.col("on_hand") - pl.col("on_order")
    room = pl.min_horizontal(most, "fresh_room")  # which leaves out a maximum that nobody set
    return pl.when(room.is_finite()).then(room.clip(lower_bound=0)).otherwise(0.0)


def _step(code: str | pl.Expr, result: pl.Expr, **figures: pl.Expr) -> pl.Expr:
    parts = [pl.lit('{"step": "'), pl.lit(code) if isinstance(code, str) else code, pl.lit('"')]
    for name, figure in {**figures, "result": result}.items():
        parts += [pl.lit(f', "{name}": '), _plain(figure)]
    return pl.concat_str(*parts, pl.lit("}"))


def _plain(figure: pl.Expr) -> pl.Expr:
    return (figure.cast(pl.Float64).round(2) + 0.0).cast(pl.String).str.strip_suffix(".0")
