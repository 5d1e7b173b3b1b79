"""Makes the shop's choices and its rulebook of the settings; every door needs them."""

from handlers.house import House
from quartermaster.settings import Settings, SettingsUnusable
from rules.problems import RulebookUnusable
from rules.rulefile import house_rulebook, read_site_rulebook


def house_of(settings: Settings) -> House:
    """The shop's choices and its rulebook; raises SettingsUnusable with every problem of the rulebook file."""
    path = settings.shop.rulebook
    if path is None:
        return House(settings.as_shop(), house_rulebook())
    try:
        return House(settings.as_shop(), read_site_rulebook(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SettingsUnusable([f"{path}: the rulebook cannot be read ({error.strerror})"]) from error
    except RulebookUnusable as unusable:
        raise SettingsUnusable([f"{path}: {problem}" for problem in str(unusable).splitlines()]) from unusable
