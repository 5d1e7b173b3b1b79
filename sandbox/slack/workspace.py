"""The workspace: its books, its clock, its open pages and sockets. What happens in it is written in the modules that act on it."""

import asyncio
import secrets
from collections.abc import Coroutine

from sandbox.slack.blocks.check import BlockRules
from sandbox.slack.books.apps import Apps
from sandbox.slack.books.channels import Channels
from sandbox.slack.books.files import Files
from sandbox.slack.books.messages import Messages
from sandbox.slack.books.people import People
from sandbox.slack.books.usergroups import Usergroups
from sandbox.slack.books.views import Views
from sandbox.slack.clock import WorkspaceClock
from sandbox.slack.faults import Faults
from sandbox.slack.feed import Feed
from sandbox.slack.links import Links
from sandbox.slack.records import Book, Records
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.shapes import Json
from sandbox.slack.tour import TourBoard
from sandbox.slack.triggers import Triggers
from sandbox.slack.waiting import Waiting
from sandbox.slack.wire import WireLog

TEAM = "T0WORKSPACE"


class Workspace:
    """Everything that one local workspace knows. Used from one event loop only."""

    def __init__(self, settings: WorkspaceSettings) -> None:
        self.settings = settings
        self.records = Records(settings.state)
        self.clock = WorkspaceClock(settings.wall_clock)
        self.people = People(self.records)
        self.channels = Channels(self.records)
        self.messages = Messages(self.records, self.clock)
        self.files = Files(self.records, settings.address)
        self.views = Views(self.records)
        self.usergroups = Usergroups(self.records)
        self.apps = Apps(self.records)
        self.things = Book(self.records, "thing")  # bookmarks, calls, canvases and other small belongings, by id
        self.links = Links()
        self.streams = Links()  # connections of the Real Time Messaging API
        self.triggers = Triggers(settings.trigger_seconds)
        self.faults = Faults(strict=settings.strict)
        self.feed = Feed()
        self.tour = TourBoard(self.feed)
        self.waiting = Waiting(self.feed)
        self.wire = WireLog(lambda entry: self.feed.tell_all({"type": "wire", "entry": entry}))
        self.block_rules = BlockRules()
        self.statuses: dict[tuple[str, str], Json] = {}  # what an app says it is doing, by channel and thread
        self.prompts: dict[tuple[str, str], Json] = {}  # suggested prompts, by channel and thread
        self.offered: dict[tuple[str, ...], Json] = {}  # options that an app offered last, by place, block and action
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def team(self) -> Json:
        """The team as payloads name it."""
        return {"id": TEAM, "domain": self.settings.domain}

    def permalink(self, channel: str, ts: str, thread_ts: str | None = None) -> str:
        """The link of a message in Slack's form, which the page knows how to follow."""
        link = f"https://{self.settings.domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}"
        return link if thread_ts in (None, ts) else f"{link}?thread_ts={thread_ts}&cid={channel}"

    def in_background(self, work: Coroutine[object, object, None]) -> None:
        """Run something that nobody waits for; it is cancelled when the workspace closes."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop what runs in the background and close the file."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.records.close()

    def new_event_id(self) -> str:
        """An id of an event, the same in all its repetitions."""
        return "Ev0" + secrets.token_hex(5).upper()
