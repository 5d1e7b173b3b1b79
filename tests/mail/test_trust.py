"""A sender is believed when the address is the supplier's own and our own server found nothing against it."""

import pytest

from mail.lookalikes import looks_like
from mail.trust import Sender, TrustReason, judge_sender
from orders.context import KnownSupplier
from tests.makers.mails import make_context, make_mail


def judged(**headers: str) -> Sender:
    return judge_sender(make_mail(**headers), make_context(authserv_id=None))


@pytest.mark.parametrize(
    "address",
    [
        "zamowienia@balticfoods.example",
        "jan@balticfoods.example",
        "erp@mail.balticfoods.example",
        "JAN@BalticFoods.EXAMPLE",
    ],
)
def test_the_supplier_s_address_domain_and_subdomains_are_believed(address: str) -> None:
    assert judged(from_=address) == Sender("BALTIC", trusted=True)


@pytest.mark.parametrize(
    "address",
    ["jan@notbalticfoods.example", "jan@balticfoods.example.evil.test", "jan@other.test", "balticfoods.example"],
)
def test_anybody_else_is_unknown(address: str) -> None:
    found = judged(from_=address)
    assert (found.supplier, found.trusted) == (None, False)
    assert found.reasons


@pytest.mark.parametrize(
    ("results", "trusted"),
    [
        ("mx.sklep.example; spf=pass smtp.mailfrom=a@balticfoods.example; dmarc=pass header.from=balticfoods.example", True),
        ("mx.sklep.example; spf=fail smtp.mailfrom=x; dkim=none", False),
        ("mx.sklep.example; spf=softfail", False),
        ("mx.sklep.example; spf=permerror", False),
        ("mx.sklep.example; spf=temperror; dmarc=none", True),
        ("mx.sklep.example; spf=neutral", True),
        ("mx.sklep.example; spf=fail; dmarc=pass header.from=balticfoods.example", True),
        ("mx.sklep.example; spf=pass; dmarc=fail (p=reject (really)) header.from=balticfoods.example", False),
        ("mx.sklep.example; dmarc=pass header.from=evil.test", False),
        ('mx.sklep.example 1; dkim=fail reason="bad; signature" header.d=x; spf=pass', True),
        ("mx.sklep.example; none", True),
        ("spf=fail (sender IP is 1.2.3.4) smtp.mailfrom=x; dkim=none; dmarc=fail action=none header.from=balticfoods.example;compauth=fail", False),
        ("spf=pass (sender IP is 1.2.3.4) smtp.mailfrom=x; dmarc=pass action=none header.from=balticfoods.example;compauth=pass reason=100", True),
        ("", True),
        (";;;===(((", True),
    ],
)  # fmt: skip
def test_what_our_own_server_found_out_counts(results: str, *, trusted: bool) -> None:
    found = judged(from_="jan@balticfoods.example", authentication_results=results)
    assert (found.supplier, found.trusted) == ("BALTIC", trusted)


def test_only_the_topmost_results_count() -> None:
    raw = make_mail(
        authentication_results="mx.sklep.example; dmarc=fail\nAuthentication-Results: mx.sklep.example; dmarc=pass"
    )
    assert not judge_sender(raw, make_context()).trusted


def test_results_of_another_server_than_ours_say_nothing() -> None:
    mail = make_mail(authentication_results="mx.elsewhere.test; spf=fail")
    assert judge_sender(mail, make_context(authserv_id="mx.sklep.example")).trusted


@pytest.mark.parametrize(
    ("sender", "reason"),
    [
        ('"zamowienia@balticfoods.example" <eve@evil.test>', TrustReason.DISPLAY_NAME_SPOOFED),
        ("Baltic Foods <eve@evil.test>", TrustReason.DISPLAY_NAME_SPOOFED),
        ("jan@ba1ticfoods.example", TrustReason.LOOKALIKE_DOMAIN),
        ("jan@baltcifoods.example", TrustReason.LOOKALIKE_DOMAIN),
        ("jan@baltic-foods.example", TrustReason.LOOKALIKE_DOMAIN),
        ("jan@balticfoods.test", TrustReason.LOOKALIKE_DOMAIN),
        ("jan@xn--blticfoods-zqi.example", TrustReason.LOOKALIKE_DOMAIN),
        ("balticfoods@gmail.com", TrustReason.FREE_MAIL),
        ("jan@sklep.example", TrustReason.OWN_ADDRESS),
    ],
)
def test_a_disguise_is_named(sender: str, reason: TrustReason) -> None:
    found = judged(from_=sender)
    assert (found.supplier, found.trusted) == (None, False)
    assert reason in found.reasons


def test_answers_that_would_go_elsewhere_are_named() -> None:
    found = judged(from_="jan@balticfoods.example", reply_to="jan.balticfoods@gmail.com")
    assert TrustReason.REPLY_TO_ELSEWHERE in found.reasons


def test_answers_to_a_colleague_are_nothing_special() -> None:
    assert judged(from_="jan@balticfoods.example", reply_to="zamowienia@balticfoods.example").reasons == ()


def test_two_senders_are_not_believed() -> None:
    assert not judged(from_="jan@balticfoods.example, eve@evil.test").trusted


def test_a_public_mail_service_counts_by_exact_address_only() -> None:
    farm = KnownSupplier(code="FARM", name="Farm", emails=("farm@gmail.com",), domains=("gmail.com",))
    context = make_context(suppliers=(farm,))
    assert judge_sender(make_mail(from_="farm@gmail.com"), context) == Sender("FARM", trusted=True)
    assert judge_sender(make_mail(from_="other@gmail.com"), context).supplier is None


def test_a_domain_that_two_suppliers_share_decides_nothing() -> None:
    twin = KnownSupplier(
        code="TWIN", name="Twin", emails=("twin@balticfoods.example",), domains=("balticfoods.example",)
    )
    context = make_context(suppliers=(twin,))
    assert judge_sender(make_mail(from_="jan@balticfoods.example"), context).reasons == (TrustReason.AMBIGUOUS_SENDER,)
    assert judge_sender(make_mail(from_="twin@balticfoods.example"), context).supplier == "TWIN"


def test_a_neighbour_of_a_listed_address_is_known_and_not_believed() -> None:
    farm = KnownSupplier(code="FARM", name="Farm", emails=("sales@greenfarm.example",))
    found = judge_sender(make_mail(from_="eva@greenfarm.example"), make_context(suppliers=(farm,)))
    assert (found.supplier, found.trusted) == ("FARM", False)


@pytest.mark.parametrize(
    ("one", "other"),
    [("acme.example", "zenith.example"), ("mail.acme.example", "acme.example"), ("abc.test", "abd.test")],
)
def test_different_names_are_no_lookalikes(one: str, other: str) -> None:
    assert not looks_like(one, other)
