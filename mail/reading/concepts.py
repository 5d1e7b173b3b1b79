"""What a phrase can mean to the reader. A language file lists the phrases of each; the grammar knows only these names."""

from enum import StrEnum


class Concept(StrEnum):
    """The meaning of a phrase; the values are the keys of `languages/*.toml`."""

    # What happens to a line
    ACCEPT = "accept"  # a yes: confirmed, in order, no problem
    CURT_YES = "curt_yes"  # done, deal: a yes where it stands alone, else nothing
    AS_ORDERED = "as_ordered"  # unchanged, in time, as requested
    DELIVER = "deliver"  # delivers, has, is available: neither yes nor no by itself
    HAVE = "have"  # has, owns: of a line it says that it comes, of an order nothing
    NOT_DELIVER = "not_deliver"  # one word for "does not deliver", "does not have"
    SHIP = "ship"  # leaves the supplier's house: no delivery date
    SHIPPED = "shipped"  # has left: a ship notice
    REJECT = "reject"  # will not come: sold out, discontinued, cancelled
    BACKORDER = "backorder"  # comes later, no firm date
    KNOWN = "known"  # known, said of a date: denied, it makes a backorder
    LATER = "later"  # a part follows later
    NOW = "now"  # at once: the order's own date
    TEMPORARY = "temporary"  # for the moment
    SUBSTITUTE = "substitute"  # another article instead
    HALF = "half"  # of the ordered quantity
    MORE = "more"  # denied: nothing else will come
    MISSING = "missing"  # so many fewer: missing 24
    ONLY_CHANGE = "only_change"  # the one thing that differs: all else is as ordered
    TROUBLE = "trouble"  # problem, objection, remark; denied it is a yes
    CHANGE = "change"  # something differs, it is not said what
    # Which lines
    ALL = "all"
    REST = "rest"  # what is left, of the lines or of a quantity
    REST_LINES = "rest_lines"  # the other lines
    BOTH = "both"
    ONLY = "only"
    EXCEPT = "except"
    NEARLY_ALL = "nearly_all"  # all but what is told next
    TOGETHER = "together"  # a quantity of several lines in sum
    THING = "thing"  # with a number before it: so many remarks follow
    LINE = "line"  # line, position, item
    CODE = "code"  # article number
    KIND = "kind"  # size, colour: what tells apart the articles of one name
    DITTO = "ditto"  # as above
    # Logic
    NEGATION = "negation"
    WITHOUT = "without"  # before lines an exception, else a negation
    AND = "and"
    BUT = "but"
    OLD = "old"  # instead of (the figure that follows is no longer true)
    NEW = "new"  # to, now, new (the figure that follows is true)
    OF = "of"  # 96 of 120
    CONDITION = "condition"
    QUESTION = "question"
    ASK = "ask"  # please confirm, let us know
    FUTURE = "future"  # an answer is promised, not given
    OR = "or"  # of two figures or lines: which one?
    CLOSED = "closed"  # holidays and opening hours: no part of an answer
    HEDGE = "hedge"  # about, probably, at most, we hope
    OPEN_START = "open_start"  # from the 3rd, earliest on
    # Figures
    PER = "per"
    EACH = "each"
    GROSS = "gross"
    NET = "net"
    SURCHARGE = "surcharge"
    PREPAY = "prepay"
    MINIMUM = "minimum"  # minimum order value or quantity
    TOTAL = "total"  # a sum over lines, a tax amount: checked, never booked
    TERMS = "terms"  # quantities, prices and dates together
    QUANTITY = "quantity_word"
    PRICE = "price_word"
    PRICE_HINT = "price_hint"  # at, à, po (before a price)
    DATE = "date_word"
    DATE_HINT = "date_hint"  # on, dnia, am (before a date)
    UNTIL = "until"  # by, at the latest
    TILL = "till"  # until; denied it names the first day: not until the 3rd
    BY_AMOUNT = "by_amount"  # by so many: a difference
    WEEK = "week_word"
    NEXT = "next"  # next Friday: two readings
    COMING = "coming"  # the coming Friday: one reading
    NEXT_WEEK = "next_week"
    END_OF = "end_of"
    PART_OF = "part_of"  # early, mid: no firm day
    TODAY = "today"
    TOMORROW = "tomorrow"
    AFTER_TOMORROW = "after_tomorrow"
    SPAN = "span"  # days, weeks, months: a lead time
    BETWEEN = "between"  # and, to, - between two dates
    # The message itself
    ORDER = "order_word"
    INVOICE = "invoice"
    QUOTE = "quote"  # an offer, a price list
    RECEIVED = "received"  # has arrived, is being handled: no answer yet
    PREVIOUS = "previous"  # disregard my earlier mail
    IGNORE = "ignore"  # disregard (an earlier mail)
    CONFIRMATION = "confirmation"  # the paper; with a day beside it a promise, no answer
    ATTACHED = "attached"  # the answer stands in an attachment
    BELOW = "below"  # the answer stands below
    BANK = "bank"  # a new account
    INSTRUCTION = "instruction"  # speaks to a program
    AWAY = "away"  # out of office
    PROMOTION = "promotion"  # newsletter, unsubscribe
    PLEASE_NOTE = "please_note"
    GREETING = "greeting"
    SIGN_OFF = "sign_off"
    POSTSCRIPT = "postscript"
    REASON = "reason"  # because of: what follows explains
    THREAT = "threat"  # strike, breakdown, tight, prices rise: beside a yes it leaves nothing to be booked unseen
    SMALL_TALK = "small_talk"  # weather, drivers, packing, colleagues: what a sentence about them says is no answer
    PAPER = "paper"  # catalogue, credit note, photographs: what is sent besides goods has a subject of its own
    OCCASION = "occasion"  # visit, fair, retirement, birth: a subject of its own, and none of an order
    PERSON = "person"  # new colleague, representative, telephone number: like an occasion, with a day from which on
    PREPARE = "prepare"  # packs, picks, rings ahead: the day of it is no delivery day
    WISH = "wish"  # we wish you, greetings from: what is wished is no answer
    FILLER = "filler"  # carries nothing
