"""The card of an order, its modals and notes: what they say, and that Slack takes them whatever stands in an order."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.cards.ids import COUNT_BLOCK, ActionId, CallbackId
from bot.cards.order import order_card
from bot.cards.order_list import order_list, transfer_rows
from bot.cards.order_modals import details_modal, reason_modal, receive_modal
from bot.cards.order_note import order_note
from bot.cards.revise_modal import revise_modal
from handlers.viewing import DocumentView
from orders.changes import ChangeKind
from orders.events import Event
from orders.money import Money
from orders.purchase import OrderState
from orders.stock import ProposedTransfer, QuantityChange
from orders.wording import LANGUAGES, wording
from rules.findings import CANNOT_CHECK, Finding
from sandbox.slack.client import texts_of
from tests.makers.blocks import taken, taken_modal
from tests.makers.facts import Case
from tests.makers.purchase import make_line, make_order
from tests.makers.views import make_entry, make_order_view

WARSAW = ZoneInfo("Europe/Warsaw")
EN, PL = wording("en"), wording("pl")
HOSTILE = "<!channel> *Oat* _drink_ `x` ~y~ & <https://evil.example|click> @here"


def shown(card: object) -> str:
    return texts_of({"blocks": list(getattr(card, "blocks", ()))})


def buttons(card: object) -> set[str]:
    return {
        each["action_id"]
        for block in getattr(card, "blocks", ())
        for each in block.get("elements", ())
        if "action_id" in each
    }


def unchecked(lines: int) -> tuple[Finding, ...]:
    """One rule that lacks the last price, on each of so many lines."""
    found = next(each for each in Case(product={"last_price": None}).findings() if each.code == CANNOT_CHECK)
    return tuple(replace(found, line=line) for line in range(1, lines + 1))


@pytest.mark.parametrize("state", list(OrderState))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_of_every_state_is_taken(state: OrderState, language: str) -> None:
    order = make_order(supplier_name="Baltic Foods", state=state)
    assert taken(order_card(make_order_view(order), wording(language), WARSAW)).text


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (OrderState.PROPOSED, {ActionId.SUBMIT, ActionId.REVISE, ActionId.DETAILS}),
        (OrderState.AWAITING_APPROVAL, {ActionId.APPROVE, ActionId.REJECT, ActionId.REVISE, ActionId.DETAILS}),
        (OrderState.APPROVED, {ActionId.STOP, ActionId.DETAILS}),
        (OrderState.SENT, {ActionId.RECEIVE, ActionId.DETAILS}),
        (OrderState.CANCELLED, {ActionId.DETAILS}),
    ],
)
def test_a_card_offers_only_what_its_state_allows(state: OrderState, expected: set[str]) -> None:
    assert buttons(order_card(make_order_view(make_order(state=state)), EN, WARSAW)) == expected


@pytest.mark.parametrize("lines", [0, 1, 300])
def test_an_order_of_any_length_can_still_be_decided_on(lines: int) -> None:
    order = make_order(state=OrderState.AWAITING_APPROVAL)
    order = replace(
        order, lines=tuple(make_line(at + 1, description="n" * 2000, reason="r" * 900) for at in range(lines))
    )
    card = taken(order_card(make_order_view(order), EN, WARSAW))
    assert ActionId.APPROVE in buttons(card)


def test_lines_that_find_no_room_are_counted() -> None:
    order = make_order(*(make_line(at + 1) for at in range(300)))
    assert "292 more lines" in shown(order_card(make_order_view(order), EN, WARSAW))


def test_what_the_rules_say_stands_on_the_card_with_what_to_do() -> None:
    (finding, *_) = Case(supplier={"is_blocked": True}).findings()
    told = shown(order_card(make_order_view(findings=(finding,)), EN, WARSAW))
    assert "⛔" in told


def test_rules_that_could_not_be_checked_take_one_line_that_names_what_is_missing() -> None:
    told = shown(order_card(make_order_view(findings=unchecked(40)), EN, WARSAW))
    assert told.count("last price") == 1


def test_the_decision_stands_on_the_card_with_who_and_when_at_the_shop() -> None:
    entry = make_entry(Event.ORDER_APPROVED, who="Maya", at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    view = make_order_view(make_order(state=OrderState.APPROVED), story=(make_entry(), entry))
    assert "Approved by Maya · Mon 23 Nov, 10:00" in shown(order_card(view, EN, WARSAW))


def test_who_approved_stays_on_the_card_when_the_order_goes_on() -> None:
    approved = make_entry(Event.ORDER_APPROVED, who="Maya", at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    sent = make_entry(Event.ORDER_SENT, after={"recipients": ["orders@baltic.example"]})
    view = make_order_view(make_order(state=OrderState.SENT), story=(make_entry(), approved, sent))
    told = shown(order_card(view, EN, WARSAW))
    assert "Approved by Maya · Mon 23 Nov, 10:00" in told
    assert "Mailed to orders@baltic.example" in told


def test_an_approval_that_was_voided_no_longer_stands_on_the_card() -> None:
    story = (make_entry(Event.ORDER_APPROVED, who="Maya"), make_entry(Event.APPROVAL_VOIDED), make_entry())
    assert "Approved by Maya" not in shown(order_card(make_order_view(story=story), EN, WARSAW))


def test_details_name_every_line_of_a_long_order() -> None:
    order = make_order(*(make_line(at + 1, description=f"Tin no. {at + 1}") for at in range(60)))
    modal = taken_modal(details_modal(make_order_view(order), EN, WARSAW))
    told = str(modal["blocks"])
    assert all(f"Tin no. {at + 1} " in told for at in range(60))


def test_a_long_delivery_can_be_counted_in_one_form() -> None:
    order = make_order(*(make_line(at + 1) for at in range(60)), state=OrderState.SENT)
    modal = taken_modal(receive_modal(order, EN))
    counted = [block["block_id"] for block in modal["blocks"] if block.get("block_id", "").startswith(COUNT_BLOCK)]
    assert len(counted) == 60


def test_a_confirmed_line_shows_what_was_ordered_too() -> None:
    order = make_order(make_line(confirmed_quantity=96, confirmed_price=Decimal("4.35")))
    assert "*96* ~120~" in shown(order_card(make_order_view(order), EN, WARSAW))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_people_wrote_becomes_a_mention_link_or_format(language: str) -> None:
    order = make_order(
        make_line(description=HOSTILE, reason=HOSTILE), supplier_name=HOSTILE, requested_by=HOSTILE, location=HOSTILE
    )
    card = order_card(make_order_view(order, story=(make_entry(who=HOSTILE),)), wording(language), WARSAW)
    mrkdwn = [card.text, *(each for block in card.blocks if block["type"] != "header" for each in [str(block)])]
    assert not any("<!channel>" in each or "<https" in each for each in mrkdwn)


@settings(deadline=None)
@given(some.text(max_size=3000), some.text(max_size=3000), some.integers(0, 60))
def test_any_text_in_any_place_is_taken(text: str, other: str, lines: int) -> None:
    order = make_order(supplier_name=text[:200], requested_by=other[:200] or None, state=OrderState.AWAITING_APPROVAL)
    order = replace(order, lines=tuple(make_line(at + 1, description=text, reason=other) for at in range(lines)))
    view = make_order_view(order, story=(make_entry(Event.ORDER_REJECTED, who=text or "?", reason=other),))
    taken(order_card(view, EN, WARSAW))
    taken_modal(details_modal(view, PL, WARSAW))


@pytest.mark.parametrize("lines", [1, 30, 300])
def test_details_and_the_delivery_form_are_taken_for_orders_of_any_length(lines: int) -> None:
    order = make_order(*(make_line(at + 1, description="n" * 2000) for at in range(lines)), state=OrderState.SENT)
    view = make_order_view(order, findings=unchecked(50), story=tuple(make_entry() for _ in range(60)))
    taken_modal(details_modal(view, EN, WARSAW))
    assert taken_modal(receive_modal(order, PL))["callback_id"] == CallbackId.RECEIVE


def test_a_reason_form_carries_what_the_button_carried() -> None:
    modal = taken_modal(reason_modal(CallbackId.REJECT, "card.reject", "PO-2026-0142|2|abc", EN))
    assert modal["private_metadata"] == "PO-2026-0142|2|abc"
    assert modal["submit"]["text"] == "Reject"


@pytest.mark.parametrize("event", list(Event))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_has_its_sentence_in_the_thread(event: Event, language: str) -> None:
    entry = make_entry(event, reason="because", after={"line": 2, "missing": 3, "recipients": ["a@b"]})
    assert "{" not in taken(order_note(entry, wording(language))).text


def test_a_note_writes_changes_as_the_language_does() -> None:
    changes = [
        {"line": 1, "kind": ChangeKind.QUANTITY.value, "value": "1200"},
        {"line": 1, "kind": ChangeKind.DELIVERIES.value, "value": "96 on 2026-12-03, 24 later"},
        {"line": 2, "kind": ChangeKind.REJECTED.value, "value": "0"},
    ]
    note = order_note(make_entry(Event.ANSWER_BOOKED, after={"changes": changes}), PL)
    assert note.text.splitlines()[1:] == [
        "• pozycja 1: ilość 1\xa0200",
        "• pozycja 1: dostawa 96 – czw. 3 gru, 24 później",
        "• pozycja 2: nie będzie dostarczona",
    ]


def test_a_list_names_ten_orders_and_counts_the_rest() -> None:
    orders = [make_order(number=f"PO-2026-{at:04d}", supplier_name="Baltic Foods") for at in range(1, 15)]
    card = taken(order_list(orders, "Open orders", EN))
    assert "PO-2026-0010" in shown(card)
    assert "and 4 more" in shown(card)


def test_an_empty_list_says_so() -> None:
    assert "There are none" in shown(taken(order_list([], "Late deliveries", EN)))


def test_a_line_without_a_price_or_date_says_so() -> None:
    order = make_order(make_line(unit_price=None), delivery_date=None)
    told = shown(order_card(make_order_view(order), EN, WARSAW))
    assert "no price" in told
    assert "no date" in told
    assert date(2026, 12, 1).isoformat() not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_details_show_the_invoices_of_an_order_and_open_their_mails(language: str) -> None:
    filed = DocumentView(7, HOSTILE, date(2026, 12, 3), Money(Decimal("619.92"), "PLN"), "ksef")
    view = replace(make_order_view(), documents=(filed, replace(filed, issued_on=None, total=None)))
    modal = taken_modal(details_modal(view, wording(language), WARSAW))
    assert "619" in texts_of(modal)
    assert sum(ActionId.READ_MAIL in str(block) for block in modal["blocks"]) == 2


def test_transfers_stand_below_the_proposals_with_their_reasons() -> None:
    moved = ProposedTransfer(1, "OAT-1L", "Oat drink <1 l>", "pcs", "WH", "GDY", 24, "Move 24 from WH: 3 days & more.")
    told = str([block.to_dict() for block in transfer_rows([moved] * 12, EN)])
    assert "*24* × Oat drink &lt;1 l&gt; · WH → GDY" in told
    assert "3 days &amp; more" in told
    assert "and 2 more" in told
    assert transfer_rows([], EN) == []


@pytest.mark.parametrize("lines", [1, 45, 300])
def test_the_form_of_a_revised_order_is_taken_and_shows_what_was_chosen_before(lines: int) -> None:
    order = make_order(*(make_line(at + 1, description="n" * 200) for at in range(lines)), state=OrderState.DRAFT)
    change = QuantityChange(84, 96, "Christmas", "Tom", datetime(2026, 11, 2, tzinfo=UTC))
    view = replace(make_order_view(order), proposed={1: 84}, remembered={1: (change,)})
    modal = taken_modal(revise_modal(view, "PO|1|x|", EN))
    assert ("Christmas" in str(modal)) == (lines <= 45)
    assert "proposed 84" in str(modal)
