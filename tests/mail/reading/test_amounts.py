from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.reading.amounts import base_price, pieces
from mail.reading.compose import compose
from mail.reading.doubts import Doubt
from mail.reading.figures import Price, Quantity, Span
from mail.reading.lexicon import Unit, language
from mail.reading.numbers import COMMA_DECIMAL, decimal_of
from mail.reading.scan import tag
from mail.reading.tokens import fold, tokenise
from tests.makers.reading import make_desk, order_lines

NOWHERE = Span(0, 0)
LINE = order_lines("BF")[0]  # 120 pieces in cases of 12 at 4.20


def price_in(text: str, code: str) -> Price | None:
    desk, spoken = make_desk(), language(code)
    atoms = compose(tag(tokenise(text), [spoken, language("en")], desk), spoken, desk)
    return next((atom for atom in atoms if isinstance(atom, Price)), None)


@pytest.mark.parametrize(
    ("digits", "code", "value"),
    [
        ("1.234,50", "de", "1234.50"), ("1,234.50", "en", "1234.50"), ("1'234.50", "de", "1234.50"), ("4,35", "pl", "4.35"),
        ("4.35", "en", "4.35"), ("1.234", "de", "1234"), ("1,234", "en", "1234"), ("1,234", "pl", None), ("1.234", "en", None),
        ("0.125", "en", "0.125"), ("1.2.3", "en", None), ("1.234.567", "de", "1234567"),
    ],
)  # fmt: skip
def test_digits_are_read_as_the_language_writes_them(digits: str, code: str, value: str | None) -> None:
    assert decimal_of(digits, code) == (None if value is None else Decimal(value))


@given(
    st.integers(min_value=0, max_value=999), st.integers(min_value=0, max_value=99), st.sampled_from(["en", "pl", "de"])
)
def test_two_decimals_are_never_mistaken_for_thousands(whole: int, cents: int, code: str) -> None:
    mark = "," if code in COMMA_DECIMAL else "."
    assert decimal_of(f"{whole}{mark}{cents:02}", code) == Decimal(f"{whole}.{cents:02}")


@given(st.text(max_size=200))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert all(text[token.start : token.end] == token.text for token in tokenise(text))


@pytest.mark.parametrize(
    ("code", "text", "price"),
    [
        ("en", "£4.35 each", "4.35"), ("en", "435.00 GBP per 100 pcs", "4.35"), ("en", "52.20 per case", "4.35"),
        ("en", "price 52.20 per case", "4.35"), ("de", "435,00 €/100 Stück", "4.35"), ("de", "52,20 EUR je VE", "4.35"),
        ("pl", "po 4,35 zł", "4.35"), ("pl", "52,20 zł za karton", "4.35"), ("fr", "4,35 € HT pièce", "4.35"),
        ("es", "4,35 € por unidad", "4.35"), ("it", "4,35 € al pezzo", "4.35"), ("cs", "4,35 € za kus", "4.35"),
        ("uk", "4,35 грн за шт.", "4.35"), ("nl", "€ 4,35 per stuk", "4.35"),
    ],
)  # fmt: skip
def test_a_price_becomes_that_of_one_piece(code: str, text: str, price: str | None) -> None:
    found = price_in(text, code)
    if price is None:
        assert found is None
    else:
        assert found is not None
        assert base_price(found, LINE, found.currency or "") == Decimal(price)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "96 pcs, 4.35 each"),
        ("en", "96 pcs, 4.35 per piece"),
        ("pl", "96 szt, 4,35/szt"),
        ("de", "96 Stk à 4,35"),
    ],
)
def test_a_number_is_a_price_by_what_stands_behind_it_too(code: str, text: str) -> None:
    spoken, desk = language(code), make_desk()
    atoms = compose(tag(tokenise(text), [spoken, language("en")], desk), spoken, desk)
    assert [atom.amount for atom in atoms if isinstance(atom, Price)] == [Decimal("4.35")]


def test_a_price_far_from_the_orders_is_a_slip_of_the_unit() -> None:
    assert base_price(Price(Decimal("50.40"), None, NOWHERE), LINE, "PLN") is Doubt.PRICE_UNCLEAR


def test_another_currency_is_never_converted() -> None:
    assert base_price(Price(Decimal("4.35"), "USD", NOWHERE), LINE, "PLN") is Doubt.CURRENCY


def test_the_orders_own_notation_is_kept_for_an_equal_price() -> None:
    assert str(base_price(Price(Decimal("4.2"), "PLN", NOWHERE), LINE, "PLN")) == "4.20"


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        (Quantity(Decimal(8), Unit.CASES, NOWHERE), 96),
        (Quantity(Decimal(8), Unit.CASES, NOWHERE, of=12), 96),
        (Quantity(Decimal(8), Unit.CASES, NOWHERE, of=10), Doubt.PACK_DIFFERS),
        (Quantity(Decimal(96), Unit.PIECES, NOWHERE), 96),
        (Quantity(Decimal(96), None, NOWHERE), 96),
        (Quantity(Decimal(8), None, NOWHERE), Doubt.UNIT_UNKNOWN),
        (Quantity(Decimal(2), Unit.PALLETS, NOWHERE), Doubt.UNIT_UNKNOWN),
        (Quantity(Decimal(96), Unit.WEIGHT, NOWHERE), Doubt.UNIT_UNKNOWN),
        (Quantity(Decimal("8.5"), None, NOWHERE), Doubt.QUANTITY_UNCLEAR),
    ],
)
def test_quantities_become_base_units_or_a_doubt(said: Quantity, counted: int | Doubt) -> None:
    assert pieces(said, LINE) == counted


@given(st.integers(min_value=1, max_value=200))
def test_a_bare_number_is_never_taken_for_pieces_when_as_many_cases_fit(number: int) -> None:
    counted = pieces(Quantity(Decimal(number), None, NOWHERE), LINE)
    assert counted == (Doubt.UNIT_UNKNOWN if number * LINE.pack_size <= LINE.quantity else number)
