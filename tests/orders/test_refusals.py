"""Every refusal can be told to a person."""

import importlib
import pkgutil

import pytest

import handlers
import orders
from orders.refusals import Refusal
from orders.wording import LANGUAGES, wording


def every_refusal() -> list[type[Refusal]]:
    for room in (orders, handlers):
        for module in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
            importlib.import_module(module.name)
    found, open_ends = [], [Refusal]
    while open_ends:
        below = open_ends.pop().__subclasses__()
        found += below
        open_ends += below
    return sorted(found, key=lambda refusal: refusal.code)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("refusal", every_refusal(), ids=lambda refusal: refusal.code)
def test_a_refusal_has_a_sentence(refusal: type[Refusal], language: str) -> None:
    assert f"refusal.{refusal.code}" in wording(language).all_keys()
