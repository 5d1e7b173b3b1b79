"""Which list of orders a sentence asks for."""

from enum import StrEnum

from bot.language.lexicon import lexicon
from bot.language.plain import plain


class OrderList(StrEnum):
    """The lists that can be asked for."""

    WAITING = "waiting"  # for approval
    LATE = "late"  # promised for a day that has passed
    PROPOSED = "proposed"  # by the plan
    SENT = "sent"
    OPEN = "open"  # everything that has not ended


def asks_for_deliveries(text: str) -> bool:
    """True when a sentence asks what arrives, not what was ordered."""
    return lexicon().lists["arriving"].heard(plain(text))


def list_asked_for(text: str) -> OrderList:
    """The first list that a word of the sentence names; without a hint, what is open."""
    bare, words = plain(text), lexicon().lists
    return next((each for each in OrderList if each in words and words[each].heard(bare)), OrderList.OPEN)
