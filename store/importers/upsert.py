"""What writers of master data share: a thing stands once in a file, and only values that differ are set."""

from collections.abc import Hashable, Mapping
from typing import Any

from store.importers.outcome import Change, Outcome
from store.importers.record import Record


class Repeats:
    """Finds things that stand twice in a file. Saying the same twice is harmless; two different things are refused."""

    def __init__(self) -> None:
        self._seen: dict[Hashable, tuple[int, int]] = {}

    def first(self, key: Hashable, record: Record) -> tuple[bool, int]:
        """(True, 0) the first time; else whether it says the same again, and the row of the first time."""
        said = hash(repr(sorted(record.values.items(), key=lambda item: item[0])))
        row, before = self._seen.setdefault(key, (record.row, said))
        if row == record.row:
            return True, 0
        return said == before, row


def set_values(row: Any, values: Mapping[str, Any], record: Record, thing: str, outcome: Outcome) -> bool:
    """Set what differs on a table row and note each change; True when anything did."""
    is_changed = False
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            setattr(row, name, value)
            outcome.add_change(Change(record.row, thing, name, written(before), written(value)))
            is_changed = True
    return is_changed


def written(value: object) -> str:
    """A value as a report shows it; empty text for none."""
    return "" if value is None else str(value)


def count(outcome: Outcome, *, is_new: bool, is_changed: bool) -> None:
    """Count one thing as created, changed or unchanged."""
    if is_new:
        outcome.created += 1
    elif is_changed:
        outcome.changed += 1
    else:
        outcome.unchanged += 1
