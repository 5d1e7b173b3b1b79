"""What goes out to the local workspace: once, whatever happens on the way."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.cards.ids import ActionId
from handlers.approvals import RejectOrder, reject
from handlers.purchasing import AdoptProposal, SubmitOrder, adopt, submit
from jobs.morning import announce_report
from sandbox.slack.blocks.check import BlockRules
from sandbox.slack.blocks.schema import BlockFault
from sandbox.slack.client import texts_of
from sandbox.slack.shapes import Json
from store.outbox import MOST_ATTEMPTS
from store.tables.outbox import OutboxRow, OutboxState
from tests.bot.conftest import Door
from tests.makers.story import proposed, submitted

pytestmark = pytest.mark.servers


def waiting(door: Door) -> list[OutboxRow]:
    with door.world.store.reading() as session:
        return list(session.query(OutboxRow).filter(OutboxRow.state == OutboxState.WAITING).order_by(OutboxRow.id))


def posted(door: Door, number: str) -> list[Json]:
    """The bot's own top messages about an order, as the workspace has them."""
    answer = door.client.conversations_history(channel=door.plays("maya").sees.channel("orders")["id"])
    return [each for each in answer["messages"] if number in str(each["text"])]


def test_a_retry_after_a_lost_answer_posts_nothing_twice(door: Door) -> None:
    order = submitted(door.world)
    door.plays("maya").do("fault", drop_after_commit={"method": "chat.postMessage", "times": 1})
    for _ in range(3):
        door.deliver()
        door.world.clock.move(minutes=1)
    assert len(posted(door, order.number)) == 1
    assert waiting(door) == []


def test_a_deleted_card_is_posted_anew(door: Door) -> None:
    order = submitted(door.world)
    card = door.card("maya", order.number)
    door.client.chat_delete(channel=card["channel"], ts=card["ts"])
    door.world.do(reject, RejectOrder(order.number, order.revision, "no"), door.world.people.maya)
    door.deliver()
    (anew,) = posted(door, order.number)
    assert "Rejected by Maya" in texts_of(anew)


def test_a_note_for_a_deleted_card_waits_for_the_new_one(door: Door) -> None:
    order = submitted(door.world)
    card = door.card("maya", order.number)
    door.client.chat_delete(channel=card["channel"], ts=card["ts"])
    door.world.do(reject, RejectOrder(order.number, order.revision, "no"), door.world.people.maya)
    door.deliver()
    door.world.clock.move(minutes=1)
    door.deliver()
    assert waiting(door) == []


def test_a_rate_limit_is_waited_out_for_as_long_as_slack_asks(door: Door) -> None:
    submitted(door.world)
    limit = {"method": "chat.postMessage", "times": 1, "retry_after": 40}
    door.plays("maya").do("fault", rate_limit=limit)
    door.deliver()
    (card,) = [row for row in waiting(door) if row.kind == "order_card"]
    assert card.due_at == door.world.clock.now() + timedelta(seconds=40)


def test_one_card_an_order_is_kept_up_to_date(door: Door) -> None:
    order = submitted(door.world)
    card = door.card("maya", order.number)
    door.world.do(reject, RejectOrder(order.number, order.revision, "no"), door.world.people.maya)
    door.deliver()
    assert [each["ts"] for each in posted(door, order.number)] == [card["ts"]]


def test_the_report_has_native_charts_where_they_are_drawn(door: Door) -> None:
    announce_report(door.world.store, door.world.clock, date(2026, 11, 23))
    door.deliver()
    report = door.plays("maya").wait_for_message(lambda each: bool(each.get("blocks")), channel="reports")
    assert sum(block["type"] == "data_visualization" for block in report["blocks"]) == 2


class WithoutCharts(BlockRules):
    """A workspace that does not know chart blocks yet."""

    def faults(self, blocks: Any, surface: str) -> list[BlockFault]:
        charts = [at for at, block in enumerate(blocks) if block.get("type") == "data_visualization"]
        return [
            *super().faults(blocks, surface),
            *(BlockFault("unsupported type: data_visualization", (at,)) for at in charts),
        ]


def test_where_charts_are_refused_a_picture_stands_in_the_thread(door: Door) -> None:
    door.workspace.workspace.block_rules = WithoutCharts()
    announce_report(door.world.store, door.world.clock, date(2026, 11, 23))
    door.deliver()
    maya = door.plays("maya")
    report = maya.wait_for_message(lambda each: not each.get("files"), channel="reports")
    picture = maya.wait_for_message(lambda each: bool(each.get("files")), channel="reports")
    assert picture["thread_ts"] == report["ts"]
    assert picture["files"][0]["mimetype"] == "image/png"


def test_a_channel_that_is_not_there_parks_the_row_for_a_person(door: Door) -> None:
    announce_report(door.world.store, door.world.clock, date(2026, 11, 23))
    channel = door.plays("maya").sees.channel("reports")["id"]
    door.workspace.do(lambda workspace: workspace.channels.book.forget(channel))
    door.deliver()
    with door.world.store.reading() as session:
        report = session.query(OutboxRow).filter(OutboxRow.kind == "daily_report").one()
        assert report.state is OutboxState.PARKED


def test_what_cannot_be_delivered_is_told_in_its_channel_and_tried_again_by_a_button(door: Door) -> None:
    order = submitted(door.world)
    maya = door.plays("maya")
    maya.do("fault", rate_limit={"method": "chat.postMessage", "times": 1, "retry_after": 3600})
    with door.world.store.transaction() as session:
        card = session.query(OutboxRow).filter(OutboxRow.kind == "order_card").one()
        card.attempts = MOST_ATTEMPTS - 1
    door.deliver()
    told = maya.wait_for_message(lambda each: "could not be delivered" in texts_of(each), channel="quartermaster-ops")
    assert order.number in texts_of(told)
    maya.press(told, ActionId.RETRY)
    door.deliver()
    assert len(posted(door, order.number)) == 1
    assert "Maya" in texts_of(maya.wait_for_change(told, lambda each: "tried again" in texts_of(each)))


def test_the_plan_s_picture_stands_below_the_card_of_what_it_proposed(door: Door) -> None:
    number = proposed(door.world)
    tom = door.world.people.tom
    door.world.do(adopt, AdoptProposal(number), tom, house=door.world.house)
    door.world.do(submit, SubmitOrder(number), tom, house=door.world.house)
    card = door.card("maya", number)
    picture = door.plays("maya").wait_for_message(lambda each: bool(each.get("files")), channel="orders")
    assert picture["thread_ts"] == card["ts"]
    assert picture["files"][0]["name"] == f"plan-{number}.png"


def test_a_proposal_that_is_asked_for_comes_with_its_picture(door: Door) -> None:
    number = proposed(door.world)
    maya = door.plays("maya")
    asked = maya.tell_app(f"order {number}")
    answer = maya.wait_for_message(lambda each: bool(each.get("blocks")) and number in texts_of(each), after=asked)
    door.deliver()
    picture = maya.wait_for_message(lambda each: bool(each.get("files")), after=asked)
    assert picture["thread_ts"] == answer["ts"]
