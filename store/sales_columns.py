"""The history of sales in columns beside the database: one Parquet file a month, written anew when the month's rows change.

Triggers of the database give a month a new stamp whenever a row of it is written, by whomever, and the stamp is part of the
file's name: a file is never older than the table. Files are made under another name and renamed when whole.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.tables.sales import SalesMonthRow

_ROWS_AT_ONCE = 250_000
_DAYS_BY_INDEX = 92
_KEPT_VERSIONS = 2  # a plan may still be reading the one before
_MILLION = 1_000_000  # an exact decimal is kept in millionths on SQLite
SALES = {
    "sku": pl.Int64,
    "location": pl.Int64,
    "date": pl.Date,
    "quantity": pl.Float64,
    "price": pl.Float64,
    "promotion": pl.Int8,
    "stocked_out": pl.Int8,
}
_COLUMNS = "product_id, location_id, day, quantity, price, is_promotion, stocked_out"


def sales_history(session: Session, *, since: date, until: date, folder: Path | None) -> pl.LazyFrame:
    """Sales from `since` until the day before `until` with the planner's columns; in memory without a folder."""
    if folder is None:
        return _read(session, since, until).lazy()
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        month: folder / f"sales-{month}-{stamp}.parquet" for month, stamp in _stamps(session, since, until).items()
    }
    missing = sorted(month for month, path in files.items() if not path.exists())
    if missing:
        _export(session, {month: files[month] for month in missing})
    if not files:
        return pl.LazyFrame(schema=SALES)
    return pl.scan_parquet(list(files.values())).filter((pl.col("date") >= since) & (pl.col("date") < until))


def _stamps(session: Session, since: date, until: date) -> Mapping[str, int]:
    rows = session.execute(
        select(SalesMonthRow.month, SalesMonthRow.stamp)
        .where(SalesMonthRow.month >= f"{since:%Y-%m}", SalesMonthRow.month <= f"{until:%Y-%m}")
        .order_by(SalesMonthRow.month)
    )
    return {str(month): int(stamp) for month, stamp in rows}


def _export(session: Session, files: Mapping[str, Path]) -> None:
    """Write months from one reading of all days between the first and the last of them."""
    months = list(files)
    rows = _read(session, _first_day(months[0]), _first_day(months[-1], 1))
    for month, path in files.items():
        raw = path.with_name(f".{path.stem}-{uuid4().hex}.part")  # two runs may write one month at once
        start, end = _first_day(month), _first_day(month, 1)
        try:
            rows.filter((pl.col("date") >= start) & (pl.col("date") < end)).write_parquet(raw, compression="zstd")
            raw.replace(path)
        finally:
            raw.unlink(missing_ok=True)
        older = sorted(path.parent.glob(f"sales-{month}-*.parquet"), key=lambda each: each.stat().st_mtime_ns)
        for each in older[:-_KEPT_VERSIONS]:
            each.unlink(missing_ok=True)


def _first_day(month: str, later: int = 0) -> date:
    """The first day of a month, or of one so many months later."""
    first = date.fromisoformat(f"{month}-01")
    number = first.year * 12 + first.month - 1 + later
    return date(number // 12, number % 12 + 1, 1)


def _read(session: Session, since: date, until: date) -> pl.DataFrame:
    """Rows of some days, by product, place and day."""
    read = _fetched if _is_sqlite(session) else _copied
    return read(session, since, until).sort("sku", "location", "date")


def _fetched(session: Session, since: date, until: date) -> pl.DataFrame:
    cursor: Any = session.connection().connection.cursor()
    raw = dict(zip(SALES, (pl.Int64, pl.Int64, pl.String, pl.Int64, pl.Int64, pl.Int8, pl.Int8), strict=True))
    try:
        # over many days one reading of the whole table is cheaper than a search in the index for each row
        column = "+day" if (until - since).days > _DAYS_BY_INDEX else "day"
        query = f"SELECT {_COLUMNS} FROM daily_sales WHERE {column} >= ? AND {column} < ?"  # noqa: S608
        cursor.execute(query, (since.isoformat(), until.isoformat()))
        parts = [pl.DataFrame(schema=raw)]
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            parts.append(pl.DataFrame(rows, schema=raw, orient="row"))
    finally:
        cursor.close()
    exact = pl.col("quantity", "price") / _MILLION
    return pl.concat(parts).with_columns(exact, pl.col("date").str.to_date("%Y-%m-%d")).cast(SALES)  # type: ignore[arg-type]


def _copied(session: Session, since: date, until: date) -> pl.DataFrame:
    cursor: Any = session.connection().connection.cursor()
    columns = _COLUMNS.replace("is_promotion", "is_promotion::int")
    query = (
        f"COPY (SELECT {columns} FROM daily_sales WHERE day >= '{since}' AND day < '{until}') TO STDOUT (FORMAT csv)"  # noqa: S608
    )
    try:
        with cursor.copy(query) as copy:
            content = b"".join(bytes(chunk) for chunk in copy)
    finally:
        cursor.close()
    if not content:
        return pl.DataFrame(schema=SALES)
    return pl.read_csv(content, has_header=False, schema=SALES)


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
