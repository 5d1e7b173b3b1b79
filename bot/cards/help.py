"""What can be asked, by example."""

from bot.cards.blocks import Card, actions, button, card, section
from bot.cards.ids import ActionId
from orders.wording import Wording

EXAMPLES = ("stock", "stockout", "order", "waiting", "late", "sales", "report")


def help_card(words: Wording) -> Card:
    """Examples in words, and the commonest as buttons."""
    text = words.say("chat.help")
    rows = "\n".join(f"• “{words.say(f'chat.example-{name}')}”" for name in EXAMPLES)
    asks = [
        button(words.say(f"chat.try-{name}"), f"{ActionId.ASK}.{at}", words.say(f"chat.try-{name}"))
        for at, name in enumerate(("stockout", "waiting", "late"))
    ]
    return card(text, [section(f"*{text}*\n{rows}"), actions("ask", *asks)])
