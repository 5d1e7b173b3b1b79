"""What a page knows: the state and the deltas that have come in, for a program that plays a person."""

from typing import Any

from sandbox.slack.shapes import Json


class Mirror:
    """Takes frames in and answers questions about them; see docs/reference/workspace-page.md."""

    def __init__(self) -> None:
        self.me = ""
        self.people: dict[str, Json] = {}
        self.apps: dict[str, Json] = {}
        self.channels: dict[str, Json] = {}
        self.messages: dict[str, dict[str, Json]] = {}
        self.ephemerals: dict[str, dict[str, Json]] = {}
        self.homes: dict[str, Json | None] = {}
        self.modals: list[Json] = []
        self.modal_errors: Json = {}
        self.statuses: dict[tuple[str, str], Json] = {}
        self.notices: list[Json] = []
        self.wire: dict[int, Json] = {}
        self.faults: Json = {}
        self.answers: dict[int, Json] = {}

    def take(self, frame: Json) -> None:
        """Apply one frame; kinds that a program has no use for are passed over."""
        apply = getattr(self, f"_take_{frame['type']}", None)
        if apply is not None:
            apply(frame)

    def channel(self, name: str) -> Json:
        """The channel by id or name, or the direct message by the name of the other; KeyError when there is none."""
        if name in self.channels:
            return self.channels[name]
        for channel in self.channels.values():
            if channel["name"].lower() == name.lstrip("#@").lower():
                return channel
        raise KeyError(f"no channel {name!r} among {sorted(each['name'] for each in self.channels.values())}")

    def app(self, name: str = "") -> Json:
        """The app by id or name, the only one without a name; KeyError when there is none."""
        for app in self.apps.values():
            if name in ("", app["id"], app["name"]):
                return app
        raise KeyError(f"no app {name!r}")

    def all_messages(self) -> list[Json]:
        """Messages and ephemerals of all channels, oldest first."""
        found = [*self.messages.values(), *self.ephemerals.values()]
        return sorted((message for each in found for message in each.values()), key=lambda message: str(message["ts"]))

    def _take_state(self, frame: Json) -> None:
        self.me = frame["me"]
        self.people = {each["id"]: each for each in frame["people"]}
        self.apps = {each["id"]: each for each in frame["apps"]}
        self.channels = {each["id"]: each for each in frame["channels"]}
        self.messages = {channel: _by_ts(messages) for channel, messages in frame["messages"].items()}
        self.ephemerals = {channel: _by_ts(messages) for channel, messages in frame["ephemeral"].items()}
        self.homes = dict(frame["homes"])
        self.modals = frame["modals"]
        self.wire = {entry["id"]: entry for entry in frame["wire"]}
        self.faults = frame["faults"]

    def _take_message(self, frame: Json) -> None:
        self.messages.setdefault(frame["channel"], {})[frame["message"]["ts"]] = frame["message"]

    def _take_message_deleted(self, frame: Json) -> None:
        self.messages.get(frame["channel"], {}).pop(frame["ts"], None)

    def _take_ephemeral(self, frame: Json) -> None:
        self.ephemerals.setdefault(frame["channel"], {})[frame["message"]["ts"]] = frame["message"]

    def _take_ephemeral_deleted(self, frame: Json) -> None:
        self.ephemerals.get(frame["channel"], {}).pop(frame["ts"], None)

    def _take_channel(self, frame: Json) -> None:
        self.channels[frame["channel"]["id"]] = frame["channel"]

    def _take_channel_gone(self, frame: Json) -> None:
        self.channels.pop(frame["id"], None)

    def _take_person(self, frame: Json) -> None:
        self.people[frame["person"]["id"]] = frame["person"]

    def _take_app(self, frame: Json) -> None:
        self.apps[frame["app"]["id"]] = frame["app"]

    def _take_home(self, frame: Json) -> None:
        self.homes[frame["app"]] = frame["view"]

    def _take_modals(self, frame: Json) -> None:
        self.modals, self.modal_errors = frame["stack"], frame["errors"]

    def _take_status(self, frame: Json) -> None:
        status = frame["status"]
        self.statuses[status["channel"], status["thread_ts"]] = status

    def _take_notice(self, frame: Json) -> None:
        self.notices.append(frame)

    def _take_wire(self, frame: Json) -> None:
        self.wire[frame["entry"]["id"]] = frame["entry"]

    def _take_faults(self, frame: Json) -> None:
        self.faults = frame["faults"]

    def _take_answer(self, frame: Json) -> None:
        number: Any = frame["re"]
        if isinstance(number, int):
            self.answers[number] = frame


def _by_ts(messages: list[Json]) -> dict[str, Json]:
    return {message["ts"]: message for message in messages}
