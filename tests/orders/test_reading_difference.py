"""What a newer reading of the same mail says differently."""

from typing import Any

from orders.reading_difference import Difference, differences


def reading(*lines: dict[str, Any], order: str = "PO-1", understood: bool = True, **more: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "kind": "order_response",
        "supplier": "BALTIC",
        "sender_trusted": True,
        "decision": "review",
    }
    return values | more | {"responses": [{"order": order, "understood": understood, "lines": list(lines)}]}


def line(number: int = 1, quantity: int = 96, **more: Any) -> dict[str, Any]:
    values = {"line": number, "outcome": "changed", "quantity": quantity, "unit_price": "4.20", "deliveries": []}
    return values | {"substitute": None, "evidence": ["only 96"]} | more


def test_the_same_reading_in_other_words_is_no_difference() -> None:
    assert differences(reading(line()), reading(line(evidence=["96 only"]))) == ()


def test_each_field_of_the_mail_and_of_each_line_is_told() -> None:
    found = differences(reading(line(), line(2)), reading(line(quantity=84), line(2), decision="apply"))
    assert found == (Difference("decision", "review", "apply"), Difference("quantity", 96, 84, "PO-1", 1))


def test_an_order_that_only_one_of_them_names_is_told() -> None:
    found = differences(reading(line()), reading(line(), order="PO-2"))
    assert found == (
        Difference("responses", before=True, after=False, order="PO-1"),
        Difference("responses", before=False, after=True, order="PO-2"),
    )


def test_a_line_that_only_one_of_them_mentions_is_told() -> None:
    found = differences(reading(line()), reading(line(), line(2)))
    assert {each.field for each in found if each.line == 2} == {"outcome", "quantity", "unit_price", "deliveries"}


def test_whether_it_was_understood_is_told() -> None:
    assert differences(reading(), reading(understood=False)) == (Difference("understood", True, False, "PO-1"),)
