"""Faults of the panel as an app and a person feel them."""

import http.client

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from sandbox.slack.client import DeedRefused
from tests.makers.workspace import Desk

pytestmark = pytest.mark.servers


def test_a_call_can_be_limited_and_the_sdk_waits_and_tries_again(desk: Desk) -> None:
    with desk.player() as magda:
        magda.do("fault", rate_limit={"method": "chat.postMessage", "times": 1, "retry_after": 1})
        client = desk.client
        client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
        client.chat_postMessage(channel="#orders", text="patient")
        magda.wait_for_message(lambda message: message["text"] == "patient")
        outcomes = [e["outcome"] for e in magda.sees.wire.values() if e["name"] == "chat.postMessage"]
    assert outcomes == ["429", "ok"]


def test_a_lost_answer_leaves_the_message_posted(desk: Desk) -> None:
    with desk.player() as magda:
        magda.do("fault", drop_after_commit={"times": 1})
        with pytest.raises((http.client.HTTPException, OSError, SlackApiError)):
            desk.client.chat_postMessage(channel="#orders", text="posted all the same")
        magda.wait_for_message(lambda message: message["text"] == "posted all the same")
        entry = [e for e in magda.sees.wire.values() if e["name"] == "chat.postMessage"][-1]
    assert entry["outcome"] == "lost"


def test_a_lost_ack_makes_a_click_time_out(quick_desk: Desk) -> None:
    app = quick_desk.bolt()
    app.command("/stock")(lambda ack: ack())
    quick_desk.connect(app)
    with quick_desk.player() as magda:
        magda.do("fault", lose_acks=1)
        with pytest.raises(DeedRefused, match="operation_timeout"):
            magda.slash("orders", "/stock OAT")
        magda.slash("orders", "/stock OAT")
        outcomes = [(e["outcome"], e["broken"]) for e in magda.sees.wire.values() if e["kind"] == "envelope"]
    assert outcomes == [("timeout", ["ack_over_3s"]), ("acked", [])]


def test_the_clock_can_be_shifted_and_messages_carry_the_new_time(desk: Desk) -> None:
    with desk.player() as magda:
        before = float(magda.say("orders", "today"))
        magda.do("fault", clock_shift_s=86400)
        assert float(magda.say("orders", "tomorrow")) - before > 86000
        magda.do("fault", clock_shift_s=0)


def test_faults_are_seen_by_every_page_and_nonsense_is_refused(desk: Desk) -> None:
    with desk.player("magda") as magda, desk.player("piotr") as piotr:
        magda.do("fault", delay_ms=5)
        piotr.wait_until(lambda sees: sees.faults["delay_ms"] == 5, "the fault")
        with pytest.raises(DeedRefused, match="unknown_fault"):
            magda.do("fault", gravity=1)
        with pytest.raises(DeedRefused, match="unknown_fault"):
            magda.do("sockets", app=desk.registered.app_id, how="melt")
