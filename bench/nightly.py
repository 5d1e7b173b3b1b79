"""Speed of the nightly plan from the store beside a plain mean of each product by the database itself, in the same run.

    .venv/bin/python -m bench.nightly [PRODUCTS] [URL]

Fills a fresh database (SQLite in a temporary folder, or an empty one at URL) with that many products (100,000 by default), a
year of their sales and 500 suppliers, and times: a plain mean, the first plan, the same again, and again after one product
in a hundred was counted anew. "Written" is the step from positions to stored order lines, beside Tryton's supply run (325 products
a second, measured on a machine of the same kind).
"""

import argparse
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

import numpy as np
import polars as pl
from sqlalchemy import text

from handlers.house import House
from handlers.replenishment import PlanOrders, compute_orders, judge_proposals, keep_plan, unjudged_proposals
from orders.people import SCHEDULER
from orders.shop import Shop
from rules.rulefile import house_rulebook
from store.bulk import insert_frame
from store.migrating import migrate
from store.sessions import Store, open_store
from store.tables.catalogue import LocationRow, ProductRow
from store.tables.sales import DailySalesRow
from store.tables.stock import StockBalanceRow
from store.tables.suppliers import SupplierRow, SupplierTermRow

TODAY = date(2026, 11, 23)
TRYTON = 325  # products a second
DAYS, SUPPLIERS, PART = 365, 500, 20_000


Result = TypeVar("Result")
SECONDS: dict[str, float] = {}


class Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


CLOCK = Clock()


def main(count: int, url: str | None) -> None:
    with tempfile.TemporaryDirectory() as name:
        store = open_store(url or f"sqlite:///{name}/shop.db")
        migrate(store.engine)
        timed("fill", lambda: fill(store, count))
        timed("plain mean", lambda: plain_mean(store))
        timed("first plan", lambda: plan(store, Path(name)))
        written = count / SECONDS["  write"]
        timed("again", lambda: plan(store, Path(name)))
        count_some(store)
        timed("1 % counted", lambda: plan(store, Path(name)))
        with store.reading() as session:
            lines = session.scalar(text("SELECT count(*) FROM purchase_order_lines"))
        ratios = [SECONDS[what] / SECONDS["plain mean"] for what in ("first plan", "again", "1 % counted")]
        print(f"{lines:,} order lines; ratios to the mean: {', '.join(f'{each:.1f}' for each in ratios)}")
        print(f"written {written:,.0f} products/s, {written / TRYTON:,.0f} times Tryton's supply run (limit 100)")
        store.close()


def fill(store: Store, count: int) -> None:
    chance = np.random.default_rng(1)
    key = np.arange(1, count + 1)
    supplier = 1 + key % min(SUPPLIERS, count)
    price = np.round(chance.uniform(1, 20, count), 2)
    with store.transaction() as session:
        session.add(LocationRow(id=1, code="GDY", name="Gdynia", timezone="Europe/Warsaw", country="PL"))
        session.add_all(
            SupplierRow(id=int(each), code=f"S{each}", name=f"Supplier {each}", currency="EUR", country="PL")
            for each in np.unique(supplier)
        )
        products = pl.DataFrame({"id": key}).with_columns(
            sku=pl.format("SKU-{}", pl.col("id").cast(pl.String).str.zfill(7)), name=pl.format("Product {}", "id"),
            unit=pl.lit("pcs"), category=pl.format("C{}", pl.col("id") % 40), state=pl.lit("active"),
            selling_price=pl.Series(price * 2),
        )  # fmt: skip
        insert_frame(session, ProductRow.__table__, products)  # type: ignore[arg-type]
        terms = pl.DataFrame({"supplier_id": supplier, "product_id": key}).with_columns(
            unit_price=pl.Series(price), currency=pl.lit("EUR"), pack_size=pl.lit(6), moq=pl.lit(6),
            lead_time_days=pl.Series(chance.choice([3, 7, 14], count)), is_preferred=pl.lit(value=True),
        )  # fmt: skip
        insert_frame(session, SupplierTermRow.__table__, terms)  # type: ignore[arg-type]
        stock = pl.DataFrame({"product_id": key, "on_hand": chance.integers(0, 40, count)})
        stock = stock.with_columns(location_id=pl.lit(1), reserved=pl.lit(0))
        insert_frame(session, StockBalanceRow.__table__, stock)  # type: ignore[arg-type]
    sold = pl.concat(sales(chance, first, min(PART, count - first)) for first in range(0, count, PART)).sort("day")
    for part in sold.iter_slices(1_000_000):
        with store.transaction() as session:
            insert_frame(session, DailySalesRow.__table__, part)  # type: ignore[arg-type]


def sales(chance: np.random.Generator, first: int, size: int) -> pl.DataFrame:
    rate = np.exp(chance.normal(-1, 1.2, size))
    demand = chance.negative_binomial(rate / 1.5, 1 / 2.5, (DAYS, size)).T
    item, day = np.nonzero(demand)
    dates = (np.datetime64(TODAY) - DAYS + day).astype("datetime64[D]")
    return pl.DataFrame(
        {"product_id": item + first + 1, "day": dates, "quantity": demand[item, day].astype(np.float64)}
    ).with_columns(location_id=pl.lit(1), is_promotion=pl.lit(value=False), stocked_out=pl.lit(0))


def plain_mean(store: Store) -> None:
    """The least that any forecast from the store costs."""
    with store.reading() as session:
        session.execute(
            text(
                "SELECT product_id, location_id, sum(quantity) / 365 FROM daily_sales GROUP BY product_id, location_id"
            )
        ).all()


def plan(store: Store, folder: Path) -> None:
    """What the clock does each night: read, compute, write, judge."""
    house = House(Shop(timezone="Europe/Warsaw"), house_rulebook())
    with store.reading() as session:
        computed = timed("  compute", lambda: compute_orders(session, PlanOrders(folder), clock=CLOCK, house=house))
    with store.transaction() as session:
        timed("  write", lambda: keep_plan(session, computed, actor=SCHEDULER, clock=CLOCK))
    with store.reading() as session:
        numbers = unjudged_proposals(session)

    def judged() -> None:
        for start in range(0, len(numbers), 20):
            with store.transaction() as session:
                judge_proposals(session, numbers[start : start + 20], clock=CLOCK, house=house)

    timed("  judge", judged)


def count_some(store: Store) -> None:
    with store.transaction() as session:
        session.execute(text("UPDATE stock_balances SET on_hand = on_hand + 1 WHERE product_id % 100 = 0"))


def timed(what: str, work: Callable[[], Result]) -> Result:
    wall, cpu = perf_counter(), process_time()
    answer = work()
    wall, cpu = perf_counter() - wall, process_time() - cpu
    print(f"{what:16} {wall:8.1f} s wall {cpu:8.1f} s cpu", flush=True)
    SECONDS[what] = wall
    return answer


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("products", nargs="?", type=int, default=100_000, help="how many (default: %(default)s)")
    parser.add_argument("url", nargs="?", help="an empty database (default: SQLite in a temporary folder)")
    options = parser.parse_args()
    main(options.products, options.url)
