"""Any bytes become a message; what was wrong with them is told, not raised."""

import base64
from datetime import timedelta
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.message import Message, read_message
from mail.mime.parts import Address, Defect
from tests.makers.mails import mail_with_files, make_mail, raw_mail


def plain(message: Message) -> str:
    assert message.bodies[0].plain is not None
    return message.bodies[0].plain.text.strip()


def test_the_envelope_is_decoded() -> None:
    message = make_mail(
        from_="=?utf-8?q?Za=C5=BC=C3=B3=C5=82=C4=87?= <Anna@BalticFoods.example>",
        message_id="<a@b>",
        in_reply_to="<po@shop>",
    )
    assert message.sender == Address("Zażółć", "anna@balticfoods.example")
    assert (message.message_id, message.in_reply_to) == ("<a@b>", ("<po@shop>",))


def test_a_date_keeps_the_zone_of_its_sender() -> None:
    message = make_mail(date="Mon, 23 Nov 2026 23:30:00 +0200")
    assert message.date is not None
    assert (message.date.day, message.date.utcoffset()) == (23, timedelta(hours=2))


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Mon, 99 Foo 2026 10:00:00 +0100", "Mon, 23 Nov 0000 10:00:00 +9999999999"]
)
def test_a_date_that_is_none_is_told(date: str) -> None:
    message = make_mail(date=date)
    assert message.date is None
    assert Defect.BAD_DATE in message.defects


def test_the_day_of_arrival_is_that_of_the_topmost_server() -> None:
    message = make_mail(received="from a by b; Tue, 24 Nov 2026 08:00:00 +0100")
    assert message.received is not None
    assert message.received.day == 24


def test_a_display_name_cannot_add_a_sender() -> None:
    message = make_mail(from_="=?utf-8?q?Boss_=3Cboss=40balticfoods.example=3E=2C?= <eve@evil.example>")
    assert [each.address for each in message.senders] == ["eve@evil.example"]


def test_two_from_headers_are_told() -> None:
    raw = b"From: a@one.example\nFrom: b@two.example\n\nhello"
    assert Defect.SEVERAL_SENDERS in read_message(raw).defects


def test_ids_that_folding_broke_are_mended() -> None:
    message = read_message(b"References: <one@x>\n <tw\n o@x>\nIn-Reply-To: three@x\n\nhi")
    assert message.references == ("<one@x>", "<two@x>")
    assert message.in_reply_to == ("<three@x>",)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-2", "windows-1250", "utf-7", "utf-16"])
def test_the_declared_charset_is_honoured(charset: str) -> None:
    raw = raw_mail("", content_transfer_encoding="base64", content_type=f"text/plain; charset={charset}")
    message = read_message(raw + base64.b64encode("Potwierdzam wysyłkę środową".encode(charset)))
    assert plain(message) == "Potwierdzam wysyłkę środową"


@pytest.mark.parametrize(
    ("declared", "used", "text"),
    [
        ("us-ascii", "cp1250", "Zażółć gęślą jaźń"),
        ("iso-8859-1", "cp1250", "dostępność tylko częściowa, wysyłka później"),
        ("iso-8859-1", "utf-8", "bestätigt für nächste Woche"),
        ("x-unknown", "cp1251", "Підтверджуємо замовлення"),
        ("utf-8", "cp1252", "bestätigt, Grüße"),
        ("iso-8859-1", "cp1252", "prix confirmé – 4,20 €"),
    ],
)  # fmt: skip
def test_a_charset_that_was_declared_wrongly_is_found_out(declared: str, used: str, text: str) -> None:
    raw = raw_mail("", content_type=f"text/plain; charset={declared}") + text.encode(used)
    assert plain(read_message(raw)) == text


def test_text_that_was_encoded_twice_is_mended() -> None:
    assert plain(make_mail("bestätigt".encode().decode("cp1252"))) == "bestätigt"


def test_western_text_keeps_its_western_letters() -> None:
    raw = raw_mail("", content_type="text/plain; charset=iso-8859-1") + "très bien, à demain, où ça".encode("latin-1")
    assert plain(read_message(raw)) == "très bien, à demain, où ça"


def test_words_that_are_called_base64_are_read_as_words() -> None:
    message = make_mail("All confirmed, see you.", content_transfer_encoding="base64")
    assert plain(message) == "All confirmed, see you."
    assert Defect.BROKEN_ENCODING in message.defects


def test_base64_with_its_end_missing_gives_what_is_there() -> None:
    message = make_mail(base64.b64encode(b"All confirmed for Monday").decode()[:-3], content_transfer_encoding="base64")
    assert plain(message).startswith("All confirmed for Mon")


def test_flowed_lines_are_joined_and_quotes_kept_apart() -> None:
    text = "We can deliver \nonly 96 pieces.\n> your \n> order\n-- \nAnna"
    message = make_mail(text, content_type="text/plain; charset=utf-8; format=flowed")
    assert plain(message).split("\n")[:3] == ["We can deliver only 96 pieces.", "> your order", "-- "]


def test_plain_and_html_of_one_text_are_one_body() -> None:
    mail = mail_with_files(("order.pdf", "application/pdf", b"%PDF"))
    mail.get_body().add_alternative("<p>See the attachment.</p>", subtype="html")  # type: ignore[union-attr]
    message = read_message(mail.as_bytes())
    assert [(bool(body.plain), bool(body.html)) for body in message.bodies] == [(True, True)]


def test_an_attachment_keeps_its_name_without_the_path() -> None:
    message = read_message(mail_with_files(("../../etc/passwd", "text/csv", b"1;2")).as_bytes())
    assert [(each.filename, each.content_type, each.content) for each in message.attachments] == [
        ("passwd", "text/csv", b"1;2")
    ]


def test_a_name_in_pieces_of_rfc_2231_is_put_together() -> None:
    raw = b"Content-Type: application/pdf;\n name*0*=utf-8''zam%C3%B3w;\n name*1*=ienie.pdf\n\nx"
    assert read_message(raw).attachments[0].filename == "zamówienie.pdf"


def test_a_text_with_a_name_is_the_message_when_it_is_all_there_is() -> None:
    assert plain(make_mail("All confirmed", content_type='text/plain; name="message.txt"')) == "All confirmed"


def test_the_text_that_exchange_cuts_off_below_a_picture_belongs_to_the_message() -> None:
    mail = mail_with_files(text="Line 1 ok")
    mail.add_attachment("Line 2 only 96", filename="ATT00001.txt", disposition="inline")
    mail.add_attachment("our price list", filename="prices.txt", disposition="inline")
    found = read_message(mail.as_bytes())
    assert [body.plain.text.strip() for body in found.bodies if body.plain] == ["Line 1 ok", "Line 2 only 96"]
    assert [each.filename for each in found.attachments] == ["prices.txt"]


def test_a_byte_order_mark_hides_no_header() -> None:
    found = read_message(b"\xef\xbb\xbf" + raw_mail("OK"))
    assert (found.sender, plain(found)) == (Address("Anna Nowak", "anna@balticfoods.example"), "OK")


def test_a_forward_nested_beyond_reading_is_told_by_the_mail_around_it() -> None:
    assert Defect.TOO_DEEP in read_message(b"Content-Type: message/rfc822\n\n" * 8 + b"\nx").defects


def test_a_forwarded_message_is_a_message_of_its_own() -> None:
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "jan@balticfoods.example", "Re: PO"
    inner.set_content("Only 96 pieces")
    outer = mail_with_files()
    outer.add_attachment(inner)
    (forwarded,) = read_message(outer.as_bytes()).forwarded
    assert (forwarded.sender, plain(forwarded)) == (Address("", "jan@balticfoods.example"), "Only 96 pieces")


def test_what_an_opaque_signature_wraps_is_read() -> None:
    inner = b"Content-Type: text/plain\n\nAll confirmed"
    octets = b"\x04" + bytes([len(inner)]) + inner
    data = bytes.fromhex("06092a864886f70d010701") + b"\xa0" + bytes([len(octets)]) + octets
    der = (
        b"\x30\x80"
        + bytes.fromhex("06092a864886f70d010702")
        + b"\xa0\x80\x30\x80\x02\x01\x01\x31\x00\x30"
        + bytes([len(data)])
        + data
    )
    head = b"Content-Type: application/pkcs7-mime; smime-type=signed-data\nContent-Transfer-Encoding: base64\n\n"
    assert plain(read_message(head + base64.b64encode(der))) == "All confirmed"


def test_an_encrypted_mail_is_told() -> None:
    head = "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m"
    message = make_mail("AAAA", content_type=head, content_transfer_encoding="base64")
    assert Defect.ENCRYPTED in message.defects


def test_a_winmail_that_yields_nothing_is_told() -> None:
    message = read_message(
        mail_with_files(("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22garbage")).as_bytes()
    )
    assert Defect.UNREADABLE_TNEF in message.defects


@pytest.mark.parametrize(
    "bomb",
    [
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000)),
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(390))
        + b"x\n" * 200_000,
        b"Content-Type: message/rfc822\n\n" * 5000,
        b"From: " + b"(" * 3000 + b"\n\nx",
        b"Subject: x\n\n" + b"ab\n" * 7_000_000,
    ],
    ids=["multiparts", "boundaries-by-lines", "messages", "comments", "size"],
)
@pytest.mark.timeout(5)
def test_a_bomb_costs_little_and_is_told(bomb: bytes) -> None:
    assert read_message(bomb).defects


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_at_all_raise(raw: bytes) -> None:
    assert read_message(raw).size <= len(raw)


_PIECES = st.sampled_from(
    [
        "Content-Type: multipart/mixed; boundary=x\n", 'Content-Type: multipart/alternative; boundary="x"\n', "--x\n", "--x--\n", "\n",
        "Content-Type: text/plain; charset=utf-7\n", "Content-Type: message/rfc822\n", "Content-Transfer-Encoding: base64\n", "From: (((<a@b\n",
        "Content-Transfer-Encoding: quoted-printable\n", "=?utf-8?b?%%%?=", "Subject: =?x?q?=\n", "Content-Type: message/delivery-status\n",
        "begin 644 x\n", "+AAA-", "=\n", "Content-Type: text/html; charset=utf-16\n", "Date: Mon, 32\n", "Content-Disposition: attachment; filename*0*=x''%\n",
        "Content-Type: application/ms-tnef\n", "Content-Type: application/pkcs7-mime\n", "Content-Type: text/plain; format=flowed; delsp=yes\n", "> x \n",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_no_shuffled_mail_raises(text: str) -> None:
    assert Defect.UNPARSABLE not in read_message(text.encode()).defects
