"""An unchanged Bolt app on its socket: what it hears, how it answers, and what happens when it does not."""

import json
from typing import Any

import pytest
from slack_bolt import App
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from sandbox.slack.client import DeedRefused
from sandbox.slack.delivery.socket_mode import cut, refresh
from sandbox.slack.links import MOST_SOCKETS
from sandbox.slack.setup import register_app
from tests.makers.workspace import Desk, Heard, make_manifest, noting

pytestmark = pytest.mark.servers


def listening(desk: Desk, *events: str) -> tuple[App, Heard]:
    """A connected app that notes the events it hears."""
    app, heard = desk.bolt(), Heard()
    for event in events:
        app.event(event)(noting(heard))
    desk.connect(app)
    return app, heard


def kinds(heard: Heard, count: int) -> list[tuple[str, str | None]]:
    return sorted((body["event"]["type"], body["event"].get("subtype")) for body in heard.wait_for(count))


def test_a_mention_comes_as_two_events_of_their_own(desk: Desk) -> None:
    _, heard = listening(desk, "message", "app_mention")
    with desk.player() as magda:
        magda.say("orders", "@desk how much oat milk?")
    bodies = heard.wait_for(2)
    assert sorted(body["event"]["type"] for body in bodies) == ["app_mention", "message"]
    assert len({body["event_id"] for body in bodies}) == 2
    assert len({body["event"]["ts"] for body in bodies}) == 1
    assert bodies[0]["authorizations"][0]["user_id"] == desk.registered.bot_user


def test_a_direct_message_says_that_it_is_one(desk: Desk) -> None:
    _, heard = listening(desk, "message", "app_mention")
    with desk.player() as magda:
        magda.tell_app("hello @desk")
    event = heard.wait_for(1)[0]["event"]
    assert (event["channel_type"], event["text"]) == ("im", f"hello <@{desk.registered.bot_user}>")


def test_the_bots_own_posts_are_sent_back_and_bolt_drops_them(desk: Desk) -> None:
    _, heard = listening(desk, "message")
    desk.client.chat_postMessage(channel="#orders", text="mine")
    with desk.player() as magda:
        magda.say("orders", "hers")
        heard.wait_for(1)
        magda.wait_until(
            lambda sees: (
                [e["outcome"] for e in sees.wire.values() if e["name"] == "events_api message"] == ["acked"] * 2
            ),
            "two acknowledged events",
        )
    assert [body["event"]["text"] for body in heard.all] == ["hers"]


def test_edits_and_deletions_are_told_with_what_was_there(desk: Desk) -> None:
    app, heard = desk.bolt(), Heard()
    app.event({"type": "message", "subtype": "message_changed"})(noting(heard))
    app.event({"type": "message", "subtype": "message_deleted"})(noting(heard))
    app.event("message")(lambda ack: ack())
    desk.connect(app)
    with desk.player() as magda:
        ts = magda.say("orders", "one")
        magda.do("edit", channel=desk.channel("orders"), ts=ts, text="two")
        heard.wait_for(1)
        magda.do("delete", channel=desk.channel("orders"), ts=ts)
    changed, deleted = (body["event"] for body in heard.wait_for(2))
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("two", "one")
    assert (deleted["deleted_ts"], deleted["previous_message"]["text"]) == (ts, "two")


def test_only_subscribed_events_are_sent(desk: Desk) -> None:
    _, heard = listening(desk, "message", "pin_added", "reaction_added")
    with desk.player() as magda:
        ts = magda.say("orders", "one")
        desk.client.pins_add(channel=desk.channel("orders"), timestamp=ts)
        magda.react({"channel": desk.channel("orders"), "ts": ts}, "eyes")
    assert kinds(heard, 2) == [("message", None), ("reaction_added", None)]


def test_joining_sharing_and_linking_are_events(desk: Desk) -> None:
    _, heard = listening(desk, "member_joined_channel", "file_shared", "link_shared")
    with desk.player() as magda:
        magda.do("leave", channel=desk.channel("orders"))
        magda.do("join", channel=desk.channel("orders"))
        heard.wait_for(1)
        magda.say("orders", "", files=(magda.upload("a.txt", b"abc"),))
        heard.wait_for(2)
        magda.say("orders", "https://orders.example.com/1")
    names = [body["event"]["type"] for body in heard.wait_for(3)]
    assert names == ["member_joined_channel", "file_shared", "link_shared"]
    assert heard.all[2]["event"]["links"] == [{"domain": "orders.example.com", "url": "https://orders.example.com/1"}]


def test_opening_an_app_is_told_with_the_tab(desk: Desk) -> None:
    _, heard = listening(desk, "app_home_opened")
    with desk.player() as magda:
        magda.open_home(tab="messages")
        heard.wait_for(1)
        magda.open_home(tab="home")
    assert [body["event"]["tab"] for body in heard.wait_for(2)] == ["messages", "home"]


def test_an_event_without_a_listener_comes_four_times(quick_desk: Desk) -> None:
    quick_desk.connect(quick_desk.bolt())  # Bolt answers nothing for what it has no listener for
    with quick_desk.player() as magda:
        magda.say("orders", "anybody?")
        magda.wait_until(
            lambda sees: [e["attempt"] for e in sees.wire.values() if e["outcome"] == "timeout"] == [0, 1, 2, 3],
            "four attempts",
        )


def test_a_repetition_says_its_number_and_reason(quick_desk: Desk) -> None:
    _, heard = listening(quick_desk, "message")
    frames = Heard()
    quick_desk.bolt_apps[0].client.message_listeners.append(lambda _client, message, _raw: frames.note(message))
    with quick_desk.player() as magda:
        magda.do("fault", lose_acks=1)
        magda.say("orders", "once")
        frames.wait_for(2)
        heard.wait_for(2)
    first, second = [frame for frame in frames.all if frame.get("type") == "events_api"]
    assert (first["retry_attempt"], first["retry_reason"]) == (0, "")
    assert (second["retry_attempt"], second["retry_reason"]) == (1, "timeout")
    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert first["envelope_id"] != second["envelope_id"]
    assert len(heard.wait_for(2)) == 2


def test_a_duplicate_has_the_same_event_in_another_envelope(desk: Desk) -> None:
    _, heard = listening(desk, "message")
    with desk.player() as magda:
        magda.do("fault", duplicate=1)
        magda.say("orders", "twice")
    first, second = heard.wait_for(2)
    assert first["event_id"] == second["event_id"]


def test_a_command_that_nobody_acknowledges_times_out_in_sight(quick_desk: Desk) -> None:
    quick_desk.connect(quick_desk.bolt())
    with quick_desk.player() as magda:
        with pytest.raises(DeedRefused, match="operation_timeout"):
            magda.slash("orders", "/stock OAT")
        notice = magda.sees.notices[-1]
    assert (notice["code"], notice["about"]) == ("operation_timeout", "/stock")


def test_a_command_without_app_or_owner_is_refused(desk: Desk) -> None:
    with desk.player() as magda:
        with pytest.raises(DeedRefused, match="app_not_connected"):
            magda.slash("orders", "/stock OAT")
        with pytest.raises(DeedRefused, match="unknown_command"):
            magda.slash("orders", "/nope")


def test_an_app_told_to_refresh_comes_back_before_the_old_socket_goes(desk: Desk) -> None:
    app, heard = listening(desk, "message")
    with desk.player() as magda:
        magda.wait_for_app()
        desk.do(lambda workspace: workspace.in_background(refresh(workspace, desk.registered.app_id)))
        magda.wait_until(
            lambda sees: sum(e["name"] == "hello" for e in sees.wire.values()) == 2 and sees.app()["sockets"] == 1,
            "the second hello and one socket",
        )
        magda.say("orders", "still there?")
    assert heard.wait_for(1)[0]["event"]["text"] == "still there?"
    del app


def test_an_app_whose_socket_was_cut_connects_again(desk: Desk) -> None:
    app, heard = desk.bolt(), Heard()
    app.event("message")(noting(heard))
    desk.connect(app, ping_interval=0.3)
    with desk.player() as magda:
        magda.wait_for_app()
        desk.do(lambda workspace: cut(workspace, desk.registered.app_id))
        magda.wait_until(lambda sees: sum(e["name"] == "hello" for e in sees.wire.values()) == 2, "a second hello", 20)
        magda.say("orders", "back?")
    heard.wait_for(1)


def test_an_eleventh_socket_is_sent_away(desk: Desk) -> None:
    app_client = desk.client_of(desk.registered.app_token)
    urls = [
        app_client.apps_connections_open(app_token=desk.registered.app_token)["url"] for _ in range(MOST_SOCKETS + 1)
    ]
    sockets = [connect(url, proxy=None).__enter__() for url in urls]
    hellos = [json.loads(socket.recv(timeout=5)) for socket in sockets]
    assert [hello.get("num_connections") for hello in hellos[:-1]] == list(range(1, MOST_SOCKETS + 1))
    assert (hellos[-1]["type"], hellos[-1]["reason"]) == ("disconnect", "too_many_websockets")
    for socket in sockets:
        socket.close()


def test_a_ticket_that_was_never_given_opens_nothing(desk: Desk) -> None:
    url = desk.running.settings.socket_address + "/socket/?ticket=stolen&app_id=A1"
    with pytest.raises((ConnectionClosed, Exception)) as refused, connect(url, proxy=None) as socket:
        socket.recv(timeout=5)
    assert "403" in str(refused.value) or "4401" in str(refused.value)


def test_one_payload_goes_to_one_of_two_apps_of_the_same_token(desk: Desk) -> None:
    first, first_heard = listening(desk, "message")
    second, second_heard = listening(desk, "message")
    both = Heard()
    for app in (first, second):
        app.event("message")(noting(both))
    with desk.player() as magda:
        for number in range(4):
            magda.say("orders", str(number))
        magda.wait_until(lambda sees: sum(e["outcome"] == "acked" for e in sees.wire.values()) == 4, "four acks")
    assert len(first_heard.all) + len(second_heard.all) == 4
    assert first_heard.all
    assert second_heard.all


def test_slow_deliveries_can_be_arranged(desk: Desk) -> None:
    _, heard = listening(desk, "message")
    with desk.player() as magda:
        magda.do("fault", delay_ms=150)
        magda.say("orders", "slow")
        heard.wait_for(1)
        magda.wait_until(lambda sees: any(e["outcome"] == "acked" for e in sees.wire.values()), "an ack")


def test_a_second_app_hears_mentions_of_itself_only(desk: Desk) -> None:
    other = desk.do(lambda workspace: register_app(workspace, make_manifest("Other")))
    _, heard = listening(desk, "app_mention")
    app = App(client=desk.client_of(other.bot_token), process_before_response=True)
    other_heard = Heard()
    app.event("app_mention")(noting(other_heard))
    desk.connect(app, other.app_token)
    with desk.player() as magda:
        magda.say("orders", "@other hello")
    bodies: list[Any] = other_heard.wait_for(1)
    assert bodies[0]["api_app_id"] == other.app_id
    assert heard.all == []
