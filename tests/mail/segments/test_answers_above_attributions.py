"""A short answer right above "On … wrote:" is never taken for the first half of that line, whatever words it begins with."""

import pytest

from mail.segments.dividing import reply_text, segments
from tests.makers.mails import make_mail

ANSWERS = [
    "On a tout, livraison le 9/12", "On a tout", "La entrega sería el 16/12, por lo demás conforme", "El lunes 14 lo tienen",
    "Am 10.12. liefern wir alles", "Am 10.12.", "Op 10 december leveren we alles", "Il 11/12 consegniamo tutto",
    "Le 9/12 c'est bon", "Dne 9.12. dodáme vše", "V pondělí 7.12. bude vše", "Dnia 4.12 dostarczymy", "W dniu 8.12 przywieziemy 96 szt.",
    "On Tuesday 8 December, all of it", "at 4.35 it is fine", "to 96 szt. pasuje", "pon. 7.12 całość", "пн, 7.12 все буде",
    "Von Pos. 3 nur 96 Stück", "20.12.2026 ok", "23 lis 2026 potwierdzam",
]  # fmt: skip
ATTRIBUTIONS = [
    "On Mon, 23 Nov 2026 at 09:02, Shop <orders@sklep.example> wrote:",
    "On Nov 23, 2026,\nat 10:18,\nShop <orders@sklep.example> wrote:",
    "On Mon, Nov 23, 2026 at 1:40 PM Shop of fine food and more from the Sea and\nbeyond <orders@sklep.example> wrote:",
    "Le ven. 20 nov. 2026 à 09:02, Shop <orders@sklep.example> a écrit :",
    "El lun, 23 nov 2026 a las 9:02, Shop (<orders@sklep.example>) escribió:",
    "Am Fr., 20. Nov. 2026 um 09:02 Uhr schrieb Shop <\norders@sklep.example>:",
    "Am 20.11.26 um 09:02 schrieb Shop:",
    "Op ma 23 nov 2026 om 09:02 schreef Shop <orders@sklep.example>:",
    "Il giorno lun 23 nov 2026 alle ore 09:02 Shop <\norders@sklep.example> ha scritto:",
    "W dniu 23.11.2026 o 09:02, Shop pisze:",
    "pon., 23 lis 2026 o 09:02 Shop <orders@sklep.example>\nnapisał(a):",
    "po 23. 11. 2026 v 9:02 odesílatel Shop <orders@sklep.example>\nnapsal:",
    "20 лист. 2026 р. о 09:02 Shop <orders@sklep.example> пише:",
]
QUOTE = "\n\n> 1 | BF-1001 | 120\n> 2 | BF-1002 | 24\n"


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("between", ["\n\n", "\n", "\nJ.B.\n\n"], ids=["blank line", "no blank line", "initials"])
def test_an_answer_that_begins_like_an_attribution_is_kept(answer: str, between: str) -> None:
    written = f"{answer}{between}".rstrip()
    for attribution in ATTRIBUTIONS:
        found = reply_text(segments(make_mail(f"{answer}{between}{attribution}{QUOTE}"), None))
        assert found == written, attribution


def test_an_answer_above_a_name_that_wrote_is_kept() -> None:
    text = f"La entrega sería el 16/12.\n\nShop <orders@sklep.example> wrote:{QUOTE}"
    assert reply_text(segments(make_mail(text), None)) == "La entrega sería el 16/12."


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_an_attribution_is_taken_whole(attribution: str) -> None:
    assert reply_text(segments(make_mail(f"{attribution}{QUOTE}\nOK"), None)) == "OK"


@pytest.mark.parametrize("answer", ["Zgoda", "line 2: only 96", "Passt alles, geht klar!", "todo bien -"])
@pytest.mark.parametrize("between", [" ", "--- "])
def test_an_answer_on_the_very_line_of_an_attribution_is_kept(answer: str, between: str) -> None:
    for attribution in (each for each in ATTRIBUTIONS if "\n" not in each and each[0].isupper()):
        found = reply_text(segments(make_mail(f"{answer}{between}{attribution}{QUOTE}"), None))
        assert found.rstrip(" -") == answer.rstrip(" -"), attribution


def test_an_attribution_in_the_middle_of_a_thought_stays_where_it_is() -> None:
    text = "As agreed On the phone, what they wrote: nothing is lost here."
    assert reply_text(segments(make_mail(text), None)) == text
