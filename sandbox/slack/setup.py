"""Setting a workspace up: people, channels, groups and apps, and a first content for an empty one."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.resources import files

from sandbox.slack.books.apps import Credentials
from sandbox.slack.happenings.membership import join
from sandbox.slack.ids import named_id
from sandbox.slack.installing import install
from sandbox.slack.manifests import Manifest, checked_manifest
from sandbox.slack.shapes import Json
from sandbox.slack.showing import tell_channel
from sandbox.slack.workspace import Workspace


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who works here; `note` is their role as the page shows it."""

    name: str
    real_name: str
    tz: str = "Europe/Warsaw"
    note: str = ""
    email: str = ""
    is_admin: bool = False


@dataclass(frozen=True, slots=True)
class NewChannel:
    """A channel; without members everybody is in it. Apps are named by their bot's name."""

    name: str
    topic: str = ""
    is_private: bool = False
    is_general: bool = False
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Registered:
    """An app's ids and keys, for the settings of the app."""

    app_id: str
    bot_user: str
    bot_token: str
    app_token: str
    signing_secret: str
    user_tokens: Json = field(default_factory=dict)


PEOPLE = (
    NewPerson("magda", "Magda Nowak", note="manager", is_admin=True),
    NewPerson("piotr", "Piotr Zieliński", note="buyer"),
    NewPerson("ewa", "Ewa Wójcik", note="warehouse"),
)
CHANNELS = (NewChannel("general", is_general=True), NewChannel("random"))


def add_people(workspace: Workspace, people: Iterable[NewPerson]) -> list[str]:
    """Ids of the people, who are new or known by their name."""
    return [
        workspace.people.add(
            each.name, each.real_name, tz=each.tz, note=each.note, email=each.email, is_admin=each.is_admin
        )["id"]
        for each in people
    ]


def add_channels(workspace: Workspace, channels: Iterable[NewChannel]) -> list[str]:
    """Ids of the channels; known ones gain the members that they lack."""
    ids = []
    for each in channels:
        members = [named_id("U", name) for name in each.members] or list(workspace.people.book)
        channel = workspace.channels.named(each.name)
        if channel is None:
            creator = members[0] if members else ""
            channel = workspace.channels.create(
                each.name, creator=creator, now=workspace.clock.now(), is_private=each.is_private
            )
            channel["topic"] = {"value": each.topic, "creator": creator, "last_set": 0}
            channel["is_general"] = each.is_general
        for member in members:
            join(workspace, channel, member, quiet=True)
        workspace.channels.save(channel)
        tell_channel(workspace, channel)
        ids.append(str(channel["id"]))
    return ids


def add_group(workspace: Workspace, handle: str, name: str, people: Iterable[str]) -> str:
    """Id of a user group with the people of these names."""
    group = workspace.usergroups.named(handle)
    users = [named_id("U", person) for person in people]
    if group is None:
        group = workspace.usergroups.add(
            handle, name, users, creator=users[0] if users else "", now=workspace.clock.now()
        )
    group["users"] = users
    workspace.usergroups.book.save(group["id"], group)
    return str(group["id"])


def register_app(
    workspace: Workspace,
    manifest: Json | None = None,
    credentials: Credentials | None = None,
    *,
    request_url: str = "",
) -> Registered:
    """Install an app; without a manifest one that may do and hears everything. BadManifest lists what is wrong.

    The bot becomes a member of every public channel that is there, and each person gets a user token. `request_url` is
    where an app without a manifest is reached by HTTP.
    """
    checked = checked_manifest(manifest) if manifest is not None else open_manifest(request_url)
    app = install(workspace, checked, credentials or Credentials())
    names = {person["id"]: person["name"] for person in workspace.people.humans()}
    tokens = {names[owner]: token for token, owner in app["user_tokens"].items() if owner in names}
    return Registered(app["id"], app["bot_user"], app["bot_token"], app["app_token"], app["signing_secret"], tokens)


def add_webhook(workspace: Workspace, app_id: str, channel_id: str) -> str:
    """The address of an incoming webhook for a channel."""
    app = workspace.apps.get(app_id)
    key = f"T0/{app['bot_id']}/{channel_id}"
    app["webhooks"][key] = channel_id
    workspace.apps.book.save(app_id, app)
    return f"{workspace.settings.address}/services/{key}"


def open_manifest(request_url: str = "") -> Manifest:
    """An app that may do everything and hears of everything, for trying out examples.

    With a request address it is reached by HTTP, else by Socket Mode.
    """
    text = (files("sandbox.slack") / "data" / "open-manifest.json").read_text(encoding="utf-8")
    body: Json = json.loads(text)
    if request_url:
        body["settings"] |= {
            "socket_mode_enabled": False,
            "event_subscriptions": {"request_url": request_url},
            "interactivity": {"is_enabled": True, "request_url": request_url},
        }
    return Manifest(body)
