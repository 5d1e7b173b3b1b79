"""Writes a table's rows by the hundred thousand: prepared in columns, sent with COPY or one prepared statement."""

from typing import Any

import polars as pl
from sqlalchemy import Table
from sqlalchemy.orm import Session

from store.column_types import ExactDecimal

_SCALE = 1_000_000  # an exact decimal is kept in millionths on SQLite


def insert_frame(session: Session, table: Table, frame: pl.DataFrame) -> None:
    """Insert every row of the frame, whose columns are named as the table's.

    Exact decimals are given as decimals, those that the planner computed as floats; enums and JSON as text. Nothing but the database's own constraints is checked.
    """
    if frame.is_empty():
        return
    session.flush()
    if session.get_bind().dialect.name == "sqlite":
        _execute_many(session, table, frame)
    else:
        _copy(session, table, frame)


def _execute_many(session: Session, table: Table, frame: pl.DataFrame) -> None:
    names = ", ".join(f'"{name}"' for name in frame.columns)
    marks = ", ".join("?" for _ in frame.columns)
    cursor: Any = session.connection().connection.cursor()
    try:
        statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608 - names are the schema's own
        cursor.executemany(statement, frame.select(_as_sqlite(table, frame)).iter_rows())
    finally:
        cursor.close()


def _as_sqlite(table: Table, frame: pl.DataFrame) -> list[pl.Expr]:
    found = []
    for name, kind in frame.schema.items():
        column = pl.col(name)
        if isinstance(kind, pl.Decimal):
            column = (column * _SCALE).cast(pl.Int64)
        elif isinstance(table.c[name].type, ExactDecimal):
            column = (column * _SCALE).round().cast(pl.Int64)
        elif kind == pl.Date:
            column = column.dt.to_string("%Y-%m-%d")
        elif isinstance(kind, pl.Datetime):
            column = column.dt.to_string("%Y-%m-%d %H:%M:%S%.6f")
        elif kind == pl.Boolean:
            column = column.cast(pl.Int8)
        found.append(column)
    return found


def _copy(session: Session, table: Table, frame: pl.DataFrame) -> None:
    names = ", ".join(f'"{name}"' for name in frame.columns)
    shown = frame.with_columns(
        pl.col(name).dt.to_string("%Y-%m-%d %H:%M:%S%.6f+00")
        for name, kind in frame.schema.items()
        if isinstance(kind, pl.Datetime)
    )
    text = shown.write_csv(None, include_header=False, null_value="\\N", quote_style="non_numeric")
    cursor: Any = session.connection().connection.cursor()
    try:
        with cursor.copy(f"COPY \"{table.name}\" ({names}) FROM STDIN WITH (FORMAT csv, NULL '\\N')") as copy:
            copy.write(text)
    finally:
        cursor.close()
