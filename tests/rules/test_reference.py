"""The reference page cannot say anything else than rulebook and vocabulary do."""

from pathlib import Path

import pytest

from rules.figures.every import OWN
from rules.reference import reference
from rules.rulefile import house_rulebook, read_site_rulebook
from rules.vocabulary import Scope
from tests.rules.test_judge import DIVIDING

PAGE = Path(__file__).parent.parent.parent / "docs/reference/rules.md"


def test_the_page_is_what_the_rulebook_says() -> None:
    told = reference(house_rulebook())
    assert PAGE.read_text(encoding="utf-8") == told, "run: quartermaster rules reference > docs/reference/rules.md"


@pytest.mark.parametrize("scope", Scope)
def test_every_word_has_its_meaning_on_the_page(scope: Scope) -> None:
    told = reference(house_rulebook())
    assert [
        name for name, each in OWN[scope].items() if f"| `{name}` | {each.unit.value} | {each.meaning} |" not in told
    ] == []
    assert all(each.meaning.endswith(".") for each in OWN[scope].values())


def test_a_sites_own_rule_stands_on_its_page_by_its_own_title() -> None:
    assert "| S-1 | `dividing` | info | Dividing |" in reference(read_site_rulebook(DIVIDING))
