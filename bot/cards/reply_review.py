"""A supplier's answer before a manager: line by line ordered and answered, the words that it rests on, two buttons."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block

from bot.cards.blocks import Card, actions, button, card, clipped, context, escaped, header, name, quote, section
from bot.cards.ids import ActionId
from handlers.viewing import ProposalView
from orders.purchase import OrderLine
from orders.reply import LineReading, Outcome
from orders.wording import Wording

LINES_SHOWN = 12
REASON_LIMIT = 300


def reply_card(view: ProposalView, words: Wording, zone: ZoneInfo) -> Card:
    """The card of an answer; once decided it has no buttons and says who decided."""
    number, supplier = view.order.number, view.order.supplier_name
    key = "card.answer" if view.understood else "card.answer-unread"
    text = words.say(key, number=number, supplier=supplier)
    return card(text, [header(f"💬 {text}"), *_comparison(view, words), *_mail(view, words), *_end(view, words, zone)])


def _comparison(view: ProposalView, words: Wording) -> Iterator[Block]:
    known = {line.line: line for line in view.order.lines}
    rows = [
        _row(known[reading.line], reading, view.order.currency, words)
        for reading in view.response.lines
        if reading.line in known and reading.outcome is not Outcome.UNMENTIONED
    ]
    if rows:
        yield section("\n".join(rows[:LINES_SHOWN]))
    if len(rows) > LINES_SHOWN:
        yield context(words.count("card.more-lines", len(rows) - LINES_SHOWN))
    unmentioned = sum(1 for reading in view.response.lines if reading.outcome is Outcome.UNMENTIONED)
    if unmentioned:
        yield context(words.count("card.unmentioned", unmentioned))
    if view.reasons:
        yield section("\n".join(f"🟠 {escaped(clipped(reason, REASON_LIMIT))}" for reason in view.reasons[:6]))


def _row(line: OrderLine, reading: LineReading, currency: str, words: Wording) -> str:
    title = f"*{line.line}. {name(line.description or line.sku)}*"
    if reading.outcome is Outcome.ACCEPTED:
        return f"✅ {title} — {words.say('card.as-ordered')}"
    if reading.outcome is Outcome.REJECTED:
        return f"❌ {title} — {words.say('card.rejected-line', quantity=words.number(line.quantity))}"
    parts = []
    if reading.quantity is not None and reading.quantity != line.quantity:
        parts.append(f"{words.number(line.quantity)} → *{words.number(reading.quantity)}*")
    if reading.unit_price is not None and reading.unit_price != line.unit_price:
        before = words.price(line.unit_price, currency) if line.unit_price is not None else words.say("card.no-price")
        parts.append(f"{before} → *{words.price(reading.unit_price, currency)}*")
    if reading.deliveries:
        parts.append("*" + ", ".join(_delivery(each.date, each.quantity, words) for each in reading.deliveries) + "*")
    if reading.substitute is not None:
        offered = reading.substitute.supplier_code or reading.substitute.description or "?"
        parts.append(words.say("card.substitute", offered=name(offered)))
    told = "; ".join(parts) or words.say(f"outcome.{reading.outcome.value}")
    evidence = "".join(f"\n      _“{escaped(each.text.strip()[:200])}”_" for each in reading.evidence[:2])
    return f"🔸 {title} — {told}{evidence}"


def _delivery(day: date | None, quantity: int, words: Wording) -> str:
    shown = words.day(day) if day else words.say("card.later")
    return (
        words.say("card.delivered", quantity=words.number(quantity), day=shown)
        if day
        else f"{words.number(quantity)} {shown}"
    )


def _mail(view: ProposalView, words: Wording) -> Iterator[Block]:
    yield context(words.say("card.wrote", sender=name(view.mail.sender), subject=name(view.mail.subject)))
    if view.mail.text.strip():
        yield quote(view.mail.text, 900)


def _end(view: ProposalView, words: Wording, zone: ZoneInfo) -> Iterator[Block]:
    if not view.is_pending:
        when = words.moment(view.decided_at.astimezone(zone)) if view.decided_at else ""
        yield context(words.say(f"answer.{view.state}", who=name(view.decided_by or "–")) + f" · {when}")
        return
    value = f"{view.id}|{view.order.revision}"
    buttons = [button(words.say("card.refuse-answer"), ActionId.REFUSE_ANSWER, value, style="danger")]
    if view.understood:
        buttons.insert(0, button(words.say("card.accept-answer"), ActionId.ACCEPT_ANSWER, value, style="primary"))
    buttons.append(button(words.say("card.open-mail"), ActionId.READ_MAIL, str(view.mail.inbox)))
    buttons.append(button(words.say("card.details"), ActionId.DETAILS, view.order.number))
    yield actions(f"answer:{view.id}", *buttons)
