"""Finding items by sku and location."""

import polars as pl
import pytest

from planning import lookup
from planning.lookup import ItemNumbers

KEYS = pl.DataFrame({"sku": ["a", "a", "b"], "location": ["X", "Y", "X"]})
ROWS = pl.DataFrame({"sku": ["b", "a", "a", "c", "a", "b"], "location": ["X", "Y", "Y", "X", "X", "Y"]})


@pytest.mark.parametrize("few", [0, 1000])
def test_each_row_finds_its_item_or_none(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "FEW", few)  # by joining as by searching
    assert list(ItemNumbers(KEYS).find(ROWS)) == [2, 1, 1, -1, 0, -1]


def test_no_rows_find_nothing() -> None:
    assert list(ItemNumbers(KEYS).find(ROWS.clear())) == []
