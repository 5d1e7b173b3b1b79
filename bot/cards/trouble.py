"""A message of ours that could not be delivered: which, why, and a button to try it again."""

from bot.cards.blocks import Card, actions, button, card, clipped, context, escaped, section
from bot.cards.ids import ActionId
from handlers.undelivered import Undelivered
from orders.wording import Wording

WHY_LIMIT = 500


def trouble_card(undelivered: Undelivered, retried_by: str, words: Wording) -> Card:
    """The card in the channel for trouble."""
    what = words.say(f"trouble.{undelivered.kind.replace('_', '-')}", order=undelivered.order or "–")
    text = words.say("trouble.not-delivered", what=what)
    tries = words.count("trouble.tries", undelivered.attempts)
    blocks = [section(f"⚠️ *{escaped(text)}*\n{escaped(clipped(undelivered.why, WHY_LIMIT)) or '–'}"), context(tries)]
    if undelivered.is_parked:
        again = button(words.say("trouble.again"), ActionId.RETRY, str(undelivered.id), style="primary")
        blocks.append(actions(f"trouble:{undelivered.id}", again))
    elif retried_by:
        blocks.append(context(words.say("trouble.tried-again", who=escaped(retried_by))))
    return card(text, blocks)
