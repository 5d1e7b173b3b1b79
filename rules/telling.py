"""Findings in words: the sentence, the advice, and the figures as the reader's language writes them."""

from decimal import Decimal

from orders.money import Money
from orders.wording import Wording
from rules.findings import CANNOT_CHECK, RULE_FAILED, Finding, RuleWords, Shown
from rules.vocabulary import Unit


def title(finding: Finding, words: Wording) -> str:
    """What the rule checks, in a few words."""
    own = _own(finding, words)
    return own.title if own else words.say(f"rule.{finding.rule}")


def sentence(finding: Finding, words: Wording) -> str:
    """What was found, with the figures that were compared."""
    if finding.code == CANNOT_CHECK:
        lacking = ", ".join(words.say(f"fact.{name.replace('_', '-')}") for name in finding.missing)
        said = words.say("finding.cannot-check", rule=title(finding, words), missing=lacking)
    elif finding.code == RULE_FAILED:
        said = words.say("finding.rule-failed", rule=title(finding, words), rule_id=finding.rule_id)
    else:
        own = _own(finding, words)
        written = _figures(finding, words)
        said = own.says.format(**written) if own else words.say(f"finding.{finding.code}", **written)
    return said if finding.line is None else words.say("finding.on-line", line=finding.line, said=said)


def advice(finding: Finding, words: Wording) -> str:
    """What to do about it."""
    own = None if finding.code in {CANNOT_CHECK, RULE_FAILED} else _own(finding, words)
    written = _figures(finding, words)
    return own.advice.format(**written) if own else words.say(f"advice.{finding.code}", **written)


def source(finding: Finding, words: Wording) -> str:
    """Where the expectation comes from."""
    return words.say(f"source.{finding.source.value}")


def figure(name: str, shown: Shown, currency: str, words: Wording) -> str:
    """A figure as a person of this language writes it."""
    value = shown.value
    if value is None:
        return words.say("figure.unknown")
    if isinstance(value, bool):
        return words.say("figure.yes" if value else "figure.no")
    if isinstance(value, str):
        key = f"figure.{name.replace('_', '-')}.{value}"
        return words.say(key) if key in words.all_keys() else value
    if isinstance(value, Decimal | int):
        return _number(value, shown.unit, currency, words)
    return words.day(value)


def _number(value: Decimal | int, unit: Unit, currency: str, words: Wording) -> str:
    if unit is Unit.MONEY and currency:
        return words.money(Money(Decimal(value), currency))
    if unit is Unit.PRICE and currency:
        return words.price(Decimal(value), currency)
    if unit is Unit.DAYS:
        return words.count("figure.days", int(value))
    return words.say("figure.percent", number=words.number(value)) if unit is Unit.PERCENT else words.number(value)


def _figures(finding: Finding, words: Wording) -> dict[str, str]:
    return {name: figure(name, shown, finding.currency, words) for name, shown in finding.figures.items()}


def _own(finding: Finding, words: Wording) -> RuleWords | None:
    """The site's own sentences, in English when it has none in this language."""
    return finding.words.get(words.language) or finding.words.get("en")
