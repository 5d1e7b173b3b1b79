"""The kinds of events that the journal tells, in the past tense."""

from enum import StrEnum


class Event(StrEnum):
    """What happened to an order. The value is the key of its sentence in the catalogue (`event.<value>`)."""

    ORDER_PROPOSED = "order-proposed"
    PROPOSAL_UPDATED = "proposal-updated"
    PROPOSAL_EXPIRED = "proposal-expired"
    ORDER_DRAFTED = "order-drafted"
    PROPOSAL_ADOPTED = "proposal-adopted"
    LINE_ADDED = "line-added"
    LINE_CHANGED = "line-changed"
    LINE_REMOVED = "line-removed"
    ORDER_CHANGED = "order-changed"  # its day of delivery or its note
    ORDER_SUBMITTED = "order-submitted"
    ORDER_WITHDRAWN = "order-withdrawn"
    ORDER_APPROVED = "order-approved"
    ORDER_REJECTED = "order-rejected"
    APPROVAL_VOIDED = "approval-voided"
    SENDING_STOPPED = "sending-stopped"  # within the time in which it can be stopped
    SENDING_STARTED = "sending-started"
    ORDER_SENT = "order-sent"
    SENDING_FAILED = "sending-failed"
    SENDING_RETRIED = "sending-retried"
    ANSWER_RECEIVED = "answer-received"  # waits for a person
    ANSWER_BOOKED = "answer-booked"
    ANSWER_REFUSED = "answer-refused"
    ANSWER_PARTLY_BOOKED = "answer-partly-booked"
    ANSWER_CORRECTED = "answer-corrected"  # a person read the mail otherwise than the program
    ANSWER_CALLED_WRONG = "answer-called-wrong"  # what the program had booked by itself
    SUPPLIER_ASKED = "supplier-asked"
    INVOICE_FILED = "invoice-filed"  # it never changes the order
    ACCOUNT_CHANGED = "account-changed"  # an invoice wants to be paid elsewhere than the ones before
    MAIL_NOT_UNDERSTOOD = "mail-not-understood"
    GOODS_RECEIVED = "goods-received"
    LINE_SHORT_CLOSED = "line-short-closed"
    ORDER_CLOSED = "order-closed"
    ORDER_CANCELLED = "order-cancelled"
    CANCEL_REQUESTED = "cancel-requested"
    ORDER_REOPENED = "order-reopened"
