"""`quartermaster plan explain` and `what-if`, of plain tables and of a shop."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from typer.testing import CliRunner, Result

from quartermaster.cli import app
from store.tables.catalogue import LocationRow
from store.tables.stock import StockBalanceRow
from tests.makers.demand import make_coming, make_history, make_items, steady
from tests.makers.sold import TODAY, noon, planned_shop, sell, send_order
from tests.makers.world import World


@pytest.fixture
def tables(tmp_path: Path) -> list[str]:
    make_items(3, on_hand=[40, 5, 0], supplier="S").write_csv(tmp_path / "items.csv")
    make_history(steady(3, count=3)).write_csv(tmp_path / "history.csv")
    make_coming([("s0", 4, 30)]).write_csv(tmp_path / "coming.csv")
    files = [f"--{name}={tmp_path / file}.csv" for name, file in (("items", "items"), ("history", "history"))]
    return [*files, f"--on-order={tmp_path / 'coming.csv'}", "--today=2026-11-23"]


def ask(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["plan", *arguments])


def test_a_product_is_explained_by_reason_arithmetic_and_drawing(tables: list[str]) -> None:
    answer = ask("explain", "s0", *tables)
    assert answer.exit_code == 0
    assert "s0 A: smooth" in answer.stdout
    assert "40 on hand + 30 arriving" in answer.stdout
    assert "▲" in answer.stdout


def test_a_picture_is_written_where_it_is_asked_for(tables: list[str], tmp_path: Path) -> None:
    ask("explain", "s1", *tables, f"--png={tmp_path / 's1.png'}")
    assert (tmp_path / "s1.png").read_bytes().startswith(b"\x89PNG")


def test_a_supposition_is_told_beside_the_plan_as_it_is(tables: list[str]) -> None:
    answer = ask("explain", "s1", *tables, "--lead-time=30")
    told = next(line for line in answer.stdout.splitlines() if "as it is" in line)
    before, then = (float(part.split(": ")[1]) for part in told.split(";"))
    assert then > before > 0


def test_the_whole_plan_is_told_now_and_then(tables: list[str]) -> None:
    answer = ask("what-if", *tables, "--service-level=0.999")
    value = next(line.split() for line in answer.stdout.splitlines() if line.startswith("value of the safety"))
    assert float(value[-1]) > float(value[-2])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["explain", "nothing"], "has no item nothing"),
        (["what-if"], "suppose something"),
    ],
)
def test_what_cannot_be_answered_is_one_line(tables: list[str], arguments: list[str], told: str) -> None:
    answer = ask(*arguments, *tables)
    assert answer.exit_code == 2
    assert told in answer.stderr


def test_items_without_a_history_are_refused_in_one_line(tables: list[str]) -> None:
    answer = ask("explain", "s0", tables[0])
    assert (answer.exit_code, answer.stderr.count("\n")) == (2, 1)


@pytest.mark.store
@time_machine.travel(noon(TODAY))
def test_a_shop_is_asked_by_its_settings(world: World, database_url: str, tmp_path: Path) -> None:
    sell(world, {1: 10})
    settings = tmp_path / "shop.toml"
    columns = tmp_path / "columns"
    settings.write_text(f'[database]\nurl = "{database_url}"\ncolumns = "{columns}"\n', encoding="utf-8")
    answer = ask("explain", "OAT-1L", f"--config={settings}")
    assert answer.exit_code == 0
    assert "OAT-1L GDY:" in answer.stdout
    assert ask("explain", "NO-SUCH", f"--config={settings}").exit_code == 2
    assert "value of the orders" in ask("what-if", f"--config={settings}", "--budget=100").stdout


@pytest.mark.store
@time_machine.travel(noon(TODAY))
def test_transfers_budgets_and_late_deliveries_are_told(world: World, database_url: str, tmp_path: Path) -> None:
    settings = tmp_path / "shop.toml"
    settings.write_text(f'[database]\nurl = "{database_url}"\n', encoding="utf-8")
    config = f"--config={settings}"
    assert "wants nothing moved" in ask("transfers", config).stdout
    with world.store.transaction() as session:
        warehouse = LocationRow(code="WH", name="Warehouse", monthly_budget=Decimal(900))
        session.add(warehouse)
        session.flush()
        session.add(StockBalanceRow(product_id=1, location_id=warehouse.id, on_hand=900))
        session.get_one(LocationRow, 1).supplied_from_id, session.get_one(LocationRow, 1).transfer_days = (
            warehouse.id,
            9,
        )
    planned_shop(world)
    number = send_order(world, {"OAT-1L": 120}, delivery=TODAY + timedelta(days=2), location=2)
    assert "WH       → GDY" in ask("transfers", config, "--to=GDY").stdout
    moved = CliRunner().invoke(app, ["stock", "move", "OAT-1L", "WH", "GDY", "9", config])
    assert (moved.exit_code, moved.stdout) == (0, "9 × OAT-1L: WH → GDY\n")
    assert CliRunner().invoke(app, ["stock", "move", "OAT-1L", "WH", "WH", "9", config]).exit_code == 2
    assert "budget this month" in ask("what-if", config, "--service-level=0.9").stdout
    assert "OAT-1L" in ask("delivery", number, config).stdout
    assert (ask("delivery", "PO-1", config).exit_code, ask("delivery", "PO-1", config).stderr.count("\n")) == (2, 1)


@pytest.mark.store
@time_machine.travel(noon(TODAY))
def test_how_suppliers_deliver_is_told(world: World, database_url: str, tmp_path: Path) -> None:
    settings = tmp_path / "shop.toml"
    settings.write_text(f'[database]\nurl = "{database_url}"\n', encoding="utf-8")
    assert "No supplier has delivered" in ask("suppliers", f"--config={settings}").stdout
    for number in range(6):
        sent = TODAY - timedelta(days=20 + 10 * number)
        send_order(world, {"OAT-1L": 60}, sent=sent, received=sent + timedelta(days=9))
    told = ask("suppliers", f"--config={settings}").stdout
    assert "BALTIC" in told
    assert "Chances of arrival" in told
