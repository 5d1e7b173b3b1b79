"""What people type behind an arrow on a line of the original is their answer, and the line's own words stay ours."""

import pytest

from mail.segments.dividing import segments
from mail.segments.segment import Label
from mail.segments.sent import SentMail
from tests.makers.mails import make_mail

HEADER = "Od: Sklep <orders@sklep.example>\nWysłano: 23 listopada 2026 09:02\nDo: anna@balticfoods.example\nTemat: Zamówienie\n\n"
ROW = "3 | BF-1003 | Oat drink | 300 | 25 | 5,90 PLN"


def answers(text: str, sent: SentMail | None = None) -> list[str]:
    return [each.text for each in segments(make_mail(text), sent) if each.label is Label.SUPPLIER and each.quoted]


@pytest.mark.parametrize("arrow", ["<--", "<-", "<==", "<<", "-->", "->", "=>", "←", "→"])
@pytest.mark.parametrize("quoted", ["", "> "])
def test_an_answer_behind_an_arrow_is_the_supplier_s(arrow: str, quoted: str) -> None:
    head = HEADER if not quoted else "W dniu 23.11.2026 o 09:02, Sklep pisze:\n"
    assert answers(f"Witam, dopisałem.\n\n{head}{quoted}{ROW}   {arrow} OK, ale cena 6,20") == ["OK, ale cena 6,20"]


def test_the_line_before_the_arrow_stays_ours() -> None:
    found = segments(make_mail(f"Dopisałem.\n\n{HEADER}{ROW} <-- brak"), None)
    assert [each.text for each in found if each.label is Label.OURS] == [ROW]


def test_an_arrow_that_we_wrote_ourselves_is_no_answer() -> None:
    sent = SentMail("<1@sklep.example>", (f"{ROW} -> 3.12.",))
    assert answers(f"Zgoda.\n\n{HEADER}{ROW} -> 3.12.", sent) == []


def test_an_arrow_in_an_older_mail_of_the_thread_is_no_answer() -> None:
    assert answers(f"Zgoda.\n\nW dniu 23.11.2026 o 09:02, Sklep pisze:\n>> {ROW} --> 96") == []


def test_an_arrow_in_the_supplier_s_own_words_cuts_nothing() -> None:
    found = segments(make_mail("BF-1001 --> 96 szt."), None)
    assert [each.text for each in found] == ["BF-1001 --> 96 szt."]
