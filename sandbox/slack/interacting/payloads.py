"""The parts that interaction payloads have in common."""

from dataclasses import dataclass
from typing import Any

from sandbox.slack.books.channels import name_in_payload
from sandbox.slack.books.messages import as_slack_shows
from sandbox.slack.books.views import view_object
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.triggers import ResponseAddress
from sandbox.slack.workspace import TEAM, Workspace


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands: a message (perhaps an ephemeral one) or a view."""

    app: Json
    blocks: list[Json]
    message: Json | None = None
    view: Json | None = None

    @property
    def key(self) -> str:
        """One word for this place."""
        if self.message is not None:
            return f"{self.message['channel']}/{self.message['ts']}"
        assert self.view is not None
        return str(self.view["id"])

    @property
    def title(self) -> str:
        """What a notice calls it."""
        return str((self.view or {}).get("title", {}).get("text", "")) if self.view else ""


def find_place(workspace: Workspace, container: Json, person: str) -> Place:
    """The message or view that the page names; CallRefused("message_not_found", "not_found", "app_not_found")."""
    if container.get("type") == "view":
        owner, view = workspace.views.find(str(container.get("view_id", "")))
        if owner != person:
            raise CallRefused("not_found")
        return Place(workspace.apps.get(view["app_id"]), view["blocks"], view=view)
    channel, ts = str(container.get("channel", "")), str(container.get("ts", ""))
    ephemeral = workspace.messages.ephemerals.get((channel, ts))
    message = ephemeral if ephemeral and ephemeral["to"] == person else workspace.messages.get(channel, ts)
    blocks = [*message.get("blocks", ())]
    for attachment in message.get("attachments", ()):
        blocks += attachment.get("blocks", ())
    return Place(workspace.apps.get(message.get("app_id", "")), blocks, message=message)


def common(workspace: Workspace, app: Json, person: str, kind: str) -> Json:
    """The fields that every interaction has."""
    user = workspace.people.get(person)
    return {
        "type": kind,
        "team": workspace.team,
        "user": {"id": person, "username": user["name"], "name": user["name"], "team_id": TEAM},
        "api_app_id": app["id"],
        "token": app["verification_token"],
        "enterprise": None,
        "is_enterprise_install": False,
    }


def new_trigger(workspace: Workspace, app: Json, person: str) -> str:
    """A trigger_id for this moment."""
    return workspace.triggers.new_trigger(app["id"], person, workspace.clock.now())


def response_url(workspace: Workspace, address: ResponseAddress) -> str:
    """The address at which an app may answer."""
    return f"{workspace.settings.address}/response/{workspace.triggers.new_address(address)}"


def place_fields(workspace: Workspace, place: Place, values: Json) -> Json:
    """container, message, channel or view of a block interaction; `values` is what the inputs hold."""
    if place.view is not None:
        view = {**view_object(place.view), "state": {"values": values}}
        return {"container": {"type": "view", "view_id": place.view["id"]}, "view": view}
    message: Any = place.message
    channel = workspace.channels.get(message["channel"])
    is_ephemeral = bool(message.get("ephemeral"))
    container: Json = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": channel["id"],
        "is_ephemeral": is_ephemeral,
    }
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    fields: Json = {"container": container, "channel": {"id": channel["id"], "name": name_in_payload(channel)}}
    if not is_ephemeral:
        fields["message"] = as_slack_shows(message)
    return fields | {"state": {"values": values}}
