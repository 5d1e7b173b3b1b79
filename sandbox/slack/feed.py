"""Open pages and what they are told: each page has a queue of frames, numbered for it alone."""

import asyncio
from collections.abc import Callable, Collection

from sandbox.slack.shapes import Json


class Page:
    """One open page, seen with the eyes of one person."""

    def __init__(self, person: str) -> None:
        self.person = person
        self.frames: asyncio.Queue[Json] = asyncio.Queue()
        self._seq = 0

    def tell(self, frame: Json) -> None:
        """Put a frame into the queue under the next number."""
        self._seq += 1
        self.frames.put_nowait({"type": frame["type"], "seq": self._seq, **frame})


class Feed:
    """All open pages."""

    def __init__(self) -> None:
        self._pages: set[Page] = set()

    def open(self, page: Page) -> None:
        """Start telling a page."""
        self._pages.add(page)

    def close(self, page: Page) -> None:
        """Stop telling a page."""
        self._pages.discard(page)

    def tell_all(self, frame: Json) -> None:
        """Tell every page."""
        for page in self._pages:
            page.tell(frame)

    def tell(self, people: Collection[str], frame: Json) -> None:
        """Tell the pages of these people."""
        for page in self._pages:
            if page.person in people:
                page.tell(frame)

    def tell_each(self, frame_for: Callable[[str], Json | None]) -> None:
        """Tell every page what its person may know; None: nothing."""
        for page in self._pages:
            frame = frame_for(page.person)
            if frame is not None:
                page.tell(frame)
