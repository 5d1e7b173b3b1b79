"""One sentence in an order's thread for each thing that matters in its story."""

from bot.cards.blocks import Card, card, escaped, section
from bot.cards.order import event_facts
from orders.wording import Wording
from store.queries.orders import StoryEntry


def order_note(entry: StoryEntry, words: Wording) -> Card:
    """The sentence of a journal entry, with each changed line below it."""
    text = words.say(f"event.{entry.event}", who=escaped(entry.who), **event_facts(entry.after, entry.reason))
    told = "\n".join(_change(change, words) for change in (entry.after or {}).get("changes", []))
    return card(text, [section(text + (f"\n{told}" if told else ""))])


def _change(change: dict[str, object], words: Wording) -> str:
    value = change["value"]
    shown = words.say("card.unknown") if value is None else escaped(str(value))
    return "• " + words.say(f"change.{change['kind']}", line=change["line"], value=shown)
