"""Sales by day, read in batches and kept packed in blocks of items, so that memory stays bounded.

A packed sale takes five bytes: place of the item in its block, age of the day (1 is yesterday), quantity.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl

from planning import columns
from planning.arrays import Marks, Numbers, Whole
from planning.columns import Source
from planning.lookup import ItemNumbers
from planning.problems import UnusableTable
from planning.settings import PlanSettings
from planning.workers import Workers, in_order

NEEDED = ("sku", "location", "date", "quantity")
MOST_A_DAY = 1e9  # base units sold, or delivered; beyond it squares lose what a day tells
BATCH_ROWS = 1_000_000
MAX_GROUPS = 2_000  # locations beyond this share one calendar


@dataclass(slots=True)
class Packed:
    """Sales of one block of items."""

    place: list[Whole] = field(default_factory=list)
    age: list[Whole] = field(default_factory=list)
    quantity: list[Numbers | Whole] = field(default_factory=list)
    marks: list[Whole | None] = field(default_factory=list)  # stocked_out: 0, 1 or 2; None where all are 0
    promoted: list[Whole | None] = field(default_factory=list)  # 1 on days of promotion; None where there are none


@dataclass(slots=True)
class Sales:
    """All sales before today by block of items, and what each location sold each day."""

    blocks: list[Packed]
    days: int  # age of the oldest day seen
    group: Whole  # of each item: its location's number
    sold: Numbers  # (groups, history_days + 1) quantity by age
    sellers: Numbers  # (groups, history_days + 1) rows with a sale by age
    planned: list[tuple[Whole, Whole]] = field(default_factory=list)  # items and days from today on with a promotion
    is_plan_known: bool = False  # some row from today on says whether there is a promotion
    unknown: int = 0  # rows of items that are not in the table of items
    later: int = 0  # rows of today or later that tell no promotion
    older: int = 0  # rows from before the history that is used


def gather(
    history: pl.LazyFrame, source: Source, keys: pl.DataFrame, numbers: ItemNumbers, today: date, settings: PlanSettings
) -> Sales:
    """Read the history batch by batch; raises UnusableTable at the first unusable cell."""
    names = history.collect_schema().names()
    columns.demand_columns(names, NEEDED, source)
    wanted = [*NEEDED, *(name for name in ("stocked_out", "promotion") if name in names)]
    group, groups = _groups(keys)
    size = settings.history_days + 1
    sales = Sales(
        blocks=[Packed() for _ in range(-(-keys.height // settings.block_items))],
        days=0,
        group=group,
        sold=np.zeros((groups, size)),
        sellers=np.zeros((groups, size)),
    )
    batches = _batches(history.select(wanted), source)

    def given(batch: tuple[pl.DataFrame, int]) -> tuple[object, ...]:
        return batch[0], Source(source.name, batch[1]), numbers, group, sales.sold.shape, today, settings

    with ThreadPoolExecutor(settings.threads) as pool:
        for _, read in in_order(_read, batches, given, Workers(pool, settings.threads)):
            _add(sales, read)
    return sales


def _groups(keys: pl.DataFrame) -> tuple[Whole, int]:
    codes = keys["location"].rank("dense").cast(pl.Int32).to_numpy() - 1 if keys.height else np.zeros(0, np.int32)
    count = int(codes.max()) + 1 if len(codes) else 1
    return (codes, count) if count <= MAX_GROUPS else (np.zeros_like(codes), 1)


def _batches(history: pl.LazyFrame, source: Source) -> Iterator[tuple[pl.DataFrame, int]]:
    """Each batch with the number of its first row. A file that breaks off is found only while it is read."""
    row = source.first_row
    try:
        for batch in history.collect_batches(chunk_size=BATCH_ROWS, maintain_order=True):
            if batch.height:
                yield batch, row
            row += batch.height
    except pl.exceptions.PolarsError as problem:
        raise UnusableTable(source.name, f"not readable: {str(problem).splitlines()[0]}") from problem


@dataclass(frozen=True, slots=True)
class _Read:
    """One batch, checked, counted and packed."""

    parts: list["_Part"]
    oldest: int
    sold: Numbers | None  # as in Sales; None without a usable row
    sellers: Numbers | None
    planned: tuple[Whole, Whole] | None  # as in Sales; None where no row of today or later tells a promotion
    unknown: int
    later: int
    older: int


_Part = tuple[int, Whole, Whole, Numbers | Whole, Whole | None, Whole | None]  # number of a block, then as in Packed


def _read(
    batch: pl.DataFrame,
    source: Source,
    numbers: ItemNumbers,
    group: Whole,
    shape: tuple[int, int],
    today: date,
    settings: PlanSettings,
) -> _Read:
    quantity = columns.numbers(batch, "quantity", source, low=-MOST_A_DAY, high=MOST_A_DAY).to_numpy()
    day = columns.days(batch, "date", source)
    age = (today - date(1970, 1, 1)).days - day.to_physical().to_numpy()
    index = numbers.find(_keys(batch, source))
    marks, promoted = _marks(batch, source), _promoted(batch, source)
    known = index >= 0
    usable = known & (age >= 1) & (age <= settings.history_days)
    coming = known & (age < 1)
    planned = _planned(batch, index, age, promoted, coming) if coming.any() else None
    unknown, later = int((~known).sum()), 0 if planned is not None else int(coming.sum())
    older = int((known & (age > settings.history_days)).sum())
    if not usable.all():
        index, age, quantity = index[usable], age[usable], quantity[usable]
        marks = None if marks is None else marks[usable]
        promoted = None if promoted is None else promoted[usable]
    if not len(index):
        return _Read([], 0, None, None, planned, unknown, later, older)
    sold, sellers = _counted(group, shape, index, age, quantity)
    parts = list(_packed(index, age, quantity, (marks, promoted), settings.block_items))
    return _Read(parts, int(age.max()), sold, sellers, planned, unknown, later, older)


def _planned(
    batch: pl.DataFrame, index: Whole, age: Whole, promoted: Whole | None, coming: Marks
) -> tuple[Whole, Whole] | None:
    """Items and days ahead with a promotion; None where the rows of the days to come do not say."""
    if "promotion" not in batch.columns or batch["promotion"].filter(pl.Series(coming)).is_null().all():
        return None
    if promoted is None:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    chosen = coming & (promoted > 0)
    return index[chosen].astype(np.int64), -age[chosen].astype(np.int64)


def _add(sales: Sales, read: _Read) -> None:
    sales.unknown += read.unknown
    sales.later += read.later
    sales.older += read.older
    sales.days = max(sales.days, read.oldest)
    if read.sold is not None and read.sellers is not None:
        sales.sold += read.sold
        sales.sellers += read.sellers
    if read.planned is not None:
        sales.is_plan_known = True
        sales.planned.append(read.planned)
    for number, place, age, quantity, marks, promoted in read.parts:
        packed = sales.blocks[number]
        packed.place.append(place)
        packed.age.append(age)
        packed.quantity.append(quantity)
        packed.marks.append(marks)
        packed.promoted.append(promoted)


def _keys(batch: pl.DataFrame, source: Source) -> pl.DataFrame:
    return pl.DataFrame({name: columns.texts(batch, name, source) for name in ("sku", "location")})


def _marks(batch: pl.DataFrame, source: Source) -> Whole | None:
    if "stocked_out" not in batch.columns:
        return None
    marks = columns.marks(batch, source).to_numpy()
    return marks if marks.any() else None


def _promoted(batch: pl.DataFrame, source: Source) -> Whole | None:
    if "promotion" not in batch.columns:
        return None
    promoted = columns.promotions(batch, source).to_numpy()
    return promoted if promoted.any() else None


def _counted(
    group: Whole, shape: tuple[int, int], index: Whole, age: Whole, quantity: Numbers
) -> tuple[Numbers, Numbers]:
    """What each location sold by age, and how many rows with a sale it had."""
    groups, size = shape
    cell = age if groups == 1 else group[index] * np.int64(size) + age
    is_sale = quantity > 0
    if not is_sale.all():
        cell, quantity = cell[is_sale], quantity[is_sale]
    sold = np.bincount(cell, quantity, groups * size).reshape(shape)
    sellers = np.bincount(cell, minlength=groups * size).reshape(shape)
    return sold.astype(np.float64), sellers.astype(np.float64)


def _packed(
    index: Whole, age: Whole, quantity: Numbers, flags: tuple[Whole | None, Whole | None], block_items: int
) -> Iterator[_Part]:
    block = index // block_items
    if (np.diff(block) < 0).any():
        order = np.argsort(block.astype(np.uint32), kind="stable")
        index, age, quantity, block = index[order], age[order], quantity[order], block[order]
        flags = _of(flags[0], order), _of(flags[1], order)
    place = (index - block * block_items).astype(np.uint16)
    age = age.astype(np.uint16)
    small = _small(quantity)
    edges = np.flatnonzero(np.diff(block)) + 1
    for start, end in zip([0, *edges], [*edges, len(block)], strict=True):
        here = slice(start, end)
        marks, promoted = _of(flags[0], here), _of(flags[1], here)
        yield int(block[start]), place[here], age[here], small[here], marks, promoted


def _of(flags: Whole | None, rows: Whole | slice) -> Whole | None:
    return None if flags is None else flags[rows]


def _small(quantity: Numbers) -> Numbers | Whole:
    """Whole quantities in one or two bytes, others as they are read."""
    if (quantity >= 0).all() and quantity.max() < 2**16 and (quantity == np.rint(quantity)).all():
        return quantity.astype(np.uint8) if quantity.max() < 2**8 else quantity.astype(np.uint16)
    return quantity
