"""The page's protocol: who gets in, what the state holds, how deltas follow, and what commands answer."""

import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosedError
from websockets.sync.client import ClientConnection, connect

from sandbox.slack.client import DeedRefused, NothingHappened
from sandbox.slack.setup import add_group
from tests.makers.workspace import Desk, Json, section

pytestmark = pytest.mark.servers


def feed(desk: Desk, query: str = "", **headers: str) -> Any:
    address = desk.running.settings.address.replace("http", "ws")
    query = query or f"key={desk.running.settings.key}&person={desk.person('magda')}"
    return connect(f"{address}/ws?{query}", proxy=None, additional_headers=headers)


def close_code(socket: ClientConnection) -> int:
    with pytest.raises(ConnectionClosedError) as closed:
        socket.recv(timeout=5)
    assert closed.value.rcvd is not None
    return int(closed.value.rcvd.code)


def next_of(socket: ClientConnection, kind: str) -> Json:
    while True:
        frame: Json = json.loads(socket.recv(timeout=5))
        if frame["type"] == kind:
            return frame


def test_a_wrong_key_a_foreign_page_and_an_unknown_person_stay_outside(desk: Desk) -> None:
    good = f"key={desk.running.settings.key}"
    with feed(desk, "key=wrong") as socket:
        assert close_code(socket) == 4403
    with feed(desk, good, origin="http://evil.example.com") as socket:
        assert close_code(socket) == 4403
    with feed(desk, f"{good}&person=U0NOBODY000") as socket:
        assert close_code(socket) == 4404


def test_the_pages_own_origin_is_let_in(desk: Desk) -> None:
    with feed(desk, origin=desk.running.settings.address) as socket:
        assert next_of(socket, "state")["me"] == desk.person("magda")


def test_the_page_opens_with_the_key_and_keeps_it_in_a_cookie(desk: Desk) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(desk.running.settings.address + "/", timeout=5)
    assert refused.value.code == 403
    refused.value.close()
    with urllib.request.urlopen(desk.running.page, timeout=5) as answer:
        cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    name_and_key = cookie.split(";")[0]
    with feed(desk, f"person={desk.person('ewa')}", cookie=name_and_key) as socket:
        assert next_of(socket, "state")["me"] == desk.person("ewa")


def test_the_state_holds_what_one_may_see(desk: Desk) -> None:
    desk.do(lambda workspace: add_group(workspace, "buyers", "Buyers", ["piotr"]))
    secret = desk.client_of(desk.registered.bot_token)
    desk.do(
        lambda workspace: workspace.channels.create("board", creator=desk.registered.bot_user, now=1.0, is_private=True)
    )
    secret.chat_postMessage(channel="#orders", text="hello", blocks=[section("hello")])
    with feed(desk) as socket:
        state = next_of(socket, "state")
    assert state["seq"] == 1
    assert [each["name"] for each in state["channels"] if each["kind"] == "channel"] == ["general", "orders"]
    app = state["apps"][0]
    assert (app["name"], app["commands"][0]["command"], app["sockets"]) == ("Desk", "/stock", 0)
    assert app["dm"] in {each["id"] for each in state["channels"]}
    assert state["messages"][desk.channel("orders")][0]["channel"] == desk.channel("orders")
    assert [group["handle"] for group in state["usergroups"]] == ["buyers"]
    assert {"homes", "modals", "statuses", "prompts", "faults", "wire", "tour", "now", "ephemeral", "more"} <= set(
        state
    )


def test_deltas_are_numbered_without_a_gap(desk: Desk) -> None:
    with feed(desk) as socket:
        next_of(socket, "state")
        desk.client.chat_postMessage(channel="#orders", text="one")
        numbers = [json.loads(socket.recv(timeout=5))["seq"] for _ in range(4)]
    assert numbers == [2, 3, 4, 5]


def test_bad_commands_get_an_answer_and_the_page_lives_on(desk: Desk) -> None:
    with feed(desk) as socket:
        next_of(socket, "state")
        for nonsense, error in (("{", "bad_command"), ("[1]", "bad_command"), ('{"id": 1}', "unknown_command_of_page")):
            socket.send(nonsense)
            assert next_of(socket, "answer")["error"] == error
        socket.send(json.dumps({"id": 2, "do": "say", "channel": desk.channel("orders"), "text": "fine"}))
        assert next_of(socket, "answer") | {"seq": 0, "ts": ""} == {
            "type": "answer",
            "seq": 0,
            "re": 2,
            "ok": True,
            "ts": "",
        }


@pytest.mark.parametrize(
    ("command", "fields", "error"),
    [
        ("say", {"channel": "C0NOWHERE00", "text": "x"}, "channel_not_found"),
        ("say", {"text": "  "}, "no_text"),
        ("edit", {"ts": "1.000001", "text": "x"}, "message_not_found"),
        ("react", {"ts": "1.000001", "name": "eyes"}, "message_not_found"),
        ("dismiss", {"ts": "1.000001"}, "message_not_found"),
        ("submit", {"view_id": "V0NONE"}, "not_found"),
        ("close", {"view_id": "V0NONE"}, "not_found"),
        ("act", {"container": {"type": "view", "view_id": "V0NONE"}}, "not_found"),
        ("home", {"app": "A0NONE", "tab": "home"}, "app_not_found"),
        ("thread", {"ts": "1.000001"}, "thread_not_found"),
        ("create_channel", {"name": "orders"}, "name_taken"),
        ("open_dm", {"people": ["U0NOBODY000"]}, "user_not_found"),
        ("tour", {"how": "next"}, "no_tour"),
    ],
)
def test_a_command_is_refused_with_a_code(desk: Desk, command: str, fields: Json, error: str) -> None:
    with desk.player() as magda, pytest.raises(DeedRefused) as refused:
        magda.do(command, **{"channel": desk.channel("orders"), **fields})
    assert refused.value.error == error


def test_unread_and_mentions_are_counted_for_each_person(desk: Desk) -> None:
    with desk.player("magda") as magda, desk.player("piotr") as piotr:
        ts = magda.say("orders", "@piotr look")
        piotr.wait_until(lambda sees: sees.channel("orders")["mentions"] == 1, "a mention")
        assert magda.sees.channel("orders")["unread"] == 0
        piotr.do("seen", channel=desk.channel("orders"), ts=ts)
        piotr.wait_until(lambda sees: sees.channel("orders")["unread"] == 0, "a read channel")


def test_older_messages_and_threads_are_given_on_request(desk: Desk) -> None:
    with desk.player() as magda:
        stamps = [magda.say("orders", str(number)) for number in range(4)]
        magda.say("orders", "reply", thread={"ts": stamps[0]})
        page = magda.do("history", channel=desk.channel("orders"), before=stamps[3], limit=2)
        thread = magda.do("thread", channel=desk.channel("orders"), ts=stamps[0])
    assert ([message["text"] for message in page["messages"]], page["more"]) == (["1", "2"], True)
    assert [message["text"] for message in thread["messages"]] == ["0", "reply"]


def test_a_private_channel_is_seen_by_its_members_only(desk: Desk) -> None:
    with desk.player("magda") as magda, desk.player("ewa") as ewa:
        channel = magda.do("create_channel", name="board", is_private=True)["channel"]
        magda.say(channel, "secret")
        with pytest.raises(DeedRefused, match="channel_not_found"):
            ewa.do("say", channel=channel, text="let me in")
        assert channel not in ewa.sees.channels
        magda.do("invite", channel=channel, people=[desk.person("ewa")])
        ewa.wait_until(lambda sees: channel in sees.channels, "the channel")


def test_who_joins_sees_what_was_said(desk: Desk) -> None:
    with desk.player("magda") as magda, desk.player("ewa") as ewa:
        channel = magda.do("create_channel", name="deliveries")["channel"]
        magda.say(channel, "earlier")
        ewa.wait_until(lambda sees: channel in sees.channels, "the channel")
        assert not ewa.sees.channels[channel]["is_member"]
        ewa.do("join", channel=channel)
        ewa.wait_for_message(lambda message: message["text"] == "earlier")


def test_own_messages_are_edited_and_deleted_and_foreign_ones_not(desk: Desk) -> None:
    orders = desk.channel("orders")
    with desk.player("magda") as magda, desk.player("piotr") as piotr:
        ts = magda.say("orders", "mine")
        with pytest.raises(DeedRefused, match="cant_update_message"):
            piotr.do("edit", channel=orders, ts=ts, text="yours")
        with pytest.raises(DeedRefused, match="cant_delete_message"):
            piotr.do("delete", channel=orders, ts=ts)
        magda.do("edit", channel=orders, ts=ts, text="still mine")
        piotr.wait_for_message(lambda message: message["text"] == "still mine" and "edited" in message)
        magda.do("delete", channel=orders, ts=ts)
        piotr.wait_until(lambda sees: ts not in sees.messages[orders], "a deletion")


def test_a_whisper_is_dismissed_by_its_reader(desk: Desk) -> None:
    orders = desk.channel("orders")
    desk.client.chat_postEphemeral(channel=orders, user=desk.person("magda"), text="psst")
    with desk.player() as magda:
        whisper = magda.wait_for_message(lambda message: message["text"] == "psst")
        magda.do("dismiss", channel=orders, ts=whisper["ts"])
        magda.wait_until(lambda sees: not sees.ephemerals[orders], "the end of the whisper")


def test_an_uploaded_file_is_said_and_read(desk: Desk) -> None:
    with desk.player() as magda:
        file_id = magda.upload("stock.csv", b"oat,3\n")
        magda.say("orders", "look", files=(file_id,))
        message = magda.wait_for_message(lambda each: bool(each.get("files")))
    assert message["files"][0]["size"] == 6
    path = urlsplit(message["files"][0]["url_private"]).path
    with urllib.request.urlopen(
        f"{desk.running.settings.address}{path}?key={desk.running.settings.key}", timeout=5
    ) as answer:
        assert answer.read() == b"oat,3\n"
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{desk.running.settings.address}{path}", timeout=5)
    assert refused.value.code == 403
    refused.value.close()


def test_a_tour_is_shown_and_its_spectator_heard(desk: Desk) -> None:
    tour = {"title": "From stock to answer", "playing": False, "steps": []}
    desk.do(lambda workspace: workspace.tour.show(tour))
    with feed(desk) as socket:
        assert next_of(socket, "state")["tour"] == tour
        socket.send(json.dumps({"id": 1, "do": "tour", "how": "next"}))
        assert next_of(socket, "answer")["ok"]
    assert desk.running.workspace.tour.wishes.get(timeout=5) == "next"


def test_waiting_for_what_never_comes_says_what_came_instead(desk: Desk) -> None:
    with desk.player() as magda:
        magda.say("orders", "something else")
        with pytest.raises(NothingHappened, match="something else"):
            magda.wait_for_message(lambda message: message["text"] == "never", timeout=0.05)
        with pytest.raises(KeyError, match="no channel 'nowhere'"):
            magda.say("nowhere", "x")


def test_the_switch_between_people_says_for_whom_something_waits(desk: Desk) -> None:
    with feed(desk) as socket, desk.player("piotr") as piotr:
        state = next_of(socket, "state")
        assert {each["waiting"] for each in state["people"]} == {0}
        ts = desk.client.chat_postMessage(channel="#orders", text=f"<@{piotr.sees.me}> look")["ts"]
        assert next_of(socket, "waiting") | {"seq": 0} == {
            "type": "waiting",
            "seq": 0,
            "person": piotr.sees.me,
            "count": 1,
        }
        piotr.do("seen", channel=desk.channel("orders"), ts=ts)
        assert next_of(socket, "waiting") | {"seq": 0} == {
            "type": "waiting",
            "seq": 0,
            "person": piotr.sees.me,
            "count": 0,
        }
