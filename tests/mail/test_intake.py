"""The mailbox door from raw bytes to what is booked, proposed or shown."""

import threading
from email.message import EmailMessage

import pytest

from mail.intake import MailIntake
from mail.keeping import MailKeeper
from mail.mailbox import RawMail
from mail.tokens import TokenKeys
from orders.purchase import LineState, PurchaseOrder
from store.doors import Door, InboxState
from store.inbox import MOST_ATTEMPTS, claim
from store.tables.inbox import InboxRow
from tests.makers.story import sent
from tests.makers.world import World

pytestmark = pytest.mark.store


def intake_of(world: World) -> MailIntake:
    return MailIntake(world.store, world.clock, world.house, TokenKeys((b"key",)))


def keeper_of(world: World, account: str = "orders@imap") -> MailKeeper:
    return MailKeeper(world.store, world.clock, account)


def mail(order: PurchaseOrder, text: str, **headers: str) -> bytes:
    message = EmailMessage()
    values = {
        "From": "Jan Kowalski <jan@baltic.example>",
        "To": "orders@shop.example",
        "Subject": f"Re: Purchase order {order.number}",
        "Date": "Tue, 24 Nov 2026 10:00:00 +0100",
        "Message-ID": "<answer-1@baltic.example>",
        "In-Reply-To": order.message_id or "",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in values.items():
        message[name] = value
    message.set_content(text)
    return message.as_bytes()


def arrive(world: World, raw: bytes, uid: int = 1) -> MailKeeper:
    keeper, intake = keeper_of(world), intake_of(world)
    keeper.keep("INBOX", [RawMail(uid, 7, raw)])
    while intake.read_next():
        pass
    return keeper


def inbox(world: World) -> list[InboxRow]:
    with world.store.reading() as session:
        return list(session.query(InboxRow).order_by(InboxRow.id))


def test_a_plain_yes_from_the_supplier_is_booked(world: World) -> None:
    order = sent(world)
    arrive(world, mail(order, "Hello,\n\nall confirmed, thank you.\n\nMarek\n"))
    assert {line.state for line in world.order(order.number).lines} == {LineState.CONFIRMED}
    assert [row.state for row in inbox(world)] == [InboxState.DONE]


def test_fewer_pieces_are_put_before_a_manager(world: World) -> None:
    order = sent(world)
    arrive(world, mail(order, "Dzień dobry,\n\npozycja 1: tylko 96 szt., reszta potwierdzona.\n"))
    assert world.order(order.number).line_at(1).confirmed_quantity is None
    assert len(world.outbox("reply_card")) == 1


def test_a_yes_from_a_stranger_books_nothing(world: World) -> None:
    order = sent(world)
    arrive(world, mail(order, "All confirmed.\n", From="Jan <jan@elsewhere.example>"))
    assert {line.state for line in world.order(order.number).lines} != {LineState.CONFIRMED}


def test_a_mail_about_nothing_of_ours_is_shown_to_a_person(world: World) -> None:
    order = sent(world)
    arrive(world, mail(order, "Would you like to meet?\n", Subject="Lunch", In_Reply_To="", From="x@elsewhere.example"))
    assert len(world.outbox("please_read")) == 1


def test_the_same_mail_twice_is_read_once(world: World) -> None:
    order = sent(world)
    raw = mail(order, "All confirmed.\n")
    arrive(world, raw, uid=1)
    arrive(world, raw, uid=2)
    assert len(inbox(world)) == 1
    assert world.story(order.number).count("answer-booked") == 1


def test_the_cursor_moves_with_what_is_kept(world: World) -> None:
    order = sent(world)
    keeper = arrive(world, mail(order, "All confirmed.\n"), uid=12)
    assert keeper.cursor("INBOX") == (7, 12)


def test_a_rebuilt_mailbox_starts_anew_and_repeats_nothing(world: World) -> None:
    order = sent(world)
    keeper = arrive(world, mail(order, "All confirmed.\n"), uid=12)
    keeper.keep("INBOX", [RawMail(3, 8, mail(order, "All confirmed.\n"))])
    assert keeper.cursor("INBOX") == (8, 3)
    assert len(inbox(world)) == 1


@pytest.mark.parametrize("raw", [b"", b"\x00\xff" * 50, b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 50])
def test_a_broken_mail_never_stops_the_one_behind_it(world: World, raw: bytes) -> None:
    order = sent(world)
    keeper, intake = keeper_of(world), intake_of(world)
    keeper.keep("INBOX", [RawMail(1, 7, raw)])
    keeper.keep("INBOX", [RawMail(2, 7, mail(order, "All confirmed.\n"))])
    while intake.read_next():
        pass
    assert {line.state for line in world.order(order.number).lines} == {LineState.CONFIRMED}
    assert InboxState.NEW not in {row.state for row in inbox(world)}


def test_a_mail_that_ends_its_reader_each_time_is_given_to_a_person(world: World) -> None:
    order = sent(world)
    intake = intake_of(world)
    keeper_of(world).keep("INBOX", [RawMail(1, 7, mail(order, "all confirmed"))])
    for _ in range(MOST_ATTEMPTS):
        with world.store.transaction() as session:
            assert claim(session, Door.MAIL, now=world.clock.now())  # and the process dies
        world.clock.move(minutes=6)
    assert intake.read_next()
    assert [row.state for row in inbox(world)] == [InboxState.PARKED]
    assert len(world.outbox("please_read")) == 1


def two_answers(world: World) -> None:
    for uid in (1, 2):
        order = sent(world)
        raw = mail(order, "All confirmed.\n", Message_ID=f"<{uid}@baltic.example>")
        keeper_of(world).keep("INBOX", [RawMail(uid, 7, raw)])


def test_all_that_waits_is_read_in_one_go(world: World) -> None:
    two_answers(world)
    intake_of(world).read_waiting(threading.Event())
    assert [row.state for row in inbox(world)] == [InboxState.DONE] * 2


def test_who_is_told_to_stop_leaves_the_next_mail_free_for_another_reader(world: World) -> None:
    two_answers(world)
    stop = threading.Event()
    stop.set()
    intake_of(world).read_waiting(stop)
    assert [(row.state, row.attempts) for row in inbox(world)] == [(InboxState.DONE, 1), (InboxState.NEW, 0)]


def test_a_mail_that_cannot_be_read_is_tried_again_and_those_behind_it_are_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_answers(world)
    failures = iter([True, True, True])
    monkeypatch.setattr("mail.intake.open_attachments", lambda _: 1 / 0 if next(failures, False) else ())
    intake_of(world).read_waiting(threading.Event())
    assert [row.state for row in inbox(world)] == [InboxState.PARKED, InboxState.DONE]


def test_a_mail_too_large_to_fetch_is_shown_to_a_person(world: World) -> None:
    order = sent(world)
    keeper_of(world).keep("INBOX", [RawMail(1, 7, mail(order, ""), is_head_only=True)])
    assert [row.state for row in inbox(world)] == [InboxState.PARKED]
    assert len(world.outbox("please_read")) == 1


def test_a_mail_that_came_to_two_mailboxes_is_read_once(world: World) -> None:
    order = sent(world)
    raw = mail(order, "All confirmed.\n")
    for account in ("orders@imap", "sales@imap"):
        keeper_of(world, account).keep("INBOX", [RawMail(1, 7, raw)])
    intake = intake_of(world)
    while intake.read_next():
        pass
    assert world.story(order.number).count("answer-booked") == 1


def test_each_mailbox_has_a_cursor_of_its_own(world: World) -> None:
    order = sent(world)
    keeper_of(world, "orders@imap").keep("INBOX", [RawMail(5, 7, mail(order, "All confirmed.\n"))])
    assert keeper_of(world, "sales@imap").cursor("INBOX") is None


@pytest.mark.parametrize(("account", "booked"), [("orders@imap", 0), ("sales@imap", 1)])
def test_a_mailbox_believes_only_its_own_server_s_verdict(world: World, account: str, booked: int) -> None:
    order = sent(world)
    failed = mail(order, "All confirmed.\n", Authentication_Results="mx.orders.example; spf=fail; dmarc=fail")
    keeper_of(world, account).keep("INBOX", [RawMail(1, 7, failed)])
    servers = {"orders@imap": "mx.orders.example", "sales@imap": "mx.sales.example"}
    intake = MailIntake(world.store, world.clock, world.house, TokenKeys((b"key",)), servers)
    while intake.read_next():
        pass
    assert world.story(order.number).count("answer-booked") == booked
