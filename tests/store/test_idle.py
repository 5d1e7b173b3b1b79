"""Stock that lies: dead products and overstock, told with the money in it."""

from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from handlers.stock import CountStock, count
from orders.stock import IdleStock
from quartermaster.cli import app
from store.queries.idle import idle_stock
from store.tables.planning import StockOutlookRow
from tests.makers.sold import planned_shop
from tests.makers.world import World

pytestmark = pytest.mark.store


def idle(world: World, **more: str) -> tuple[IdleStock, ...]:
    with world.store.reading() as session:
        return idle_stock(session, location=more.get("location"))


@pytest.fixture
def full(world: World) -> World:
    """Ten oat drinks are sold a day and 5,000 are there; six soy drinks, of which there are as many as are needed."""
    planned_shop(world)
    world.do(count, CountStock("OAT-1L", "GDY", 5000, key="count:1"), world.people.ola)
    return world


def test_overstock_is_what_lies_beyond_three_months_of_spare(full: World) -> None:
    (oat,) = idle(full)
    assert (oat.sku, oat.on_hand, oat.is_dead, oat.days) == ("OAT-1L", 5000, False, 500)
    assert 3800 < oat.surplus < 4000
    assert (oat.value, oat.currency) == (Decimal("4.20") * oat.surplus, "PLN")


def test_all_of_a_dead_product_is_too_much(full: World) -> None:
    with full.store.transaction() as session:
        row = session.get_one(StockOutlookRow, (2, 1))
        row.demand_class, row.demand_per_day, row.order_up_to = "dead", Decimal(0), 0
    oat, soy = idle(full)
    assert (soy.sku, soy.surplus, soy.is_dead, soy.days) == ("SOY-1L", 40, True, None)
    assert oat.value > soy.value


def test_another_place_has_its_own(full: World) -> None:
    assert idle(full, location="KRK") == ()


def test_a_shop_without_a_plan_has_nothing_to_say(world: World) -> None:
    assert idle(world) == ()


def test_the_command_lists_it(full: World, database_url: str, tmp_path: Path) -> None:
    settings = tmp_path / "shop.toml"
    settings.write_text(f'[database]\nurl = "{database_url}"\n', encoding="utf-8")
    answer = CliRunner().invoke(app, ["stock", "idle", f"--config={settings}"])
    assert "OAT-1L" in answer.stdout
    assert "lasts 500 days" in answer.stdout
    none = CliRunner().invoke(app, ["stock", "idle", f"--config={settings}", "--location=KRK"])
    assert none.stdout == "No stock lies idle by the last plan.\n"
