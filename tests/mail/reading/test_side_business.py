"""Side business beside an answer: what is passed over, a question too, and what never is."""

import pytest

from orders.reply import Decision, Kind
from tests.makers.supplier_mail import make_mail, read_mail


@pytest.mark.parametrize(
    "business",
    [
        "Invoice KH-8871 from October still shows open on our side, could someone look into it?",
        "From January our new colleague Tom Hardy will look after you.",
        "The 2027 catalogue is at the printers. Shall I send you three copies?",
        "Czy faktura 118/10 z października została już zaksięgowana?",
        "Czekamy na Państwa zgodę na wizytę handlowca w styczniu.",
        "I am in Vienna on 14 January, would a short visit suit you?",
        "PS. Zapraszamy na targi w Poznaniu w lutym, stoisko 14.",
    ],
)
def test_an_invoice_a_visit_or_a_catalogue_beside_a_yes_leaves_it_a_yes(business: str) -> None:
    reading = read_mail(make_mail(f"All lines confirmed as ordered.\n\n{business}\n"))
    assert (reading.kind, reading.decision) == (Kind.ORDER_RESPONSE, Decision.APPLY)


@pytest.mark.parametrize(
    "business",
    [
        "We're at the fair next week, so it leaves the Monday after.",
        "Invoice 2231 from October is open; accounts won't let me book anything.",
        "Invoice 2231 from October is still open, once that's sorted we'll load.",
        "It goes out with the catalogue in January.",
        "Our rep brings it on his visit in January.",
        "Our new colleague put it on the list for January.",
        "Our rep will ring you on Monday about the quantities.",
        "Which catalogue did you take the codes from?",
        "Our rep says you only need eight.",
        "The photos show the new version, it is a bit smaller.",
        "Handlowiec przywiezie to podczas wizyty w styczniu.",
        "Po targach w styczniu ruszamy z tym.",
        "Faktura 118/10 z października nie jest rozliczona, księgowość nie puści.",
    ],
)
def test_side_business_that_touches_the_goods_is_left_to_a_person(business: str) -> None:
    assert read_mail(make_mail(f"All lines confirmed as ordered.\n\n{business}\n")).decision is Decision.REVIEW


def test_side_business_alone_is_heard_for_what_it_is() -> None:
    reading = read_mail(make_mail("Have you received our new catalogue?\n"))
    assert reading.kind is Kind.QUESTION
    assert not any(response.understood for response in reading.responses)


def test_calendars_on_their_way_are_no_ship_notice() -> None:
    assert read_mail(make_mail("Line 2: 96 pcs only.\n\nPS. The calendars are on their way.\n")).kind is (
        Kind.ORDER_RESPONSE
    )
