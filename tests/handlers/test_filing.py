"""Suppliers' e-invoices: filed at their orders, seen in thread and details, changing nothing; another account is an alarm."""

from typing import Any

import pytest

from handlers.replies import RecordReply, ReplyRecorded, record_reply
from handlers.viewing import DocumentView, order_view
from orders.invoice import EInvoice
from orders.people import SCHEDULER
from orders.purchase import PurchaseOrder
from orders.reply import Decision, Kind, MatchedBy, OrderResponse, Reading
from tests.handlers.test_replies import OAT_LESS, SOY_YES, arrive
from tests.makers.shop import make_supplier
from tests.makers.story import sent
from tests.makers.world import World

pytestmark = pytest.mark.store


def invoice(order: PurchaseOrder, number: str = "FV/7", account: str | None = "PL61") -> EInvoice:
    return EInvoice("ubl", "fv.xml", number, account=account, orders=(order.number,))


def receive(world: World, *invoices: EInvoice, key: str = "orders/1", **overrides: Any) -> ReplyRecorded:
    values: dict[str, Any] = {"kind": Kind.INVOICE, "decision": Decision.REVIEW, "sender_trusted": True}
    values["supplier"] = "BALTIC"
    reading = Reading("<i@baltic>", **(values | overrides))
    command = RecordReply(arrive(world, key, world.clock.now()), reading, ("an invoice",), invoices=invoices)
    return world.do(record_reply, command, SCHEDULER, house=world.house)


def documents(world: World, order: PurchaseOrder) -> tuple[DocumentView, ...]:
    with world.store.reading() as session:
        return order_view(session, order.number).documents


def alarms(world: World, order: PurchaseOrder) -> list[str]:
    with world.store.reading() as session:
        return [each.code for each in order_view(session, order.number).findings if each.code == "bank-account-named"]


def test_an_invoice_is_filed_at_its_order_and_changes_nothing_of_it(world: World) -> None:
    order = sent(world)
    assert receive(world, invoice(order)).filed == (order.number,)
    assert [each.number for each in documents(world, order)] == ["FV/7"]
    assert world.order(order.number) == order
    assert world.story(order.number)[-1] == "invoice-filed"


def test_the_order_s_thread_hears_of_it_and_no_card_asks_for_a_decision(world: World) -> None:
    order = sent(world)
    receive(world, invoice(order))
    assert (len(world.outbox("reply_card")), len(world.outbox("please_read"))) == (0, 0)
    assert world.outbox("order_note")[-1].key.startswith("order_note:")


def test_an_invoice_for_several_orders_is_filed_at_each(world: World) -> None:
    first, second = sent(world), sent(world)
    both = EInvoice("ksef", "fa.xml", "FA/1", orders=(first.number, second.number, "PO-2026-9999"))
    assert receive(world, both).filed == (first.number, second.number)


def test_an_invoice_that_names_no_order_belongs_to_the_mail_s(world: World) -> None:
    order = sent(world)
    response = OrderResponse(order.number, MatchedBy.THREAD, understood=False)
    silent = EInvoice("ubl", "fv.xml", "FV/7")
    assert receive(world, silent, responses=(response,)).filed == (order.number,)


def test_an_answer_that_brings_its_invoice_along_is_still_an_answer(world: World) -> None:
    order = sent(world)
    response = OrderResponse(order.number, MatchedBy.THREAD, True, (OAT_LESS, SOY_YES))
    done = receive(world, invoice(order), kind=Kind.ORDER_RESPONSE, responses=(response,))
    assert (done.filed, done.proposed) == ((order.number,), (order.number,))


def test_an_invoice_of_a_stranger_or_for_another_supplier_s_order_goes_to_a_person(world: World) -> None:
    order = sent(world)
    with world.store.transaction() as session:
        make_supplier(session, "NORTH")
    assert receive(world, invoice(order), sender_trusted=False).is_shown_whole
    assert receive(world, invoice(order), supplier="NORTH", key="orders/2").is_shown_whole
    assert documents(world, order) == ()


def test_an_account_that_was_never_named_before_raises_an_alarm(world: World) -> None:
    order = sent(world)
    receive(world, invoice(order))
    receive(world, invoice(order, "FV/8"), key="orders/2")
    assert alarms(world, order) == []
    receive(world, invoice(order, "FV/9", "PL99"), key="orders/3")
    assert alarms(world, order) == ["bank-account-named"]
    assert world.story(order.number)[-1] == "account-changed"


def test_an_invoice_without_an_account_is_no_alarm(world: World) -> None:
    order = sent(world)
    receive(world, invoice(order))
    receive(world, invoice(order, "FV/8", None), key="orders/2")
    assert alarms(world, order) == []


def test_the_same_invoice_by_the_same_mail_is_filed_once(world: World) -> None:
    order = sent(world)
    twice = (invoice(order), invoice(order))
    assert receive(world, *twice).filed == (order.number,)
    assert len(documents(world, order)) == 1


def test_two_invoices_in_files_of_one_name_are_both_filed(world: World) -> None:
    order = sent(world)
    receive(world, invoice(order), invoice(order, "FV/8"))
    assert [each.number for each in documents(world, order)] == ["FV/7", "FV/8"]
