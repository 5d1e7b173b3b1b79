"""Older bots hear and speak over the Real Time Messaging API; Slack's own client for it is the other side."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk.rtm_v2 import RTMClient
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from sandbox.slack.setup import register_app
from tests.makers.workspace import Desk, Heard

pytestmark = pytest.mark.servers


@pytest.fixture
def token(desk: Desk) -> str:
    return str(desk.do(register_app).bot_token)


@pytest.fixture
def stream(desk: Desk, token: str) -> Iterator[ClientConnection]:
    """A bare connection that has been greeted."""
    url = desk.client_of(token).rtm_connect()["url"]
    with connect(str(url), proxy=None) as opened:
        assert hear(opened) == {"type": "hello"}
        yield opened


def hear(stream: ClientConnection) -> dict[str, Any]:
    return dict(json.loads(stream.recv(timeout=5)))


def say(stream: ClientConnection, **frame: Any) -> dict[str, Any]:
    stream.send(json.dumps(frame))
    while (answer := hear(stream)).get("reply_to") != frame["id"]:
        pass
    return answer


def test_slack_s_own_client_hears_what_people_say(desk: Desk, token: str) -> None:
    heard = Heard()
    rtm = RTMClient(token=token, web_client=desk.client_of(token))
    rtm.proxy = None

    @rtm.on("message")
    def listen(_: RTMClient, event: dict[str, Any]) -> None:
        heard.note(event)

    rtm.connect()  # type: ignore[no-untyped-call]  # the SDK's
    with desk.player() as magda:
        magda.say("orders", "the dairy is closed")
    (told,) = heard.wait_for(1)
    rtm.close()
    assert (told["channel"], told["text"]) == (desk.channel("orders"), "the dairy is closed")


def test_what_the_bot_says_is_posted_and_heard_by_itself_too(desk: Desk, stream: ClientConnection) -> None:
    answer = say(stream, id=1, type="message", channel=desk.channel("orders"), text="six pallets")
    assert answer["ok"]
    (message, *_) = desk.client.conversations_history(channel=desk.channel("orders"))["messages"]
    assert (message["ts"], message["text"]) == (answer["ts"], "six pallets")


@pytest.mark.parametrize(("frame", "error"), [({"channel": "C0NONE"}, "channel_not_found"), ({"text": ""}, "no_text")])
def test_a_message_that_cannot_be_posted_says_why(
    desk: Desk, stream: ClientConnection, frame: dict[str, str], error: str
) -> None:
    answer = say(stream, **{"id": 2, "type": "message", "channel": desk.channel("orders"), "text": "x"} | frame)
    assert answer["error"]["msg"] == error


def test_pings_are_answered_and_nonsense_is_passed_over(stream: ClientConnection) -> None:
    for nonsense in ("ping", "[1]", '{"type": "typing"}'):
        stream.send(nonsense)
    assert say(stream, id=3, type="ping", time=5) == {"type": "pong", "id": 3, "time": 5, "reply_to": 3}


def test_a_ticket_opens_one_stream(desk: Desk, token: str) -> None:
    url = str(desk.client_of(token).rtm_connect()["url"])
    with connect(url, proxy=None) as opened:
        hear(opened)
        with pytest.raises(InvalidStatus):
            connect(url, proxy=None)
