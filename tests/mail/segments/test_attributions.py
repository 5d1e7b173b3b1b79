"""How mail programs announce a quote, in words of their own, in any language, or with marks typed as letters."""

import pytest

from mail.segments.dividing import reply_text, segments
from tests.makers.mails import make_html_mail, make_mail

ANNOUNCED = [
    "Wiadomość napisana przez Shop <o@sklep.example> w dniu 3 gru 2026, o godz. 09:02:",
    "Wiadomość napisana w dniu 2026-12-03, o godz. 09:02, przez Shop <o@sklep.example>:",
    "---- Włącz pon., 23 lis 2026 09:02:02 +0100 Shop <o@sklep.example> napisał(a) ----",
    "---- W dniu 23.11.2026 Shop <o@sklep.example> napisał(a) ----",
    "---- On Mon, 23 Nov 2026 09:02:02 +0100 Shop <o@sklep.example> wrote ----",
    "Shop <o@sklep.example> schrieb am Mo., 23. Nov. 2026, 09:02:",
    "Am Montag, 23. November 2026 um 09:02:11 MEZ hat Shop <o@sklep.example> Folgendes geschrieben:",
    "Zitat von Shop <o@sklep.example>:",
    "Shop <o@sklep.example> a écrit le 23/11/2026 09:02 :",
    "Op 23 nov 2026, om 09:02 heeft Shop <o@sklep.example> het volgende geschreven:",
    "Dne po 23. 11. 2026 9:02 uživatel Shop <o@sklep.example> napsal:",
    "Понеділок, 23 листопада 2026, 09:02 +02:00 від Shop <o@sklep.example>:",
    "În lun., 23 nov. 2026 la 09:02, Shop <o@sklep.example> a scris:",
]
ONLY_ABOVE_A_QUOTE = [
    "Shop <o@sklep.example>, 23 Kas 2026 Pzt, 09:02 tarihinde şunu yazdı:",
    "U pon, 23 stu 2026 u 09:02 Shop <o@sklep.example> napisao je:",
    "2011/4/7 Natalia Nowak <o@sklep.example>",
    "---- Shop wrote ----",
]


def reply(text: str, *, html: bool = False) -> str:
    return reply_text(segments(make_html_mail(text) if html else make_mail(text), None))


@pytest.mark.parametrize("announcement", ANNOUNCED)
@pytest.mark.parametrize("original", ["> 1 | BF-1001 | 120", "1 | BF-1001 | 120"], ids=["quoted", "unquoted"])
def test_what_follows_an_announcement_is_ours(announcement: str, original: str) -> None:
    assert reply(f"Potwierdzam.\n\n{announcement}\n\n{original}") == "Potwierdzam."


@pytest.mark.parametrize("announcement", ONLY_ABOVE_A_QUOTE)
def test_an_address_above_a_quote_announces_it_in_any_language(announcement: str) -> None:
    assert reply(f"OK\n\n{announcement}\n\n> 1 | BF-1001 | 120") == "OK"


def test_an_announcement_may_be_broken_around_its_brackets() -> None:
    text = "OK\n\nOn Tue, Apr 11, 2017 at 10:07 PM John Smith\n\n<\nmailto:John Smith <j@sklep.example>\n> wrote:\nour order"
    assert reply(text) == "OK"


def test_quote_marks_typed_as_letters_into_html_are_quote_marks() -> None:
    assert reply("<div>OK<br><br>&gt; Subject: Order<br>&gt; <br>&gt; 1 BF-1001 120</div>", html=True) == "OK"


def test_one_mark_in_html_is_an_arrow() -> None:
    assert reply("<p>BF-1001</p><p>&gt; only 96</p>", html=True) == "BF-1001\n\n> only 96"


@pytest.mark.parametrize(
    "text",
    [
        "At 10:30 today our driver wrote:\nI am at the gate, all is well.",
        "On 3 December we deliver 40, as the warehouse wrote:\nnothing else is free.",
        "All fine.\n\nOn Friday 20 Nov. the carrier wrote:\nthe lorry is on its way.",
    ],
)
def test_what_somebody_is_said_to_have_written_announces_no_quote(text: str) -> None:
    assert reply(text) == text


@pytest.mark.parametrize(
    "header",
    [
        "From: shop@sklep.example Date: Thu, 24 Mar 2026 08:07:12 -0700",
        "From: Shop <o@sklep.example> Sent: Monday, 23 November 2026 09:02 To: Anna Subject: Order",
        "Date: Wed, 16 May 2026 00:15:02 -0600\nTo: anna@balticfoods.example",
        "-----Antwort Nachricht-----",
    ],
)
def test_a_header_in_one_line_or_of_two_fields_begins_the_original(header: str) -> None:
    assert reply(f"Fine.\n\n{header}\n\nPlease confirm.") == "Fine."


def test_fields_of_the_author_s_own_are_no_header() -> None:
    text = "Date: 3.12.2026\nTo: warehouse B\nFrom: our side, all is fine"
    assert reply(text) == text


@pytest.mark.parametrize(
    "quote",
    [
        "> View the ticket (http://shop.example/action\n_nonce=3dd518)\n>",
        "> Your order\n(http://shop.example/c/YzOTYz) >\n> is waiting.",
    ],
)
def test_a_link_that_a_program_broke_out_of_the_quote_is_no_answer(quote: str) -> None:
    assert reply(f"Fine.\n\nOn 23.11.2026 Shop wrote:\n\n{quote}") == "Fine."


@pytest.mark.parametrize(
    "mark",
    [
        "##- Please type your reply above this line -##",
        "--- Bitte antworten Sie oberhalb dieser Zeile ---",
        "== Prosimy odpowiadać powyżej tej linii ==",
    ],
)
def test_below_a_help_desk_s_mark_the_text_is_not_the_author_s(mark: str) -> None:
    assert reply(f"Fine.\n\n{mark}\n\nYour order of 120 pcs.") == "Fine."
    assert reply(f"{mark}\n\nFine.") == "Fine."
    assert reply("We reply above this line of yours: fine.") == "We reply above this line of yours: fine."
