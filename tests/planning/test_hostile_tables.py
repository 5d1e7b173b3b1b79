"""Tables that nobody should plan from: one clear sentence, or a plan that is whole; never anything else."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orders.wording import wording
from planning.compute import Plan, Tables, plan_items
from planning.problems import UnusableTable
from planning.settings import PlanSettings
from tests.makers.demand import TODAY, make_coming, make_history, make_items, steady

ROWS = 3
ODD_NUMBERS = [float("nan"), float("inf"), -float("inf"), -1.0, 0.0, 0.1, 1e308, 1e18, 5e-324, -0.0]
ODD_DAYS = [date(1, 1, 1), date(9999, 12, 31), TODAY, TODAY + timedelta(days=1), TODAY - timedelta(days=40_000)]
ODD_TEXTS = [
    "",
    " ",
    "x",
    "1,5",
    "1e999",
    "NaN",
    "-3",
    "2026-02-30",
    "23.11.2026",
    "0x10",
    "\x00",
    "ś" * 3000,
    "true",
    "cycle",
]
COLUMNS: list[pl.Series] = [
    *[pl.Series([value] * ROWS) for value in ODD_NUMBERS],
    *[pl.Series([value] * ROWS) for value in ODD_TEXTS],
    *[pl.Series([value] * ROWS) for value in ODD_DAYS],
    pl.Series([None] * ROWS),
    pl.Series([None, "s1", None]),
    pl.Series([True, False, True]),
    pl.Series([[1.0], [], None]),
    pl.Series([{"a": 1}] * ROWS),
    pl.Series([b"\xff\xfe"] * ROWS),
    pl.Series([Decimal("1.5")] * ROWS),
    pl.Series([datetime(2026, 11, 1, 12, tzinfo=UTC)] * ROWS),
    pl.Series([datetime(2026, 11, 1, 12)] * ROWS),  # noqa: DTZ001 - a table may hold one
    pl.Series([time(12)] * ROWS),
    pl.Series([timedelta(days=1)] * ROWS),
    pl.Series(["s0", "s1", "s2"], dtype=pl.Categorical),
    pl.Series([2**63] * ROWS, dtype=pl.UInt64),
    pl.Series([np.float32(1.5)] * ROWS),
    pl.Series([object()] * ROWS, dtype=pl.Object),
]
ITEMS = make_items(
    ROWS, pack_size=2, moq=4, category="tea", supplier="S", supplier_minimum=10.0, budget=500.0, max_stock=90,
    shelf_life_days=20, margin=1.0, unit_cost=2.0, service_level=0.9, service_type="fill", review_period_days=7,
    lead_time_sd_days=1.0, holding_rate=0.2, order_cost=1.0, launched_on=TODAY - timedelta(days=90), site_budget=400.0,
    supplied_from=[None, None, None],
).cast({"supplied_from": pl.String})  # fmt: skip
HISTORY = make_history(steady(2, 60, ROWS)).with_columns(stocked_out=pl.lit(0), price=pl.lit(1.0), promotion=pl.lit(0))
ON_ORDER = make_coming([("s0", 2, 5.0), ("s1", 9, 3.0), ("s2", 400, 1.0)])
BASES = {"items": ITEMS, "history": HISTORY, "on_order": ON_ORDER}


def mutated(frame: pl.DataFrame, column: str, values: pl.Series) -> pl.DataFrame:
    """The table with this column made of these values, over and over."""
    if values.dtype == pl.Object:
        repeated = pl.Series([object()] * frame.height, dtype=pl.Object)
    else:
        repeated = values.gather([row % ROWS for row in range(frame.height)])
    return frame.with_columns(repeated.alias(column))


def planned(tables: dict[str, pl.DataFrame]) -> Plan | str:
    """The plan, or the one sentence that says why there is none."""
    try:
        return plan_items(
            Tables(tables["items"], tables["history"].lazy(), tables["on_order"]),
            TODAY, PlanSettings(), wording("en"), horizon=3, on_forecast=check_numbers, keeps_forecast=True,
        )  # fmt: skip
    except UnusableTable as problem:
        return str(problem)


def check_numbers(frame: pl.DataFrame) -> None:
    numbers = frame.select(pl.col(pl.Float64, pl.Int64))
    assert numbers.null_count().sum_horizontal()[0] == 0
    assert frame.select((pl.col(pl.Float64) >= 0).all()).row(0).count(False) == 0


def check(answer: Plan | str, items: pl.DataFrame) -> None:
    if isinstance(answer, str):
        assert answer.count("\n") == 0
        assert len(answer) < 500
        assert answer.startswith(("items", "history", "on_order"))
        return
    lines = answer.lines
    assert lines.height == items.height
    quantity = lines["order_quantity"].to_numpy()
    assert np.isfinite(quantity).all()
    assert (quantity >= 0).all()
    figures = lines.select(
        "demand_per_day", "safety_stock", "reorder_point", "order_up_to", "order_value", "stockout_risk"
    )
    assert np.isfinite(figures.to_numpy()).all()
    assert "nan" not in " ".join(lines["reason"].to_list())


def with_column(table: str, column: str, values: pl.Series) -> dict[str, pl.DataFrame]:
    return BASES | {table: mutated(BASES[table], column, values)}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([(table, column) for table, frame in BASES.items() for column in frame.columns]),
    st.sampled_from(COLUMNS),
)
def test_no_column_of_whatever_kind_breaks_the_plan_or_slips_into_it(place: tuple[str, str], values: pl.Series) -> None:
    tables = with_column(*place, values)
    check(planned(tables), tables["items"])


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(st.sampled_from(list(BASES)), st.lists(st.integers(0, 59), max_size=80), min_size=1),
    st.sampled_from(list(BASES)),
    st.integers(0, 30),
)
def test_rows_doubled_shuffled_or_left_out_and_columns_that_lack_are_told_or_planned(
    rows: dict[str, list[int]], lacking: str, column: int
) -> None:
    tables = {
        name: frame[[row % frame.height for row in rows[name]]] if name in rows else frame
        for name, frame in BASES.items()
    }
    if column < tables[lacking].width:
        tables[lacking] = tables[lacking].drop(tables[lacking].columns[column])
    check(planned(tables), tables["items"])


@pytest.mark.parametrize(
    ("table", "column", "values", "told"),
    [
        ("items", "pack_size", pl.Series([5e-324] * ROWS), "items, row 1, column pack_size: a pack holds more than"),
        ("items", "on_hand", pl.Series([TODAY] * ROWS), "items, column on_hand: holds Date, not numbers"),
        ("items", "moq", pl.Series([True] * ROWS), "items, column moq: holds Boolean, not numbers"),
        ("items", "sku", pl.Series([b"s0", b"s1", b"s2"]), "items, column sku: holds binary values"),
        ("items", "supplier", pl.Series([["S"]] * ROWS), "items, column supplier: holds list values"),
        ("items", "on_hand", pl.Series(["9" * 3000] * ROWS), "items, row 1, column on_hand: '99999"),
        ("items", "unit_cost", pl.Series([1e300] * ROWS), "items, row 1, column unit_cost: 1e+300 is above 1e+12"),
        ("history", "quantity", pl.Series([1e18] * ROWS), "history, row 1, column quantity: 1e+18 is above 1e+09"),
        ("history", "date", pl.Series([time(12)] * ROWS), "history, column date: holds time values"),
        (
            "on_order",
            "quantity",
            pl.Series([float("nan")] * ROWS),
            "on_order, row 1, column quantity: nan is not a num",
        ),
    ],
)
def test_what_is_wrong_is_told_in_one_short_sentence(table: str, column: str, values: pl.Series, told: str) -> None:
    answer = planned(with_column(table, column, values))
    assert isinstance(answer, str)
    assert answer.startswith(told)
    assert len(answer) < 200


def test_words_of_a_list_of_words_and_the_order_of_days_make_no_difference() -> None:
    plain = planned(BASES)
    tables = BASES | {
        "items": ITEMS.cast({"sku": pl.Categorical, "service_type": pl.Categorical}),
        "history": HISTORY.reverse(),
    }
    other = planned(tables)
    assert isinstance(plain, Plan)
    assert isinstance(other, Plan)
    assert other.lines.equals(plain.lines)
