"""Names by which Slack tells us what was pressed. The number at the end is the version of what the value holds."""

from enum import StrEnum


class ActionId(StrEnum):
    """Buttons and menus."""

    APPROVE = "order.approve.1"  # value: number|revision|hash
    REJECT = "order.reject.1"
    DETAILS = "order.details.1"  # value: number
    SUBMIT = "order.submit.1"
    STOP = "order.stop.1"
    RECEIVE = "order.receive.1"
    REVISE = "order.revise.1"  # value: number|revision|hash
    SEND_AGAIN = "order.send-again.1"  # value: number|revision|hash
    MOVED = "transfer.moved.1"  # value: proposed transfer|quantity
    RETRY = "trouble.retry.1"  # value: outbox id
    ACCEPT_ANSWER = "answer.accept.1"  # value: proposal|revision
    REFUSE_ANSWER = "answer.refuse.1"
    PART_ANSWER = "answer.part.1"
    ASK_SUPPLIER = "answer.ask.1"
    EDIT_ANSWER = "answer.edit.1"
    WRONG_ANSWER = "answer.wrong.1"
    READ_MAIL = "mail.read.1"  # value: inbox id
    CONFIRM = "chat.confirm.1"  # value: the command as JSON
    DISMISS = "chat.dismiss.1"
    ASK = "chat.ask.1"  # value: a sentence to answer as if it had been typed


class CallbackId(StrEnum):
    """Modals."""

    REJECT = "order.reject.reason.1"
    DETAILS = "order.details.view.1"
    REFUSE_ANSWER = "answer.refuse.reason.1"
    PART_ANSWER = "answer.part.view.1"
    ASK_SUPPLIER = "answer.ask.question.1"
    EDIT_ANSWER = "answer.edit.view.1"
    RECEIVE = "order.receive.view.1"
    REVISE = "order.revise.view.1"
    MAIL = "mail.view.1"


REASON_BLOCK = "reason"
REASON_INPUT = "reason.text"
NOTE_BLOCK = "delivery_note"
NOTE_INPUT = "delivery_note.text"
QUANTITY_BLOCK = "quantity"  # quantity:<line>
QUANTITY_INPUT = "quantity.number"
DAY_BLOCK = "day"
DAY_INPUT = "day.picked"
COUNT_BLOCK = "count"  # count:<line>
COUNT_INPUT = "count.number"
DAMAGED_BLOCK = "damaged"  # damaged:<line>
DAMAGED_INPUT = "damaged.number"
OVER_BLOCK = "over"
OVER_INPUT = "over.sure"
PART_BLOCK = "part"  # part:<group of ten lines>
PART_INPUT = "part.lines"
PART_NOTE_BLOCK = "part_note"
PART_NOTE_INPUT = "part_note.text"
PIECES_BLOCK = "pieces"  # pieces:<line>, as price and deliveries
PIECES_INPUT = "pieces.text"
PRICE_BLOCK = "price"
PRICE_INPUT = "price.text"
DELIVERIES_BLOCK = "deliveries"
DELIVERIES_INPUT = "deliveries.text"
