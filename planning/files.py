"""Tables on disk: CSV or Parquet, told by the ending; and the message of a file that cannot be read."""

from pathlib import Path

import polars as pl

from planning.columns import Source
from planning.problems import UnusableTable

ENDINGS = (".csv", ".parquet")


def source_of(path: Path) -> Source:
    """How messages speak of this file: a CSV's header is row 1."""
    return Source(path.name, 2 if path.suffix.lower() == ".csv" else 1)


def check_ending(path: Path) -> None:
    """Raise UnusableTable when the ending tells no format."""
    if path.suffix.lower() not in ENDINGS:
        raise UnusableTable(path.name, "the file's name must end in .csv or .parquet")


def scan(path: Path) -> pl.LazyFrame:
    """The table, unread; CSV cells stay texts, so that a wrong one can be shown as it stands."""
    check_ending(path)
    try:
        lazy = _open(path)
        lazy.collect_schema()
    except (pl.exceptions.PolarsError, OSError, UnicodeError) as problem:
        raise unreadable(path, problem) from problem
    return lazy


def read(path: Path) -> pl.DataFrame:
    """The whole table; raises UnusableTable when the file is not one."""
    try:
        return scan(path).collect()
    except (pl.exceptions.PolarsError, OSError, UnicodeError) as problem:
        raise unreadable(path, problem) from problem


def unreadable(path: Path, problem: Exception) -> UnusableTable:
    """The one line that says why a file cannot be read."""
    if not path.exists():
        return UnusableTable(path.name, f"there is no such file ({path})")
    first_line = str(problem).strip().splitlines()[0] if str(problem).strip() else type(problem).__name__
    return UnusableTable(path.name, f"not readable as {path.suffix.lower()[1:].upper()}: {first_line}")


def write(frame: pl.DataFrame | pl.LazyFrame, path: Path, ending: str) -> None:
    """Write a table in the format of the ending, which may differ from the (temporary) path's own."""
    lazy = frame.lazy()
    if ending.lower() == ".csv":
        lazy.sink_csv(path)
    else:
        lazy.sink_parquet(path, compression="zstd", statistics=True)


def _open(path: Path) -> pl.LazyFrame:
    if path.suffix.lower() == ".csv":
        return pl.scan_csv(path, infer_schema=False, glob=False)
    return pl.scan_parquet(path, glob=False)
