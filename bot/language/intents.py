"""What somebody may want; the values are those of contracts/chat-language.md."""

from enum import StrEnum


class Intent(StrEnum):
    """One of the things that can be asked or done in chat."""

    STOCK = "stock"
    STOCKOUT = "stockout"
    FORECAST = "forecast"
    ORDER_STATUS = "order_status"
    ORDERS = "orders"
    DRAFT_ORDER = "draft_order"
    APPROVE = "approve"
    REJECT = "reject"
    CANCEL = "cancel"
    SEND = "send"
    CHANGE_ORDER = "change_order"
    RECEIVE = "receive"
    SUPPLIER = "supplier"
    SALES = "sales"
    REPORT = "report"
    HELP = "help"
    NONE = "none"


ACTING = frozenset(
    {
        Intent.DRAFT_ORDER,
        Intent.APPROVE,
        Intent.REJECT,
        Intent.CANCEL,
        Intent.SEND,
        Intent.CHANGE_ORDER,
        Intent.RECEIVE,
    }
)
