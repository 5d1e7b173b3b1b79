"""Where a mail's words end and its writer begins, when nobody marked it."""

import pytest

from mail.reading.scan import Desk
from mail.reading.sign_off import end_of_words, name_words
from tests.makers.reading import make_desk

NAMES = name_words(["Vicent Ferrandis", "Riegos Levante S.A."])


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def words(text: str, desk: Desk, language: str = "es") -> str:
    return text[: end_of_words(text, NAMES, desk, language)].strip()


@pytest.mark.parametrize(
    "ending",
    [
        "Vicent Ferrandis\nRiegos Levante S.A. · Ctra. Valencia km 14 · Tel. 96 555 20 71",
        "Vicent",
        "V. Ferrandis",
        "Petr Novotný, Chovatel Vysočina a.s., Jihlava, tel. 567 555 830",
        "Semences Vauban – 8, quai des Fleurs, 49000 Angers – 02 41 55 77 30",
        "+34 96 555 20 71\nventas@riegoslevante.example",
        "Marta Soler\n\nRiegos Levante",
        "Marta Soler\nAdministración comercial\nRiegos Levante S.L.\nTel. 965 555 018",
    ],
)
def test_a_name_a_firm_and_a_telephone_are_no_words_of_an_answer(desk: Desk, ending: str) -> None:
    assert words(f"aceptado, sin cambios\n{ending}\n", desk) == "aceptado, sin cambios"


@pytest.mark.parametrize(
    "last",
    [
        "Riegos Levante: no podemos servir la manguera",  # a no beside the firm's name
        "BF-1001 agotado, tel. 96 555 20 71",
        "96 uds, Riegos Levante",
        "01.03.2027 - 05.03.2027",
        "solo quedan 40",
        "Oat drink",  # an article's name alone
    ],
)
def test_a_line_that_could_change_the_answer_stays(desk: Desk, last: str) -> None:
    assert words(f"todo confirmado\n{last}", desk).endswith(last)


def test_words_below_a_signature_stay_and_so_does_what_stands_above_them(desk: Desk) -> None:
    text = "todo confirmado\nVicent Ferrandis\nla linea 2 no"
    assert words(text, desk) == text


def test_an_article_above_the_firms_name_is_no_persons_name(desk: Desk) -> None:
    assert words("todo confirmado menos:\nOat Drink\nRiegos Levante S.A.", desk).endswith("Oat Drink")


def test_a_mail_that_is_nothing_but_a_name_keeps_it(desk: Desk) -> None:
    assert words("Vicent Ferrandis", desk) == "Vicent Ferrandis"
