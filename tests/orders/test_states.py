"""What may happen to an order in which state."""

import pytest

from orders.purchase import LineState, OrderState
from orders.states import (
    ENDED,
    ORDERED,
    PLANNED,
    TRANSITIONS,
    Act,
    ActForbidden,
    is_complete,
    may,
    next_state,
)
from tests.makers.purchase import make_line


@pytest.mark.parametrize(
    ("before", "act", "after"),
    [
        (OrderState.DRAFT, Act.SUBMIT, OrderState.AWAITING_APPROVAL),
        (OrderState.AWAITING_APPROVAL, Act.REJECT, OrderState.DRAFT),
        (OrderState.APPROVED, Act.EDIT, OrderState.DRAFT),
        (OrderState.SENT, Act.RECORD_SEND_FAILURE, OrderState.APPROVED),
        (OrderState.SENT, Act.REQUEST_CANCEL, OrderState.CANCEL_REQUESTED),
    ],
)
def test_the_table_says_where_an_act_leads(before: OrderState, act: Act, after: OrderState) -> None:
    assert next_state("PO-2026-0001", before, act) is after


@pytest.mark.parametrize("act", [Act.EDIT, Act.APPROVE, Act.CANCEL, Act.START_SENDING])
def test_a_sent_order_is_neither_edited_nor_approved_nor_cancelled_by_us_alone(act: Act) -> None:
    with pytest.raises(ActForbidden) as refusal:
        next_state("PO-2026-0001", OrderState.SENT, act)
    assert refusal.value.facts == {"number": "PO-2026-0001", "state": "sent", "act": act.value}


def test_nothing_is_sent_that_was_not_approved() -> None:
    assert [state for (state, act) in TRANSITIONS if act is Act.START_SENDING] == [OrderState.APPROVED]


def test_an_ended_order_only_comes_back_when_it_was_closed() -> None:
    assert [(state, act) for (state, act) in TRANSITIONS if state in ENDED] == [(OrderState.CLOSED, Act.REOPEN)]


def test_every_state_is_planned_ordered_or_ended() -> None:
    assert frozenset(OrderState) == PLANNED | ORDERED | ENDED
    assert not PLANNED & ORDERED
    assert not (PLANNED | ORDERED) & ENDED


def test_a_card_can_ask_whether_an_act_is_allowed() -> None:
    assert may(OrderState.AWAITING_APPROVAL, Act.APPROVE)
    assert not may(OrderState.DRAFT, Act.APPROVE)


def test_an_order_is_complete_when_no_line_expects_anything() -> None:
    ended = (make_line(1, state=LineState.RECEIVED), make_line(2, state=LineState.REJECTED))
    assert is_complete(ended)
    assert not is_complete((*ended, make_line(3)))
