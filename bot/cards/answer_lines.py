"""The lines of a supplier's answer: ordered, answered and the difference, with the words that each rests on."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from bot.cards.blocks import clipped, escaped, name
from handlers.answer_view import ProposalView
from orders.cover import Effect
from orders.purchase import Delivery, OrderLine, PurchaseOrder
from orders.reply import LineReading, Outcome
from orders.wording import Wording

EVIDENCE_LIMIT = 240
EVIDENCE_SHOWN = 2
_MARK = {
    Outcome.ACCEPTED: "✅",
    Outcome.CHANGED: "🔸",
    Outcome.BACKORDERED: "⏳",
    Outcome.REJECTED: "❌",
    Outcome.SUBSTITUTED: "🔁",
}


def differing_lines(view: ProposalView, words: Wording) -> list[str]:
    """A paragraph for each line that is not simply accepted, in the order of the lines."""
    known = {line.line: line for line in view.order.lines}
    effects = {effect.line: effect for effect in view.effects}
    return [
        "\n".join(_paragraph(view.order, known[reading.line], reading, effects.get(reading.line), words))
        for reading in view.response.lines
        if reading.line in known and reading.outcome not in {Outcome.UNMENTIONED, Outcome.ACCEPTED}
    ]


def accepted_lines(view: ProposalView, words: Wording) -> str:
    """All lines that come as ordered, in one sentence; empty when there are none."""
    accepted = [reading for reading in view.response.lines if reading.outcome is Outcome.ACCEPTED]
    if not accepted:
        return ""
    numbers = ", ".join(str(reading.line) for reading in accepted)
    if len(accepted) == len(view.order.lines):
        return f"✅ {words.say('card.all-as-ordered')}" + _evidence(accepted[0])
    return f"✅ {words.count('card.lines-as-ordered', len(accepted), lines=numbers)}" + _evidence(accepted[0])


def _paragraph(
    order: PurchaseOrder, line: OrderLine, reading: LineReading, effect: Effect | None, words: Wording
) -> Iterator[str]:
    yield f"{_MARK[reading.outcome]} *{line.line}. {name(line.description or line.sku)}*"
    yield f"{words.say('card.ordered')} {ordered_text(order, line, words)}"
    answered = answered_text(order, line, reading, words)
    yield f"{words.say('card.answered')} {answered}{_evidence(reading)}"
    if effect is not None:
        yield _effect(effect, words)


def ordered_text(order: PurchaseOrder, line: OrderLine, words: Wording) -> str:
    """What we asked for: pieces, price, day."""
    return " · ".join(
        (
            words.number(line.quantity),
            words.price(line.unit_price, order.currency) if line.unit_price is not None else words.say("card.no-price"),
            words.day(order.delivery_date) if order.delivery_date else words.say("card.no-date"),
        )
    )


def answered_text(order: PurchaseOrder, line: OrderLine, reading: LineReading, words: Wording) -> str:
    """What the supplier gives, bold where it differs, with the difference."""
    if reading.outcome is Outcome.ACCEPTED:
        return words.say("card.as-ordered")
    if reading.outcome is Outcome.REJECTED:
        return f"*{words.say('card.rejected-line', quantity=words.number(line.quantity))}*"
    if reading.outcome is Outcome.SUBSTITUTED:
        return _substitute(order, reading, words)
    quantity = line.quantity if reading.quantity is None else reading.quantity
    parts = [_differing(words.number(quantity), _signed(quantity - line.quantity, words))]
    if reading.unit_price is not None:
        parts.append(_price(order, line, reading.unit_price, words))
    parts.append(_days(order, reading, words))
    return " · ".join(parts)


def _differing(text: str, difference: str) -> str:
    return f"*{text}* ({difference})" if difference else text


def _signed(difference: int, words: Wording) -> str:
    return "" if not difference else ("+" if difference > 0 else "−") + words.number(abs(difference))


def _price(order: PurchaseOrder, line: OrderLine, answered: Decimal, words: Wording) -> str:
    told = words.price(answered, order.currency)
    if line.unit_price is None or answered == line.unit_price:
        return told if line.unit_price is not None else f"*{told}*"
    if not line.unit_price:
        return f"*{told}*"
    percent = ((answered - line.unit_price) / line.unit_price * 100).quantize(Decimal("0.1"))
    sign = "+" if percent > 0 else "−"
    return f"*{told}* ({sign}{words.number(abs(percent))}%)"


def _days(order: PurchaseOrder, reading: LineReading, words: Wording) -> str:
    if reading.outcome is Outcome.BACKORDERED:
        return f"*{words.say('outcome.backordered')}*"
    if not reading.deliveries:
        return words.day(order.delivery_date) if order.delivery_date else words.say("card.no-date")
    if len(reading.deliveries) > 1:
        return "*" + ", ".join(_delivery(each, words) for each in reading.deliveries) + "*"
    (only,) = reading.deliveries
    if only.date is None:
        return f"*{words.say('card.later')}*"
    if only.date == order.delivery_date:
        return words.day(only.date)
    return f"*{words.day(only.date)}*{_lateness(order.delivery_date, only.date, words)}"


def _lateness(ordered: date | None, answered: date, words: Wording) -> str:
    if ordered is None:
        return ""
    days = (answered - ordered).days
    return " (" + words.count("card.days-later" if days > 0 else "card.days-earlier", abs(days)) + ")"


def _delivery(delivery: Delivery, words: Wording) -> str:
    quantity = words.number(delivery.quantity)
    if delivery.date is None:
        return f"{quantity} {words.say('card.later')}"
    return words.say("card.delivered", quantity=quantity, day=words.day(delivery.date))


def _substitute(order: PurchaseOrder, reading: LineReading, words: Wording) -> str:
    offered = reading.substitute
    told = " ".join(filter(None, (offered.supplier_code, offered.description))) if offered else ""
    parts = [f"*{words.say('card.substitute', offered=name(told or '?'))}*"]
    if reading.quantity is not None:
        parts.append(words.number(reading.quantity))
    if offered is not None and offered.unit_price is not None:
        parts.append(words.price(offered.unit_price, order.currency))
    return " · ".join(parts)


def _evidence(reading: LineReading) -> str:
    quoted: Sequence[str] = [" ".join(each.text.split()) for each in reading.evidence if each.text.strip()]
    return "".join(f"\n> _“{escaped(clipped(text, EVIDENCE_LIMIT))}”_" for text in quoted[:EVIDENCE_SHOWN])


def _effect(effect: Effect, words: Wording) -> str:
    """What the difference does to the day on which the product runs out."""
    before, after = (words.day(day) if day else None for day in (effect.as_ordered, effect.as_answered))
    if after is None:
        return f"📈 {words.say('card.lasts-now', before=before)}"
    if before is None:
        return f"📉 {words.say('card.runs-out-now', after=after)}"
    mark = "📉" if effect.is_worse else "📈"
    return f"{mark} {words.say('card.runs-out-moves', before=before, after=after)}"
