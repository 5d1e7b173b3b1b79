"""Writes docs/reference/rules.md from the rulebook and its vocabulary, so that the page cannot say anything else."""

from collections.abc import Iterator

from orders.wording import wording
from rules.figures.every import OWN
from rules.rulebook import Rule, Rulebook
from rules.vocabulary import Scope

_INTRODUCTION = """\
# Rules and the words they use

This page is written by `quartermaster rules reference`; a test compares the two. How to change a rule:
[write a rule](../how-to/write-a-rule.md).

Severity: **block** cannot be approved (unless by a role named under "may override"), **review** needs a person's
decision, **warn** is shown, **info** is recorded. A rule that needs a figure which is not known gives the finding
`cannot-check` (info) and names the figure; one whose condition cannot be computed gives `rule-failed` (review).
"""
_HEADINGS = {
    Scope.ORDER: "The order as a whole (`order`)",
    Scope.LINE: "Each line of an order (`line`, may also use the words of `order`)",
    Scope.REPLY: "The supplier's answer as a whole (`reply`)",
    Scope.REPLY_LINE: "Each line in the light of the answer (`reply-line`, may also use the words of `reply`)",
}


def reference(rulebook: Rulebook) -> str:
    """The page as Markdown."""
    lines = [_INTRODUCTION, *_rules(rulebook), "## Settings\n", "| name | value | counts |", "| --- | --- | --- |"]
    lines += [f"| `{each.name}` | {each.value} | {each.unit.value} |" for each in rulebook.settings.values()]
    lines += ["", "## Words\n", 'A word that is "not known" makes its rule say `cannot-check`.', ""]
    for scope, heading in _HEADINGS.items():
        lines += [f"### {heading}\n", "| word | counts | meaning |", "| --- | --- | --- |"]
        lines += [f"| `{name}` | {each.unit.value} | {each.meaning} |" for name, each in sorted(OWN[scope].items())]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _rules(rulebook: Rulebook) -> Iterator[str]:
    yield "## Rules\n"
    for scope, heading in _HEADINGS.items():
        yield f"### {heading}\n"
        yield "| id | code | severity | what it checks | finds when | may override |"
        yield "| --- | --- | --- | --- | --- | --- |"
        for rule in rulebook.of_scope(scope):
            yield _row(rule)
        yield ""


def _row(rule: Rule) -> str:
    own, key, words = rule.words.get("en"), f"rule.{rule.code}", wording("en")
    title = own.title if own else words.say(key)
    condition = f"`{rule.when.text}`" + (f", if `{rule.applies.text}`" if rule.applies else "")
    override = ", ".join(sorted(role.value for role in rule.override)) or "–"
    return f"| {rule.rule_id} | `{rule.code}` | {rule.severity.value} | {title} | {condition} | {override} |"
