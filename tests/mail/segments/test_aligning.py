"""A reply is held against the mail that we sent: equal is ours, edited or typed between is the supplier's."""

from mail.segments.dividing import reply_text, segments
from mail.segments.segment import Label
from mail.segments.sent import SentMail, sent_mail
from tests.makers.mails import SHOP, make_html_mail, make_mail

ORDER = """Dear Baltic Foods,

please deliver to our shop in Gdynia:
1. BF-1001 Oat drink 1 l, 120 pcs at 4,20 PLN
2. BF-1002 Rye bread 500 g, 24 pcs at 6,10 PLN
Delivery on 1 December 2026.

Kind regards
The shop"""
HEADER = "From: Shop <orders@sklep.example>\nSent: Monday, 23 November 2026 09:01\nTo: Anna\nSubject: PO-2026-0142\n\n"
ROW = "<tr><td>{}</td><td>{}</td><td>{}</td></tr>"
OURS = f"<p>Please deliver:</p><table>{ROW.format(1, 'BF-1001', 120)}{ROW.format(2, 'BF-1002', 24)}</table><p>Thank you</p>"


def sent(text: str = ORDER) -> SentMail:
    return sent_mail(make_mail(text, from_=SHOP, to="anna@balticfoods.example", message_id="<po@sklep.example>"))


def reply(text: str) -> str:
    return reply_text(segments(make_mail(text), sent()))


def test_a_line_edited_in_outlook_s_original_is_the_supplier_s() -> None:
    edited = ORDER.replace("24 pcs", "12 pcs")
    assert reply(f"See below.\n\n{HEADER}{edited}") == "See below.\n2. BF-1002 Rye bread 500 g, 12 pcs at 6,10 PLN"


def test_a_line_typed_between_ours_is_the_supplier_s() -> None:
    typed = ORDER.replace("Delivery on", "Only 12 of the bread!\nDelivery on")
    assert reply(f"{HEADER}{typed}") == "Only 12 of the bread!"


def test_our_own_text_with_no_mark_at_all_is_ours() -> None:
    assert reply(f"All confirmed.\n\n{ORDER}") == "All confirmed."


def test_our_lines_may_be_wrapped_anew() -> None:
    wrapped = ORDER.replace("Oat drink 1 l, 120", "Oat drink 1 l,\n120").replace(
        "please deliver to", "please   deliver\nto"
    )
    assert reply(f"Yes\n\n{HEADER}{wrapped}") == "Yes"


def test_an_edited_line_behind_quote_marks_is_the_supplier_s() -> None:
    quoted = "\n".join(f"> {line}" for line in ORDER.replace("120 pcs", "96 pcs").split("\n"))
    found = [
        each
        for each in segments(make_mail(f"W dniu 23.11.2026 o 09:01, Sklep pisze:\n{quoted}"), sent())
        if each.label is Label.SUPPLIER
    ]
    assert [(each.text, each.quoted) for each in found] == [("1. BF-1001 Oat drink 1 l, 96 pcs at 4,20 PLN", True)]


def test_older_mails_of_the_thread_stay_quotes() -> None:
    old = "\n> Hello, do you have rye bread again?\n> Yes we have plenty of it."
    quoted = "\n".join(f"> {line}" for line in ORDER.split("\n"))
    assert reply(f"OK\n\nOn Mon, 23 Nov 2026 Shop <orders@sklep.example> wrote:\n{quoted}{old}") == "OK"


def test_a_cell_edited_in_the_table_tells_what_stood_there() -> None:
    ours = sent_mail(make_html_mail(OURS, from_=SHOP))
    html = f"<p>Hi</p><div id=divRplyFwdMsg>From: Shop<br>Sent: 23 Nov</div>{OURS.replace('120', '96')}"
    (edited,) = [
        each for each in segments(make_html_mail(html), ours) if each.label is Label.SUPPLIER and each.row is not None
    ]
    assert edited.row is not None
    assert [(cell.text, cell.was) for cell in edited.row.cells] == [("1", None), ("BF-1001", None), ("96", "120")]


def test_rows_that_came_back_as_they_were_are_ours() -> None:
    ours = sent_mail(make_html_mail(OURS, from_=SHOP))
    html = f"<p>Hi</p><div id=divRplyFwdMsg>From: Shop<br>Sent: 23 Nov</div>{OURS}"
    assert reply_text(segments(make_html_mail(html), ours)) == "Hi"


def test_an_answer_below_our_unquoted_mail_is_the_supplier_s() -> None:
    assert reply(f"{HEADER}{ORDER}\n\nOnly 96 of the oat drink.\nAnna") == "Only 96 of the oat drink.\nAnna"


def test_what_a_gateway_puts_below_our_mail_is_no_answer() -> None:
    notice = "This email has been scanned for viruses by Gate.\n\nThis e-mail is confidential and intended for the addressee."
    assert reply(f"OK\n\n{HEADER}{ORDER}\n\n{notice}") == "OK"


def test_an_older_mail_of_the_thread_below_ours_is_no_answer() -> None:
    older = HEADER.replace("Shop <orders@sklep.example>", "Anna <anna@balticfoods.example>") + "Do you need rye bread?"
    assert reply(f"OK\n\n{HEADER}{ORDER}\n\n{older}") == "OK"


def test_the_end_of_our_line_that_lost_its_quote_mark_is_ours() -> None:
    quoted = "\n".join(f"> {line}" for line in ORDER.replace("1 l, 120 pcs", "1 l,\n@120 pcs").split("\n")).replace(
        "> @", ""
    )
    assert reply(f"OK\n\nOn 23 Nov 2026, Shop <orders@sklep.example> wrote:\n{quoted}") == "OK"
