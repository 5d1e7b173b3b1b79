"""The backtest: what it measures where the answer is known, and that nobody sees the future."""

from datetime import timedelta

import numpy as np
import polars as pl
import pytest

from orders.wording import wording
from planning.arrays import Numbers
from planning.backtest.page import page
from planning.backtest.run import Backtest, run_backtest
from planning.backtest.stock_trial import stock_at_fill
from planning.backtest.trials import Course
from planning.compute import Tables
from planning.problems import UnusableTable
from planning.settings import PlanSettings
from tests.makers.demand import TODAY, make_history, make_items, steady


def backtest(demand: Numbers, course: Course | None = None) -> Backtest:
    tables = Tables(make_items(demand.shape[1]), make_history(demand).lazy())
    return run_backtest(
        tables, TODAY, course or Course(origins=4), PlanSettings(), wording("en"), lambda _done, _all: None
    )


def overall(found: Backtest, method: str, figure: str) -> float:
    chosen = (pl.col("method") == method) & (pl.col("demand_class") == "all")
    return float(found.scores.filter(chosen)[figure][0])


@pytest.fixture(scope="module")
def of_steady_demand() -> Backtest:
    return backtest(steady(4, 300, 150))


def test_steady_demand_is_covered_as_often_as_promised(of_steady_demand: Backtest) -> None:
    for share in (50, 80, 90, 95):
        covered = overall(of_steady_demand, "plan", f"covered_q{share}")
        assert share / 100 - 0.03 < covered < share / 100 + 0.09  # whole units and a cautious variance cover more


def test_the_plan_beats_last_week_where_weeks_are_alike(of_steady_demand: Backtest) -> None:
    for figure in ("wrmsse", "rmsse", "mase", "wape", "pinball_q95"):
        assert overall(of_steady_demand, "plan", figure) < overall(of_steady_demand, "naive", figure)
    assert abs(overall(of_steady_demand, "plan", "bias")) < 0.02


def test_higher_targets_serve_more_from_more_stock(of_steady_demand: Backtest) -> None:
    curve = of_steady_demand.curves.filter(pl.col("method") == "plan")
    assert curve["fill"].is_sorted()
    assert curve["stock_days"].is_sorted()
    assert curve["fill"][-1] > 0.995


def test_knowing_the_future_serves_all_from_less_stock_than_any_method(of_steady_demand: Backtest) -> None:
    best = of_steady_demand.curves.row(by_predicate=pl.col("method") == "foresight", named=True)
    assert best["fill"] == pytest.approx(1)
    for method in ("plan", "naive", "textbook"):
        needed = stock_at_fill(of_steady_demand.curves, method, 0.98)
        assert needed is not None
        assert needed > best["stock_days"]


def test_a_fill_target_is_reached_in_the_simulated_shop(of_steady_demand: Backtest) -> None:
    chosen = (pl.col("method") == "plan-fill") & (pl.col("target") == 0.95)
    assert of_steady_demand.curves.row(by_predicate=chosen, named=True)["fill"] == pytest.approx(0.95, abs=0.02)


def test_what_comes_after_an_origin_changes_no_forecast_of_it() -> None:
    demand = steady(4, 200, 5)
    later = demand.copy()
    later[-7:] = 50
    quiet, loud = backtest(demand, Course(2, 7, 7)), backtest(later, Course(2, 7, 7))
    assert quiet.totals["expected"].to_list() == loud.totals["expected"].to_list()
    assert quiet.totals["sold"].to_list() != loud.totals["sold"].to_list()


def test_days_marked_as_sold_out_are_not_held_against_a_forecast() -> None:
    demand = steady(4, 200, 2)
    marks = np.zeros(demand.shape, int)
    demand[-10:, 0], marks[-10:, 0] = 0, 2
    tables = Tables(make_items(2), make_history(demand, marks).lazy())
    found = run_backtest(tables, TODAY, Course(2, 7, 7), PlanSettings(), wording("en"), lambda _done, _all: None)
    assert abs(overall(found, "plan", "bias")) < 0.3


def test_a_short_history_is_refused_and_says_how_much_is_needed() -> None:
    with pytest.raises(UnusableTable, match="40 days, 77 are needed"):
        backtest(steady(4, 40, 2))


def test_an_unusable_history_is_refused_with_row_and_column() -> None:
    history = pl.DataFrame({"sku": ["s0"], "location": ["A"], "date": ["yesterday"], "quantity": [1]})
    tables = Tables(make_items(), history.lazy())
    with pytest.raises(UnusableTable, match="row 1, column date"):
        run_backtest(tables, TODAY, Course(), PlanSettings(), wording("en"), lambda _done, _all: None)


def test_a_history_of_other_items_is_refused() -> None:
    history = make_history(steady(4, 100, 1)).with_columns(sku=pl.lit("other"))
    with pytest.raises(UnusableTable, match="holds no sale of these items"):
        run_backtest(
            Tables(make_items(), history.lazy()),
            None,
            Course(),
            PlanSettings(),
            wording("en"),
            lambda _done, _all: None,
        )


@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_page_holds_headline_pictures_and_tables_in_each_language(
    of_steady_demand: Backtest, language: str
) -> None:
    text = page(of_steady_demand, wording(language))
    assert text.count("data:image/png;base64,") == 4
    assert wording(language).say("backtest.title") in text
    assert f'lang="{language}"' in text


def test_the_same_past_gives_the_same_page(of_steady_demand: Backtest) -> None:
    assert page(of_steady_demand, wording("en")) == page(of_steady_demand, wording("en"))


def test_without_a_day_the_history_counts_to_its_end() -> None:
    demand = steady(4, 200, 2)
    tables = Tables(make_items(2), make_history(demand).lazy())
    found = run_backtest(tables, None, Course(2, 7, 7), PlanSettings(), wording("en"), lambda _done, _all: None)
    assert found.origins[-1] == TODAY - timedelta(days=7)


def test_a_warehouse_is_held_against_its_own_customers() -> None:
    places = pl.when(pl.col("sku") == "s0").then(pl.lit("W")).otherwise(pl.lit("A"))
    history = make_history(steady(4, 150, 2)).with_columns(location=places, sku=pl.lit("s0")).lazy()
    items = make_items(2).with_columns(location=places, sku=pl.lit("s0"))
    apart, supplied = (
        run_backtest(
            Tables(items.with_columns(supplied_from=pl.Series([None, source], dtype=pl.String)), history),
            TODAY, Course(origins=2), PlanSettings(), wording("en"), lambda _done, _all: None,
        )
        for source in (None, "W")
    )  # fmt: skip
    assert supplied.scores.equals(apart.scores)
