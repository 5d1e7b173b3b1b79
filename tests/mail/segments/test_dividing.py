"""Whose words are whose: what the supplier wrote is found wherever it stands, and nothing else counts as its answer."""

import time
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.message import Message, read_message
from mail.segments.dividing import reply_text, segments, texts_disagree
from mail.segments.segment import Label
from tests.makers.mails import make_html_mail, make_mail

ATTRIBUTION = "On Mon, 23 Nov 2026 at 09:01, Shop <orders@sklep.example> wrote:"


def reply(mail: Message | str) -> str:
    return reply_text(segments(make_mail(mail) if isinstance(mail, str) else mail, None))


def labelled(text: str, label: Label) -> str:
    return "\n".join(each.text for each in segments(make_mail(text), None) if each.label is label)


def test_the_answer_stands_above_the_quote() -> None:
    assert reply(f"All confirmed.\n\n{ATTRIBUTION}\n> 1. Oat drink 120\n> 2. Rye 24") == "All confirmed."


def test_answers_between_quoted_lines_are_the_supplier_s() -> None:
    text = f"{ATTRIBUTION}\n> line 1\nok\n> line 2\nonly 12 pcs\n> line 3\n> thanks"
    found = [each for each in segments(make_mail(text), None) if each.label is Label.SUPPLIER]
    assert [(each.text, each.quoted) for each in found] == [("ok", True), ("only 12 pcs", True)]


def test_an_answer_below_the_quote_is_kept() -> None:
    assert reply(f"{ATTRIBUTION}\n> 1. Oat drink 120\n\nOnly 96 pieces.") == "Only 96 pieces."


def test_an_answer_below_a_quote_that_nobody_announced_is_kept() -> None:
    assert reply("Hello,\n> can you deliver?\n\nYes.") == "Hello,\nYes."


def test_text_after_the_signature_is_kept() -> None:
    text = "OK\n-- \nAnna Nowak\ntel. +48 58 123 45 67\n\nP.S. line 2 only in December."
    assert reply(text) == "OK\nP.S. line 2 only in December."


@pytest.mark.parametrize("bullet", ["-", "*", "•", "--"])
def test_a_list_of_answers_is_no_signature(bullet: str) -> None:
    text = f"Hi,\n{bullet} line 1: ok\n{bullet} line 2: only 96 pcs\n{bullet} line 3: not available"
    assert reply(text) == text


@pytest.mark.parametrize(
    ("end", "reply_"),
    [
        ("delivery will be possible for you", "OK"),
        ("no delivery before spring", "OK\nno delivery before spring"),
        ("96", "OK\n96"),
    ],
)
def test_the_end_of_a_long_quoted_line_without_a_mark_is_nobody_s_unless_it_answers(end: str, reply_: str) -> None:
    long = "we kindly ask you to tell us by return of mail in which week of the year the"
    assert reply(f"OK\n\n{ATTRIBUTION}\n> {long}\n{end}\n> thanks") == reply_


@pytest.mark.parametrize("line", [">>> >>> this week only <<<", ">>>>>>>>>>>>"])
def test_a_line_drawn_of_quote_marks_quotes_nothing(line: str) -> None:
    assert reply(f"Hello\n{line}\nAnna") == f"Hello\n{line}\nAnna"


def test_a_quote_many_times_quoted_is_a_quote() -> None:
    assert reply(f"OK\n\n{ATTRIBUTION}\n{'>' * 9} line 1: 96") == "OK"


def test_a_dash_alone_begins_a_signature_only_above_an_address() -> None:
    assert reply("OK\n—\nAnna Nowak\nSales") == "OK\n—\nAnna Nowak\nSales"
    assert reply("OK\n—\nAnna Nowak\ntel. +48 58 123 45 67") == "OK"


def test_an_answer_typed_into_the_signature_s_box_is_kept() -> None:
    html = '<div>Hello</div><div class="gmail_signature"><div>Anna Nowak</div><div>all but the tea</div><div>BF-1001: 96</div></div>'
    assert reply(make_html_mail(html)) == "Hello\nall but the tea\nBF-1001: 96"


def test_goods_that_follow_a_thank_you_are_kept() -> None:
    text = "Thanks,\nAnna\nBF-1001: 96 szt.\nBF-1002: brak"
    assert reply(text) == text


@pytest.mark.parametrize(
    "attribution",
    [
        "On Mon, Nov 23, 2026 at 9:01 AM Shop <orders@sklep.example>\nwrote:",
        "Am Mo., 23. Nov. 2026 um 09:01 Uhr schrieb Shop\n<orders@sklep.example>:",
        "Shop <orders@sklep.example> schrieb am Mo., 23.\nNov. 2026, 09:01:",
        "W dniu 23.11.2026 o 09:01, Sklep pisze:",
        "pon., 23 lis 2026 o 09:01 Sklep <orders@sklep.example> napisał(a):",
        "Le lun. 23 nov. 2026 à 09:01, Boutique <orders@sklep.example> a\nécrit :",
        "El lun, 23 nov 2026 a las 9:01, Tienda (<orders@sklep.example>) escribió:",
        "Il giorno lun 23 nov 2026 alle ore 09:01 Negozio <orders@sklep.example> ha scritto:",
        "Dne 23. 11. 2026 v 9:01 Obchod napsal(a):",
        "пн, 23 лист. 2026 р. о 09:01 Магазин <orders@sklep.example> пише:",
        "Op ma 23 nov 2026 om 09:01 schreef Winkel <orders@sklep.example>:",
        "Em seg., 23 de nov. de 2026 às 09:01, Loja <orders@sklep.example> escreveu:",
        "Den mån 23 nov. 2026 kl 09:01 skrev Butik <orders@sklep.example>:",
        "man. 23. nov. 2026 kl. 09:01 skrev Butikk <orders@sklep.example>:",
        "ma 23. marraskuuta 2026 klo 9.01 Kauppa <orders@sklep.example> kirjoitti:",
        "пн, 23 нояб. 2026 г. в 09:01, Магазин <orders@sklep.example>:",
        "2026-11-23 9:01 GMT+01:00 Shop <orders@sklep.example>:",
        "Shop ezt írta (időpont: 2026. nov. 23., H, 9:01):",
        "În data de lun., 23 nov. 2026 la 09:01, Magazin <orders@sklep.example> a scris:",
        "在 2026年11月23日，9:01，商店 <orders@sklep.example> 写道：",
        '"Shop" <orders@sklep.example> wrote on 23.11.2026 09:01:22:',
        "---- On Mon, 23 Nov 2026 09:01:36 +0100 Shop<orders@sklep.example> wrote ----",
    ],
)  # fmt: skip
def test_attributions_of_many_languages_are_known(attribution: str) -> None:
    assert reply(f"Fine.\n\n{attribution}\n\n> 1. Oat drink") == "Fine."


HEADERS = [
    "From: Shop <orders@sklep.example>\nSent: Monday, November 23, 2026 9:01 AM\nTo: Anna\nSubject: PO",
    "Od: Sklep <orders@sklep.example>\nWysłano: poniedziałek, 23 listopada 2026 09:01\nDo: Anna\nTemat: PO",
    "Von: Laden <orders@sklep.example>\nGesendet: Montag, 23. November 2026 09:01\nAn: Anna\nBetreff: PO",
    "De : Boutique <orders@sklep.example>\nEnvoyé : lundi 23 novembre 2026 09:01\nÀ : Anna\nObjet : PO",
    "De: Tienda <orders@sklep.example>\nEnviado: lunes, 23 de noviembre de 2026 9:01\nPara: Anna\nAsunto: PO",
    "Da: Negozio <orders@sklep.example>\nInviato: lunedì 23 novembre 2026 09:01\nA: Anna\nOggetto: PO",
    "Od: Obchod <orders@sklep.example>\nOdesláno: pondělí 23. listopadu 2026 9:01\nKomu: Anna\nPředmět: PO",
    "Від: Магазин <orders@sklep.example>\nНадіслано: 23 листопада 2026 р. 9:01\nКому: Anna\nТема: PO",
    "Van: Winkel <orders@sklep.example>\nVerzonden: maandag 23 november 2026 09:01\nAan: Anna\nOnderwerp: PO",
    "Från: Butik <orders@sklep.example>\nSkickat: den 23 november 2026 09:01\nTill: Anna\nÄmne: PO",
    "*From:* Shop <orders@sklep.example>\n*Sent:* Monday 23 November 2026 09:01\n*To:* Anna\n*Subject:* PO",
    "-----Original Message-----\nFrom: Shop\nSent: 23 November 2026\nTo: Anna",
    "________________________________\nFrom: Shop <orders@sklep.example>\nSent: 23 November 2026 09:01\nTo: Anna\nSubject: PO",
    "-----Ursprüngliche Nachricht-----\nVon: Laden\nGesendet: 23. November 2026",
    "---------- Původní e-mail ----------\nOd: Obchod <orders@sklep.example>\nDatum: 23. 11. 2026\nPředmět: PO",
]


@pytest.mark.parametrize("header", HEADERS)
def test_what_stands_under_a_header_block_is_ours(header: str) -> None:
    assert reply(f"Potwierdzam.\n\n{header}\n\nPlease deliver\n1. Oat drink 120") == "Potwierdzam."


def test_an_arrow_marks_what_was_typed_into_an_unquoted_original() -> None:
    text = f"See below.\n\n{HEADERS[0]}\n\n1. Oat drink 120\n--> ok\n2. Rye 24\n==> only 12"
    assert reply(text) == "See below.\n--> ok\n==> only 12"


def test_a_header_block_with_broken_address_lists_is_one() -> None:
    header = "From: Shop <orders@sklep.example>\nSent: 23 November 2026 9:01\nTo: Anna Nowak <anna@x>; Jan\nKowalski <jan@x>\nSubject: PO"
    assert reply(f"Yes.\n\n{header}\n\nOrder") == "Yes."


@pytest.mark.parametrize(
    "text",
    [
        "From: the warehouse 20 pcs\nTo: be decided\nAll fine.",
        "On the other hand, I wrote 3 mails.\nRegards",
        "We wrote on 12.11.2026 to you:\nline 1 no",
        "On Monday you wrote that 12 are enough: we cannot.",
        "Date: 3.12.\nSubject to stock.",
        "Here it is:\n\n----\n\nLine 2 comes later, on 3 December.\n\n====\n\nThe rest is fine as ordered by you.",
        "Please note the app that was sent from my iPhone crashed while I was typing the order confirmation.",
        "With regards to line 2 we must say no.",
    ],
)
def test_what_only_looks_like_a_mark_is_kept(text: str) -> None:
    assert reply(text) == text


def test_a_farewell_and_a_name_are_kept_and_the_address_under_them_is_not() -> None:
    text = "Confirmed.\n\nBest regards,\nAnna Nowak\nSales\nBaltic Foods Ltd\ntel. +48 58 123 45 67"
    assert reply(text) == "Confirmed.\n\nBest regards,\nAnna Nowak"
    assert "tel." in labelled(text, Label.SIGNATURE)


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone", "Wysłane z iPhone'a", "Von meinem iPhone gesendet", "Envoyé de mon iPhone", "Enviado desde mi iPhone",
        "Inviato da iPhone", "Odesláno z iPhonu", "Надіслано з iPhone", "Verstuurd vanaf mijn iPhone", "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Sent with Proton Mail secure email.", "Télécharger Outlook pour iOS",
    ],
)  # fmt: skip
def test_what_a_telephone_adds_is_no_answer(line: str) -> None:
    assert reply(f"OK\n\n{line}") == "OK"


@pytest.mark.parametrize(
    "text",
    [
        "This e-mail and any attachments are confidential and intended solely for the addressee.",
        "Niniejsza wiadomość jest poufna i przeznaczona wyłącznie dla adresata.",
        "Diese E-Mail enthält vertrauliche Informationen.",
        "Ce message est confidentiel et destiné exclusivement à son destinataire.",
        "DISCLAIMER: all prices without obligation.",
    ],
)
def test_a_disclaimer_is_told(text: str) -> None:
    assert labelled(f"OK, 96 pcs.\n\n{text}", Label.DISCLAIMER) == text


def test_a_gateway_s_banner_is_no_answer() -> None:
    assert reply("CAUTION: This email originated from outside the organization.\n\nAll confirmed.") == "All confirmed."


def test_the_footer_of_a_list_is_no_answer() -> None:
    footer = "_____________________\norders mailing list\norders@lists.example\nhttp://lists.example/orders"
    assert reply(f"Fine.\n\n{footer}") == "Fine."


FORWARD = "---------- Forwarded message ---------\nFrom: {author}\nDate: Mon, 23 Nov 2026\nSubject: Re: PO\nTo: x\n\nLine 1 only 96 pcs."


def test_a_colleague_s_words_that_are_passed_on_are_the_supplier_s() -> None:
    mail = make_mail(f"See below.\n\n{FORWARD.format(author='Jan <jan@balticfoods.example>')}", subject="Fwd: PO")
    assert reply(mail) == "See below.\nLine 1 only 96 pcs."


def test_a_stranger_s_words_that_are_passed_on_are_not() -> None:
    mail = make_mail(f"See below.\n\n{FORWARD.format(author='Eve <eve@other.example>')}", subject="Fwd: PO")
    found = segments(mail, None)
    assert reply_text(found) == "See below."
    assert found[-1].label is Label.UNKNOWN


def test_a_forward_with_no_word_of_its_own_is_kept() -> None:
    mail = make_mail(
        "From: Jan <jan@balticfoods.example>\nSent: 23 November 2026\nTo: Anna\nSubject: PO\n\nOnly 96 pcs.",
        subject="FW: PO",
    )
    assert reply(mail) == "Only 96 pcs."


def test_our_own_order_that_comes_back_alone_is_ours() -> None:
    mail = make_mail(
        "From: Shop <orders@sklep.example>\nSent: 23 November 2026\nTo: Anna\nSubject: PO\n\n1. Oat drink 120 pcs"
    )
    assert reply(mail) == ""


def test_offsets_point_into_the_part() -> None:
    text = f"All fine.\n\n{ATTRIBUTION}\n> order\n\nBut later."
    found = [each for each in segments(make_mail(text), None) if each.label is Label.SUPPLIER]
    assert [text[each.start : each.end] for each in found] == ["All fine.", "But later."]


@pytest.mark.parametrize(
    ("html", "disagree"),
    [
        ("<p>Line 2: only 96 pcs, thanks</p>", False),
        ("<p>Line 2: only <b>96</b> pcs,<br>thanks</p>", False),
        ("<p>Line 2: only <s>120</s> 96 pcs, thanks</p>", True),
        ("<p>Line 2: only 120 pcs, thanks</p>", True),
        ("<p>Everything is confirmed as you ordered it</p>", True),
    ],
)
def test_two_forms_of_one_text_that_differ_are_told(html: str, *, disagree: bool) -> None:
    mail = EmailMessage()
    mail.set_content("Line 2: only 96 pcs, thanks")
    mail.add_alternative(html, subtype="html")
    assert texts_disagree(read_message(mail.as_bytes())) is disagree


@pytest.mark.parametrize(
    "unit",
    [
        "\n",
        "> \n",
        "a:\n",
        "From: a b\n",
        "On 3.12.2026\n",
        "-- \n",
        "_____\n",
        "This e-mail is confidential \n\n",
        "a",
        "tel ",
        "+1 2 3 4 5 6 7 ",
        "*",
    ],
)
@pytest.mark.timeout(10)
def test_an_endless_text_costs_little(unit: str) -> None:
    mail = make_mail(unit * (1024 * 1024 // len(unit)))
    start = time.process_time()
    segments(mail, None)
    assert time.process_time() - start < 2


_LINES = st.sampled_from(
    [
        "OK", "", "> quoted", ">> deeper", ATTRIBUTION, "-- ", "--", "____________", "From: a <a@b.c>", "Sent: 23 Nov 2026", "Subject: x", "To: y",
        "Best regards,", "Anna", "tel. +48 58 123 45 67", "Sent from my iPhone", "line 2: 96 pcs", "-----Original Message-----", "P.S. and one more thing.",
        "Le 4 janv. 2016 19:03, X <x@y.fr> a", "écrit :", "This e-mail is confidential and intended for you.", "wrote:", ":", "> > ", "在 写道：",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_LINES, max_size=30))
def test_every_word_has_exactly_one_label(lines: list[str]) -> None:
    found = segments(make_mail("\n".join(lines)), None)
    told = [word for each in found for word in each.text.split()]
    assert told == [word for line in lines for word in line.lstrip("> ").split() if word]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_no_text_at_all_raises(text: str) -> None:
    segments(make_mail(text.encode("utf-8", "replace").decode()), None)
