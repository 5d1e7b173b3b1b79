"""Questions that suppose a late delivery."""

import pytest

from bot.language.slipping import days_late


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("what if PO 142 slips a week?", 7),
        ("what happens if 142 comes 3 days late", 3),
        ("and if PO-2026-0142 is delayed by two weeks?", 14),
        ("what if 142 is late?", 7),
        ("co jeśli 142 spóźni się o tydzień?", 7),
        ("a co jeżeli PO-2026-0142 przyjdzie 5 dni później", 5),
        ("co będzie, gdy 142 się opóźni o dwa tygodnie?", 14),
        ("late orders", None),
        ("is 142 late?", None),
        ("move 142 a week later", None),
        ("przesuń 142 o tydzień", None),
        ("what if we order more tea?", None),
    ],
)
def test_how_late_a_delivery_is_supposed_to_be(text: str, days: int | None) -> None:
    assert days_late(text) == days
