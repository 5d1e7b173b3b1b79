"""Speed of the plan beside a plain vectorised mean over the same data in the same run.

    .venv/bin/python -m bench.planning [ITEMS]

Makes a year of sales of that many items (100,000 by default) in a temporary folder, computes the plan from Parquet to
Parquet, and prints seconds, items a second, peak memory and the ratio to a mean of each series by polars.
"""

import argparse
import resource
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import polars as pl

from planning import files
from planning.compute import Tables
from planning.plan_files import write_plan
from planning.settings import PlanSettings

TODAY = date(2026, 11, 23)
DAYS = 365
PART = 20_000


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_tables(folder, count)
        mean_wall, mean_cpu = timed(lambda: plain_mean(folder))
        wall, cpu = timed(lambda: plan(folder))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"plain mean  {mean_wall:7.1f} s wall {mean_cpu:7.1f} s cpu")
    print(f"whole plan  {wall:7.1f} s wall {cpu:7.1f} s cpu  {count / wall:9,.0f} items/s  {memory:.2f} GB")
    print(f"ratio       {wall / mean_wall:7.1f}        {cpu / mean_cpu:7.1f}")


def make_tables(folder: Path, count: int) -> None:
    chance = np.random.default_rng(1)
    (folder / "parts").mkdir()
    for first in range(0, count, PART):
        size = min(PART, count - first)
        rate = np.exp(chance.normal(-1, 1.2, size))
        demand = chance.negative_binomial(rate / 1.5, 1 / 2.5, (DAYS, size)).T
        item, day = np.nonzero(demand)
        dates = (np.datetime64(TODAY) - DAYS + day).astype("datetime64[D]")
        part = pl.DataFrame({"number": item + first, "date": dates, "quantity": demand[item, day].astype(np.int32)})
        part = part.with_columns(**keys()).select("sku", "location", "date", "quantity")
        part.write_parquet(folder / "parts" / f"{first:09d}.parquet")
    pl.scan_parquet(folder / "parts").sink_parquet(folder / "history.parquet")
    items = pl.DataFrame({"number": np.arange(count)}).with_columns(**keys())
    items.select(
        "sku",
        "location",
        on_hand=pl.Series(chance.integers(0, 40, count)),
        lead_time_days=pl.Series(chance.choice([3, 7, 14], count)),
        lead_time_sd_days=pl.lit(1.0),
        pack_size=pl.lit(6),
        moq=pl.lit(6),
        unit_cost=pl.lit(2.5),
    ).write_parquet(folder / "items.parquet")


def keys() -> dict[str, pl.Expr]:
    number = pl.col("number")
    return {
        "sku": pl.format("SKU-{}", (number // 10).cast(pl.String).str.zfill(7)),
        "location": pl.format("LOC-{}", number % 10),
    }


def plain_mean(folder: Path) -> None:
    """The least that any forecast costs: read the same file, one mean a series, write it."""
    history = pl.scan_parquet(folder / "history.parquet")
    mean = history.group_by("sku", "location").agg(pl.col("quantity").sum() / DAYS)
    mean.sink_parquet(folder / "mean.parquet")


def plan(folder: Path) -> None:
    tables = Tables(files.read(folder / "items.parquet"), files.scan(folder / "history.parquet"))
    write_plan(
        tables, TODAY, PlanSettings(), "en", out=folder / "plan.parquet", forecast_out=None, horizon=0,
        on_progress=lambda _done, _total: None,
    )  # fmt: skip


def timed(work: Callable[[], None]) -> tuple[float, float]:
    wall, cpu = perf_counter(), process_time()
    work()
    return perf_counter() - wall, process_time() - cpu


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("items", nargs="?", type=int, default=100_000, help="how many (default: %(default)s)")
    main(parser.parse_args().items)
