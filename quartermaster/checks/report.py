"""All checks in the order in which a person mends things."""

from collections.abc import Iterator

from orders.clock import Clock
from quartermaster.checks.check import Check, bad, good
from quartermaster.checks.database import database_checks
from quartermaster.checks.mail import imap_checks, smtp_checks
from quartermaster.checks.slack import slack_checks
from quartermaster.house_wiring import house_of
from quartermaster.settings import Settings, SettingsUnusable


def every_check(settings: Settings, clock: Clock) -> Iterator[Check]:
    """Look at each part in turn; one that fails does not keep the others from being looked at."""
    yield good("settings", f"usable; the shop is “{settings.shop.name}” in {settings.shop.timezone}")
    yield from _rulebook(settings)
    yield from database_checks(settings, clock)
    yield from slack_checks(settings)
    yield from smtp_checks(settings, clock)
    yield from imap_checks(settings, clock)


def _rulebook(settings: Settings) -> Iterator[Check]:
    try:
        house = house_of(settings)
    except SettingsUnusable as unusable:
        for problem in unusable.problems:
            yield bad("rulebook", problem, "quartermaster rules check FILE shows the places")
        return
    yield good("rulebook", f"{len(house.rulebook.rules)} rules")
