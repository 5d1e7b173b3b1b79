"""Matches the columns of a file to the fields of an import: by known headers, or as the user says with a map."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz import process, utils

from store.importers.cells import Row, shown, texts
from store.importers.table import FileUnusable

_LOOK = 30  # rows: titles and remarks may stand above the headers
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands: row number and width of the headers, index and header by field, and headers nobody wants."""

    row: int
    width: int
    index: Mapping[str, int]
    header: Mapping[str, str]
    ignored: tuple[str, ...]


def plain(header: str) -> str:
    """A header without case, accents, punctuation and what stands in brackets."""
    bare = _BRACKETS.sub(" ", header)
    bare = bare if bare.strip() else header
    letters = unicodedata.normalize("NFKD", bare.casefold().replace("ł", "l"))
    ascii_only = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", ascii_only).strip()


def known_headers(kind: str) -> Mapping[str, str]:
    """Field by plain header for one kind of import; of several meanings the first."""
    return {header: fields[0] for header, fields in _meanings(kind).items()}


def _meanings(kind: str) -> Mapping[str, Sequence[str]]:
    """Fields by plain header, in the order of the file of headers."""
    found: dict[str, list[str]] = {}
    for field, headers in _headers()[kind].items():
        for header in headers:
            found.setdefault(plain(header), []).append(field)
    return found


def holds_columns(rows: Sequence[Row], kind: str, required: Iterable[str], mapped: Mapping[str, str]) -> bool:
    """True when one of the first rows has a column for each required field."""
    needed = set(required)
    return any(needed <= set(_fields(row, kind, mapped).values()) for row in rows[:_LOOK])


def find_columns(rows: Sequence[Row], kind: str, required: Sequence[str], mapped: Mapping[str, str]) -> Columns:
    """The columns of a file by its first rows; `mapped` gives the header of a field as the user named it.

    Raises FileUnusable when there is no row of headers, when a required field or a mapped header is missing, or when two
    columns could be the same field.
    """
    found = [(len(fields), -row.number, row, fields) for row in rows[:_LOOK] if (fields := _fields(row, kind, mapped))]
    if not found:
        first = next((", ".join(texts(row.cells)) for row in rows if not row.is_empty), "")
        raise FileUnusable("no-headers", found=first[:200], needed=", ".join(required))
    row, fields = max(found, key=lambda each: each[:2])[2:]
    headers = {index: shown(cell).strip() for index, cell in enumerate(row.cells) if shown(cell).strip()}
    _check_map(mapped, fields, headers)
    _check_twice(fields, headers)
    missing = [field for field in required if field not in fields.values()]
    if missing:
        raise FileUnusable("missing-column", field=missing[0], found=", ".join(headers.values()), row=row.number)
    return Columns(
        row.number,
        max(headers) + 1,
        {field: index for index, field in fields.items()},
        {field: headers[index] for index, field in fields.items()},
        tuple(header for index, header in headers.items() if index not in fields),
    )


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like this one, or empty text."""
    found = process.extractOne(word, list(known), processor=utils.default_process, score_cutoff=60)
    return found[0] if found else ""


def _fields(row: Row, kind: str, mapped: Mapping[str, str]) -> dict[int, str]:
    """Field by column index."""
    wanted = {plain(header): field for field, header in mapped.items()}
    known = {header: field for header, field in known_headers(kind).items() if field not in mapped}
    found = {}
    for index, cell in enumerate(row.cells):
        header = plain(cell) if isinstance(cell, str) else ""
        field = wanted.get(header) or known.get(header)
        if field:
            found[index] = field
    return _told_apart(found, row, kind)


def _told_apart(found: dict[int, str], row: Row, kind: str) -> dict[int, str]:
    """Of two columns for one field, the one that can mean something else means that: "supplier" and "supplier code"."""
    told = dict(found)
    meanings = _meanings(kind)
    for index, field in found.items():
        others = [each for each in meanings.get(plain(shown(row.cells[index])), ())[1:] if each not in told.values()]
        if others and list(told.values()).count(field) > 1:
            told[index] = others[0]
    return told


def _check_map(mapped: Mapping[str, str], fields: Mapping[int, str], headers: Mapping[int, str]) -> None:
    for field, header in mapped.items():
        if field not in fields.values():
            raise FileUnusable("mapped-header-missing", header=header, nearest=nearest(header, headers.values()))


def _check_twice(fields: Mapping[int, str], headers: Mapping[int, str]) -> None:
    for index, field in fields.items():
        others = [other for other, same in fields.items() if same == field and other != index]
        if others:
            raise FileUnusable("two-columns", field=field, first=headers[index], second=headers[others[0]])


@cache
def _headers() -> Mapping[str, Mapping[str, list[str]]]:
    text = (files("store.importers") / "headers.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
