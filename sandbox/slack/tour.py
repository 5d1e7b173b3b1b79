"""The tour that the page shows beside the talk: its steps, and what the spectator wishes next."""

from queue import SimpleQueue

from sandbox.slack.feed import Feed
from sandbox.slack.shapes import CallRefused, Json

WISHES = ("next", "play", "pause", "end")


class TourBoard:
    """Kept by whoever runs the tour: `show` is called in the workspace's thread, `wishes` may be read in any."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self.shown: Json | None = None
        self.wishes: SimpleQueue[str] = SimpleQueue()

    def show(self, tour: Json | None) -> None:
        """Tell every page of the tour's present state; None: it is over."""
        self.shown = tour
        self._feed.tell_all({"type": "tour", "tour": tour})

    def wish(self, how: str) -> None:
        """What a spectator pressed; CallRefused("no_tour", "unknown_wish")."""
        if self.shown is None:
            raise CallRefused("no_tour")
        if how not in WISHES:
            raise CallRefused("unknown_wish")
        self.wishes.put(how)
