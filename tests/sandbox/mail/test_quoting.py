"""Answers look like those of common mail programs, so that the reader of replies is tried on the real thing."""

from datetime import UTC, datetime

import pytest

from sandbox.mail.answering import Answer, AttachedFile, quoted_lines, signed, write
from sandbox.mail.quoting import Style, quote, reply_subject
from sandbox.mail.settings import Account
from sandbox.mail.showing import Letter, Person

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
MAREK = Account("marek@tatra.example", "Marek Góral")


def make_letter(**more: object) -> Letter:
    shop = Person("Green Grocer", "orders@sklep.example")
    values: dict[str, object] = {
        "sender": shop,
        "reply_to": Person("", "orders+po-2026-0142.abc@sklep.example"),
        "to": (Person("Marek Góral", "marek@tatra.example"),),
        "copied": (),
        "subject": "Purchase order [PO-2026-0142]",
        "sent_at": datetime(2026, 11, 23, 8, 30, tzinfo=UTC),
        "message_id": "<po.1@sklep.example>",
        "references": ("<older@sklep.example>",),
        "text": "Good morning,\n 1. BF-1001  Oat drink\n\nRegards",
        "html": "<html><body><p>Good <b>morning</b></p></body></html>",
        "attachments": (),
    }
    return Letter(**(values | more))  # type: ignore[arg-type]  # a test knows the fields


@pytest.mark.parametrize(
    ("style", "language", "above"),
    [
        (Style.GMAIL, "en", "On Mon, Nov 23, 2026 at 9:30 AM Green Grocer <orders@sklep.example> wrote:"),
        (Style.GMAIL, "pl", "pon., 23 lis 2026 o 09:30 Green Grocer <orders@sklep.example> napisał(a):"),
        (Style.APPLE, "en", "On 23 Nov 2026, at 09:30, Green Grocer <orders@sklep.example> wrote:"),
        (Style.PLAIN, "pl", "W dniu 23.11.2026 o 09:30, Green Grocer pisze:"),
    ],
)
def test_the_line_above_a_quote_is_the_programs_own(style: Style, language: str, above: str) -> None:
    lines = quote(make_letter(), style, language).text.replace("\u202f", " ").splitlines()
    assert lines[0] == above
    assert "> Good morning," in lines


def test_outlook_quotes_without_marks_below_a_head_of_four_lines() -> None:
    lines = quote(make_letter(), Style.OUTLOOK, "pl").text.splitlines()
    assert lines[1:5] == [
        "Od: Green Grocer <orders@sklep.example>",
        "Wysłano: poniedziałek, 23 listopada 2026 09:30",
        "Do: Marek Góral <marek@tatra.example>",
        "Temat: Purchase order [PO-2026-0142]",
    ]
    assert not any(line.startswith(">") for line in lines)


@pytest.mark.parametrize(
    ("style", "mark"),
    [
        (Style.GMAIL, '<blockquote class="gmail_quote"'),
        (Style.APPLE, '<blockquote type="cite">'),
        (Style.OUTLOOK, '<div id="divRplyFwdMsg"'),
    ],
)
def test_html_answers_carry_the_programs_marks_and_the_original(style: Style, mark: str) -> None:
    html = quote(make_letter(), style, "en").html or ""
    assert mark in html
    assert "<p>Good <b>morning</b></p>" in html


def test_an_answer_is_marked_once_however_often_it_went_to_and_fro() -> None:
    assert reply_subject("Re: ODP: re: Order", Style.OUTLOOK, "en") == "RE: Order"


def test_an_answer_goes_where_the_original_wants_it_and_joins_the_thread() -> None:
    mail = write(Answer(MAREK, "OK", make_letter()), NOW)
    assert mail["To"] == "orders+po-2026-0142.abc@sklep.example"
    assert mail["In-Reply-To"] == "<po.1@sklep.example>"
    assert mail["References"] == "<older@sklep.example> <po.1@sklep.example>"
    assert mail["Date"] == "Mon, 23 Nov 2026 10:05:00 +0100"


def test_own_words_stand_above_the_quote_in_both_parts() -> None:
    mail = write(Answer(MAREK, "Only <8> cartons", make_letter()), NOW)
    plain, rich = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert rich is not None
    assert plain.get_content().startswith("Only <8> cartons\n\nOn Mon")
    assert "Only &lt;8&gt; cartons" in rich.get_content().partition("gmail_quote")[0]


def test_answers_between_the_lines_are_sent_as_they_were_typed() -> None:
    letter = make_letter()
    typed = quoted_lines(letter, Style.PLAIN, "en").replace("Oat drink", "Oat drink\nonly 96")
    mail = write(Answer(MAREK, typed, letter, between=True), NOW)
    assert mail.get_content().replace("\r\n", "\n").strip() == typed.strip()


def test_an_automatic_reply_says_that_it_is_one_and_quotes_nothing() -> None:
    mail = write(Answer(MAREK, "I am away", make_letter(), style=Style.PLAIN, automatic=True), NOW)
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail.get_content().strip() == "I am away"


def test_files_go_along() -> None:
    mail = write(Answer(MAREK, "see file", make_letter(), files=(AttachedFile("a.csv", "text/csv", b"1;2"),)), NOW)
    assert [part.get_filename() for part in mail.iter_attachments()] == ["a.csv"]


def test_a_signature_is_in_the_writers_language() -> None:
    assert signed("Tak.", "Marek", "pl") == "Tak.\n\nPozdrawiam\nMarek"
