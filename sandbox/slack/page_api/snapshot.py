"""The full state that a page receives when it opens the feed."""

from sandbox.slack.books.people import page_person
from sandbox.slack.shapes import Json
from sandbox.slack.showing import page_app, page_channel
from sandbox.slack.workspace import Workspace

NEWEST_MESSAGES = 100  # of each channel


def snapshot(workspace: Workspace, person: str) -> Json:
    """Everything that this person may see."""
    apps = [page_app(workspace, app, person) for app in workspace.apps.book.values()]
    channels = workspace.channels.seen_by(person)
    joined = [channel["id"] for channel in channels if person in channel["members"]]
    newest = {channel: workspace.messages.newest(channel, NEWEST_MESSAGES) for channel in joined}
    return {
        "type": "state",
        "team": {**workspace.team, "name": workspace.settings.name},
        "me": person,
        "now": workspace.clock.now(),
        "people": [
            {**page_person(each, workspace.clock.now()), "waiting": workspace.waiting.of(each["id"])}
            for each in workspace.people.book.values()
        ],
        "usergroups": [
            {name: group[name] for name in ("id", "handle", "name", "users")}
            for group in workspace.usergroups.book.values()
        ],
        "apps": apps,
        "channels": [page_channel(workspace, channel, person) for channel in channels],
        "messages": {channel: messages for channel, (messages, _) in newest.items()},
        "more": {channel: more for channel, (_, more) in newest.items()},
        "ephemeral": _ephemerals(workspace, person),
        "homes": {home["app_id"]: home for home in workspace.views.homes.values() if home["person"] == person},
        "modals": list(workspace.views.stacks[person]),
        "statuses": [each for each in workspace.statuses.values() if each["channel"] in joined],
        "prompts": [each for each in workspace.prompts.values() if each["channel"] in joined],
        "faults": workspace.faults.as_json(),
        "tour": workspace.tour.shown,
        "wire": list(workspace.wire),
    }


def _ephemerals(workspace: Workspace, person: str) -> Json:
    mine: Json = {}
    for message in workspace.messages.ephemerals.values():
        if message["to"] == person:
            mine.setdefault(message["channel"], []).append(message)
    return mine
