"""Compares a reading with its label, as the acceptance from outside does: what was said, and what would be done."""

from dataclasses import dataclass
from typing import Any

_FIELDS = ("outcome", "quantity", "unit_price", "deliveries")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a reading compares with its label; `differences` says where, empty when it is wholly right."""

    differences: tuple[str, ...]
    understood: bool
    dangerous: bool  # applied where a person would not, or a wrong figure in an understood reading


def judge(read: dict[str, Any], label: dict[str, Any]) -> Verdict:
    differences = [
        f"{field}: {read[field]} instead of {label[field]}"
        for field in ("kind", "supplier", "sender_trusted", "decision")
        if field in label and read[field] != label[field]
    ]
    wrong_figure = False
    answers = {response["order"]: response for response in read["responses"]}
    for response in label["responses"]:
        found = answers.get(response["order"])
        if found is None:
            differences.append(f"{response['order']} is not answered")
            continue
        differences += [
            f"{response['order']} {field}: {found[field]} instead of {response[field]}"
            for field in ("matched_by", "understood")
            if field in response and found[field] != response[field]
        ]
        if found["understood"] and response["understood"]:
            lines = [each for line in response["lines"] for each in _line_differences(found, line)]
            wrong_figure = wrong_figure or bool(lines)
            differences += lines
        wrong_figure = wrong_figure or (found["understood"] and not response["understood"])
    applied = read["decision"] == "apply" and label["decision"] != "apply"
    understood = any(response["understood"] for response in read["responses"])
    return Verdict(tuple(differences), understood, applied or wrong_figure)


def _line_differences(found: dict[str, Any], line: dict[str, Any]) -> list[str]:
    read = next((each for each in found["lines"] if each["line"] == line["line"]), None)
    if read is None:
        return [f"line {line['line']} is missing"]
    fields = [field for field in _FIELDS if not (field == "deliveries" and line["outcome"] == "accepted")]
    differences = [
        f"line {line['line']} {field}: {read[field]} instead of {line[field]}"
        for field in fields
        if read[field] != line[field]
    ]
    offer, offered = line.get("substitute"), read["substitute"]
    if (offer is None) != (offered is None) or (
        offer and offered and any(offered[key] != value for key, value in offer.items())
    ):
        differences.append(f"line {line['line']} substitute: {offered} instead of {offer}")
    return differences
