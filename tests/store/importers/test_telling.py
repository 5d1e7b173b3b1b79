"""The report of an import, in words."""

import ast
from pathlib import Path

import pytest

import store.importers.running
from orders.wording import LANGUAGES, wording
from store.guarded import Unopenable
from store.importers.cells import Style
from store.importers.headers import Columns
from store.importers.outcome import Change, Outcome, Problem
from store.importers.table import Format
from store.importers.telling import problem, told

HOUSE = Path(store.importers.running.__file__).parent
SAYS_WHAT_IS_WRONG = {"BadCell", "FileUnusable", "refuse", "add_problem"}
GUARD_REASONS = ("broken", "encrypted", "macros", "too-large", "too-slow", "crashed")  # of store.guarded


def codes() -> set[str]:
    """Every code of a problem that the importers name."""
    found = {f"spreadsheet-{reason}" for reason in GUARD_REASONS}
    found |= {"formula-without-value", "formula-error", "merged-cell"}
    for path in HOUSE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) in SAYS_WHAT_IS_WRONG
            ):
                texts = [each for argument in node.args[:2] for each in ast.walk(argument)]
                found |= {
                    str(each.value) for each in texts if isinstance(each, ast.Constant) and "-" in str(each.value)
                }
    return found - {"spreadsheet-"} | {"repeated"}


def outcome(**values: object) -> Outcome:
    made = Outcome(Path("/data/sales.csv"), "sales")
    made.format = Format("CSV", encoding="cp1250", delimiter=";")
    made.columns = Columns(1, 3, {"product": 0, "day": 1}, {"product": "Kod", "day": "Data"}, ("Uwagi",))
    made.style = Style(decimal=",", day_first=True)
    for name, value in values.items():
        setattr(made, name, value)
    return made


def lines(made: Outcome, language: str = "en", *, is_dry_run: bool = False) -> list[str]:
    return [line.strip() for line in told(made, wording(language), is_dry_run=is_dry_run)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_a_sentence_and_every_sentence_a_problem(language: str) -> None:
    prefix = "import.problem."
    assert {key.removeprefix(prefix) for key in wording(language).all_keys() if key.startswith(prefix)} == codes()


def test_the_guards_reasons_are_those_that_have_a_sentence() -> None:
    documented = (Unopenable.__doc__ or "").partition("`reason`: ")[2].split(", ")
    assert set(GUARD_REASONS) <= {reason.strip() for reason in documented}


def test_the_report_shows_what_was_found_out_of_the_file() -> None:
    assert lines(outcome())[:3] == [
        "sales.csv: CSV, encoding cp1250, delimiter “;”, decimal comma, days before months; headers in row 1",
        "columns: product = Kod, day = Data",
        "not used: Uwagi",
    ]


def test_a_spreadsheet_is_shown_with_its_sheet() -> None:
    made = outcome(format=Format("XLSX", sheet="Sprzedaż"), style=Style())
    assert lines(made)[0] == "sales.csv: XLSX, sheet “Sprzedaż”; headers in row 1"


def test_a_tabulator_has_a_name() -> None:
    made = outcome(format=Format("CSV", encoding="utf-8", delimiter="\t"), style=Style(decimal=".", day_first=False))
    assert "delimiter tabulator, decimal point, months before days" in lines(made)[0]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "sales.csv, sheet “S”, row 7, column “Kod”: There is no product “A9”. Correct the code or import the product first. Did you mean A1?",
        ),
        (
            "pl",
            "sales.csv, arkusz „S”, wiersz 7, kolumna „Kod”: Nie ma produktu „A9”. Popraw kod albo najpierw zaimportuj produkt. Czy chodziło o A1?",
        ),
    ],
)
def test_a_problem_names_its_place_and_what_to_do(language: str, sentence: str) -> None:
    found = Problem("sales.csv", "unknown-product", {"shown": "A9", "nearest": "A1"}, 7, "Kod", "S")
    assert problem(found, wording(language)) == sentence


def test_a_problem_of_the_whole_file_names_the_file() -> None:
    assert problem(Problem("a.csv", "empty-file", {}), wording("en")) == "a.csv: The file is empty. Export it again."


@pytest.mark.parametrize(
    ("values", "is_dry_run", "ending"),
    [
        (
            {"rows": 1200, "created": 1000, "refused": 3, "is_kept": True},
            False,
            "1,000 new, 0 changed, 0 unchanged; 3 of 1,200 rows left out",
        ),
        (
            {"rows": 2, "changed": 2},
            True,
            "dry run, nothing is written: 0 would be new, 2 would change, 0 would stay; 0 of 2 rows would be left out",
        ),
        (
            {"rows": 2, "refused": 1},
            False,
            "nothing was imported, because --strict wants every row to be good: 1 of 2 rows are not",
        ),
    ],
)
def test_the_result_is_told_in_numbers(values: dict[str, object], is_dry_run: bool, ending: str) -> None:
    assert lines(outcome(**values), is_dry_run=is_dry_run)[-1] == ending


def test_added_up_rows_are_told() -> None:
    told_ = lines(outcome(added_up=5), "pl")
    assert told_[-1] == "5 wierszy dodano do innych z tym samym produktem, miejscem i dniem"


def test_a_dry_run_shows_the_first_changes_and_counts_the_rest() -> None:
    made = outcome()
    made.add_change(Change(2, "A1", "", "", "Oat drink"))
    for number in range(22):
        made.add_change(Change(number, "A1", "price", "", str(number)))
    shown = lines(made, is_dry_run=True)
    assert shown[3:5] == ["A1: new", "A1, price: (empty) → 0"]
    assert "3 more changes" in shown


def test_only_the_first_problems_are_told_and_the_rest_is_counted() -> None:
    made = outcome()
    for row in range(60):
        made.add_problem("missing-value", row + 2, "Kod")
    shown = lines(made)
    assert sum("The cell is empty" in line for line in shown) == 50
    assert "10 more problems; --report FILE writes up to a thousand of them" in shown


def test_a_file_that_could_not_be_read_has_no_result() -> None:
    made = Outcome(Path("x.csv"), "sales", is_unusable=True)
    made.add_problem("empty-file")
    assert lines(made) == ["x.csv: The file is empty. Export it again."]
