"""The mailbox page's words: none missing, none unused, in both languages."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[3] / "sandbox" / "mail" / "page"
ENTRY = re.compile(r'^  "(?P<key>[a-zA-Z.-]+)": \[(?P<words>.+)\],$', re.MULTILINE)
WORDS = {match["key"]: match["words"] for match in ENTRY.finditer((PAGE / "words.js").read_text(encoding="utf-8"))}
MODULES = {path: path.read_text(encoding="utf-8") for path in PAGE.rglob("*.js") if path.name != "words.js"}


def test_every_key_that_the_page_says_has_words() -> None:
    said = {key for text in MODULES.values() for key in re.findall(r'\b(?:t|count)\("([^"]+)"', text)}
    chosen = {
        key
        for text in MODULES.values()
        for pair in re.findall(r'\? "([a-z]+\.[a-z-]+)" : "([a-z]+\.[a-z-]+)"', text)
        for key in pair
    }
    assert said | chosen <= set(WORDS)


def test_no_words_lie_unused() -> None:
    text = "".join(MODULES.values())
    families = tuple(re.findall(r"`([a-z]+\.)\$\{", text))
    assert [key for key in WORDS if f'"{key}"' not in text and not key.startswith(families)] == []


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_mention_the_same_facts(key: str) -> None:
    forms = [set(re.findall(r"\{(\w+)\}", form)) for form in re.findall(r'"((?:[^"\\]|\\.)*)"', WORDS[key])]
    assert len(forms) >= 2
    assert all(form == forms[0] for form in forms)


def test_modules_stay_readable() -> None:
    assert {path.name: lines for path, text in MODULES.items() if (lines := text.count("\n")) > 290} == {}
