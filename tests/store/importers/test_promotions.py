"""Imports of planned promotions: by product, place and first day; one that is called off goes."""

from datetime import date

import pytest
from sqlalchemy import select

from store.sessions import Store
from store.tables.promotions import PlannedPromotionRow
from tests.store.importers.conftest import Importing

pytestmark = pytest.mark.store

HEAD = "sku,shop,from,until,cancelled\n"
FRIDAY, SUNDAY, MONDAY = date(2026, 12, 4), date(2026, 12, 6), date(2026, 12, 7)


def promotions(store: Store) -> list[tuple[int, int, date, date]]:
    with store.reading() as session:
        row = PlannedPromotionRow
        found = session.scalars(select(row).order_by(row.product_id, row.location_id, row.first_day))
        return [(each.product_id, each.location_id, each.first_day, each.last_day) for each in found]


def test_a_promotion_is_kept_for_its_place_or_for_every_place(importing: Importing, shop: Store) -> None:
    outcome = importing("promotions", HEAD + "A1,GDY,2026-12-04,2026-12-06,\nA2,,2026-12-04,2026-12-06,\n")
    assert outcome.created == 3
    assert promotions(shop) == [(1, 1, FRIDAY, SUNDAY), (2, 1, FRIDAY, SUNDAY), (2, 2, FRIDAY, SUNDAY)]


def test_a_second_import_changes_nothing_and_another_end_only_that(importing: Importing, shop: Store) -> None:
    importing("promotions", HEAD + "A1,GDY,2026-12-04,2026-12-06,\n")
    assert importing("promotions", HEAD + "A1,GDY,2026-12-04,2026-12-06,\n").unchanged == 1
    assert importing("promotions", HEAD + "A1,GDY,2026-12-04,2026-12-07,\n").changed == 1
    assert promotions(shop) == [(1, 1, FRIDAY, MONDAY)]


def test_a_promotion_that_is_called_off_goes(importing: Importing, shop: Store) -> None:
    importing("promotions", HEAD + "A1,GDY,2026-12-04,2026-12-06,\n")
    assert importing("promotions", HEAD + "A1,GDY,2026-12-04,2026-12-06,yes\n").changed == 1
    assert promotions(shop) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("A1,GDY,2026-12-06,2026-12-04,", "ends-before-it-begins"),
        ("A9,GDY,2026-12-04,2026-12-06,", "unknown-product"),
        ("A1,XXX,2026-12-04,2026-12-06,", "unknown-place"),
    ],
)
def test_what_cannot_be_is_refused(importing: Importing, shop: Store, row: str, code: str) -> None:
    outcome = importing("promotions", f"{HEAD}{row}\nA2,GDY,2026-12-04,2026-12-06,\n")
    assert [problem.code for problem in outcome.problems] == [code]
    assert promotions(shop) == [(2, 1, FRIDAY, SUNDAY)]
