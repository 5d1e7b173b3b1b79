"""Orders on their way to suppliers: once for each approval, over a real SMTP server."""

import email
import email.policy
from collections.abc import Callable

import pytest

from handlers.answer_reading import AskSupplier, ask_supplier
from handlers.answers import AcceptPart, RefuseAnswer, accept_part, refuse_answer
from handlers.ending import CancelOrder, cancel
from jobs.delivery import Delivery
from mail.access import Security, ServerAccess
from mail.delivering import Mailroom
from mail.message import read_message
from mail.tokens import TokenKeys, order_of_address, order_of_message_id
from orders.purchase import OrderState
from sandbox.mail.serving import RunningMail, running_mail
from sandbox.mail.settings import Account, MailSettings
from store.tables.decisions import ReplyProposalRow
from store.tables.outbox import OutboxState, SentMailRow
from tests.makers.answers import answered
from tests.makers.story import approved, sent
from tests.makers.world import World

pytestmark = [pytest.mark.store, pytest.mark.servers]
KEYS = TokenKeys((b"key",))
OURS, THEIRS = Account("orders@shop.example", "Shop", is_ours=True), Account("orders@baltic.example", "Jan")


def room(world: World, port: int) -> Delivery:
    smtp = ServerAccess("127.0.0.1", port, Security.NONE, OURS.address, OURS.password)
    return Delivery(
        world.store, world.clock, Mailroom(world.store, world.clock, world.house.shop, smtp, KEYS).deliverers()
    )


def received(mail: RunningMail) -> list[email.message.EmailMessage]:
    def look(office: object) -> list[bytes]:
        boxes = mail.office.boxes
        return [boxes.raw(each) or b"" for each in boxes.messages(boxes.folder(THEIRS.address, "INBOX"))]

    return [email.message_from_bytes(raw, policy=email.policy.default) for raw in mail.do(look)]


def test_an_approved_order_arrives_with_its_papers_and_can_be_answered(world: World) -> None:
    order = approved(world)
    with running_mail(MailSettings((OURS, THEIRS))) as mail:
        room(world, mail.smtp_port).deliver_due()
        (letter,) = received(mail)
    assert world.order(order.number).state is OrderState.SENT
    assert [part.get_filename() for part in letter.iter_attachments()] == [
        f"{order.number}.pdf",
        f"{order.number}.xlsx",
    ]
    assert order_of_message_id(letter["Message-ID"], KEYS) == order.number
    assert order_of_address(letter["Reply-To"], KEYS) == order.number
    assert order.number in letter["Subject"]


def test_the_supplier_is_written_to_in_its_language(world: World) -> None:
    approved(world)
    with running_mail(MailSettings((OURS, THEIRS))) as mail:
        room(world, mail.smtp_port).deliver_due()
        (letter,) = received(mail)
    body = read_message(letter.as_bytes()).bodies[0].plain
    assert body is not None
    assert "prosimy o realizację" in body.text


def test_without_a_server_the_order_waits_and_goes_out_later_once(world: World) -> None:
    order = approved(world)
    with running_mail(MailSettings((OURS, THEIRS))) as mail:
        port = mail.smtp_port
    room(world, port).deliver_due()
    assert world.order(order.number).state is OrderState.SENDING
    assert [row.state for row in world.outbox("order_mail")] == [OutboxState.WAITING]
    with world.store.reading() as session:
        kept = session.query(SentMailRow).one().message_id
    world.clock.move(minutes=1)
    with running_mail(MailSettings((OURS, THEIRS))) as mail:
        room(world, mail.smtp_port).deliver_due()
        (letter,) = received(mail)
    assert letter["Message-ID"] == kept
    assert world.order(order.number).state is OrderState.SENT


def test_a_stopped_order_does_not_leave(world: World) -> None:
    order = approved(world)
    world.do(cancel, CancelOrder(order.number, "changed our mind"), world.people.maya)
    with running_mail(MailSettings((OURS, THEIRS))) as mail:
        room(world, mail.smtp_port).deliver_due()
        assert received(mail) == []
    assert [row.state for row in world.outbox("order_mail")] == [OutboxState.SUPERSEDED]


def test_a_refused_address_brings_the_order_back_and_is_told(world: World) -> None:
    order = approved(world)
    with running_mail(MailSettings((OURS,))) as mail:
        room(world, mail.smtp_port).deliver_due()
    assert world.order(order.number).state is OrderState.APPROVED
    assert world.story(order.number)[-1] == "sending-failed"
    assert [row.state for row in world.outbox("order_mail")] == [OutboxState.PARKED]


def decided(world: World, decide: Callable[[World, int, int], object]) -> list[email.message.EmailMessage]:
    """What the supplier gets after its answer (fewer of line 1) has been dealt with."""
    order = sent(world)
    answered(world, order)
    with world.store.reading() as session:
        proposal = session.query(ReplyProposalRow).one().id
    decide(world, proposal, world.order(order.number).revision)
    with running_mail(MailSettings((OURS, THEIRS))) as mail:
        room(world, mail.smtp_port).deliver_due()
        return [letter for letter in received(mail) if letter["In-Reply-To"]]


def text_of(letter: email.message.EmailMessage) -> str:
    body = read_message(letter.as_bytes()).bodies[0].plain
    assert body is not None
    return body.text


def test_the_supplier_hears_line_by_line_what_was_accepted_in_the_thread_of_the_order(world: World) -> None:
    (letter,) = decided(
        world,
        lambda world, proposal, revision: world.do(
            accept_part, AcceptPart(proposal, revision, (1,), "Soja później?"), world.people.maya
        ),
    )
    text = text_of(letter)
    assert "Przyjmujemy ją dla tych pozycji" in text
    assert "96 szt., 4,20\xa0zł, 3 grudnia 2026" in text
    assert "Soja później?" in text
    assert letter["In-Reply-To"] == "<PO-2026-0001@shop.example>"
    assert order_of_message_id(letter["Message-ID"], KEYS) == "PO-2026-0001"


def test_the_supplier_hears_of_a_refusal_and_of_a_question(world: World) -> None:
    def ask_and_refuse(world: World, proposal: int, revision: int) -> None:
        world.do(ask_supplier, AskSupplier(proposal, revision, "Kiedy reszta?"), world.people.maya)
        world.do(refuse_answer, RefuseAnswer(proposal, revision + 1, "Potrzebujemy wszystkiego."), world.people.maya)

    question, refusal = decided(world, ask_and_refuse)
    assert "mamy pytanie" in text_of(question)
    assert "Kiedy reszta?" in text_of(question)
    assert "Powód: Potrzebujemy wszystkiego." in text_of(refusal)
