"""`quartermaster plan compute` from outside: files in, files out, one clear line when an input is unusable."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from planning.compute import FORECAST_COLUMNS, PLAN_COLUMNS
from quartermaster.cli import app
from tests.makers.demand import make_coming, make_history, make_items, steady

ITEMS = "sku,location,on_hand,lead_time_days\ns0,A,5,7\n"
HISTORY = "sku,location,date,quantity\ns0,A,2026-11-20,3\ns0,A,2026-11-21,4\n"
COMING = "sku,location,date,quantity\ns0,A,2026-11-25,6\n"


def run(
    folder: Path, *more: str, items: str = "items.csv", history: str = "history.csv", out: str = "plan.csv"
) -> Result:
    arguments = ["plan", "compute", "--today", "2026-11-23"]
    for name, file in (("--items", items), ("--history", history), ("--out", out)):
        arguments += [name, str(folder / file)]
    return CliRunner().invoke(app, [*arguments, *more])


def lay(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in {"items.csv": ITEMS, "history.csv": HISTORY, **files}.items():
        (folder / name).write_text(text, encoding="utf-8")


def test_csv_in_gives_csv_out(tmp_path: Path) -> None:
    lay(tmp_path, {"coming.csv": COMING})
    result = run(tmp_path, "--on-order", str(tmp_path / "coming.csv"))
    assert (result.exit_code, result.stderr) == (0, "planned 1 items\n")
    plan = pl.read_csv(tmp_path / "plan.csv")
    assert tuple(plan.columns) == PLAN_COLUMNS
    assert plan["order_quantity"].dtype == pl.Int64


def test_parquet_in_gives_the_same_plan_as_csv(tmp_path: Path) -> None:
    items, history, coming = make_items(5), make_history(steady(2.5, count=5)), make_coming([("s1", 4, 6)])
    for name, frame in (("items", items), ("history", history), ("coming", coming)):
        frame.write_csv(tmp_path / f"{name}.csv")
        frame.write_parquet(tmp_path / f"{name}.parquet")
    run(tmp_path, "--on-order", str(tmp_path / "coming.csv"), out="from_csv.parquet")
    run(
        tmp_path, "--on-order", str(tmp_path / "coming.parquet"), items="items.parquet", history="history.parquet",
        out="from_parquet.parquet",
    )  # fmt: skip
    assert pl.read_parquet(tmp_path / "from_csv.parquet").equals(pl.read_parquet(tmp_path / "from_parquet.parquet"))


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    make_items(30).write_csv(tmp_path / "items.csv")
    make_history(steady(2.5, count=30)).write_csv(tmp_path / "history.csv")
    for name in ("one.parquet", "two.parquet"):
        run(tmp_path, "--forecast-out", str(tmp_path / f"f-{name}"), out=name)
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
    assert (tmp_path / "f-one.parquet").read_bytes() == (tmp_path / "f-two.parquet").read_bytes()


def test_the_daily_forecast_has_a_row_an_item_and_day_from_today_on(tmp_path: Path) -> None:
    lay(tmp_path, {})
    run(tmp_path, "--forecast-out", str(tmp_path / "forecast.csv"), "--horizon", "10")
    forecast = pl.read_csv(tmp_path / "forecast.csv", try_parse_dates=True)
    assert tuple(forecast.columns) == FORECAST_COLUMNS
    assert forecast.height == 10
    assert str(forecast["date"][0]) == "2026-11-23"
    assert (forecast["q50"] <= forecast["q99"]).all()


def test_reasons_come_in_polish_when_asked_for(tmp_path: Path) -> None:
    lay(tmp_path, {})
    run(tmp_path, "--language", "pl")
    assert pl.read_csv(tmp_path / "plan.csv")["reason"][0].startswith("Zamówić")


def test_a_settings_file_is_obeyed(tmp_path: Path) -> None:
    lay(tmp_path, {"PLAN.toml": "review_period_days = 21\n"})
    run(tmp_path, "--settings", str(tmp_path / "PLAN.toml"))
    assert pl.read_csv(tmp_path / "plan.csv")["protection_days"][0] == 28


def test_rows_that_say_nothing_about_the_plan_are_counted_aloud(tmp_path: Path) -> None:
    lay(tmp_path, {"history.csv": HISTORY + "s9,A,2026-11-21,4\ns0,A,2026-11-23,4\ns0,A,2020-01-01,4\n"})
    result = run(tmp_path)
    assert result.exit_code == 0
    assert result.stderr.count("left out: 1 ") == 3


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"items.csv": "sku,location,on_hand\ns0,A,5\n"}, "items.csv, column lead_time_days: the column is missing"),
        ({"items.csv": "sku,location,on_hand,lead_time_days\n"}, "items.csv: the table holds no items"),
        ({"items.csv": ITEMS + "s1,A,-1,7\n"}, "items.csv, row 3, column on_hand: '-1' is below 0"),
        ({"items.csv": ITEMS + "s1,A,many,7\n"}, "items.csv, row 3, column on_hand: 'many' is not a number"),
        ({"items.csv": ITEMS + "s1,A,inf,7\n"}, "items.csv, row 3, column on_hand: 'inf' is not a number"),
        ({"items.csv": ITEMS + "s1,A,,7\n"}, "items.csv, row 3, column on_hand: the cell is empty"),
        ({"items.csv": ITEMS + ",A,5,7\n"}, "items.csv, row 3, column sku: the cell is empty"),
        ({"items.csv": ITEMS + "s0,A,5,7\n"}, "items.csv, row 3: s0 at A stands in an earlier row too"),
        (
            {"items.csv": "sku,location,on_hand,lead_time_days,service_level\ns0,A,5,7,1.5\n"},
            "items.csv, row 2, column service_level: '1.5' is above 0.9999",
        ),
        (
            {"items.csv": "sku,location,on_hand,lead_time_days,service_type\ns0,A,5,7,best\n"},
            "items.csv, row 2, column service_type: 'best' is not one of fill, cycle",
        ),
        (
            {"items.csv": "sku,location,on_hand,lead_time_days,pack_size\ns0,A,5,7,0\n"},
            "items.csv, row 2, column pack_size: a pack holds more than 0 units",
        ),
        (
            {"items.csv": "sku,location,on_hand,lead_time_days,launched_on\ns0,A,5,7,23.11.2026\n"},
            "items.csv, row 2, column launched_on: '23.11.2026' is not a date like 2026-11-23",
        ),
        (
            {"history.csv": "sku,location,date\ns0,A,2026-11-20\n"},
            "history.csv, column quantity: the column is missing",
        ),
        (
            {"history.csv": HISTORY + "s0,A,20/11/2026,3\n"},
            "history.csv, row 4, column date: '20/11/2026' is not a date like 2026-11-23",
        ),
        ({"history.csv": HISTORY + "s0,A,2026-11-22,\n"}, "history.csv, row 4, column quantity: the cell is empty"),
        ({"history.csv": HISTORY + "s0,A,2026-11-22,1,5\n"}, "history.csv"),
        ({"history.csv": ""}, "history.csv: not readable as CSV"),
        (
            {"history.csv": "sku,location,date,quantity,stocked_out\ns0,A,2026-11-20,3,4\n"},
            "history.csv, row 2, column stocked_out: '4' is above 2",
        ),
        (
            {"history.csv": "sku,location,date,quantity,stocked_out\ns0,A,2026-11-20,3,0.5\n"},
            "history.csv, row 2, column stocked_out: '0.5' is not 0, 1 or 2",
        ),
    ],
)
def test_an_unusable_table_is_told_in_one_line_and_nothing_is_written(
    tmp_path: Path, files: Mapping[str, str], sentence: str
) -> None:
    lay(tmp_path, files)
    before = sorted(tmp_path.iterdir())
    result = run(tmp_path)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ({"items": "none.csv"}, "none.csv: there is no such file"),
        ({"history": "none.parquet"}, "none.parquet: there is no such file"),
        ({"items": "items.xlsx"}, "items.xlsx: the file's name must end in .csv or .parquet"),
        ({"out": "plan.txt"}, "plan.txt: the file's name must end in .csv or .parquet"),
        ({"out": "nowhere/plan.csv"}, "the folder to write to does not exist"),
        ({"history": "items.parquet"}, "items.parquet: not readable as PARQUET"),
    ],
)
def test_an_unusable_file_is_told_in_one_line(tmp_path: Path, names: dict[str, str], sentence: str) -> None:
    lay(tmp_path, {"items.xlsx": "", "items.parquet": "no parquet"})
    result = run(tmp_path, **names)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("text", ["horizont = 3\n", None])
def test_an_unusable_settings_file_is_told_in_one_line(tmp_path: Path, text: str | None) -> None:
    lay(tmp_path, {} if text is None else {"PLAN.toml": text})
    result = run(tmp_path, "--settings", str(tmp_path / "PLAN.toml"))
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "PLAN.toml" in result.stderr


def test_an_earlier_plan_survives_an_unusable_input(tmp_path: Path) -> None:
    lay(tmp_path, {"items.csv": "sku\n", "plan.csv": "yesterday"})
    run(tmp_path)
    assert (tmp_path / "plan.csv").read_text() == "yesterday"


def explain(folder: Path, sku: str, items: str = "items.csv") -> Result:
    arguments = ["--today", "2026-11-23", "--items", str(folder / items), "--history", str(folder / "history.csv")]
    return CliRunner().invoke(app, ["plan", "explain", sku, *arguments])


def test_a_line_is_explained_by_its_reason_and_its_arithmetic(tmp_path: Path) -> None:
    make_items(2, on_hand=10, pack_size=12).write_csv(tmp_path / "items.csv")
    make_history(steady(5, count=2)).write_csv(tmp_path / "history.csv")
    told = explain(tmp_path, "s1").stdout.splitlines()
    assert told[0] == "s1 A: smooth, smoothing"
    assert told[1].startswith("  Order ")
    assert told[5] == "  - 10 on hand + 0 arriving within 14 days = 10"


@pytest.mark.parametrize(
    ("sku", "items", "sentence"),
    [("s7", "items.csv", "items.csv has no item s7"), ("s0", "none.csv", "there is no such file")],
)
def test_what_cannot_be_explained_is_told_in_one_line(tmp_path: Path, sku: str, items: str, sentence: str) -> None:
    lay(tmp_path, {})
    result = explain(tmp_path, sku, items)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert sentence in result.stderr
