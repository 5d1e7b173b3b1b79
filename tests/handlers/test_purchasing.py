"""Drafting, editing and submitting purchase orders."""

from datetime import date
from decimal import Decimal

import pytest

from handlers.purchasing import (
    AddLine,
    AdoptProposal,
    ChangeOrder,
    DraftOrder,
    EditLine,
    OrderBlocked,
    PriceImpossible,
    SubmitOrder,
    WantedLine,
    WithdrawOrder,
    add_line,
    adopt,
    change,
    draft,
    edit_line,
    submit,
    withdraw,
)
from orders.purchase import OrderState
from orders.refusals import (
    LineNotFound,
    NotAllowed,
    OrderAlreadyDecided,
    OrderNotFound,
    ProductNotFound,
    QuantityImpossible,
    SupplierNotFound,
)
from orders.states import ActForbidden
from tests.makers.story import approved, drafted, sent, submitted
from tests.makers.world import World

pytestmark = pytest.mark.store


def test_a_draft_takes_codes_packs_and_prices_from_the_suppliers_terms(world: World) -> None:
    line = drafted(world).lines[0]
    assert (line.supplier_code, line.pack_size, line.unit_price) == ("BF-0001", 12, Decimal("4.20"))


def test_a_draft_gets_the_next_number_of_the_year(world: World) -> None:
    assert [drafted(world).number, drafted(world).number] == ["PO-2026-0001", "PO-2026-0002"]


def test_an_unknown_product_is_refused_with_the_nearest_names(world: World) -> None:
    with pytest.raises(ProductNotFound) as refusal:
        drafted(world, WantedLine("OAT1L", 12))
    assert refusal.value.facts["nearest"][0] == "OAT-1L (Oat drink 1 l)"  # type: ignore[index]


def test_an_unknown_supplier_is_refused_with_the_nearest_names(world: World) -> None:
    with pytest.raises(SupplierNotFound) as refusal:
        drafted(world, supplier="BALTIK")
    assert "BALTIC" in str(refusal.value.facts["nearest"])


def test_a_refused_draft_leaves_nothing(world: World) -> None:
    with pytest.raises(ProductNotFound):
        drafted(world, WantedLine("OAT-1L", 12), WantedLine("NOPE", 12))
    with pytest.raises(OrderNotFound):
        world.order("PO-2026-0001")


@pytest.mark.parametrize("quantity", [0, -12])
def test_nothing_is_ordered_in_quantities_below_one(world: World, quantity: int) -> None:
    with pytest.raises(QuantityImpossible):
        drafted(world, WantedLine("OAT-1L", quantity))


def test_the_warehouse_drafts_no_orders(world: World) -> None:
    command = DraftOrder("BALTIC", "GDY", (WantedLine("OAT-1L", 12),))
    with pytest.raises(NotAllowed) as refusal:
        world.do(draft, command, world.people.ola, house=world.house)
    assert refusal.value.facts["who_may"] == ("Maya", "Tom")


def test_editing_a_line_keeps_before_and_after_in_the_journal(world: World) -> None:
    order = drafted(world)
    edited = world.do(edit_line, EditLine(order.number, 1, quantity=96), world.people.tom, house=world.house).order
    assert edited.line_at(1).quantity == 96
    assert world.story(order.number) == ["order-drafted", "line-changed"]


def test_quantity_zero_removes_the_line(world: World) -> None:
    order = drafted(world)
    edited = world.do(edit_line, EditLine(order.number, 1, quantity=0), world.people.tom, house=world.house).order
    assert [line.sku for line in edited.lines] == ["SOY-1L"]


def test_a_line_can_be_added(world: World) -> None:
    order = drafted(world)
    command = AddLine(order.number, WantedLine("RICE-5", 8))
    edited = world.do(add_line, command, world.people.tom, house=world.house).order
    assert [(line.line, line.sku) for line in edited.lines][-1] == (3, "RICE-5")


def test_a_line_that_is_not_there_is_refused(world: World) -> None:
    order = drafted(world)
    with pytest.raises(LineNotFound):
        world.do(edit_line, EditLine(order.number, 9, quantity=1), world.people.tom, house=world.house)


def test_an_edit_of_an_older_revision_is_refused_and_names_who_was_first(world: World) -> None:
    order = drafted(world)
    world.do(edit_line, EditLine(order.number, 1, quantity=96), world.people.maya, house=world.house)
    stale = EditLine(order.number, 1, quantity=108, revision=order.revision)
    with pytest.raises(OrderAlreadyDecided) as refusal:
        world.do(edit_line, stale, world.people.tom, house=world.house)
    assert refusal.value.facts["who"] == "Maya"


def test_submitting_puts_the_card_before_the_approvers(world: World) -> None:
    order = submitted(world)
    assert order.state is OrderState.AWAITING_APPROVAL
    assert [row.payload for row in world.outbox("order_card")] == [{"order": order.number}]


def test_a_blocked_order_is_not_submitted(world: World) -> None:
    order = drafted(world, WantedLine("OAT-1L", 7))
    with pytest.raises(OrderBlocked) as refusal:
        world.do(submit, SubmitOrder(order.number), world.people.tom, house=world.house)
    assert "pack" in " ".join(found.code for found in refusal.value.findings)
    assert world.order(order.number).state is OrderState.DRAFT


@pytest.mark.parametrize("quantity", [-1, 100_000_001, 10**12])
def test_a_line_is_not_changed_to_what_nobody_can_order(world: World, quantity: int) -> None:
    order = drafted(world)
    with pytest.raises(QuantityImpossible):
        world.do(edit_line, EditLine(order.number, 1, quantity=quantity), world.people.tom, house=world.house)


@pytest.mark.parametrize("price", ["-0.01", "1000000000.01", "0.0000001"])
def test_a_price_that_nobody_asks_is_refused(world: World, price: str) -> None:
    order = drafted(world)
    with pytest.raises(PriceImpossible):
        world.do(edit_line, EditLine(order.number, 1, unit_price=Decimal(price)), world.people.tom, house=world.house)
    with pytest.raises(PriceImpossible):
        drafted(world, WantedLine("OAT-1L", 12, Decimal(price)))


def test_the_day_of_delivery_can_be_changed_and_is_judged_anew(world: World) -> None:
    order = drafted(world)
    changed = world.do(
        change, ChangeOrder(order.number, date(2026, 12, 6), "by the back door"), world.people.tom, house=world.house
    )
    assert (changed.order.delivery_date, changed.order.note) == (date(2026, 12, 6), "by the back door")
    assert "closed-weekday" in {finding.code for finding in changed.findings}
    assert world.story(order.number)[-1] == "order-changed"


def test_another_day_voids_the_approval(world: World) -> None:
    order = approved(world)
    changed = world.do(change, ChangeOrder(order.number, date(2026, 12, 3)), world.people.tom, house=world.house)
    assert changed.order.state is OrderState.DRAFT
    assert "approval-voided" in world.story(order.number)


def test_editing_a_submitted_order_takes_it_back_to_draft(world: World) -> None:
    order = submitted(world)
    edited = world.do(edit_line, EditLine(order.number, 1, quantity=132), world.people.tom, house=world.house).order
    assert edited.state is OrderState.DRAFT


def test_editing_an_approved_order_voids_the_approval(world: World) -> None:
    order = approved(world)
    world.do(edit_line, EditLine(order.number, 1, quantity=132), world.people.tom, house=world.house)
    assert world.order(order.number).state is OrderState.DRAFT
    assert "approval-voided" in world.story(order.number)


def test_a_sent_order_is_not_edited(world: World) -> None:
    order = sent(world)
    with pytest.raises(ActForbidden):
        world.do(edit_line, EditLine(order.number, 1, quantity=132), world.people.tom, house=world.house)


def test_the_requester_may_withdraw(world: World) -> None:
    order = submitted(world)
    assert world.do(withdraw, WithdrawOrder(order.number), world.people.tom).order.state is OrderState.DRAFT


def test_only_a_proposal_can_be_adopted(world: World) -> None:
    order = drafted(world)
    with pytest.raises(ActForbidden):
        world.do(adopt, AdoptProposal(order.number), world.people.tom, house=world.house)
