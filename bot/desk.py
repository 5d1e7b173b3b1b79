"""What every listener of the Slack door is handed: the store, the clock, the shop's rules, and a bell for the worker."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from handlers.house import House
from orders.clock import Clock
from orders.wording import Wording, wording
from store.queries.people import language_of_slack_user
from store.sessions import Store


@dataclass(frozen=True, slots=True)
class Desk:
    """Given to each `register(app, desk)`. `ring` wakes the delivery worker after a commit."""

    store: Store
    clock: Clock
    house: House
    ring: Callable[[], None]

    def words_for(self, slack_user_id: str) -> Wording:
        """The wording in a person's own language, else in the shop's."""
        with self.store.reading() as session:
            language = language_of_slack_user(session, slack_user_id)
        return wording(language or self.house.shop.language)

    @property
    def shop_words(self) -> Wording:
        """The wording of channels."""
        return wording(self.house.shop.language)

    @property
    def zone(self) -> ZoneInfo:
        """The shop's time zone."""
        return ZoneInfo(self.house.shop.timezone)

    @property
    def today(self) -> date:
        """Today at the shop."""
        return self.clock.now().astimezone(self.zone).date()
