"""The whole loop in ten steps, each seen where it must arrive: in the database, the channel, or the other one's mailbox."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.cards.ids import NOTE_BLOCK, ActionId, CallbackId
from orders.purchase import LineState, OrderState, PurchaseOrder
from quartermaster.demo.stage import Stage
from sandbox.mail.answering import Answer
from sandbox.slack.client import Player, texts_of
from store.queries.orders import order_by_number, orders_in, story_of
from store.queries.sales import sold_between
from store.queries.stock import stock_levels

PATIENCE = 25.0
Found = TypeVar("Found")


class NotSeen(AssertionError):
    """A step's effect did not arrive in time."""


@dataclass(slots=True)
class Played:
    """What the steps hand on to each other."""

    stage: Stage
    maya: Player
    tom: Player
    ola: Player
    number: str = ""
    card: dict[str, Any] = field(default_factory=dict)
    answer_card: dict[str, Any] = field(default_factory=dict)
    supplier: str = ""

    def order(self) -> PurchaseOrder:
        """The order as the database has it."""
        with self.stage.store.reading() as session:
            return order_by_number(session, self.number)

    def until(self, holds: Callable[[PurchaseOrder], bool], what: str) -> PurchaseOrder:
        """Wait until the order in the database is so."""
        return wait_for(lambda: order if holds(order := self.order()) else None, what)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its title, what to watch, and the deed that returns what was seen."""

    id: str
    title: str
    detail: str
    play: Callable[[Played], str]


def wait_for(look: Callable[[], Found | None], what: str) -> Found:
    """What `look` returns once it is something; raises NotSeen. Looks again ten times a second."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.1)  # another process's effect can only be looked for
    raise NotSeen(f"{what} was not seen within {PATIENCE:.0f} seconds")


def sales_come_in(played: Played) -> str:
    """The last day's sales are imported as a person would, from a CSV file."""
    stage = played.stage
    stage.run("import", "sales", str(stage.last_sales), "--database", stage.database_url)
    day = _last_day(stage)
    with stage.store.reading() as session:
        sold = sold_between(session, day, day)
    if not sold.units:
        raise NotSeen(f"sales of {day}")
    return f"{sold.units} units of {sold.products} products sold on {day} are in the database"


def plan_computes(played: Played) -> str:
    """The plan proposes an order for each supplier that should get one."""
    stage = played.stage
    stage.run("run-job", "plan", "--config", str(stage.settings_file))
    with stage.store.reading() as session:
        proposals = orders_in(session, [OrderState.PROPOSED])
    if not proposals:
        raise NotSeen("a proposal")
    chosen = min(proposals, key=lambda order: (order.supplier != "REGENCY", len(order.lines) < 2, order.number))
    played.number, played.supplier = chosen.number, chosen.supplier
    return f"{len(proposals)} orders proposed; {chosen.number} to {chosen.supplier_name} has {len(chosen.lines)} lines"


def buyer_asks_for_approval(played: Played) -> str:
    """Tom looks the proposal up in chat and submits it."""
    tom = played.tom
    mark = tom.latest
    tom.slash("orders", f"/order {played.number}")
    shown = tom.wait_for_message(lambda message: played.number in texts_of(message), after=mark, timeout=PATIENCE)
    tom.press(shown, ActionId.SUBMIT.value)
    played.card = played.maya.wait_for_message(
        lambda message: played.number in texts_of(message) and _has(message, ActionId.APPROVE), timeout=PATIENCE
    )
    findings = [line for line in texts_of(played.card).splitlines() if line.startswith(("⛔", "🟠", "🟡"))]
    return f"the card stands in #orders with {len(findings)} remarks of the rules"


def manager_approves(played: Played) -> str:
    """Maya presses Approve; the card says who and when."""
    played.maya.press(played.card, ActionId.APPROVE.value)
    played.card = played.maya.wait_for_change(
        played.card, lambda message: "Maya Chen" in texts_of(message), timeout=PATIENCE
    )
    return "the card says: approved by Maya Chen"


def supplier_gets_mail(played: Played) -> str:
    """The order arrives in the supplier's mailbox over SMTP, with PDF and spreadsheet."""
    letter = wait_for(lambda: _letter(played, "multipart/mixed"), "the order mail in the supplier's mailbox")
    names = [part.get_filename() for part in letter.walk() if part.get_filename()]
    played.until(lambda order: order.state is OrderState.SENT, "the order as sent")
    return f"“{letter['Subject']}” with {', '.join(names)}"


def supplier_answers(played: Played) -> str:
    """The supplier replies by mail: one line will be short and later."""
    line = played.order().lines[0]
    pieces = max(line.pack_size, line.quantity // 2 // line.pack_size * line.pack_size)
    text = (
        f"Hello,\n\nall confirmed except line {line.line}: we can only deliver {pieces} pcs of {line.supplier_code}.\n\n"
        "Best regards"
    )
    account = played.stage.mail.office.boxes.accounts[_address(played)]
    played.stage.mail.answer_newest(Answer(account, text, language=account.language), containing=played.number)
    card = played.maya.wait_for_message(
        lambda message: played.number in texts_of(message) and _has(message, ActionId.REFUSE_ANSWER), timeout=PATIENCE
    )
    played.answer_card = card
    return f"read from the mailbox and put before the manager: {pieces} instead of {line.quantity}"


def manager_accepts(played: Played) -> str:
    """Maya accepts what the supplier wrote; it becomes an order change."""
    played.maya.press(played.answer_card, ActionId.ACCEPT_ANSWER.value)
    order = played.until(lambda order: order.lines[0].confirmed_quantity is not None, "the booked answer")
    played.maya.wait_for_change(
        played.answer_card, lambda message: not _has(message, ActionId.ACCEPT_ANSWER), timeout=PATIENCE
    )
    return f"line 1 is booked with {order.lines[0].confirmed_quantity} instead of {order.lines[0].quantity}"


def supplier_is_thanked(played: Played) -> str:
    """The supplier hears that its answer was accepted, in the same thread."""
    letter = wait_for(lambda: _letter(played, "multipart/alternative"), "the answer in the supplier's mailbox")
    thread = {*(letter["References"] or "").split(), letter["In-Reply-To"]}
    if played.order().message_id not in thread:
        raise NotSeen("the order mail's thread in the answer")
    return f"“{letter['Subject']}” in the thread of the order mail"


def goods_arrive(played: Played) -> str:
    """Ola counts the delivery; stock grows and the order closes."""
    order = played.order()
    before = _on_hand(played, order.lines[0].sku)
    card = played.ola.wait_for_message(
        lambda message: played.number in texts_of(message) and _has(message, ActionId.RECEIVE), timeout=PATIENCE
    )
    played.ola.press(card, ActionId.RECEIVE.value)
    modal = played.ola.wait_for_modal(CallbackId.RECEIVE.value, timeout=PATIENCE)
    errors = played.ola.submit(modal, {NOTE_BLOCK: "DN-4711"})
    if errors:
        raise NotSeen(f"a booked delivery; the form says {errors}")
    closed = played.until(lambda order: order.state is OrderState.CLOSED, "the closed order")
    after = _on_hand(played, order.lines[0].sku)
    if any(line.state is not LineState.RECEIVED for line in closed.lines if line.expected_quantity):
        raise NotSeen("every line as received")
    return f"stock of {order.lines[0].description} grew from {before} to {after}; the order is closed"


def report_is_posted(played: Played) -> str:
    """The daily report with its charts stands in #reports."""
    stage = played.stage
    stage.run("run-job", "daily_report", "--config", str(stage.settings_file))
    report = played.maya.wait_for_message(
        lambda message: any(block["type"] == "data_visualization" for block in message.get("blocks", ())),
        channel="reports",
        timeout=PATIENCE,
    )
    charts = sum(1 for block in report["blocks"] if block["type"] == "data_visualization")
    with stage.store.reading() as session:
        story = story_of(session, played.number)
    return f"{charts} charts in #reports; the order's journal tells {len(story)} events"


STEPS = (
    Step("sales", "Sales come in", "Yesterday's sales are imported from a file.", sales_come_in),
    Step("plan", "The plan computes orders", "Demand, stock-out dates, order sizes in packs.", plan_computes),
    Step(
        "submit", "Tom asks for approval", "Rules judge the order; its card goes to #orders.", buyer_asks_for_approval
    ),
    Step("approve", "Maya approves", "One click; the card says who and when.", manager_approves),
    Step(
        "mail",
        "The supplier gets the order",
        "By real SMTP, with PDF and spreadsheet. Look at the Mailbox.",
        supplier_gets_mail,
    ),
    Step("answer", "The supplier simply replies", "“All confirmed except line 1 …”", supplier_answers),
    Step("accept", "Maya accepts the change", "The card shows ordered and answered side by side.", manager_accepts),
    Step("thanks", "The supplier hears back", "In the thread of the order mail.", supplier_is_thanked),
    Step("goods", "Ola receives the goods", "Counted in a form; stock grows.", goods_arrive),
    Step("report", "The daily report", "With charts, in #reports.", report_is_posted),
)


def _has(message: dict[str, Any], action: ActionId) -> bool:
    return any(
        element.get("action_id") == action.value
        for block in message.get("blocks", ())
        for element in (*block.get("elements", ()), block.get("accessory") or {})
    )


def _last_day(stage: Stage) -> Any:
    import polars as pl  # noqa: PLC0415 - only this step reads the file

    return pl.read_csv(stage.last_sales, try_parse_dates=True)["date"].max()


def _address(played: Played) -> str:
    from handlers.dispatch import letter_for  # noqa: PLC0415 - only these steps need it

    with played.stage.store.reading() as session:
        return letter_for(session, played.number).recipients[0]


def _letter(played: Played, kind: str) -> Any:
    """The newest mail of this shape about the order in the supplier's mailbox, fetched over IMAP."""
    from imap_tools import MailBoxUnencrypted  # noqa: PLC0415

    from sandbox.demo.company import PASSWORD  # noqa: PLC0415

    with MailBoxUnencrypted("127.0.0.1", played.stage.mail.imap_port, timeout=10).login(
        _address(played), PASSWORD
    ) as box:
        found = [
            message.obj
            for message in box.fetch(mark_seen=False, reverse=True)
            if played.number in message.subject and message.obj.get_content_type() == kind
        ]
    return found[0] if found else None


def _on_hand(played: Played, sku: str) -> int:
    with played.stage.store.reading() as session:
        return stock_levels(session, skus=[sku])[0].on_hand
