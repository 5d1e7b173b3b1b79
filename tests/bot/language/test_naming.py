"""Names in a sentence: by code, in part, inflected, mistyped; what fits equally well is told, not guessed."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.language.names import Names
from bot.language.naming import named_in
from bot.language.plain import parts_of, plain
from bot.language.stems import stem
from bot.language.understanding import understand
from orders.context import KnownProduct
from tests.makers.chat import PRODUCTS, make_chat_context

CONTEXT = make_chat_context()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mleka", "mleko"),
        ("owsianego", "owsiane"),
        ("śrub", "śruba"),
        ("filiżanek", "filiżanka"),
        ("tins", "tin"),
        ("boxes", "box"),
    ],
)
def test_inflected_words_share_a_stem(one: str, other: str) -> None:
    assert stem(plain(one)) == stem(plain(other))


def test_a_size_is_the_same_with_and_without_a_space() -> None:
    assert parts_of("ryż 5kg, M6") == parts_of("ryż 5 kg, M6")


@pytest.mark.parametrize("text", ["OAT-1L", "oat-1l", "OAT1L", "oat 1l", "bf-1001", "5901234123457"])
def test_a_product_is_known_by_each_of_its_codes(text: str) -> None:
    assert named_in(f"stock {text}", CONTEXT).products.codes == ("OAT-1L",)


def test_names_that_fit_equally_well_are_told_and_none_is_chosen() -> None:
    named = named_in("kawa", CONTEXT).products
    assert named.codes == ()
    assert set(named.unclear) == {"KAW-250", "KAW-1K"}


def test_a_word_that_only_other_names_have_leaves_a_name_in_doubt() -> None:
    assert named_in("red cake tins", CONTEXT).products.codes == ()


def test_two_names_that_are_joined_are_both_meant() -> None:
    assert named_in("party bunting, almond drink", CONTEXT).products.codes == ("47566", "ALM-1L")


def test_a_supplier_s_name_is_no_product_and_a_product_s_no_supplier() -> None:
    context = replace(CONTEXT, products=(*CONTEXT.products, KnownProduct("HER-1", "Baltic herring")))
    assert named_in("order 5 baltic herring", context).suppliers.codes == ()
    assert named_in("orders from Baltic Foods", context).products.codes == ()


def test_words_that_mean_something_else_name_no_product() -> None:
    names = Names([("A", "Order book"), ("B", "Stock cube")])
    assert names.find(["order", "stock"]).codes == ()
    assert names.find(["stock", "cube"]).codes == ("B",)


@settings(deadline=None)
@given(some.sampled_from(PRODUCTS), some.integers(0, 40))
def test_a_whole_name_with_two_letters_swapped_is_never_another_product(
    product: tuple[str, str, str | None], at: int
) -> None:
    sku, name, _ = product
    at = at % (len(name) - 1)
    typed = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    said = understand(f"stock of {typed}", CONTEXT)
    assert not said.sure or said.slots.products in {(sku,), ()}


@settings(deadline=None)
@given(some.text(max_size=200))
def test_anything_can_be_typed(text: str) -> None:
    said = understand(text, CONTEXT)
    assert said.as_json()["acts"] == said.acts


def test_five_thousand_names_are_searched_in_milliseconds() -> None:
    products = tuple(
        KnownProduct(f"SKU{at}", f"{name} {chr(97 + at % 26)}{at}") for at, (_, name, _) in enumerate(PRODUCTS * 300)
    )
    context = replace(CONTEXT, products=products[:5000])
    understand("stock of regency cakestand", context)
    started = time.perf_counter()
    understand("how many regnecy cakestands c1021 do we have?", context)
    assert time.perf_counter() - started < 0.25  # some 5 ms when nobody else computes
