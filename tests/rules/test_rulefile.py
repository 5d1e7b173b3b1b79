"""Rulebook files: what a site may change, and that every mistake is named with its line at once."""

from decimal import Decimal

import pytest

from orders.people import Role
from orders.wording import LANGUAGES, wording
from rules.findings import Severity
from rules.problems import RulebookUnusable
from rules.rulefile import ENDINGS, house_rulebook, read_rulebook, read_site_rulebook

OWN_RULE = """
[[rule]]
code = "too-many-cases"
id = "S-1"
severity = "warn"
scope = "line"
when = "quantity > pack_size * cases_limit_count"
actual = "quantity"
source = "order"
[rule.words.en]
title = "Many cases"
says = "{quantity} is more than {cases_limit_count} cases."
advice = "Ask the warehouse."
"""
SETTING = "[settings]\ncases_limit_count = 50\n"


def problems(text: str) -> list[tuple[int, str]]:
    with pytest.raises(RulebookUnusable) as unusable:
        read_site_rulebook(text)
    return [(problem.line, problem.code) for problem in unusable.value.problems]


def rule(**changes: str) -> str:
    """A complete rule with some lines exchanged; an empty line leaves the key out."""
    lines = {
        "code": 'code = "own-rule"',
        "id": 'id = "S-1"',
        "severity": 'severity = "warn"',
        "scope": 'scope = "line"',
        "when": 'when = "quantity > 3"',
        "source": 'source = "order"',
        "more": "",
        "words": '[rule.words.en]\ntitle = "Own"\nsays = "Quantity {quantity}."',
    }
    return "[[rule]]\n" + "\n".join((lines | changes).values())


def test_a_site_changes_a_setting_and_leaves_the_rest() -> None:
    site = read_site_rulebook("[settings]\nlast_price_up_percent = 2.5")
    assert site.settings["last_price_up_percent"].value == Decimal("2.5")
    assert site.settings["last_price_up_amount"] == house_rulebook().settings["last_price_up_amount"]


def test_a_site_changes_a_single_key_of_a_rule() -> None:
    changed = read_site_rulebook('[[rule]]\ncode = "pack-multiple"\nseverity = "warn"').rule("pack-multiple")
    assert changed is not None
    assert (changed.severity, changed.override, changed.rule_id) == (Severity.WARN, frozenset({Role.MANAGER}), "R-Q2")


def test_a_site_switches_a_rule_off() -> None:
    site = read_site_rulebook('[[rule]]\ncode = "new-supplier"\nenabled = false')
    assert "new-supplier" not in {each.code for scope in {r.scope for r in site.rules} for each in site.of_scope(scope)}


def test_a_site_adds_a_rule_of_its_own_after_the_houses() -> None:
    added = read_site_rulebook(SETTING + OWN_RULE).rules[-1]
    assert (added.code, added.words["en"].advice) == ("too-many-cases", "Ask the warehouse.")


def test_reading_a_sites_file_leaves_the_houses_rulebook_alone() -> None:
    before = house_rulebook()
    read_site_rulebook(SETTING + OWN_RULE)
    assert house_rulebook() is before
    assert before.rule("too-many-cases") is None


def test_an_empty_file_changes_nothing() -> None:
    assert read_site_rulebook("").rules == house_rulebook().rules


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("[settings]\nx = ", 2, "not-toml"),
        ("[setings]\nx = 1", 1, "unknown-section"),
        ("tolerance = 5", 1, "unknown-section"),
        ("settings = 5", 1, "not-a-table"),
        ("rule = 5", 1, "not-a-list"),
        ("rule = [5]", 1, "rule-without-code"),
        ('[settings]\nlast_price_up_percent = "5"', 2, "bad-setting-value"),
        ("[settings]\n\nlast_price_up_percent = -5", 3, "bad-setting-value"),
        ("[settings]\nlast_price_up_percent = true", 2, "bad-setting-value"),
        ("[settings]\nlast_price_up = 5", 2, "bad-setting-name"),
        ("[settings]\nlast_prise_up_percent = 5", 2, "unused-setting"),
        ("[settings]\non_time_percent = 90", 2, "setting-hides-fact"),
        ('[[rule]]\nid = "x"', 1, "rule-without-code"),
        (rule(severity='severity = "blok"'), 4, "unknown-choice"),
        (rule(severity="severity = 3"), 4, "not-text"),
        (rule(scope='scope = "lines"'), 5, "unknown-choice"),
        (rule(source='source = "moon"'), 7, "unknown-choice"),
        (rule(when='when = "quantty > 3"'), 6, "unknown-fact"),
        (rule(when='when = "answered_quantity > 3"'), 6, "unknown-fact"),  # known for another scope only
        (rule(when=""), 1, "missing-key"),
        (rule(code='code = "Own Rule"'), 2, "bad-code"),
        (rule(more='colour = "red"'), 8, "unknown-key"),
        (rule(more='actual = "quantty"'), 8, "unknown-fact"),
        (rule(more='shows = ["quantty"]'), 8, "unknown-fact"),
        (rule(more='shows = "quantity"'), 8, "not-a-list-of-texts"),
        (rule(more='override = ["boss"]'), 8, "unknown-role"),
        (rule(more='enabled = "no"'), 8, "not-yes-or-no"),
        (rule(more='fix = "round"'), 8, "bad-fix"),
        (rule(more='fix = { act = "round", to = "quantity" }'), 8, "unknown-choice"),
        (rule(more='fix = { act = "set-quantity", to = "quantty" }'), 8, "unknown-fact"),
        (rule(more='fix = { act = "set-price", to = "quantity" }'), 8, "fix-of-another-kind"),
        (rule(words=""), 1, "words-missing"),
        (rule(words='[rule.words.en]\ntitle = "Own"'), 9, "bad-words"),
        (rule(words='[rule.words.de]\ntitle = "Own"\nsays = "x"'), 9, "unknown-language"),
        (rule(words='[rule.words.en]\ntitle = "Own"\nsays = "{moq}"'), 9, "placeholder-not-shown"),
        (rule(words='[rule.words.en]\ntitle = "Own"\nsays = "{"'), 9, "bad-placeholder"),
        (rule() + "\n" + rule(), 13, "code-twice"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, line: int, code: str) -> None:
    assert (line, code) in problems(text)


def test_all_mistakes_are_named_at_once_in_the_order_of_the_file() -> None:
    text = "[settings]\nx = 1\n" + rule(severity='severity = "blok"', when='when = "quantty = 3"')
    assert problems(text) == [
        (2, "bad-setting-name"),
        (6, "unknown-choice"),
        (8, "single-equals-sign"),
        (8, "unknown-fact"),
        (11, "placeholder-not-shown"),
    ]


def test_lines_are_counted_over_texts_of_many_lines() -> None:
    words = '[rule.words.en]\ntitle = """\n[[rule]]\nwhen = 3\n"""\nsays = "x"'
    assert (15, "unknown-section") in problems(rule(words=words).replace('says = "x"', 'says = "x"\n[oops]'))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_problem_is_told_with_what_was_probably_meant(language: str) -> None:
    with pytest.raises(RulebookUnusable) as unusable:
        read_site_rulebook(rule(when='when = "quantty > 3"'))
    told = unusable.value.problems[0].sentence(wording(language))
    assert "quantty" in told
    assert told.endswith("quantity?")


def test_a_rulebook_can_stand_alone() -> None:
    assert [each.code for each in read_rulebook(SETTING + OWN_RULE).rules] == ["too-many-cases"]


def test_tolerances_are_pairs_of_a_percentage_and_an_absolute_figure() -> None:
    settings = house_rulebook().settings
    directed = {name.rpartition("_")[0] for name in settings if name.endswith(("_up_percent", "_down_percent"))}
    directed |= {name.rpartition("_")[0] for name in settings if name.endswith(("_below_percent", "_above_percent"))}
    assert directed
    assert {name for name in directed if not {f"{name}_amount", f"{name}_units"} & set(settings)} == set()


def test_every_setting_says_by_its_name_what_it_counts() -> None:
    assert all(any(name.endswith(ending) for ending in ENDINGS) for name in house_rulebook().settings)
