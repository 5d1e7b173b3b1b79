"""Each rule about a supplier's answer: what it finds, and the figure at which it just keeps quiet."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from orders.purchase import Delivery, OrderState
from orders.refusals import LineNotFound
from orders.reply import LineReading, MatchedBy, OrderResponse, Outcome, Substitute
from rules.calendar import SiteCalendar
from rules.judge import judge_reply
from rules.rulefile import house_rulebook
from rules.vocabulary import Scope
from tests.makers.facts import ReplyCase, make_reply_facts
from tests.makers.purchase import make_order

TUESDAY = date(2026, 12, 1)


def said(**reading: Any) -> ReplyCase:
    return ReplyCase(reading=reading)


def known(**facts: Any) -> ReplyCase:
    return ReplyCase(facts=facts)


def promised(*parts: tuple[date | None, int]) -> ReplyCase:
    return ReplyCase(reading={"deliveries": tuple(Delivery(day, quantity) for day, quantity in parts)})


def refused(days: int, *, runs_out: bool = True, outcome: Outcome = Outcome.REJECTED) -> ReplyCase:
    """The product runs out in so many days."""
    empty = date(2026, 11, 23 + days) if runs_out else None
    return ReplyCase(reading={"outcome": outcome}, product={"runs_out": runs_out, "stockout_on": empty})


# code: (finds, just does not)
CASES: dict[str, tuple[list[ReplyCase], list[ReplyCase]]] = {
    "sender-untrusted": ([known(sender_is_trusted=False)], [ReplyCase()]),
    "wrong-supplier": ([known(sender_is_supplier_of_order=False)], [ReplyCase()]),
    "order-not-open": (
        [ReplyCase(order={"state": state}) for state in (OrderState.CLOSED, OrderState.CANCELLED, OrderState.DRAFT)],
        [ReplyCase(order={"state": OrderState.CANCEL_REQUESTED})],
    ),
    "answer-not-understood": ([ReplyCase(understood=False)], [ReplyCase()]),
    "answer-outdated": ([known(is_newest=False)], [ReplyCase()]),
    "answer-contradicts": ([known(contradicts_earlier=True)], [ReplyCase()]),
    "answer-asks": ([known(has_question=True)], [ReplyCase()]),
    "unreadable-part": ([known(has_unreadable_part=True)], [ReplyCase()]),
    "bank-account-named": ([known(names_bank_account=True)], [ReplyCase()]),
    "quantity-below": (
        [said(quantity=119), said(quantity=0)],
        [said(quantity=120), said(quantity=132), said(outcome=Outcome.REJECTED, quantity=0)],
    ),
    "quantity-above": ([said(quantity=121)], [said(quantity=120), said(quantity=108)]),
    "answered-not-in-packs": ([said(quantity=100)], [said(quantity=96), said(quantity=0)]),
    "price-raised": (
        [said(unit_price=Decimal("4.200001"))],
        [said(unit_price=Decimal("4.2000")), said(unit_price=Decimal("4.19")), said(unit_price=None)],
    ),
    "price-lowered": (
        [said(unit_price=Decimal("4.199999"))],
        [said(unit_price=Decimal("4.2000")), said(unit_price=Decimal("4.21")), said(unit_price=None)],
    ),
    "date-earlier": (
        [promised((date(2026, 11, 30), 120))],
        [promised((TUESDAY, 120)), promised((date(2026, 12, 2), 120)), promised((None, 120))],
    ),
    "date-later": (
        [promised((date(2026, 12, 2), 120)), promised((TUESDAY, 96), (date(2026, 12, 8), 24))],
        [promised((TUESDAY, 120)), promised((date(2026, 11, 30), 120)), promised((None, 120))],
    ),
    "promised-on-closed-day": ([promised((date(2026, 12, 5), 120))], [promised((date(2026, 12, 4), 120))]),
    "delivery-undated": ([promised((TUESDAY, 96), (None, 24))], [promised((TUESDAY, 120))]),
    "split-does-not-sum": (
        [promised((TUESDAY, 96), (date(2026, 12, 8), 23)), promised((TUESDAY, 132))],
        [promised((TUESDAY, 96), (date(2026, 12, 8), 24)), promised()],
    ),
    "substitute-offered": (
        [said(outcome=Outcome.SUBSTITUTED, substitute=Substitute("BF-2", "Soy drink"))],
        [ReplyCase()],
    ),
    "line-rejected": ([said(outcome=Outcome.REJECTED)], [ReplyCase()]),
    "line-backordered": ([said(outcome=Outcome.BACKORDERED)], [ReplyCase()]),
    "line-unmentioned": ([ReplyCase(says_nothing=True), said(outcome=Outcome.UNMENTIONED)], [ReplyCase()]),
    "running-out": (
        [refused(7), refused(0), refused(3, outcome=Outcome.SUBSTITUTED)],
        [refused(0, runs_out=False), refused(3, outcome=Outcome.UNMENTIONED), refused(3, outcome=Outcome.CHANGED)],
    ),
}
CASES["running-out"][1].append(
    ReplyCase(
        reading={"outcome": Outcome.REJECTED}, product={"runs_out": True, "stockout_on": date(2026, 12, 1)}
    )  # 8 days
)
FINDS = [(code, case) for code, (found, _) in CASES.items() for case in found]
KEEPS_QUIET = [(code, case) for code, (_, quiet) in CASES.items() for case in quiet]


def test_every_rule_about_answers_is_shown_here() -> None:
    rulebook = house_rulebook()
    assert set(CASES) == {rule.code for scope in (Scope.REPLY, Scope.REPLY_LINE) for rule in rulebook.of_scope(scope)}


def test_a_plain_yes_gives_no_finding() -> None:
    assert ReplyCase().codes() == []


@pytest.mark.parametrize(("code", "case"), FINDS)
def test_a_rule_finds_what_is_wrong(code: str, case: ReplyCase) -> None:
    assert code in case.codes()


@pytest.mark.parametrize(("code", "case"), KEEPS_QUIET)
def test_a_rule_keeps_quiet_up_to_its_boundary(code: str, case: ReplyCase) -> None:
    assert code not in case.codes()


def test_a_sender_of_whom_nothing_is_known_is_never_passed() -> None:
    found = known(sender_is_trusted=None).findings()
    assert [(each.code, each.rule, each.missing) for each in found] == [
        ("cannot-check", "sender-untrusted", ("sender_is_trusted",))
    ]


def test_a_promised_day_is_not_called_open_when_the_holidays_are_not_known() -> None:
    found = known(calendar=SiteCalendar(None, frozenset({7}))).findings()
    assert [(each.rule, each.missing) for each in found] == [("promised-on-closed-day", ("promised_day_is_closed",))]


def test_an_answer_about_a_line_that_is_not_there_is_refused() -> None:
    response = OrderResponse(
        "PO-2026-0142", MatchedBy.THREAD, understood=True, lines=(LineReading(7, Outcome.ACCEPTED),)
    )
    with pytest.raises(LineNotFound):
        judge_reply(make_order(), response, make_reply_facts(), house_rulebook())
