"""The rules of the house that import-linter cannot see."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from orders.refusals import Refusal

HOUSE = Path(__file__).parent.parent
NOT_ROOMS = {"tests", "bench", "docs", "requirements"}
PURE_ROOMS = [
    "mail.message",
    "mail.machine",
    "mail.trust",
    "mail.matching",
    "mail.mime",
    "mail.segments",
    "mail.reading",
    "rules",
    "planning",
    "orders",
    "bot.language",
]
FOREIGN = {
    "sqlalchemy",
    "slack_bolt",
    "slack_sdk",
    "imap_tools",
    "imaplib",
    "aiosmtplib",
    "smtplib",
    "httpx",
    "store",
    "handlers",
}
MAY_COMMIT = {"store/sessions.py", "mail/intake.py", "bot/intake.py"}


def rooms() -> set[str]:
    return {path.parent.name for path in HOUSE.glob("*/__init__.py")} - NOT_ROOMS


def sources() -> list[Path]:
    return [path for room in sorted(rooms()) for path in sorted((HOUSE / room).rglob("*.py"))]


def test_every_room_has_its_place_in_the_layers() -> None:
    settings = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = {room.strip() for layer in settings["contracts"][0]["layers"] for room in layer.split("|")}
    assert rooms() == layers == set(settings["root_packages"])


def test_init_files_stay_empty() -> None:
    assert [
        str(path) for path in sources() if path.name == "__init__.py" and path.read_text(encoding="utf-8").strip()
    ] == []


@pytest.mark.parametrize("room", PURE_ROOMS)
def test_a_pure_room_pulls_in_nothing_foreign(room: str) -> None:
    if not (HOUSE / room.replace(".", "/")).exists() and not (HOUSE / (room.replace(".", "/") + ".py")).exists():
        pytest.fail(f"{room} is named in the house rules and does not exist")
    code = (
        f"import importlib, pkgutil, sys\nroom = importlib.import_module({room!r})\n"
        "for each in pkgutil.walk_packages(getattr(room, '__path__', []), room.__name__ + '.'):\n"
        "    importlib.import_module(each.name)\n"
        f"print(','.join(sorted({FOREIGN!r} & set(sys.modules))))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=HOUSE, check=True)
    assert answer.stdout.strip() == ""


def test_the_mailbox_process_carries_no_other_door_and_no_planning() -> None:
    heavy = {"bot", "planning", "numpy", "polars", "matplotlib", "slack_sdk", "apscheduler", "fpdf"}
    code = (
        "import sys, quartermaster.cli, quartermaster.mail_wiring, quartermaster.house_wiring\n"
        f"print(','.join(sorted({heavy!r} & set(sys.modules))))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=HOUSE, check=True)
    assert answer.stdout.strip() == ""


def test_only_the_intakes_commit() -> None:
    offenders = []
    for path in sources():
        name = str(path.relative_to(HOUSE))
        if name in MAY_COMMIT:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        offenders += [
            f"{name}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
        ]
    assert offenders == []


def test_no_file_outgrows_a_reader() -> None:
    long = {str(path.relative_to(HOUSE)): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert {name: lines for name, lines in long.items() if lines > 400 and "migrations" not in name} == {}


def test_refusal_codes_are_kebab_case_and_unique() -> None:
    codes = [refusal.code for refusal in Refusal.__subclasses__()]
    assert len(codes) == len(set(codes))
    assert all(code == code.lower() and " " not in code and "_" not in code for code in codes)
