"""What people add beside their farewell, signature or disclaimer is still their answer; what programs add is not."""

import pytest

from mail.segments.dividing import reply_text, segments
from tests.makers.mails import make_mail

EXCEPTIONS = {
    "Pozdrawiam": [
        "oprócz herbaty",
        "reszta bez zmian",
        "Herbata dopiero w styczniu",
        "poz. 3 później",
        "dostawa we wtorek",
    ],
    "Thanks": [
        "except the tea",
        "tea later",
        "no tea though",
        "rest as ordered",
        "lorry leaves Thursday",
        "subject to prepayment",
    ],
    "Gruß": ["ohne Tee", "bis auf Pos. 3", "Tee erst im Januar", "Tee leider nicht"],
    "Merci": ["sauf le thé", "pas de thé", "thé en rupture", "livraison mardi"],
    "Gracias": ["menos el té", "té agotado", "entrega martes"],
    "Grazie": ["tranne il tè", "tè esaurito", "consegna martedì"],
    "S pozdravem": ["kromě čaje", "čaj není", "zbytek ok"],
    "Groet": ["behalve de thee", "geen thee", "thee uitverkocht"],
    "Дякую": ["крім чаю", "чаю немає", "решта без змін"],
}
PLACES = [
    "OK\n\n{farewell}\nAnna\n{said}", "{farewell}\nOK\n{said}", "OK\n\n{farewell}\n\nAnna Nowak\n{said}\ntel. +48 58 123 45 67",
    "OK\n--\nAnna Nowak\n{said}", "OK\n-- \nAnna Nowak\ntel. +48 58 123 45 67\n\n{said}", "-- \n{said}", "OK\n---\n{said}",
    "OK\n_____\n{said}", "OK\n\n***\n{said}", "OK\n\n{said}\ntel. +48 58 123 45 67\nanna@balticfoods.example",
    "OK\n\nSent from my iPhone\n{said}",
]  # fmt: skip


def reply(text: str) -> str:
    return reply_text(segments(make_mail(text), None))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("farewell", EXCEPTIONS)
def test_an_exception_typed_beside_the_signature_is_kept(farewell: str, place: str) -> None:
    for said in EXCEPTIONS[farewell]:
        assert said in reply(place.format(farewell=farewell, said=said))


@pytest.mark.parametrize(
    "line",
    [
        "Wysłano z magazynu w Gdyni dziś rano.",
        "Sent with DPD this morning",
        "Envoyé de notre entrepôt ce matin",
        "Inviato da Modena stamattina",
        "Verzonden met DHL",
        "Sent from a magnificent torch of pixels",
        "Sent from my desk, is much easier than my mobile phone.",
    ],
)
def test_goods_that_were_sent_are_no_telephone_s_signature(line: str) -> None:
    assert reply(f"OK\n\n{line}") == f"OK\n\n{line}"


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Sent from TypeApp<http://www.typeapp.com/r?b=2621>",
        "Sent from my HTC M8 Android phone.  Please excuse typoze",
        "Sent from my cell, please excuse any typos.",
        "Diese Nachricht wurde von meinem Android-Mobiltelefon mit K-9 Mail gesendet.",
        "Wysłano z telefonu",
        "Odesláno z mobilu",
        "Надіслано з мого пристрою Huawei",
        "Verzonden vanaf mijn mobiele telefoon",
        "Gesendet von Outlook für Android<https://aka.ms/AAb9ysg>",
    ],
)
def test_a_telephone_s_signature_is_not_the_answer(line: str) -> None:
    assert reply(f"OK\n\n{line}") == "OK"


@pytest.mark.parametrize(
    "line",
    [
        "Let op: pos. 2 is buiten voorraad",
        "Atención: el té está fuera de catálogo",
        "Uwaga: towar spoza magazynu, 10 dni",
        "Wichtiger Hinweis: Lieferung erst im Januar",
        "Es gelten unsere neuen Preise",
        "All orders are subject to prepayment.",
    ],
)
def test_a_warning_about_the_goods_is_no_banner_and_no_disclaimer(line: str) -> None:
    assert reply(f"{line}\n\nAnna") == f"{line}\n\nAnna"
    assert line in reply(f"OK\n\n{line}")


def test_a_disclaimer_goes_on_through_its_paragraphs() -> None:
    notice = (
        "Le informazioni contenute in questo messaggio sono riservate.\n\nPersone diverse dal destinatario non possono\n"
        "copiare il messaggio.\n\nSe ricevete questo messaggio per errore, Vi preghiamo di cancellarlo. Grazie."
    )
    assert reply(f"Va bene.\n\n-- \nChiara Ferri\n\n{notice}") == "Va bene."


def test_a_postscript_below_a_disclaimer_is_kept() -> None:
    text = "OK\n-- \nAnna\n\nThis e-mail is confidential.\n\nP.S. the message about line 3 stands"
    assert reply(text) == "OK\nP.S. the message about line 3 stands"


def test_opening_hours_in_a_signature_are_not_the_answer() -> None:
    assert reply("OK\n-- \nAnna Nowak\nMonday to Friday 8:00-16:00") == "OK"


def test_a_signature_whose_lines_stand_apart_is_one() -> None:
    text = "Confirmed.\n\nKind regards,\n\n\nLisa Ludovico\n\nSales Administrator\n\n**Baltic Foods**\n\n07759129909"
    assert reply(text) == "Confirmed.\n\nKind regards,\n\n\nLisa Ludovico"


@pytest.mark.parametrize(
    "said", ["the tea only in January", "BF-1002: 96", "Please note that we are moving to a new building soon."]
)
def test_words_among_the_lines_of_such_a_signature_are_kept(said: str) -> None:
    assert said in reply(f"OK\n\nKind regards,\n\nLisa\n\n{said}\n\n07759129909")


@pytest.mark.parametrize(
    "text",
    [
        "OK.\n\nPlease send it to:\n\nFriedrich GmbH\nHauptstr. 5\nTel. 089 123456789",
        "OK.\n\nOur new address:\nul. Długa 5\n00-001 Warszawa\ntel. 22 123 45 67",
        "OK, track them here:\n\nhttps://parcels.example/123\nhttps://parcels.example/456",
        "OK\n\nsee https://parcels.example/123\nhttps://parcels.example/456",
        "Hello\n\nTel. +48 22 123 45 67 is my number, call me.\nwww.balticfoods.example has the catalogue.",
    ],
)
def test_addresses_and_links_that_the_author_points_to_are_no_signature(text: str) -> None:
    assert reply(text) == text


@pytest.mark.parametrize("rule", ["---", "***", "_____", "-----------------"])
def test_a_line_drawn_twice_frames_what_is_said_and_begins_no_signature(rule: str) -> None:
    assert "Anna" in reply(f"See:\n\n{rule}\nBF-1001 | 120 | ok\n{rule}\n\nAnna")


@pytest.mark.parametrize(
    "text",
    [
        "Legal notice arrived today, we cannot deliver.\n\nAnna",
        "Please consider the environment and take 96 instead.\n\nAnna",
        "ok\n\nUnsubscribe me please, I get everything twice.",
    ],
)
def test_an_answer_that_begins_like_a_disclaimer_is_one(text: str) -> None:
    assert reply(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "OK.\n\nThanks,\nAnna\nSee you at the fair",
        "Thanks!\nwill do\nAnna",
        "OK.\n\nThanks\n\nAnna\n\nWe have a new number now\n+48 600 100 200",
        "_____\nsome words under a line",
        "Virus-free herbs are in stock.",
        "Privileged customers get 5 % off.",
    ],
)
def test_what_has_no_contact_beside_it_or_reads_like_speech_is_kept(text: str) -> None:
    assert reply(text) == text
