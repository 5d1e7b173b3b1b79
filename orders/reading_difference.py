"""How two readings of the same mail differ, both as the JSON of contracts/reply-reading.md."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_OF_MAIL = ("kind", "supplier", "sender_trusted", "decision")
_OF_LINE = ("outcome", "quantity", "unit_price", "deliveries", "substitute")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is read otherwise; `order` and `line` are None for the mail as a whole."""

    field: str
    before: Any
    after: Any
    order: str | None = None
    line: int | None = None


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """What an older and a newer reading say differently; quotations may differ."""
    found = [
        Difference(field, before[field], after[field]) for field in _OF_MAIL if before.get(field) != after.get(field)
    ]
    older, newer = _by_order(before), _by_order(after)
    for number in dict.fromkeys((*older, *newer)):
        found += _of_order(number, older.get(number), newer.get(number))
    return tuple(found)


def _by_order(reading: Mapping[str, Any]) -> dict[str | None, Mapping[str, Any]]:
    return {response["order"]: response for response in reading["responses"]}


def _of_order(
    number: str | None, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> Iterator[Difference]:
    if before is None or after is None:
        yield Difference("responses", before is not None, after is not None, number)
        return
    if before["understood"] != after["understood"]:
        yield Difference("understood", before["understood"], after["understood"], number)
    older, newer = ({line["line"]: line for line in each["lines"]} for each in (before, after))
    for at in sorted({*older, *newer}):
        for field in _OF_LINE:
            was, now = (lines.get(at, {}).get(field) for lines in (older, newer))
            if was != now:
                yield Difference(field, was, now, number, at)
