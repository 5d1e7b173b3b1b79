"""Message-IDs and reply addresses name their order, survive the way, and cannot be made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.tokens import TokenKeys, new_message_id, order_of_address, order_of_message_id, reply_address
from orders.numbers import OrderNumber

KEYS = TokenKeys.from_secrets(["present"])
NUMBERS = st.builds(OrderNumber, st.integers(2000, 2099), st.integers(1, 999_999)).map(str)


@given(number=NUMBERS, revision=st.integers(1, 500))
def test_a_message_id_comes_back_with_its_order(number: str, revision: int) -> None:
    message_id = new_message_id(number, revision, "sklep.example", KEYS)
    assert order_of_message_id(message_id, KEYS) == number
    assert order_of_message_id(f" {message_id}\r\n", KEYS) == number


@given(number=NUMBERS)
def test_a_reply_address_comes_back_with_its_order_in_any_case(number: str) -> None:
    address = reply_address("orders@sklep.example", number, KEYS)
    assert order_of_address(address, KEYS) == order_of_address(address.upper(), KEYS) == number


@given(number=NUMBERS)
def test_a_reply_address_fits_what_servers_allow(number: str) -> None:
    local, _, domain = reply_address("zamowienia.sklep@sklep.example", number, KEYS).rpartition("@")
    assert len(local) <= 64  # RFC 5321, 4.5.3.1.1
    assert (local, domain) == (local.lower(), "sklep.example")


def test_no_two_message_ids_are_equal() -> None:
    assert len({new_message_id("PO-2026-0142", 1, "sklep.example", KEYS) for _ in range(50)}) == 50


@pytest.mark.parametrize(
    ("old", "new"), [("PO-2026-0142", "PO-2026-0143"), (".1.", ".2."), ("<po.", "<xx."), ("@", ".x@")]
)
def test_a_changed_message_id_is_not_ours(old: str, new: str) -> None:
    message_id = new_message_id("PO-2026-0142", 1, "sklep.example", KEYS).replace(old, new, 1)
    assert order_of_message_id(message_id, KEYS) is None


@pytest.mark.parametrize(("old", "new"), [("0142", "0143"), ("+po", "+zo")])
def test_a_changed_reply_address_is_not_ours(old: str, new: str) -> None:
    address = reply_address("orders@sklep.example", "PO-2026-0142", KEYS).replace(old, new)
    assert order_of_address(address, KEYS) is None


def test_an_older_key_is_still_known_after_a_new_one_has_come() -> None:
    rotated = TokenKeys.from_secrets(["next", "present"])
    message_id = new_message_id("PO-2026-0142", 1, "sklep.example", KEYS)
    address = reply_address("orders@sklep.example", "PO-2026-0142", KEYS)
    assert order_of_message_id(message_id, rotated) == order_of_address(address, rotated) == "PO-2026-0142"


def test_a_key_that_was_dropped_is_not_known() -> None:
    message_id = new_message_id("PO-2026-0142", 1, "sklep.example", KEYS)
    assert order_of_message_id(message_id, TokenKeys.from_secrets(["next"])) is None


def test_a_token_of_one_kind_is_no_token_of_the_other() -> None:
    assert order_of_address(new_message_id("PO-2026-0142", 1, "sklep.example", KEYS), KEYS) is None
    assert order_of_message_id(reply_address("orders@sklep.example", "PO-2026-0142", KEYS), KEYS) is None


@given(st.text(max_size=80))
def test_other_peoples_ids_and_addresses_are_nobodys(text: str) -> None:
    assert order_of_message_id(text, KEYS) is None
    assert order_of_address(text, KEYS) is None
