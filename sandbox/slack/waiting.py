"""How many messages wait for each person, for the page's switch between people: those said to them since they last looked."""

from collections import Counter, defaultdict

from sandbox.slack.feed import Feed


class Waiting:
    """Counts by person and conversation since the start; every page is told of a change."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)

    def of(self, person: str) -> int:
        """Messages that wait for this person."""
        return self._counts[person].total()

    def add(self, person: str, channel: str) -> None:
        """One more has come."""
        self._counts[person][channel] += 1
        self._tell(person)

    def read(self, person: str, channel: str) -> None:
        """They have looked there."""
        if self._counts[person].pop(channel, 0):
            self._tell(person)

    def _tell(self, person: str) -> None:
        self._feed.tell_all({"type": "waiting", "person": person, "count": self.of(person)})
