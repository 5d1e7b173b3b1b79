"""Compares a reading with its label, as the acceptance from outside does: what was said, and what would be done.

A key that a label leaves out is left open: its author could not tell, or the contract does not say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from orders.context import ReadingContext

_FIELDS = ("outcome", "quantity", "unit_price", "deliveries")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a reading compares with its label; `differences` says where, empty when it is wholly right."""

    differences: tuple[str, ...]
    understood: bool
    dangerous: bool  # applied where a person would not, or a wrong figure in an understood reading


def judge(read: dict[str, Any], label: dict[str, Any], own_dates: Mapping[str, str | None] | None = None) -> Verdict:
    """`own_dates` are the delivery dates of the orders by number: a reading may list the order's own date or not."""
    differences = [
        f"{field}: {read[field]} instead of {label[field]}"
        for field in ("kind", "supplier", "sender_trusted", "decision")
        if field in label and read[field] != label[field]
    ]
    wrong_figure = False
    answers = {response["order"]: response for response in read["responses"]}
    labelled = label.get("responses", [])
    if "responses" in label and set(answers) != {response["order"] for response in labelled}:
        differences.append(f"orders: {sorted(map(str, answers))}")
    for response in labelled:
        found = answers.get(response["order"])
        if found is None:
            differences.append(f"{response['order']} is not answered")
            continue
        differences += [
            f"{response['order']} {field}: {found[field]} instead of {response[field]}"
            for field in ("matched_by", "understood")
            if field in response and found[field] != response[field]
        ]
        if found["understood"] and response.get("understood"):
            own = (own_dates or {}).get(response["order"])
            lines = [each for line in response.get("lines", []) for each in _line_differences(found, line, own)]
            wrong_figure = wrong_figure or bool(lines)
            differences += lines
        wrong_figure = wrong_figure or (found["understood"] and not response.get("understood", True))
    applied = read["decision"] == "apply" and label["decision"] != "apply"
    understood = any(response["understood"] for response in read["responses"])
    return Verdict(tuple(differences), understood, applied or wrong_figure)


def own_dates(context: ReadingContext) -> dict[str, str | None]:
    """The delivery date of each order of a context."""
    return {
        order.number: None if order.delivery_date is None else order.delivery_date.isoformat()
        for order in context.orders
    }


def _line_differences(found: dict[str, Any], line: dict[str, Any], own_date: str | None) -> list[str]:
    read = next((each for each in found["lines"] if each["line"] == line["line"]), None)
    if read is None:
        return [f"line {line['line']} is missing"]
    differences = [
        f"line {line['line']} {field}: {read[field]} instead of {line[field]}"
        for field in _FIELDS
        if field in line
        and not _left_open(field, line)
        and not _same(_spoken(field, read, own_date), _spoken(field, line, own_date))
    ]
    offer, offered = line.get("substitute"), read["substitute"]
    told = {key: value for key, value in (offer or {}).items() if key != "description"}
    if (offer is None) != (offered is None) or not _fits(offered or {}, told):
        differences.append(f"line {line['line']} substitute: {offered} instead of {offer}")
    return differences


def _spoken(field: str, line: Mapping[str, Any], own_date: str | None) -> Any:
    """All of it on the order's own date is what stands without any date named."""
    if field == "deliveries" and [each["date"] for each in line[field]] == [own_date]:
        return []
    return line[field]


def _left_open(field: str, line: Mapping[str, Any]) -> bool:
    """Deliveries of an accepted line may list the order's own date or not."""
    return field == "deliveries" and line["outcome"] == "accepted"


def _fits(offered: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    return all(_same(offered.get(key), value) for key, value in told.items())


def _same(one: Any, other: Any) -> bool:
    """Prices compare as numbers: 4.2 is 4.20."""
    if isinstance(one, str) and isinstance(other, str) and _is_number(one) and _is_number(other):
        return Decimal(one) == Decimal(other)
    return bool(one == other)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()
