"""Conditions: what is refused when they are read, and that they calculate to the last digit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.expressions import Expression, ExpressionFailed, Flaw, read_expression
from rules.vocabulary import Unit, Value

KNOWN = {
    "unit_price": Unit.PRICE,
    "last_price": Unit.PRICE,
    "quantity": Unit.QUANTITY,
    "pack_size": Unit.QUANTITY,
    "up_percent": Unit.PERCENT,
    "has_price": Unit.YES_NO,
    "product_state": Unit.TEXT,
    "delivery_date": Unit.DAY,
}
PRICES = st.decimals(min_value=0, max_value=10**9, places=6, allow_nan=False)
RISE = "unit_price - last_price > last_price * up_percent / 100"


def read(text: str) -> Expression:
    found = read_expression(text, KNOWN)
    assert isinstance(found, Expression), found
    return found


def flaws(text: str) -> list[Flaw]:
    found = read_expression(text, KNOWN)
    assert not isinstance(found, Expression)
    return found


@pytest.mark.parametrize(
    ("unit_price", "last_price", "rises"),
    [
        ("4.35", "4.35", False),
        ("4.5675", "4.35", False),  # exactly 5 %; as binary fractions 4.5675 - 4.35 is above 0.2175
        ("4.567500000000000000000001", "4.35", True),
        ("4.56749999", "4.35", False),
        ("0.105", "0.10", False),
        ("12345678901234567.345679", "12345678901234567.345679", False),
    ],
)
def test_five_percent_is_exactly_five_percent(unit_price: str, last_price: str, rises: bool) -> None:
    figures: dict[str, Value] = {"unit_price": Decimal(unit_price), "last_price": Decimal(last_price), "up_percent": 5}
    assert read(RISE).holds(figures) is rises


@given(unit_price=PRICES, last_price=PRICES, up_percent=st.integers(0, 100))
def test_prices_are_compared_as_decimals_are(unit_price: Decimal, last_price: Decimal, up_percent: int) -> None:
    figures: dict[str, Value] = {"unit_price": unit_price, "last_price": last_price, "up_percent": up_percent}
    assert read(RISE).holds(figures) is (unit_price - last_price > last_price * up_percent / 100)


@given(price=PRICES)
def test_a_price_is_equal_to_itself_and_to_nothing_else(price: Decimal) -> None:
    equal = read("unit_price == last_price")
    assert equal.holds({"unit_price": price, "last_price": price})
    assert not equal.holds({"unit_price": price, "last_price": price + Decimal("0.000001")})


@given(quantity=st.integers(-(10**12), 10**12), pack_size=st.integers(1, 10**6))
def test_a_remainder_is_exact(quantity: int, pack_size: int) -> None:
    figures = {"quantity": quantity, "pack_size": pack_size}
    assert read("quantity % pack_size != 0").holds(figures) is (quantity % pack_size != 0)


@pytest.mark.parametrize(
    ("text", "code", "facts"),
    [
        ("unit_prise > 3", "unknown-fact", {"word": "unit_prise", "nearest": "unit_price"}),
        ("zzz > 3", "unknown-fact", {"word": "zzz", "nearest": ""}),
        ("absolute(quantity) > 3", "unknown-function", {"word": "absolute", "nearest": "abs"}),
        ("rund(quantity) > 3", "unknown-function", {"word": "rund", "nearest": "round"}),
        ("rand(9) > 3", "unknown-function", {"word": "rand", "nearest": "round"}),
        ("delivery_date > 3", "day-in-expression", {"word": "delivery_date"}),
        ("quantity = 3", "single-equals-sign", {}),
        ("quantity.x > 3", "strange-sign", {"sign": "."}),
        ("quantity > 3 && has_price", "strange-sign", {"sign": "&"}),
        ("product_state == `a`", "strange-sign", {"sign": "`"}),
    ],
)
def test_a_word_or_sign_that_is_not_known_is_refused(text: str, code: str, facts: dict[str, str]) -> None:
    assert Flaw(code, facts) in flaws(text)


@pytest.mark.parametrize(
    "text", ["", "quantity >", "(quantity > 3", "quantity > 3)", "quantity 3", "> 3", "product_state == 'a"]
)
def test_what_is_no_expression_is_refused(text: str) -> None:
    assert flaws(text)[0].code in {"bad-expression", "strange-sign"}


@pytest.mark.parametrize(
    "text",
    [
        "quantity",  # a number is no answer
        "product_state > 3",
        "has_price > 3",
        "quantity > 5 and product_state > 3",  # only reached when the left side holds
        "quantity < 5 and product_state > 3",
        "has_price and quantity",
        "not has_price or quantity",
        "quantity + product_state == 3",
    ],
)
def test_what_compares_apples_with_pears_is_refused(text: str) -> None:
    assert [flaw.code for flaw in flaws(text)] == ["expression-fails"]


def test_every_flaw_of_an_expression_is_named_at_once() -> None:
    assert [flaw.code for flaw in flaws("unit_prise = 3 and quantty > 4")] == [
        "single-equals-sign",
        "unknown-fact",
        "unknown-fact",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("quantity > 3 and quantity < 9", ("quantity",)),
        ("product_state in ['active', 'has_price']", ("product_state",)),
        ("max([quantity, pack_size]) >= 3.5", ("quantity", "pack_size")),
        ("not has_price", ("has_price",)),
    ],
)
def test_an_expression_knows_its_words(text: str, words: tuple[str, ...]) -> None:
    assert read(text).words == words


@pytest.mark.parametrize("figures", [{"quantity": 5, "pack_size": 0}, {"quantity": 10**40, "pack_size": 2}])
def test_what_cannot_be_computed_is_said_and_never_passed(figures: dict[str, Value]) -> None:
    with pytest.raises(ExpressionFailed) as failed:
        read("quantity / pack_size > 3").holds(figures)
    assert "\n" not in str(failed.value)
