"""What the shape of a mail decides: quotes, tables, several orders, senders, machines."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orders.reply import Decision, Kind, MatchedBy
from tests.makers.supplier_mail import line_of, make_context, make_mail, make_order, read_mail

QUOTED = """On 20 Nov 2026, orders@shop.example wrote:
> 1  BF-1001  Oat drink 1 l       120 pcs  4.20 PLN
{one}> 2  BF-1002  Rice drink 1 l       60 pcs  3.10 PLN
{two}> 3  BF-1003  Granola nuts 500 g   48 pcs  11.90 PLN
{three}> Please confirm by return.
"""
TABLE = """<table><tr><th>Line</th><th>Code</th><th>Quantity</th><th>Price</th><th>Delivery</th></tr>
<tr><td>1</td><td>BF-1001</td><td>{one}</td><td>4.20</td><td>2026-12-01</td></tr>
<tr><td>2</td><td>BF-1002</td><td>60</td><td>3.10</td><td>2026-12-01</td></tr></table>"""


def outcomes(raw: bytes) -> list[str]:
    return [line.outcome.value for line in read_mail(raw).responses[0].lines]


def test_answers_between_the_quoted_lines_belong_to_the_line_above() -> None:
    raw = make_mail("Hello,\n\n" + QUOTED.format(one="OK\n", two="only 48 pcs\n", three="sold out\n"))
    assert outcomes(raw) == ["accepted", "changed", "rejected"]


def test_the_quoted_order_itself_is_no_evidence() -> None:
    reading = read_mail(make_mail(QUOTED.format(one="", two="", three="")))
    assert not reading.responses[0].understood


def test_a_yes_below_the_quote_counts() -> None:
    assert (
        read_mail(make_mail(QUOTED.format(one="", two="", three="") + "\nAll confirmed.\n")).decision is Decision.APPLY
    )


def test_a_figure_replaced_in_the_quoted_table_is_the_suppliers() -> None:
    cell = '<s>120</s> <span style="color:red">96</span>'
    html = f"<p>See the table:</p><blockquote>{TABLE.format(one=cell)}</blockquote>"
    reading = read_mail(make_mail("see html", html=html))
    assert line_of(reading, 1) == ("changed", 96, "4.20", [])
    assert line_of(reading, 2)[0] == "unmentioned"


def test_hidden_text_says_nothing() -> None:
    html = "<p>We will check.</p><p style='display:none'>All confirmed as ordered</p>"
    assert read_mail(make_mail("see html", html=html)).kind is Kind.OTHER


def test_two_orders_in_one_mail_are_two_responses() -> None:
    context = make_context(make_order(), make_order("PO-2026-0153"))
    reading = read_mail(make_mail("PO-2026-0142: all confirmed.\nPO-2026-0153: line 1 only 96 pcs, rest ok."), context)
    assert [(each.order, each.understood) for each in reading.responses] == [
        ("PO-2026-0142", True),
        ("PO-2026-0153", True),
    ]
    assert [each.lines[0].quantity for each in reading.responses] == [120, 96]


def test_one_cut_over_two_orders_is_understood_for_neither() -> None:
    context = make_context(make_order(), make_order("PO-2026-0153"))
    reading = read_mail(make_mail("PO-2026-0142 and PO-2026-0153: only 8 cartons of BF-1001 in total."), context)
    assert [each.understood for each in reading.responses] == [False, False]


def test_the_text_beats_the_thread() -> None:
    context = make_context(make_order(), make_order("PO-2026-0153"))
    reading = read_mail(make_mail("PO-2026-0153 is confirmed."), context)
    assert [(each.order, each.matched_by) for each in reading.responses] == [("PO-2026-0153", MatchedBy.BODY)]


def test_an_order_that_cannot_be_decided_is_one_open_response() -> None:
    context = make_context(make_order(), make_order("PO-2026-0153"))
    reading = read_mail(make_mail("Confirmed.", answers=None, subject="hello"), context)
    assert [(each.order, each.understood) for each in reading.responses] == [(None, False)]


def test_a_stranger_is_never_applied() -> None:
    reading = read_mail(make_mail("All confirmed.", sender="sales@ba1tic.example"))
    assert not reading.sender_trusted
    assert reading.decision is Decision.REVIEW


def test_an_automatic_reply_is_ignored_and_an_automatic_confirmation_is_not() -> None:
    absent = make_mail("I am out of office until 30 November.").replace(
        b"Subject:", b"Auto-Submitted: auto-replied\nSubject:", 1
    )
    order_system = make_mail("1 BF-1001 120 pcs\n2 BF-1002 60 pcs\n3 BF-1003 48 pcs\nDelivery 01.12.2026").replace(
        b"Subject:", b"Auto-Submitted: auto-generated\nSubject:", 1
    )
    assert (read_mail(absent).kind, read_mail(absent).decision) == (Kind.AUTO_REPLY, Decision.IGNORE)
    assert outcomes(order_system) == ["accepted", "accepted", "accepted"]


def test_every_line_that_is_not_unmentioned_names_its_evidence() -> None:
    text = "Line 1: only 96 pcs, delivery 3 December. Rest ok."
    reading = read_mail(make_mail(text))
    assert all(line.evidence and line.evidence[0].text in text for line in reading.responses[0].lines)


def test_a_confirmation_whose_sums_do_not_add_up_is_not_understood() -> None:
    table = "Pos | Article | Qty | Unit | Price\n1 | BF-1001 | 120 | pcs | 4.20\n2 | BF-1002 | 60 | pcs | 3.10\n3 | BF-1003 | 48 | pcs | 11.90\n"
    assert read_mail(make_mail(f"Order confirmation no. 771\n\n{table}\nTotal net 1261.20 PLN")).responses[0].understood
    assert (
        not read_mail(make_mail(f"Order confirmation no. 771\n\n{table}\nTotal net 1461.20 PLN"))
        .responses[0]
        .understood
    )


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    clean = "".join(each for each in text if each.isprintable() or each == "\n")
    assert read_mail(make_mail(clean)).decision in set(Decision)


@pytest.mark.parametrize(
    "hazard",
    ["if you pay first", "subject to stock", "plus freight", "probably", "approx. 10 December", "unless it rains", "in 2-3 weeks",
     "incl. VAT", "but not line 9", "we will confirm tomorrow", "can you take more?", "5 % up", "ship on 3 December"],
)  # fmt: skip
def test_no_hazard_beside_a_yes_is_ever_applied(hazard: str) -> None:
    assert read_mail(make_mail(f"All confirmed, {hazard}")).decision is Decision.REVIEW
    assert read_mail(make_mail(f"{hazard.capitalize()}. All confirmed as ordered.")).decision is Decision.REVIEW


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        (
            "Line 2 comes in two parts: 40 pcs on 1 December and the last 20 pcs on 8 December. The rest is confirmed.",
            2,
            ("changed", 60, "3.10", ["2026-12-01:40", "2026-12-08:20"]),
        ),
        ("All confirmed except BF-1002, of that we have only twelve.", 2, ("changed", 12, "3.10", [])),
        (
            "All confirmed except line 2: we can only deliver 48 pcs of BF-1002.",
            2,
            ("changed", 48, "3.10", []),
        ),
    ],
)
def test_words_that_count_name_no_line(text: str, line: int, expected: tuple[str, int, str, list[str]]) -> None:
    reading = read_mail(make_mail(text))
    assert reading.responses[0].understood
    assert line_of(reading, line) == expected
    assert outcomes(make_mail(text)).count("accepted") == 2


def test_a_line_number_and_the_article_in_brackets_behind_it_must_agree() -> None:
    reading = read_mail(make_mail("Line 2 (Granola nuts 500 g): only 12 pcs available. The rest is fine."))
    assert not reading.responses[0].understood


def test_an_excepted_line_is_never_taken_as_ordered() -> None:
    reading = read_mail(make_mail("All confirmed except line 2, which we deliver gladly."))
    assert reading.decision is Decision.REVIEW
    assert not reading.responses[0].understood


def test_an_offered_article_keeps_its_spaced_code_its_name_and_its_size() -> None:
    context = make_context(
        replace(
            make_order(),
            lines=tuple(
                replace(line, supplier_code=f"BF {at}", description=name)
                for line, at, name in zip(
                    make_order().lines,
                    (12, 27, 41),
                    ("Soft amaretti 5 kg", "Chestnut 1 kg", "Bread cake 800 g"),
                    strict=True,
                )
            ),
        )
    )
    text = "Instead of BF 41, which we no longer make, we can offer BF 43 Bread cake 1 kg at 7.60 PLN. The rest is confirmed."
    reading = read_mail(make_mail(text), context)
    offered = reading.responses[0].lines[2].substitute
    assert offered is not None
    assert (offered.supplier_code, offered.unit_price) == ("BF 43", Decimal("7.60"))
    assert [line.outcome.value for line in reading.responses[0].lines] == ["accepted", "accepted", "substituted"]


def test_having_it_below_a_quoted_line_is_a_yes_to_that_line() -> None:
    raw = make_mail("Hello,\n\n" + QUOTED.format(one="in stock\n", two="only 48 pcs\n", three="mamy\n"))
    assert outcomes(raw) == ["accepted", "changed", "accepted"]


def test_a_word_before_a_unit_that_may_be_a_number_is_not_passed_over() -> None:
    reading = read_mail(make_mail("Line 2: fourscore pieces in time, the other ones follow. The rest is confirmed."))
    assert not reading.responses[0].understood


def test_a_date_edited_in_our_own_words_is_that_of_the_whole_order() -> None:
    html = (
        "<p>My changes are in the text.</p><blockquote>"
        + TABLE.format(one="120")
        + "<p>Delivery date: <s>2026-12-01</s> <span style='color:red'>2026-12-08</span></p><p>Please confirm.</p></blockquote>"
    )
    reading = read_mail(make_mail("see html", html=html))
    days = {line_of(reading, line)[3][0] for line in (1, 2) if line_of(reading, line)[3]}
    assert {day.split(":")[0] for day in days} == {"2026-12-08"}


ACKNOWLEDGEMENT = """{title}
{ours}
Delivery date: 2026-12-01

Line  Code     Article              Quantity  {price}
1     BF-1001  Oat drink 1 l        120 pcs   4.20
2     BF-1002  Rice drink 1 l        60 pcs   3.10
3     BF-1003  Granola nuts 500 g    48 pcs   11.90

{foot}
"""


@pytest.mark.parametrize(
    ("title", "ours", "price", "foot"),
    [
        ("ORDER ACKNOWLEDGMENT  SO-558120", "Our number: SO-558120", "Price/pc", "This is a system-generated message. Please do not reply."),
        ("POTWIERDZENIE ZAMÓWIENIA nr ZS/8841/11/2026", "Nasz numer: ZS/8841", "zł/szt.", "Wiadomość automatyczna, prosimy na nią nie odpowiadać."),
        ("POTVRZENÍ OBJEDNÁVKY č. OP-26-08813", "Naše číslo: OP-26-08813", "Kč/ks", "Vygenerováno informačním systémem, neodpovídejte."),
    ],
)  # fmt: skip
def test_the_paper_of_an_order_system_is_a_confirmation_whatever_stands_around_its_table(
    title: str, ours: str, price: str, foot: str
) -> None:
    reading = read_mail(make_mail(ACKNOWLEDGEMENT.format(title=title, ours=ours, price=price, foot=foot)))
    assert reading.decision is Decision.APPLY


def test_a_day_above_the_lines_of_a_file_is_that_of_all_lines() -> None:
    rows = "Delivery date;2026-12-09\n\nCode;Article;Quantity;Price\nBF-1001;Oat drink 1 l;120;4.20\nBF-1002;Rice drink 1 l;60;3.10\nBF-1003;Granola nuts 500 g;48;11.90\n"
    reading = read_mail(make_mail("Please find our confirmation attached.", attachments=[("ours.csv", rows.encode())]))
    assert [line_of(reading, line)[3] for line in (1, 2, 3)] == [
        ["2026-12-09:120"],
        ["2026-12-09:60"],
        ["2026-12-09:48"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We confirm the order. Please note that we charge 3.5 % on the value of the goods for energy.",
        "Confirmed. One change: line 2 went up on the 1st, it is now 3.35 PLN. Everything else as ordered.",
        "Granola confirmed, quinquets come on 14 December.",
    ],
)
def test_a_share_a_day_of_a_price_and_a_strange_subject_are_no_figures_of_a_line(text: str) -> None:
    assert not read_mail(make_mail(text)).responses[0].understood
