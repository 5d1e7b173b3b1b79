"""A program that plays a person: it speaks the page's protocol, and waits for what happens instead of sleeping."""

import json
import threading
from collections.abc import Callable
from contextlib import ExitStack
from itertools import count
from typing import Any, Self
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import Request, urlopen

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from sandbox.slack.blocks.walk import all_blocks, elements_of
from sandbox.slack.mirror import Mirror
from sandbox.slack.shapes import Json

PATIENCE = 10.0  # seconds that a wait takes at most, unless told otherwise


class NothingHappened(AssertionError):
    """What was waited for did not come in time; the message says what came instead."""


class DeedRefused(Exception):
    """The workspace refused a command of this person."""

    def __init__(self, error: str, answer: Json) -> None:
        super().__init__(error)
        self.error = error
        self.answer = answer


class Player:
    """Plays one person over the page's WebSocket. Give the address that the program printed, with its key."""

    def __init__(self, page: str, person: str = "") -> None:
        self._page = urlsplit(page)
        self._person = person
        self._changed = threading.Condition()
        self._numbers = count(1)
        self._closed = ""
        self._open = ExitStack()
        self.sees = Mirror()

    def __enter__(self) -> Self:
        host = self._page.netloc
        query = f"{self._page.query}&person={quote(self._person)}" if self._person else self._page.query
        address = urlunsplit(("ws", host, "/ws", query, ""))
        self._socket: ClientConnection = self._open.enter_context(connect(address, max_size=None, proxy=None))
        self._reader = threading.Thread(target=self._read, name=f"plays {self._person}", daemon=True)
        self._reader.start()
        self.wait_until(lambda sees: bool(sees.me), "the workspace's state")
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()
        self._reader.join(PATIENCE)

    @property
    def latest(self) -> str:
        """The timestamp of the newest message this person sees: a mark for `after`."""
        messages = self.sees.all_messages()
        return str(messages[-1]["ts"]) if messages else "0"

    def do(self, name: str, /, timeout: float = PATIENCE, **fields: object) -> Json:
        """Any command of the page; its answer. DeedRefused, NothingHappened."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "do": name, **fields}))
        self.wait_until(lambda sees: number in sees.answers, f"the answer to {name}", timeout)
        answer = self.sees.answers.pop(number)
        if not answer["ok"]:
            raise DeedRefused(answer["error"], answer)
        return answer

    def say(self, channel: str, text: str, *, thread: Json | None = None, files: tuple[str, ...] = ()) -> str:
        """Write a message; its timestamp."""
        more = {"thread_ts": thread["ts"]} if thread else {}
        answer = self.do("say", channel=self.sees.channel(channel)["id"], text=text, files=list(files), **more)
        return str(answer["ts"])

    def tell_app(self, text: str, app: str = "") -> str:
        """Write to an app directly; the message's timestamp."""
        return self.say(self.sees.app(app)["dm"], text)

    def slash(self, channel: str, line: str) -> None:
        """Use a slash command; DeedRefused("operation_timeout") when the app did not acknowledge."""
        self.do("slash", channel=self.sees.channel(channel)["id"], text=line)

    def press(self, place: Json, action_id: str, choice: Any = None, values: Json | None = None) -> None:
        """Press a button or use another element of a message or view."""
        block = _block_of(place, action_id)
        self.do(
            "act",
            container=_container(place),
            block_id=block["block_id"],
            action_id=action_id,
            choice=choice,
            values=_full_values(place, values or {}),
        )

    def options(self, place: Json, action_id: str, query: str) -> list[Json]:
        """Type into an external select; the options that the app offers."""
        block = _block_of(place, action_id)
        container = _container(place)
        answer = self.do("options", container=container, block_id=block["block_id"], action_id=action_id, query=query)
        groups = [option for group in answer.get("option_groups", ()) for option in group["options"]]
        return [*answer.get("options", ()), *groups]

    def submit(self, view: Json, values: Json) -> Json:
        """Submit a modal; the errors by block. Values: {block_id: {action_id: choice}} or {block_id: choice}."""
        answer = self.do("submit", view_id=view["id"], values=_full_values(view, values))
        return dict(answer.get("errors", {}))

    def close(self, view: Json) -> None:
        """Close a modal."""
        self.do("close", view_id=view["id"])

    def open_home(self, app: str = "", tab: str = "home") -> None:
        """Open an app."""
        self.do("home", app=self.sees.app(app)["id"], tab=tab)

    def react(self, message: Json, name: str) -> None:
        """Put a reaction on a message."""
        self.do("react", channel=message["channel"], ts=message["ts"], name=name)

    def upload(self, name: str, content: bytes) -> str:
        """Bring a file in; its id, for `say`."""
        query = f"{self._page.query}&person={self.sees.me}&name={quote(name)}"
        url = urlunsplit(("http", self._page.netloc, "/page/upload", query, ""))
        request = Request(url, data=content, method="POST")  # noqa: S310 - our own loopback address
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            return str(json.load(answer)["file"]["id"])

    def wait_until(self, holds: Callable[[Mirror], bool], what: str, timeout: float = PATIENCE) -> None:
        """Wait till this holds; NothingHappened names `what`."""
        with self._changed:
            if not self._changed.wait_for(lambda: holds(self.sees) or bool(self._closed), timeout) or not holds(
                self.sees
            ):
                raise NothingHappened(
                    f"{self._person or self.sees.me} waited for {what}; {self._closed or self._newest()}"
                )

    def wait_for_message(
        self, fits: Callable[[Json], bool], *, after: str = "0", channel: str = "", timeout: float = PATIENCE
    ) -> Json:
        """The first message or ephemeral newer than `after` that fits, now or when it comes."""
        wanted = self.sees.channel(channel)["id"] if channel else ""
        found: list[Json] = []

        def look(sees: Mirror) -> bool:
            found[:] = [
                each
                for each in sees.all_messages()
                if each["ts"] > after and wanted in ("", each["channel"]) and fits(each)
            ]
            return bool(found)

        self.wait_until(look, "a message", timeout)
        return found[0]

    def wait_for_change(self, message: Json, fits: Callable[[Json], bool], timeout: float = PATIENCE) -> Json:
        """The same message once it fits."""

        def now(sees: Mirror) -> Json:
            kept = sees.ephemerals if message.get("ephemeral") else sees.messages
            return kept.get(message["channel"], {}).get(message["ts"], {})

        self.wait_until(lambda sees: bool(each := now(sees)) and fits(each), "a change of a message", timeout)
        return now(self.sees)

    def wait_for_modal(self, callback_id: str = "", timeout: float = PATIENCE) -> Json:
        """The shown view, of this callback_id if one is named."""
        self.wait_until(
            lambda sees: bool(sees.modals) and callback_id in ("", sees.modals[-1]["callback_id"]),
            f"the modal {callback_id}",
            timeout,
        )
        return self.sees.modals[-1]

    def wait_for_home(self, fits: Callable[[Json], bool], app: str = "", timeout: float = PATIENCE) -> Json:
        """The app's home view once it fits."""
        app_id = self.sees.app(app)["id"]

        def now(sees: Mirror) -> Json:
            return sees.homes.get(app_id) or {}

        self.wait_until(lambda sees: bool(home := now(sees)) and fits(home), "a home view", timeout)
        return now(self.sees)

    def wait_for_app(self, app: str = "", timeout: float = PATIENCE) -> None:
        """Wait till an app is connected by Socket Mode."""
        self.wait_until(lambda sees: bool(sees.apps) and sees.app(app)["sockets"] > 0, "an app to connect", timeout)

    def _newest(self) -> str:
        newest = [str(each.get("text", ""))[:80] for each in self.sees.all_messages()[-3:]]
        notices = [f"{each['code']} {each['about']}" for each in self.sees.notices[-3:]]
        return f"newest messages: {newest}, notices: {notices}"

    def _read(self) -> None:
        try:
            for text in self._socket:
                frame = json.loads(text)
                with self._changed:
                    self.sees.take(frame)
                    self._changed.notify_all()
        except ConnectionClosed as closed:
            self._closed = f"the workspace closed the page: {closed}"
        with self._changed:
            self._closed = self._closed or "the page was closed"
            self._changed.notify_all()


def texts_of(place: Json) -> str:
    """All words of a message or view in one string, for looking something up in it."""
    found: list[str] = [str(place.get("text", ""))]

    def collect(thing: object) -> None:
        if isinstance(thing, dict):
            for name, value in thing.items():
                if isinstance(value, str) and name in ("text", "title", "caption", "alt_text"):
                    found.append(value)
                else:
                    collect(value)
        elif isinstance(thing, list):
            for each in thing:
                collect(each)

    collect(place.get("blocks", []))
    collect(place.get("attachments", []))
    return "\n".join(found)


def _container(place: Json) -> Json:
    if "ts" in place:
        container: Json = {"type": "message", "channel": place["channel"], "ts": place["ts"]}
        return container | ({"ephemeral": True} if place.get("ephemeral") else {})
    return {"type": "view", "view_id": place["id"]}


def _blocks(place: Json) -> list[Json]:
    nested = [block for attachment in place.get("attachments", ()) for block in attachment.get("blocks", ())]
    return [*place.get("blocks", ()), *nested]


def _block_of(place: Json, action_id: str) -> Json:
    for block in all_blocks(_blocks(place)):
        if any(element.get("action_id") == action_id for element in elements_of(block)):
            return block
    known = [element.get("action_id") for block in all_blocks(_blocks(place)) for element in elements_of(block)]
    raise KeyError(f"no element {action_id!r} among {known}")


def _full_values(place: Json, values: Json) -> Json:
    """Short values, {block_id: choice}, get their action_id."""
    full: Json = {}
    for block in all_blocks(_blocks(place)):
        given = values.get(block.get("block_id", ""))
        if isinstance(given, dict) and given.get("type") != "rich_text":
            full[block["block_id"]] = given
        elif block.get("block_id") in values:
            full[block["block_id"]] = {element["action_id"]: given for element in elements_of(block)}
    unknown = set(values) - set(full)
    if unknown:
        raise KeyError(f"no inputs {sorted(unknown)} in the view")
    return full
