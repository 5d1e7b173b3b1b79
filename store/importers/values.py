"""Reads single cells as text, numbers, days and yes or no; whatever is doubtful is refused with a reason, never guessed."""

import math
import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from stdnum import ean
from stdnum.exceptions import ValidationError

from store.importers.cells import BadCell, Cell, Fault, Style, Unreadable, shown
from store.importers.style import without_spaces

_PLACES = 6  # the store keeps millionths
_NOISE = 1e-9  # what binary fractions add when a spreadsheet calculates
_LARGEST = Decimal(10) ** 12
_LARGEST_WHOLE = 2**31 - 1
_DAY_ZERO = date(1899, 12, 30)  # of the spreadsheets' count of days
_EARLIEST, _LATEST = date(1990, 1, 1), date(2100, 12, 31)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffd]")
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')  # how spreadsheets keep 007 in a CSV file
_PLAIN = re.compile(r"[-+]?\d+", re.ASCII)
_GROUPED = {
    ",": re.compile(r"[-+]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?", re.ASCII),
    ".": re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", re.ASCII),
}
_DOUBTFUL = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_POINTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", re.ASCII)
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
_YES = frozenset({"1", "yes", "y", "true", "x", "tak", "t", "prawda", "✓"})
_NO = frozenset({"0", "no", "n", "false", "-", "nie", "f", "fałsz", "falsz"})


def given(cell: Cell) -> Cell:
    """The cell, or None when it is blank; raises BadCell when the spreadsheet has no value for it."""
    if isinstance(cell, Unreadable):
        raise BadCell(
            {Fault.FORMULA: "formula-without-value", Fault.ERROR: "formula-error"}.get(cell.fault, "merged-cell"),
            shown=cell.shown,
        )
    if isinstance(cell, str):
        stripped = cell.strip()
        quoted = _QUOTED_FORMULA.fullmatch(stripped)
        if quoted:
            return quoted.group(1) or None
        if stripped.startswith("=") and len(stripped) > 1:
            raise BadCell("formula-without-value", shown=shown(stripped))
        return stripped or None
    return cell


def text(cell: Cell, longest: int) -> str:
    """Text of at most so many characters; a whole number from a spreadsheet loses its ".0"."""
    if isinstance(cell, bool | date):
        raise BadCell("not-text", shown=shown(cell))
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    found = str(cell)
    if _CONTROL.search(found):
        raise BadCell("unreadable-character", shown=shown(_CONTROL.sub("�", found)))
    if len(found) > longest:
        raise BadCell("too-long", shown=shown(found), longest=longest)
    return found


def code(cell: Cell, longest: int = 80) -> str:
    """A code of a product, supplier or place. One that a spreadsheet has turned into 5,9E+12 cannot be restored."""
    found = text(cell, longest)
    if _SCIENTIFIC.fullmatch(found):
        raise BadCell("mangled-code", shown=found)
    return found


def gtin(cell: Cell) -> str:
    """A GTIN/EAN of 8, 12, 13 or 14 digits with a right check digit (GS1 General Specifications, 7.9)."""
    digits = code(cell).replace(" ", "").replace("-", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) not in {8, 12, 13, 14}:
        raise BadCell("not-a-gtin", shown=shown(cell))
    try:
        ean.validate(digits)
    except ValidationError as error:
        raise BadCell(
            "gtin-check-digit", shown=digits, right=digits[:-1] + ean.calc_check_digit(digits[:-1])
        ) from error
    return digits


def decimal(cell: Cell, style: Style, *, least: int | None = None) -> Decimal:
    """An exact number of at most six decimal places."""
    number = _of_float(cell) if isinstance(cell, float) else _of_text(cell, style)
    if least is not None and number < least:
        raise BadCell("too-small", shown=shown(cell), least=least)
    if abs(number) >= _LARGEST:
        raise BadCell("too-large", shown=shown(cell), most=f"{_LARGEST:f}")
    if number.quantize(Decimal(1).scaleb(-_PLACES)) != number:
        raise BadCell("too-many-places", shown=shown(cell), places=_PLACES)
    return number


def whole(cell: Cell, style: Style, *, least: int | None = None) -> int:
    """A whole number."""
    number = decimal(cell, style, least=least)
    if number != number.to_integral_value():
        raise BadCell("not-whole", shown=shown(cell))
    if abs(number) > _LARGEST_WHOLE:
        raise BadCell("too-large", shown=shown(cell), most=_LARGEST_WHOLE)
    return int(number)


def day(cell: Cell, style: Style) -> date:
    """A day between 1990 and 2100; a time of day is left out."""
    if isinstance(cell, datetime):
        found = cell.date()
    elif isinstance(cell, date):
        found = cell
    elif isinstance(cell, float):
        found = _counted_day(cell, style)
    else:
        found = _written_day(cell, style)
    if not _EARLIEST <= found <= _LATEST:
        raise BadCell("day-out-of-range", shown=shown(cell))
    return found


def moment(cell: Cell, style: Style) -> datetime | date:
    """A day, or a day with its time when the cell tells one (no zone: it is the place's own time)."""
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, str) and _TIME.search(cell):
        clock = _TIME.search(cell)
        try:
            return datetime.fromisoformat(
                f"{day(cell, style).isoformat()}T{clock.group().strip('T ') if clock else ''}"
            )
        except ValueError as error:
            raise BadCell("not-a-day", shown=shown(cell)) from error
    return day(cell, style)


def yes(cell: Cell) -> bool:
    """Yes or no: true, 1, x, tak, and their opposites."""
    if isinstance(cell, bool):
        return cell
    word = shown(cell).casefold()
    if word not in _YES | _NO:
        raise BadCell("not-yes-or-no", shown=shown(cell))
    return word in _YES


def _of_float(number: float) -> Decimal:
    if not math.isfinite(number):
        raise BadCell("not-a-number", shown=shown(number))
    rounded = round(number, _PLACES)
    return Decimal(repr(rounded)) if abs(number - rounded) < _NOISE else Decimal(repr(number))


def _of_text(cell: Cell, style: Style) -> Decimal:
    if isinstance(cell, date):
        raise BadCell("day-for-number", shown=shown(cell))
    if isinstance(cell, bool) or not isinstance(cell, str):
        raise BadCell("not-a-number", shown=shown(cell))
    number = without_spaces(cell)
    if _PLAIN.fullmatch(number):
        return Decimal(number)
    if style.decimal is None and _DOUBTFUL.fullmatch(number):
        raise BadCell("doubtful-number", shown=shown(cell))
    mark = style.decimal or _only_mark(number)
    if not _GROUPED[mark].fullmatch(number):
        other = _GROUPED["." if mark == "," else ","].fullmatch(number) is not None
        raise BadCell("other-decimal-mark" if other else "not-a-number", shown=shown(cell), mark=mark)
    return Decimal(number.replace("." if mark == "," else ",", "").replace(",", "."))


def _only_mark(number: str) -> str:
    return "," if number.rfind(",") > number.rfind(".") else "."


def _counted_day(number: float, style: Style) -> date:
    try:
        found = _DAY_ZERO + timedelta(days=int(number))
    except (OverflowError, ValueError) as error:
        raise BadCell("not-a-day", shown=shown(number)) from error
    if not style.allow_day_numbers:
        raise BadCell("day-as-number", shown=shown(number), day=found.isoformat())
    return found


def _written_day(cell: Cell, style: Style) -> date:
    written = _TIME.sub("", str(cell)).strip()
    for pattern in (_ISO, _COMPACT):
        if parts := pattern.fullmatch(written):
            return _a_day(cell, parts.group(1), parts.group(2), parts.group(3))
    if parts := _POINTED.fullmatch(written):
        return _a_day(cell, parts.group(3), parts.group(2), parts.group(1))
    parts = _SLASHED.fullmatch(written)
    if parts is None:
        raise BadCell("not-a-day", shown=shown(cell))
    first, second, year = parts.groups()
    if style.day_first is None and first != second and int(first) <= 12 and int(second) <= 12:
        raise BadCell("doubtful-day", shown=shown(cell))
    day_first = int(first) > 12 if style.day_first is None else style.day_first
    return _a_day(cell, year, second if day_first else first, first if day_first else second)


def _a_day(cell: Cell, year: str, month: str, number: str) -> date:
    try:
        return date(int(year), int(month), int(number))
    except ValueError as error:
        raise BadCell("not-a-day", shown=shown(cell)) from error
