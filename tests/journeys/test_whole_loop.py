"""The whole loop over real sockets: sales come in, an order goes out, an answer comes back, goods arrive.

The shop's own processes run unchanged beside a local workspace and real mail servers; Maya works in a browser.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from handlers.stock import drifts
from orders.purchase import LineState, OrderState
from quartermaster.demo.stage import Stage, stage
from quartermaster.demo.steps import (
    Played,
    buyer_asks_for_approval,
    goods_arrive,
    plan_computes,
    report_is_posted,
    sales_come_in,
    supplier_answers,
    supplier_gets_mail,
    supplier_is_thanked,
)
from quartermaster.system_clock import SystemClock
from sandbox.demo.company import MAILBOX
from sandbox.slack.client import Player, texts_of
from sandbox.slack.ids import named_id
from store.queries.orders import story_of

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]
PATIENCE = 30_000  # milliseconds


@dataclass
class Loop:
    """The stage, its players, and Maya's browser."""

    stage: Stage
    played: Played
    page: Page

    def card(self, *texts: str) -> object:
        """The message in the open channel that holds all these words, the newest."""
        found = self.page.get_by_role("article")
        for text in texts:
            found = found.filter(has_text=text)
        return found.last

    def presses(self, button: str, *card: str) -> None:
        """Maya presses a button of a card."""
        self.card(*card).get_by_role("button", name=button, exact=True).click(timeout=PATIENCE)  # type: ignore[attr-defined]


@pytest.fixture
def loop(database_url: str, tmp_path: Path, browser: Browser) -> Iterator[Loop]:
    with ExitStack() as opened:
        set_up = opened.enter_context(
            stage(tmp_path / "demo", SystemClock(), port=0, database_url=database_url, say=lambda _: None)
        )
        maya, tom, ola = (
            opened.enter_context(Player(set_up.workspace.page, named_id("U", name))) for name in ("maya", "tom", "ola")
        )
        maya.wait_for_app(timeout=60.0)
        page = opened.enter_context(
            browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        ).new_page()
        page.goto(f"{set_up.workspace.page}&as={named_id('U', 'maya')}")
        yield Loop(set_up, Played(set_up, maya, tom, ola), page)


def test_from_sale_to_shelf(loop: Loop) -> None:
    played, page = loop.played, loop.page
    sales_come_in(played)
    plan_computes(played)
    buyer_asks_for_approval(played)
    number = played.number

    page.get_by_role("button", name=re.compile("^orders")).first.click()
    loop.presses("Approve", number)
    page.get_by_role("dialog").get_by_role("button", name="Approve", exact=True).click()
    expect(loop.card(number, "Approved by Maya Chen")).to_be_visible(timeout=PATIENCE)  # type: ignore[call-overload]

    supplier_gets_mail(played)
    supplier_answers(played)
    loop.presses("Accept all", number)
    booked = played.until(lambda order: order.lines[0].confirmed_quantity is not None, "the booked answer")
    assert booked.lines[0].confirmed_quantity != booked.lines[0].quantity

    supplier_is_thanked(played)
    goods_arrive(played)
    report_is_posted(played)
    the_shop_is_left_in_order(loop)


def the_shop_is_left_in_order(loop: Loop) -> None:
    """Order, journal, stock, mailboxes and channel agree on what happened."""
    order = loop.played.order()
    assert order.state is OrderState.CLOSED
    assert {line.state for line in order.lines} == {LineState.RECEIVED}
    assert [line.received for line in order.lines] == [line.expected_quantity for line in order.lines]
    with loop.stage.store.reading() as session:
        story = [entry.event for entry in story_of(session, order.number)]
        assert drifts(session) == ()
    told = [
        "order-submitted", "order-approved", "sending-started", "order-sent",
        "answer-received", "answer-booked", "goods-received", "order-closed",
    ]  # fmt: skip
    assert [event for event in story if event in told] == told
    office = loop.stage.mail.office.boxes
    (answer,) = office.messages(office.folder(MAILBOX))
    assert b"all confirmed except line" in (office.raw(answer) or b"")
    maya = loop.played.maya
    notes = [
        texts_of(each) for each in maya.sees.all_messages() if each.get("thread_ts") and each["thread_ts"] != each["ts"]
    ]
    assert any("Approved by Maya Chen" in note for note in notes)
    assert any("Mailed to" in note for note in notes)
