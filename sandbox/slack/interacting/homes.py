"""Opening an app: its home tab or its messages."""

from sandbox.slack.books.views import home_key, view_object
from sandbox.slack.happenings.events import emit
from sandbox.slack.happenings.membership import direct_channel
from sandbox.slack.happenings.posting import Author, post
from sandbox.slack.manifests import Manifest
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.workspace import Workspace

_ASSISTANT_GREETING = "New Assistant Thread"


def open_home(workspace: Workspace, person: str, app: Json, tab: str) -> str:
    """Tell the app that a person opened it; the id of their direct message. CallRefused("unknown_tab")."""
    if tab not in ("home", "messages"):
        raise CallRefused("unknown_tab")
    channel, _ = direct_channel(workspace, [person, app["bot_user"]])
    event: Json = {
        "type": "app_home_opened",
        "user": person,
        "channel": channel["id"],
        "tab": tab,
        "event_ts": workspace.clock.new_ts(),
    }
    home = workspace.views.homes.get(home_key(app["id"], person))
    if tab == "home" and home is not None:
        event["view"] = view_object(home)
    emit(workspace, event, "app_home_opened", apps=[app])
    if tab == "messages" and Manifest(app["manifest"]).is_assistant:
        _start_assistant_thread(workspace, person, app, channel)
    return str(channel["id"])


def _start_assistant_thread(workspace: Workspace, person: str, app: Json, channel: Json) -> None:
    """The older kind of assistant talks in threads that begin when a person opens it."""
    messages = workspace.messages.of_channel(channel["id"])
    begun = [each for each in messages if each.get("subtype") == "assistant_app_thread"]
    if begun and not any(each.get("thread_ts") == begun[-1]["ts"] for each in messages):
        return  # the newest thread is still empty
    content: Json = {"subtype": "assistant_app_thread", "text": _ASSISTANT_GREETING}
    message = post(workspace, channel, Author(app["bot_user"], app), content, silent=True)
    thread: Json = {
        "user_id": person,
        "context": {},
        "channel_id": channel["id"],
        "thread_ts": message["ts"],
    }
    event = {"type": "assistant_thread_started", "assistant_thread": thread, "event_ts": message["ts"]}
    emit(workspace, event, "assistant_thread_started", apps=[app])
