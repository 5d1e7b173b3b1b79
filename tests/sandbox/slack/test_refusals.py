"""Codes that Slack documents and that an app can provoke; whatever comes, the answer is one of them and no crash."""

import json
import urllib.request
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.slack.setup import register_app
from sandbox.slack.workspace import Workspace
from tests.makers.workspace import Desk, section

pytestmark = pytest.mark.servers


def code(call: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(*args, **kwargs)
    return str(refused.value.response["error"])


@pytest.fixture
def client(desk: Desk) -> WebClient:
    """An app that may do everything."""
    return desk.client_of(desk.do(register_app).bot_token)


@pytest.fixture
def orders(desk: Desk) -> str:
    return desk.channel("orders")


def test_a_reaction_needs_the_timestamp_of_a_message(client: WebClient, orders: str) -> None:
    assert code(client.reactions_add, channel=orders, timestamp="yesterday", name="eyes") == "bad_timestamp"
    assert code(client.reactions_add, channel=orders, timestamp="1.000001", name="eyes") == "message_not_found"


def test_only_links_that_stand_in_the_message_are_unfurled(client: WebClient, orders: str) -> None:
    ts = client.chat_postMessage(channel=orders, text="see <https://orders.example.com/?a=1&amp;b=2>")["ts"]
    shown = {"blocks": [section("Order 142")]}
    client.chat_unfurl(channel=orders, ts=ts, unfurls={"https://orders.example.com/?a=1&b=2": shown})
    elsewhere = {"https://elsewhere.example.com": shown}
    assert code(client.chat_unfurl, channel=orders, ts=ts, unfurls=elsewhere) == "cannot_unfurl_url"
    wordy = {"https://orders.example.com/?a=1&b=2": "Order 142"}
    assert code(client.chat_unfurl, channel=orders, ts=ts, unfurls=wordy) == "cannot_parse_attachment"


def test_people_send_no_metadata(desk: Desk, orders: str) -> None:
    magda = desk.client_of(desk.do(register_app).user_tokens["magda"])
    metadata = {"event_type": "order", "event_payload": {}}
    told = code(magda.chat_postMessage, channel=orders, text="x", metadata=metadata)
    assert told == "metadata_must_be_sent_from_app"


def test_a_message_can_be_changed_as_long_as_the_workspace_allows(desk: Desk, client: WebClient, orders: str) -> None:
    def close_window(workspace: Workspace) -> None:
        workspace.settings = replace(workspace.settings, edit_minutes=0)

    ts = client.chat_postMessage(channel=orders, text="six")["ts"]
    client.chat_update(channel=orders, ts=ts, text="seven")
    desk.do(close_window)
    assert code(client.chat_update, channel=orders, ts=ts, text="eight") == "edit_window_closed"
    assert client.team_preferences_list()["msg_edit_window_mins"] == 0


def test_the_words_for_a_picture_have_a_limit(client: WebClient) -> None:
    ask = client.files_getUploadURLExternal
    assert ask(filename="a.png", length=3, alt_txt="x" * 1000)["ok"]
    assert code(ask, filename="a.png", length=3, alt_txt="x" * 1001) == "alt_txt_too_large"


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("conversations.list", {"types": [{"id": 1}]}),
        ("conversations.open", {"users": [{"id": 1}]}),
        ("conversations.invite", {"channel": "#orders", "users": [5]}),
        ("files.upload", {"content": "x", "channels": [{"type": 5}]}),
        ("slackLists.create", {"name": "L", "description_blocks": '{"a": 1}'}),
        ("slackLists.create", {"name": "L", "schema": ["name"]}),
        ("views.open", {"trigger_id": "x", "view": {"type": "modal", "blocks": [1]}}),
        ("chat.postMessage", {"channel": "#orders", "blocks": [1]}),
    ],
)
@pytest.mark.parametrize("strict", [True, False])
def test_nonsense_is_refused_and_breaks_nothing(
    desk: Desk, client: WebClient, method: str, arguments: Any, *, strict: bool
) -> None:
    def set_strictness(workspace: Workspace) -> None:
        workspace.faults.strict = strict

    desk.do(set_strictness)
    headers = {"authorization": f"Bearer {client.token}", "content-type": "application/json"}
    request = urllib.request.Request(desk.running.api + method, json.dumps(arguments).encode(), headers)
    with urllib.request.urlopen(request, timeout=5) as answer:
        assert json.load(answer)["ok"] is False
