"""What the documentation says must be there."""

import re
from pathlib import Path

import pytest

from orders.refusals import Refusal
from quartermaster.cli import app
from rules.rulefile import house_rulebook
from tests.orders.test_refusals import every_refusal

HOUSE = Path(__file__).parents[2]
PAGES = [HOUSE / "README.md", HOUSE / "CHANGELOG.md", *sorted((HOUSE / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")
COMMAND = re.compile(r"quartermaster ([a-z][a-z-]+)")


def commands() -> set[str]:
    named = {info.name or (info.callback.__name__ if info.callback else "") for info in app.registered_commands}
    groups = {info.name or (info.typer_instance.info.name if info.typer_instance else "") for info in app.registered_groups}
    return {str(name).replace("_", "-") for name in named | groups}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).resolve().exists()] == []


@pytest.mark.parametrize("page", [HOUSE / "README.md"], ids=lambda page: page.name)
def test_every_command_that_is_named_exists(page: Path) -> None:
    named = set(COMMAND.findall(page.read_text(encoding="utf-8"))) - {"sandbox"}
    assert named - commands() == set()


@pytest.mark.parametrize("refusal", every_refusal(), ids=lambda refusal: refusal.code)
def test_every_refusal_is_in_the_glossary(refusal: type[Refusal]) -> None:
    assert f"| `{refusal.code}` |" in (HOUSE / "docs" / "glossary.md").read_text(encoding="utf-8")


def test_every_finding_is_in_the_glossary() -> None:
    glossary = (HOUSE / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert [rule.code for rule in house_rulebook().rules if f"| `{rule.code}` |" not in glossary] == []


def test_the_first_decisions_are_written_down_and_short() -> None:
    pages = sorted((HOUSE / "docs" / "decisions").glob("0*.md"))
    assert len(pages) >= 7
    assert [page.name for page in pages if len(page.read_text(encoding="utf-8").splitlines()) > 60] == []
