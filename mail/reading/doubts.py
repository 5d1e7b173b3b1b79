"""Why a reading is not complete and unambiguous. Each code has its sentence in orders/locale/*/reading.po."""

from enum import StrEnum


class Doubt(StrEnum):
    """What makes a human read the mail; the values are the keys of the sentences."""

    QUESTION = "question"  # the supplier asks something
    CONDITION = "condition"  # a yes with a condition
    FUTURE = "future"  # an answer is promised
    NOT_CONFIRMED = "not-confirmed"  # "we cannot confirm"
    HEDGE = "hedge"  # about, probably, at most
    VAGUE_DATE = "vague-date"  # range, lead time, month, two readings
    PAST_DATE = "past-date"
    SHIP_DATE = "ship-date"  # when it leaves, not when it arrives
    OPEN_DATE = "open-date"  # from the third on
    LATE_UNKNOWN = "late-unknown"  # not in time, and not when
    GROSS = "gross"
    SURCHARGE = "surcharge"
    PREPAY = "prepay"
    CURRENCY = "currency"
    PRICE_UNCLEAR = "price-unclear"  # two prices, or one far from the order's
    QUANTITY_UNCLEAR = "quantity-unclear"  # two quantities, delta, a remainder that does not add up
    UNIT_UNKNOWN = "unit-unknown"  # pieces or cases?
    PACK_DIFFERS = "pack-differs"  # their case holds another number
    UNEXPLAINED = "unexplained"  # a number, negation or article that no reading used
    UNKNOWN_WORDS = "unknown-words"
    WHICH_LINE = "which-line"
    NO_SUCH_LINE = "no-such-line"
    ONLY_THESE = "only-these"  # only some lines, nothing of the others
    EXCEPTED = "excepted"  # an exception that is not explained
    CONTRADICTION = "contradiction"
    FACET = "facet"  # only the price, or only the date is confirmed
    CHANGE_UNTOLD = "change-untold"  # something changes, it is not said what
    TEMPORARY = "temporary"  # not now, and not whether later
    SEE_ATTACHMENT = "see-attachment"  # points to an attachment that says nothing we can read
    SEE_BELOW = "see-below"
    BANK = "bank"
    INSTRUCTION = "instruction"
    SUBSTITUTE_UNCLEAR = "substitute-unclear"
    SEVERAL_ORDERS = "several-orders"  # one statement over several orders
    QUOTED_ANSWER = "unclear-quote"  # text that may be ours or theirs
    UNREAD_PARTS = "unread-parts"  # broken, encrypted, too large or nested too deep: something may stand there
    FORMS_DIFFER = "forms-differ"  # the plain and the HTML form of the text say different things
    NOTHING_SAID = "nothing-said"
    TOTALS = "totals"  # a confirmation whose sums do not add up
