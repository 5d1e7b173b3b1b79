"""What a sentence would change, shown before anything is changed: "I understood: …", Confirm, Cancel."""

import json
from collections.abc import Mapping

from bot.cards.blocks import Card, actions, button, card, escaped, name, section, spoken
from bot.cards.ids import ActionId
from bot.language.understanding import Understood
from orders.wording import Wording

VALUE_LIMIT = 2000  # what a button can carry


def confirm_card(said: Understood, names: Mapping[str, str], words: Wording) -> Card:
    """The card to confirm; its button carries the intent and slots, and the role is checked at the click.

    `names` has what the codes of products, suppliers and places mean.
    """
    slots = said.as_json()["slots"]
    told = [f"*{words.say(f'chat.intent-{said.intent.value}')}*"]
    told += [
        f"{words.say(f'chat.slot-{slot}')}: {', '.join(_named(code, names) for code in slots[slot])}"
        for slot in ("orders", "products", "suppliers", "locations")
        if slots[slot]
    ]
    if slots["quantity"] is not None:
        told.append(f"{words.say('chat.slot-quantity')}: {words.number(slots['quantity'])}")
    if slots["date_from"] or slots["date_to"]:
        told.append(f"{words.say('chat.slot-date')}: {slots['date_from'] or slots['date_to']}")
    value = json.dumps({"intent": said.intent.value, "slots": slots}, ensure_ascii=False, separators=(",", ":"))
    if len(value) > VALUE_LIMIT:
        return spoken(words.say("chat.too-much"))
    text = words.say("chat.understood")
    return card(
        text,
        [
            section(f"{text}\n" + "\n".join(told)),
            actions(
                "confirm",
                button(words.say("chat.confirm"), ActionId.CONFIRM, value, style="primary"),
                button(words.say("chat.cancel"), ActionId.DISMISS, "dismiss"),
            ),
        ],
    )


def _named(code: str, names: Mapping[str, str]) -> str:
    return f"{name(names[code])} ({escaped(code)})" if names.get(code) else escaped(code)
