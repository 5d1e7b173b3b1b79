"""What a supplier's answer changes on an order."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from orders.changes import Change, ChangeKind, booked, changes
from orders.purchase import Delivery, LineState
from orders.refusals import LineNotFound
from orders.reply import (
    Evidence,
    LineReading,
    MatchedBy,
    OrderResponse,
    Outcome,
    Substitute,
    response_as_json,
    response_from_json,
)
from tests.makers.purchase import make_line, make_order


def answer(line: int = 1, outcome: Outcome = Outcome.CHANGED, **said: Any) -> LineReading:
    return LineReading(line=line, outcome=outcome, **said)


def respond(*lines: LineReading) -> OrderResponse:
    return OrderResponse("PO-2026-0142", MatchedBy.THREAD, understood=True, lines=lines)


def test_an_accepted_line_is_confirmed_as_ordered() -> None:
    accepted = answer(outcome=Outcome.ACCEPTED, quantity=120, unit_price=Decimal("4.20"))
    assert changes(make_order(), respond(accepted)) == (Change(1, ChangeKind.CONFIRMED, "120", "120"),)


def test_each_figure_that_differs_is_a_change() -> None:
    said = answer(quantity=96, unit_price=Decimal("4.35"), deliveries=(Delivery(date(2026, 12, 3), 96),))
    assert changes(make_order(), respond(said)) == (
        Change(1, ChangeKind.QUANTITY, "120", "96"),
        Change(1, ChangeKind.PRICE, "4.20", "4.35"),
        Change(1, ChangeKind.DELIVERIES, "2026-12-01", "96 on 2026-12-03"),
    )


def test_the_same_price_in_another_notation_is_no_change() -> None:
    said = answer(outcome=Outcome.ACCEPTED, quantity=120, unit_price=Decimal("4.2"))
    assert [change.kind for change in changes(make_order(), respond(said))] == [ChangeKind.CONFIRMED]


def test_an_unmentioned_line_changes_nothing() -> None:
    assert changes(make_order(), respond(answer(outcome=Outcome.UNMENTIONED))) == ()


def test_an_answer_for_a_line_that_is_not_there_is_refused() -> None:
    with pytest.raises(LineNotFound):
        changes(make_order(), respond(answer(line=7, quantity=1)))


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (answer(outcome=Outcome.REJECTED, quantity=0), ChangeKind.REJECTED),
        (answer(outcome=Outcome.BACKORDERED), ChangeKind.BACKORDERED),
        (answer(outcome=Outcome.SUBSTITUTED, substitute=Substitute("BF-1009")), ChangeKind.SUBSTITUTE),
    ],
)
def test_what_is_more_than_a_figure_has_its_own_kind(said: LineReading, kind: ChangeKind) -> None:
    assert [change.kind for change in changes(make_order(), respond(said))] == [kind]


def test_a_booked_line_carries_what_was_confirmed() -> None:
    said = answer(quantity=96, unit_price=Decimal("4.35"), deliveries=(Delivery(date(2026, 12, 3), 96),))
    line = booked(make_line(), said)
    assert (line.state, line.confirmed_quantity, line.price) == (LineState.CONFIRMED, 96, Decimal("4.35"))
    assert line.deliveries == said.deliveries
    assert line.quantity == 120


def test_a_rejected_line_expects_nothing_any_more() -> None:
    line = booked(make_line(), answer(outcome=Outcome.REJECTED, quantity=0))
    assert (line.state, line.open_quantity) == (LineState.REJECTED, 0)


def test_a_backordered_line_waits_for_what_was_ordered() -> None:
    line = booked(make_line(), answer(outcome=Outcome.BACKORDERED, quantity=120))
    assert (line.state, line.open_quantity) == (LineState.BACKORDERED, 120)


@pytest.mark.parametrize("outcome", [Outcome.UNMENTIONED, Outcome.SUBSTITUTED])
def test_an_offer_or_silence_books_nothing(outcome: Outcome) -> None:
    assert booked(make_line(), answer(outcome=outcome)) == make_line()


def test_an_answer_after_goods_came_in_keeps_them() -> None:
    line = booked(make_line(received=60), answer(quantity=60, unit_price=Decimal("4.20")))
    assert (line.state, line.open_quantity) == (LineState.RECEIVED, 0)


def test_a_response_survives_its_own_json() -> None:
    said = respond(
        answer(
            quantity=96,
            unit_price=Decimal("4.35"),
            deliveries=(Delivery(None, 96),),
            substitute=Substitute("BF-1009", "Oat drink barista", Decimal("4.50")),
            evidence=(Evidence("only 8 cartons"),),
        )
    )
    assert response_from_json(response_as_json(said)) == said
