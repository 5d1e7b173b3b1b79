"""The one table of what may happen to a purchase order in which state; a forbidden act is a typed refusal."""

from enum import StrEnum

from orders.purchase import LINE_ENDED, OrderLine, OrderState
from orders.refusals import Refusal


class Act(StrEnum):
    """Something done to an order."""

    UPDATE_PROPOSAL = "update_proposal"  # the plan computed it anew
    EXPIRE = "expire"  # the need has gone
    ADOPT = "adopt"  # a buyer takes a proposal over as a draft
    EDIT = "edit"  # change, add or remove a line, date or note
    SUBMIT = "submit"  # ask for approval of exactly this content
    WITHDRAW = "withdraw"  # the requester takes it back
    STOP = "stop"  # the approved order must not leave after all
    APPROVE = "approve"
    REJECT = "reject"
    START_SENDING = "start_sending"  # the mail goes into the outbox
    RECORD_SENT = "record_sent"  # the supplier's server took the mail
    RECORD_SEND_FAILURE = "record_send_failure"  # refused for good, or bounced
    BOOK_ANSWER = "book_answer"  # the supplier's answer changes lines
    RECEIVE = "receive"
    CLOSE = "close"  # nothing more is expected
    CANCEL = "cancel"
    REQUEST_CANCEL = "request_cancel"  # the supplier has the order and must agree
    REOPEN = "reopen"


class ActForbidden(Refusal):
    """The order's state does not allow this act."""

    code = "act-forbidden"

    def __init__(self, number: str, state: OrderState, act: Act) -> None:
        super().__init__(number=number, state=state.value, act=act.value)


_S = OrderState
TRANSITIONS: dict[tuple[OrderState, Act], OrderState] = {
    (_S.PROPOSED, Act.UPDATE_PROPOSAL): _S.PROPOSED,
    (_S.PROPOSED, Act.EXPIRE): _S.EXPIRED,
    (_S.PROPOSED, Act.ADOPT): _S.DRAFT,
    (_S.PROPOSED, Act.EDIT): _S.DRAFT,
    (_S.PROPOSED, Act.SUBMIT): _S.AWAITING_APPROVAL,
    (_S.PROPOSED, Act.CANCEL): _S.CANCELLED,
    (_S.DRAFT, Act.EDIT): _S.DRAFT,
    (_S.DRAFT, Act.SUBMIT): _S.AWAITING_APPROVAL,
    (_S.DRAFT, Act.CANCEL): _S.CANCELLED,
    (_S.AWAITING_APPROVAL, Act.EDIT): _S.DRAFT,
    (_S.AWAITING_APPROVAL, Act.WITHDRAW): _S.DRAFT,
    (_S.AWAITING_APPROVAL, Act.REJECT): _S.DRAFT,
    (_S.AWAITING_APPROVAL, Act.APPROVE): _S.APPROVED,
    (_S.AWAITING_APPROVAL, Act.CANCEL): _S.CANCELLED,
    (_S.APPROVED, Act.EDIT): _S.DRAFT,
    (_S.APPROVED, Act.STOP): _S.DRAFT,
    (_S.APPROVED, Act.START_SENDING): _S.SENDING,
    (_S.APPROVED, Act.CANCEL): _S.CANCELLED,
    (_S.SENDING, Act.RECORD_SENT): _S.SENT,
    (_S.SENDING, Act.RECORD_SEND_FAILURE): _S.APPROVED,
    (_S.SENT, Act.RECORD_SEND_FAILURE): _S.APPROVED,  # a bounce: the supplier never saw it
    (_S.SENT, Act.BOOK_ANSWER): _S.SENT,
    (_S.SENT, Act.RECEIVE): _S.SENT,
    (_S.SENT, Act.CLOSE): _S.CLOSED,
    (_S.SENT, Act.REQUEST_CANCEL): _S.CANCEL_REQUESTED,
    (_S.CANCEL_REQUESTED, Act.BOOK_ANSWER): _S.CANCEL_REQUESTED,
    (_S.CANCEL_REQUESTED, Act.CANCEL): _S.CANCELLED,
    (_S.CANCEL_REQUESTED, Act.REOPEN): _S.SENT,
    (_S.CLOSED, Act.REOPEN): _S.SENT,
}

PLANNED = frozenset({_S.PROPOSED, _S.DRAFT, _S.AWAITING_APPROVAL, _S.APPROVED})
ORDERED = frozenset({_S.SENDING, _S.SENT, _S.CANCEL_REQUESTED})
ENDED = frozenset({_S.EXPIRED, _S.CLOSED, _S.CANCELLED})


def next_state(number: str, state: OrderState, act: Act) -> OrderState:
    """The state after the act; raises ActForbidden when the table has no such row."""
    try:
        return TRANSITIONS[state, act]
    except KeyError:
        raise ActForbidden(number, state, act) from None


def may(state: OrderState, act: Act) -> bool:
    """True when the table allows the act, so that a card shows no button that would be refused."""
    return (state, act) in TRANSITIONS


def is_complete(lines: tuple[OrderLine, ...]) -> bool:
    """True when no line expects anything more: the order can be closed."""
    return all(line.state in LINE_ENDED for line in lines)
