"""Columns of a foreign table, taken as what the contract says they are, or refused with file, row and column."""

from dataclasses import dataclass

import polars as pl

from planning.problems import UnusableTable

MOST = 1e12  # of any figure: beyond it somebody's finger slipped, and sums lose their small parts
SHOWN = 60  # characters of a cell in a message


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table came from, for messages: the file's name and the number its first data row has in it."""

    name: str
    first_row: int = 1


def demand_columns(found: list[str], needed: tuple[str, ...], source: Source) -> None:
    """Raise UnusableTable unless every needed column is there."""
    for column in needed:
        if column not in found:
            raise UnusableTable(
                source.name, f"the column is missing; found are {clipped(', '.join(found), 300)}", column=column
            )


def texts(frame: pl.DataFrame, column: str, source: Source) -> pl.Series:
    """A column of keys, never empty."""
    values = _as_text(frame[column], column, source)
    empty = values.is_null() | (values == "")
    _refuse_where(empty.fill_null(value=True), "is empty", column, source)
    return values


def optional_texts(frame: pl.DataFrame, column: str, source: Source) -> pl.Series:
    """A column of names that may be missing or empty (then null)."""
    if column not in frame.columns:
        return pl.Series(column, [None] * frame.height, dtype=pl.String)
    values = _as_text(frame[column], column, source)
    return values.set(values.is_not_null() & (values == ""), None)


def numbers(
    frame: pl.DataFrame,
    column: str,
    source: Source,
    *,
    low: float | None = None,
    high: float = MOST,
    default: float | None = None,
    may_be_empty: bool = False,
) -> pl.Series:
    """A column of numbers within bounds; an empty cell takes the default, or stays null where it may be empty."""
    if column not in frame.columns:
        return pl.Series(column, [default] * frame.height, dtype=pl.Float64)
    raw = _plain(frame[column], column, source)
    if not (raw.dtype.is_numeric() or raw.dtype in (pl.String, pl.Null)):
        raise UnusableTable(source.name, f"holds {raw.dtype}, not numbers", column=column)
    given = _given(raw)
    values = raw.cast(pl.Float64, strict=False)
    wrong = given & (values.is_null() | ~values.is_finite().fill_null(value=False))
    _refuse_where(wrong, "is not a number", column, source, raw)
    if default is None and not may_be_empty:
        _refuse_where(~given, "is empty", column, source)
    elif default is not None:
        values = values.set(~given, default)
    if low is not None:
        _refuse_where((values < low).fill_null(value=False), f"is below {low:g}", column, source, raw)
    _refuse_where((values > high).fill_null(value=False), f"is above {high:g}", column, source, raw)
    return values


def days(frame: pl.DataFrame, column: str, source: Source, *, may_be_empty: bool = False) -> pl.Series:
    """A column of ISO dates."""
    if column not in frame.columns:
        return pl.Series(column, [None] * frame.height, dtype=pl.Date)
    raw = _plain(frame[column], column, source)
    given = _given(raw)
    if raw.dtype == pl.String:
        values = raw.str.to_date("%Y-%m-%d", strict=False)
    elif raw.dtype in (pl.Date, pl.Datetime):
        values = raw.cast(pl.Date)
    else:
        values = pl.Series(column, [None] * frame.height, dtype=pl.Date)
    _refuse_where(given & values.is_null(), "is not a date like 2026-11-23", column, source, raw)
    if not may_be_empty:
        _refuse_where(~given, "is empty", column, source)
    return values


def choices(frame: pl.DataFrame, column: str, source: Source, allowed: tuple[str, ...], default: str) -> pl.Series:
    """A column with one of a few words; an empty cell takes the default."""
    values = optional_texts(frame, column, source).fill_null(default)
    _refuse_where(~values.is_in(allowed), f"is not one of {', '.join(allowed)}", column, source, values)
    return values


def marks(frame: pl.DataFrame, source: Source) -> pl.Series:
    """The column `stocked_out`: 0, 1 or 2, and 0 where it is empty or missing."""
    return _small_numbers(frame, "stocked_out", source, 2)


def promotions(frame: pl.DataFrame, source: Source) -> pl.Series:
    """The column `promotion`: 0 or 1, and 0 where it is empty or missing."""
    return _small_numbers(frame, "promotion", source, 1)


def _small_numbers(frame: pl.DataFrame, column: str, source: Source, most: int) -> pl.Series:
    if column not in frame.columns:
        return pl.Series(column, [0], dtype=pl.UInt8).new_from_index(0, frame.height)
    raw = frame[column]
    plain = pl.DataFrame({column: raw.cast(pl.Int8) if raw.dtype == pl.Boolean else raw})
    values = numbers(plain, column, source, low=0, high=most, default=0)
    allowed = ", ".join(str(each) for each in range(most)) + f" or {most}"
    _refuse_where(values != values.round(), f"is not {allowed}", column, source, raw)
    return values.cast(pl.UInt8)


def refuse_twice(frame: pl.DataFrame, columns: list[str], source: Source) -> None:
    """Raise UnusableTable when a key stands in two rows."""
    twice = frame.select(pl.struct(columns).is_first_distinct()).to_series()
    place = (~twice).arg_max()
    if frame.height and not twice.all() and place is not None:
        key = " at ".join(clipped(str(frame[column][place])) for column in columns)
        raise UnusableTable(source.name, f"{key} stands in an earlier row too", row=place + source.first_row)


def _plain(raw: pl.Series, column: str, source: Source) -> pl.Series:
    """The column with one value a cell; words of a list of words as texts. Raises UnusableTable for what holds none."""
    if raw.dtype.is_nested() or raw.dtype in (pl.Object, pl.Binary, pl.Duration, pl.Time):
        raise UnusableTable(source.name, f"holds {type(raw.dtype).__name__.lower()} values", column=column)
    return raw.cast(pl.String) if raw.dtype in (pl.Categorical, pl.Enum) else raw


def _as_text(raw: pl.Series, column: str, source: Source) -> pl.Series:
    return _plain(raw, column, source).cast(pl.String)


def clipped(text: str, most: int = SHOWN) -> str:
    """Words of a table short enough for one sentence."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _given(raw: pl.Series) -> pl.Series:
    given = raw.is_not_null()
    return given & (raw != "") if raw.dtype == pl.String else given


def _refuse_where(wrong: pl.Series, what: str, column: str, source: Source, raw: pl.Series | None = None) -> None:
    if not wrong.any():
        return
    place = wrong.arg_max() or 0
    shown = "the cell" if raw is None else repr(raw[place]) if isinstance(raw[place], str) else str(raw[place])
    raise UnusableTable(source.name, f"{clipped(shown)} {what}", row=place + source.first_row, column=column)
