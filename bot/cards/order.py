"""The living card of an order: what it is, what the rules say, what can be done, and how it was decided."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, ButtonElement, ConfirmObject, MarkdownTextObject, PlainTextObject

from bot.cards.blocks import Card, actions, button, card, clipped, context, escaped, fields, header, name, section
from bot.cards.ids import ActionId
from handlers.viewing import OrderView
from orders.events import Event
from orders.money import Money
from orders.purchase import OrderLine, OrderState, PurchaseOrder, content_hash
from orders.states import Act, may
from orders.stock import QuantityChange
from orders.wording import Wording
from rules.findings import CANNOT_CHECK, Finding, Severity, by_gravity
from rules.telling import advice, sentence
from store.queries.orders import StoryEntry

LINES_SHOWN = 8
FINDINGS_SHOWN = 6
REASON_LIMIT = 300
LACKING_LIMIT = 200
_MARK = {
    OrderState.PROPOSED: "💡",
    OrderState.EXPIRED: "⌛",
    OrderState.DRAFT: "✏️",
    OrderState.AWAITING_APPROVAL: "🟡",
    OrderState.APPROVED: "✅",
    OrderState.SENDING: "📤",
    OrderState.SENT: "📨",
    OrderState.CANCEL_REQUESTED: "↩️",
    OrderState.CLOSED: "📦",
    OrderState.CANCELLED: "🚫",
}
SEVERITY_MARK = {Severity.BLOCK: "⛔", Severity.REVIEW: "🟠", Severity.WARN: "🟡", Severity.INFO: "ℹ️"}
# The events that say how an order came to be where it is; the last of them stands on the card, below its approval.
_DECISIONS = {
    Event.ORDER_SUBMITTED,
    Event.ORDER_APPROVED,
    Event.ORDER_REJECTED,
    Event.ORDER_WITHDRAWN,
    Event.APPROVAL_VOIDED,
    Event.SENDING_STOPPED,
    Event.ORDER_SENT,
    Event.SENDING_FAILED,
    Event.ANSWER_BOOKED,
    Event.ANSWER_RECEIVED,
    Event.MAIL_NOT_UNDERSTOOD,
    Event.ANSWER_REFUSED,
    Event.ANSWER_PARTLY_BOOKED,
    Event.ANSWER_CALLED_WRONG,
    Event.SUPPLIER_ASKED,
    Event.ACCOUNT_CHANGED,
    Event.GOODS_RECEIVED,
    Event.LINE_SHORT_CLOSED,
    Event.ORDER_CLOSED,
    Event.ORDER_CANCELLED,
    Event.CANCEL_REQUESTED,
    Event.ORDER_REOPENED,
}

# What an approval is answered by: after one of these there is none, or another.
_APPROVALS = {
    Event.ORDER_SUBMITTED,
    Event.ORDER_APPROVED,
    Event.ORDER_REJECTED,
    Event.ORDER_WITHDRAWN,
    Event.APPROVAL_VOIDED,
    Event.SENDING_STOPPED,
}


def order_card(view: OrderView, words: Wording, zone: ZoneInfo) -> Card:
    """The card of an order in whatever state it is."""
    order = view.order
    total = words.money(order.total)
    text = words.say("card.order.text", number=order.number, supplier=order.supplier_name, total=total)
    return card(text, [*_head(order, words), *_lines(view, words), *_findings(view, words), *_end(view, words, zone)])


def button_value(order: PurchaseOrder) -> str:
    """What a decision button carries: number, revision and hash of exactly what stands on the card."""
    return f"{order.number}|{order.revision}|{content_hash(order)}"


def title(order: PurchaseOrder) -> str:
    """Number and supplier, as every card begins."""
    return f"{_MARK[order.state]} {order.number} · {order.supplier_name}"


def _head(order: PurchaseOrder, words: Wording) -> Iterator[Block]:
    yield header(title(order))
    day = words.day(order.delivery_date) if order.delivery_date else words.say("card.no-date")
    total = words.money(order.total) + (" " + words.say("card.unpriced") if order.has_unpriced_lines else "")
    yield fields(
        f"*{words.say('card.total')}*\n{total}",
        f"*{words.say('card.delivery')}*\n{day} → {name(order.location)}",
        f"*{words.say('card.state')}*\n{words.say(f'state.{order.state.value}')}",
        f"*{words.say('card.requested-by')}*\n{name(order.requested_by or words.say('card.computed'))}",
    )


def _lines(view: OrderView, words: Wording) -> Iterator[Block]:
    """Each line with why it is wanted, and what somebody chose the last time that the product was proposed."""
    order = view.order
    for line in order.lines[:LINES_SHOWN]:
        yield section(line_text(line, order.currency, words))
        told = [reason_text(line)] if line.reason else []
        told += [change_text(each, words) for each in view.remembered.get(line.line, ())[:1]]
        if told:
            yield context(*told)
    if len(order.lines) > LINES_SHOWN:
        yield context(words.count("card.more-lines", len(order.lines) - LINES_SHOWN))


def line_text(line: OrderLine, currency: str, words: Wording) -> str:
    """One line: quantity first, packs, price."""
    price = words.price(line.price, currency) if line.price is not None else words.say("card.no-price")
    value = words.money(Money(line.price, currency) * line.expected_quantity) if line.price is not None else ""
    cases, rest = divmod(line.expected_quantity, line.pack_size)
    packs = "" if line.pack_size == 1 or rest else " (" + words.count("card.packs", cases, size=line.pack_size) + ")"
    changed = "" if line.confirmed_quantity in {None, line.quantity} else f" ~{words.number(line.quantity)}~"
    text = f"*{words.number(line.expected_quantity)}*{changed} × {name(line.description or line.sku)}{packs} · {price}"
    return text + (f" = {value}" if value else "")


def reason_text(line: OrderLine) -> str:
    """Why this much is ordered, in one sentence."""
    return escaped(clipped(line.reason, REASON_LIMIT))


def change_text(change: QuantityChange, words: Wording) -> str:
    """What somebody chose instead of an earlier proposal, and why."""
    key = "course.remembered" if change.reason else "course.remembered-silent"
    told = words.say(
        key,
        day=words.day(change.at.date()),
        who=change.who,
        proposed=change.proposed,
        chosen=change.chosen,
        reason=clipped(change.reason, REASON_LIMIT),
    )
    return f"↩︎ {escaped(told)}"


def _findings(view: OrderView, words: Wording) -> Iterator[Block]:
    told = [found for found in by_gravity(view.findings) if found.severity is not Severity.INFO]
    unchecked = [found for found in view.findings if found.code == CANNOT_CHECK]
    if told:
        yield section("\n".join(finding_text(found, words) for found in told[:FINDINGS_SHOWN]))
    remarks = []
    if len(told) > FINDINGS_SHOWN:
        remarks.append(words.count("card.more-findings", len(told) - FINDINGS_SHOWN))
    if unchecked:
        lacking = dict.fromkeys(fact for found in unchecked for fact in found.missing)
        told_lacking = ", ".join(words.say(f"fact.{fact.replace('_', '-')}") for fact in lacking)
        remarks.append(words.count("card.unchecked", len(unchecked), missing=clipped(told_lacking, LACKING_LIMIT)))
    if remarks:
        yield context(*remarks)


def finding_text(finding: Finding, words: Wording) -> str:
    """A finding in one or two sentences: what, with its figures, and what to do."""
    hint = advice(finding, words)
    return f"{SEVERITY_MARK[finding.severity]} {escaped(sentence(finding, words))}" + (
        f" _{escaped(hint)}_" if hint else ""
    )


def _end(view: OrderView, words: Wording, zone: ZoneInfo) -> Iterator[Block]:
    for entry in _decisions(view.story):
        yield context(f"{event_text(entry, words)} · {words.moment(entry.at.astimezone(zone))}")
    is_undelivered = bool(view.story) and view.story[-1].event == Event.SENDING_FAILED
    buttons = list(_buttons(view.order, words, is_undelivered=is_undelivered))
    if buttons:
        yield actions(f"order:{view.order.number}", *buttons)


def _decisions(story: Sequence[StoryEntry]) -> Iterator[StoryEntry]:
    """Who approved and when, as long as that holds, and what happened last."""
    last = next((entry for entry in reversed(story) if entry.event in _DECISIONS), None)
    approval = next((entry for entry in reversed(story) if entry.event in _APPROVALS), None)
    if approval is not None and approval is not last and approval.event == Event.ORDER_APPROVED:
        yield approval
    if last is not None:
        yield last


def _buttons(order: PurchaseOrder, words: Wording, *, is_undelivered: bool) -> Iterator[ButtonElement]:
    value = button_value(order)
    if may(order.state, Act.APPROVE):
        sure = ConfirmObject(
            title=PlainTextObject(text=words.say("card.approve-sure-title")),
            text=MarkdownTextObject(
                text=words.say(
                    "card.approve-sure",
                    number=order.number,
                    total=words.money(order.total),
                    supplier=name(order.supplier_name),
                )[:300]
            ),
            confirm=PlainTextObject(text=words.say("card.approve")),
            deny=PlainTextObject(text=words.say("card.back")),
        )
        yield button(words.say("card.approve"), ActionId.APPROVE, value, style="primary", confirm=sure)
        yield button(words.say("card.reject"), ActionId.REJECT, value, style="danger")
    elif may(order.state, Act.SUBMIT):
        yield button(words.say("card.submit"), ActionId.SUBMIT, value, style="primary")
    elif is_undelivered and may(order.state, Act.START_SENDING):
        yield button(words.say("card.send-again"), ActionId.SEND_AGAIN, value, style="primary")
    if may(order.state, Act.EDIT) and order.state is not OrderState.APPROVED:
        yield button(words.say("card.revise"), ActionId.REVISE, value)
    if may(order.state, Act.STOP):
        yield button(words.say("card.stop"), ActionId.STOP, value, style="danger")
    if may(order.state, Act.RECEIVE):
        yield button(words.say("card.receive"), ActionId.RECEIVE, value)
    yield button(words.say("card.details"), ActionId.DETAILS, order.number)


def event_text(entry: StoryEntry, words: Wording) -> str:
    """What happened, as one sentence in mrkdwn."""
    return words.say(f"event.{entry.event}", who=name(entry.who), **_event_facts(entry.after, entry.reason))


def _event_facts(after: dict[str, object] | None, reason: str) -> dict[str, object]:
    """What the sentence of an event may mention; every event's sentence may mention the reason."""
    known: dict[str, object] = {
        "reason": escaped(clipped(reason, REASON_LIMIT)) or "–",
        "recipients": "–",
        "delivery_note": "–",
        "line": "–",
        "missing": "–",
        "document": "–",
    }
    for fact, value in (after or {}).items():
        if fact in known:
            known[fact] = escaped(", ".join(str(each) for each in value) if isinstance(value, list) else str(value))
    return known
