"""Sales by day, read in batches and kept packed in blocks of items, so that memory stays bounded.

A packed sale takes five bytes: place of the item in its block, age of the day (1 is yesterday), quantity.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl

from planning import columns
from planning.arrays import Numbers, Whole
from planning.columns import Source
from planning.lookup import ItemNumbers
from planning.problems import UnusableTable
from planning.settings import PlanSettings

NEEDED = ("sku", "location", "date", "quantity")
BATCH_ROWS = 1_000_000
MAX_GROUPS = 2_000  # locations beyond this share one calendar


@dataclass(slots=True)
class Packed:
    """Sales of one block of items."""

    place: list[Whole] = field(default_factory=list)
    age: list[Whole] = field(default_factory=list)
    quantity: list[Numbers | Whole] = field(default_factory=list)
    marks: list[Whole | None] = field(default_factory=list)  # stocked_out: 0, 1 or 2; None where all are 0


@dataclass(slots=True)
class Sales:
    """All sales before today by block of items, and what each location sold each day."""

    blocks: list[Packed]
    days: int  # age of the oldest day seen
    group: Whole  # of each item: its location's number
    sold: Numbers  # (groups, history_days + 1) quantity by age
    sellers: Numbers  # (groups, history_days + 1) rows with a sale by age
    unknown: int = 0  # rows of items that are not in the table of items
    later: int = 0  # rows of today or later
    older: int = 0  # rows from before the history that is used


def gather(
    history: pl.LazyFrame, source: Source, keys: pl.DataFrame, numbers: ItemNumbers, today: date, settings: PlanSettings
) -> Sales:
    """Read the history batch by batch; raises UnusableTable at the first unusable cell."""
    names = history.collect_schema().names()
    columns.demand_columns(names, NEEDED, source)
    wanted = [*NEEDED, *(("stocked_out",) if "stocked_out" in names else ())]
    group, groups = _groups(keys)
    size = settings.history_days + 1
    sales = Sales(
        blocks=[Packed() for _ in range(-(-keys.height // settings.block_items))],
        days=0,
        group=group,
        sold=np.zeros((groups, size)),
        sellers=np.zeros((groups, size)),
    )
    for batch, first_row in _batches(history.select(wanted), source):
        _add(sales, batch, Source(source.name, first_row), numbers, today, settings)
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


def _add(
    sales: Sales, batch: pl.DataFrame, source: Source, numbers: ItemNumbers, today: date, settings: PlanSettings
) -> None:
    quantity = columns.numbers(batch, "quantity", source).to_numpy()
    day = columns.days(batch, "date", source)
    age = (today - date(1970, 1, 1)).days - day.to_physical().to_numpy()
    index = numbers.find(_keys(batch, source))
    marks = _marks(batch, source)
    known = index >= 0
    usable = known & (age >= 1) & (age <= settings.history_days)
    sales.unknown += int((~known).sum())
    sales.later += int((known & (age < 1)).sum())
    sales.older += int((known & (age > settings.history_days)).sum())
    if not usable.all():
        index, age, quantity = index[usable], age[usable], quantity[usable]
        marks = None if marks is None else marks[usable]
    if len(index):
        sales.days = max(sales.days, int(age.max()))
        _count(sales, index, age, quantity)
        _pack(sales, index, age, quantity, marks, settings.block_items)


def _keys(batch: pl.DataFrame, source: Source) -> pl.DataFrame:
    return pl.DataFrame({name: columns.texts(batch, name, source) for name in ("sku", "location")})


def _marks(batch: pl.DataFrame, source: Source) -> Whole | None:
    if "stocked_out" not in batch.columns:
        return None
    marks = columns.marks(batch, source).to_numpy()
    return marks if marks.any() else None


def _count(sales: Sales, index: Whole, age: Whole, quantity: Numbers) -> None:
    groups, size = sales.sold.shape
    cell = age if groups == 1 else sales.group[index].astype(np.int64) * size + age
    sales.sold += np.bincount(cell, np.maximum(quantity, 0), groups * size).reshape(groups, size)
    sales.sellers += np.bincount(cell, quantity > 0, groups * size).reshape(groups, size)


def _pack(sales: Sales, index: Whole, age: Whole, quantity: Numbers, marks: Whole | None, block_items: int) -> None:
    block = index // block_items
    if (np.diff(block) < 0).any():
        order = np.argsort(block.astype(np.uint32), kind="stable")
        index, age, quantity, block = index[order], age[order], quantity[order], block[order]
        marks = None if marks is None else marks[order]
    age = age.astype(np.uint16)
    small = _small(quantity)
    edges = np.flatnonzero(np.diff(block)) + 1
    for start, end in zip([0, *edges], [*edges, len(block)], strict=True):
        number = int(block[start])
        packed = sales.blocks[number]
        packed.place.append((index[start:end] - number * block_items).astype(np.uint16))
        packed.age.append(age[start:end])
        packed.quantity.append(small[start:end])
        packed.marks.append(None if marks is None else marks[start:end])


def _small(quantity: Numbers) -> Numbers | Whole:
    """Whole quantities in one or two bytes, others as they are read."""
    if (quantity >= 0).all() and quantity.max() < 2**16 and (quantity == np.rint(quantity)).all():
        return quantity.astype(np.uint8) if quantity.max() < 2**8 else quantity.astype(np.uint16)
    return quantity
