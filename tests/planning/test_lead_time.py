"""Lead times learnt from receipts."""

from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest

from planning.lead_time import DELIVERED, TERMS, learn_lead_times, supplier_paces


def terms(*rows: tuple[str, str, float | None], sd: float | None = None) -> pl.DataFrame:
    return pl.DataFrame([(*row, sd) for row in rows], schema=TERMS, orient="row")


def delivered(
    supplier: str, product: str, days: Sequence[float], *, first: int = 0, is_open: bool = False
) -> pl.DataFrame:
    """One order a delivery, the newest ones first."""
    rows = [
        (supplier, product, f"{supplier}{first + number}", float(each), 7.0 * number, is_open)
        for number, each in enumerate(days)
    ]
    return pl.DataFrame(rows, schema=DELIVERED, orient="row")


def learnt(deliveries: pl.DataFrame, table: pl.DataFrame) -> dict[str, tuple[float, float]]:
    found = learn_lead_times(deliveries, table)
    return {row["product"]: (row["lead_time_days"], row["lead_time_sd_days"]) for row in found.iter_rows(named=True)}


def test_without_a_delivery_the_stated_lead_time_stands() -> None:
    assert learnt(pl.DataFrame(schema=DELIVERED), terms(("A", "oat", 5.0), sd=2.0)) == {"oat": (5.0, 2.0)}


def test_nothing_stated_and_nothing_delivered_is_not_known() -> None:
    assert learn_lead_times(pl.DataFrame(schema=DELIVERED), terms(("A", "oat", None)))["lead_time_days"].to_list() == [
        None
    ]


def test_where_nothing_is_stated_deliveries_tell() -> None:
    assert learnt(delivered("A", "oat", [6, 7, 8] * 5), terms(("A", "oat", None)))["oat"][0] == pytest.approx(
        7, abs=0.2
    )


def test_many_deliveries_outweigh_what_was_stated() -> None:
    mean, spread = learnt(delivered("A", "oat", [8, 9, 10, 9] * 8), terms(("A", "oat", 5.0)))["oat"]
    assert mean == pytest.approx(9, abs=0.4)
    assert spread == pytest.approx(0.8, abs=0.2)


def test_one_delivery_moves_the_lead_time_a_little() -> None:
    assert 5 < learnt(delivered("A", "oat", [9]), terms(("A", "oat", 5.0)))["oat"][0] < 7


def test_a_product_without_deliveries_learns_from_its_supplier() -> None:
    table = terms(("A", "oat", 5.0), ("A", "made-to-order", 20.0), ("B", "rice", 5.0))
    found = learnt(delivered("A", "oat", [8] * 20), table)
    assert found["made-to-order"][0] == pytest.approx(23, abs=0.4)
    assert found["rice"][0] == 5.0


def test_a_product_that_differs_from_its_supplier_keeps_its_own_time() -> None:
    both = pl.concat([delivered("A", "oat", [5] * 20), delivered("A", "soy", [11] * 20, first=100)])
    found = learnt(both, terms(("A", "oat", 5.0), ("A", "soy", 5.0)))
    assert found["soy"][0] - found["oat"][0] > 4


def test_one_absurd_delivery_is_not_believed() -> None:
    usual = learnt(delivered("A", "oat", [5, 6, 7] * 5), terms(("A", "oat", 6.0)))["oat"]
    absurd = learnt(delivered("A", "oat", [5, 6, 7] * 5 + [300]), terms(("A", "oat", 6.0)))["oat"]
    assert absurd[0] == pytest.approx(usual[0], abs=0.5)
    assert absurd[1] < usual[1] + 1


def test_an_order_that_is_overdue_counts_with_its_days_so_far() -> None:
    table = terms(("A", "oat", 5.0))
    late = delivered("A", "oat", [15] * 4, first=50, is_open=True)
    fresh = delivered("A", "oat", [1] * 4, first=50, is_open=True)
    came = delivered("A", "oat", [5, 6] * 3)
    assert learnt(pl.concat([came, late]), table)["oat"][0] > learnt(came, table)["oat"][0] + 0.5
    assert learnt(pl.concat([came, fresh]), table) == learnt(came, table)


def test_the_truth_is_found_where_it_is_known() -> None:
    chance = np.random.default_rng(3)
    late, rows = chance.normal(2, 2, 30), []
    for supplier in range(30):
        days = np.maximum(np.rint(10 + late[supplier] + chance.gamma(4, 0.75, 60) - 3), 1)
        rows.append(delivered(f"S{supplier}", "p", days.tolist()))
    found = learn_lead_times(pl.concat(rows), terms(*((f"S{number}", "p", 10.0) for number in range(30))))
    error = found["lead_time_days"].to_numpy() - 10 - late
    assert np.abs(error).mean() < 0.25
    assert found["lead_time_sd_days"].mean() == pytest.approx(1.5, abs=0.2)


def test_a_suppliers_pace_is_told() -> None:
    (pace,) = supplier_paces(delivered("A", "oat", [8, 9, 10, 9] * 8), terms(("A", "oat", 5.0)))
    assert (pace.supplier, round(pace.late_days)) == ("A", 4)
    assert 20 < pace.orders < 32
