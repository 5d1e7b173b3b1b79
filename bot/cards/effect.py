"""What a late or short delivery does to stock: as an answer in chat, and as a paragraph on the card of a supplier's answer."""

from slack_sdk.models.blocks import Block

from bot.cards.blocks import Card, card, context, escaped, name, section
from orders.effect import Affected, DeliveryEffect
from orders.wording import Wording

SHOWN = 8
ON_REVIEW = 4


def effect_card(effect: DeliveryEffect, days: int, words: Wording) -> Card:
    """The answer to "what if this order comes so many days later?"."""
    asked = words.count("effect.asked", days, order=effect.order)
    blocks: list[Block] = [section(f"*{escaped(asked)}*\n{_told(effect, words, SHOWN)}")]
    if effect.unplanned:
        blocks.append(context(words.say("effect.unplanned", products=escaped(", ".join(effect.unplanned[:SHOWN])))))
    return card(asked, blocks)


def review_paragraph(effect: DeliveryEffect, words: Wording) -> str:
    """What runs out when the answer is accepted; empty when nothing does that would not anyway."""
    if not effect.running_out:
        return ""
    return f"📉 *{escaped(words.count('effect.review', len(effect.running_out)))}*\n" + _told(effect, words, ON_REVIEW)


def _told(effect: DeliveryEffect, words: Wording, most: int) -> str:
    if not effect.running_out:
        return words.say("effect.nothing")
    told = [_line(each, words) for each in effect.running_out[:most]]
    left = len(effect.running_out) - most
    return "\n".join([*told, *([words.count("orders.more", left)] if left > 0 else [])])


def _line(each: Affected, words: Wording) -> str:
    day = words.day(each.out_likely) if each.out_likely else words.say("effect.later")
    return "• " + words.say(
        "effect.line",
        product=name(each.name),
        chance=words.number(round(100 * each.chance_then)),
        promised=words.number(round(100 * each.chance_promised)),
        day=day,
        missing=words.number(round(each.missing)),
        unit=name(each.unit),
    )
