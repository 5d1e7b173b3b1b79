"""HTML is read as people see it: rows keep their cells, marks are kept, hidden words are not there."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.message import Message
from mail.segments.dividing import reply_text, segments
from mail.segments.rendering import html_lines, rendered_text
from mail.segments.segment import Label, Mark
from tests.makers.mails import make_html_mail

TABLE = "<table><tr><th>No</th><th>Code</th><th>Qty</th></tr><tr><td>1</td><td>BF-1001</td><td>{qty}</td></tr></table>"
OUTLOOK = (
    "<div class=WordSection1><p class=MsoNormal>{answer}</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'>"
    "<p class=MsoNormal><b>From:</b> Shop &lt;orders@sklep.example&gt;<br><b>Sent:</b> Monday, November 23, 2026<br>"
    "<b>To:</b> Anna<br><b>Subject:</b> PO</p></div><p class=MsoNormal>Please deliver:</p>{table}</div>"
)


def words(html: str) -> str:
    return " ".join(rendered_text(html_lines(html)).split())


def reply(mail: Message) -> str:
    return reply_text(segments(mail, None))


def test_paragraphs_and_breaks_are_lines() -> None:
    assert [line.text for line in html_lines("<p>one<br>two</p><p>three</p>") if line.text] == ["one", "two", "three"]


def test_a_row_keeps_its_cells() -> None:
    row = html_lines(TABLE.format(qty="96"))[1].row
    assert row is not None
    assert [cell.text for cell in row.cells] == ["1", "BF-1001", "96"]
    assert (row.table, row.row) == (0, 1)


def test_a_cell_tells_what_was_struck_and_what_was_typed() -> None:
    row = html_lines(TABLE.format(qty="<s>120</s> <span style='color:#c00000'>96</span>"))[1].row
    assert row is not None
    assert (row.cells[2].text, row.cells[2].struck, row.cells[2].typed) == ("96", "120", "96")


def test_a_table_that_lays_out_prose_is_no_table() -> None:
    lines = html_lines(
        "<table><tr><td>logo</td><td><p>Dear shop,</p><p>all is fine.</p><p>Anna</p><p>Sales</p><p>x</p></td></tr></table>"
    )
    assert all(line.row is None for line in lines)


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none">{}</div>', '<span style="mso-hide:all">{}</span>', '<p style="font-size:0">{}</p>', '<p style="font-size:1px">{}</p>',
        '<div style="color:#fff">{}</div>', '<font color="white">{}</font>', '<div style="visibility: hidden">{}</div>', "<div hidden>{}</div>",
        '<div style="max-height:0;overflow:hidden">{}</div>', '<div style="opacity:0">{}</div>', '<div style="background:#123456"><font color="#123456">{}</font></div>',
        "<style>.x{{color:red}} .gone , p {{ display : none }}</style><i class='gone'>{}</i>", "<!-- {} -->", "<script>{}</script>",
        '<table><tr style="display:none"><td>a</td><td>{}</td></tr><tr><td>1</td><td>2</td></tr></table>',
    ],
)  # fmt: skip
def test_hidden_words_are_not_there(hidden: str) -> None:
    assert "apply" not in words(f"<p>Hello</p>{hidden.format('apply')}<p>bye</p>")


def test_white_words_on_a_dark_ground_are_there() -> None:
    assert words('<table><tr><td bgcolor="#003366"><font color="#ffffff">Order</font></td></tr></table>') == "Order"


def test_what_only_telephones_hide_is_there() -> None:
    assert words("<style>@media (max-width:600px){.x{display:none}}</style><p class=x>Line 2</p>") == "Line 2"


def test_signs_that_nobody_sees_are_taken_out() -> None:
    assert words("12\u200b0&shy; pcs&nbsp;&#8203;ok") == "120 pcs ok"


def test_numbered_points_keep_their_numbers() -> None:
    assert [line.text for line in html_lines("<ol><li>yes<li>no</ol>")] == ["1. yes", "2. no"]


@pytest.mark.parametrize(
    "html",
    [
        '<div>OK</div><div class="gmail_quote"><div class="gmail_attr">On Mon wrote:</div><blockquote class="gmail_quote">order</blockquote></div>',
        '<p>OK</p><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Shop<br><b>Sent:</b> 23 Nov<br></div><p>order</p>',
        '<p>OK</p><div class="moz-cite-prefix">Am 23.11.26 schrieb Shop:<br></div><blockquote type="cite">order</blockquote>',
        '<p>OK</p><div class="yahoo_quoted"><div>On Monday Shop wrote:</div><div>order</div></div>',
        '<p>OK</p><blockquote type="cite"><div>On 23 Nov 2026, at 09:01, Shop &lt;o@x.y&gt; wrote:</div><div>order</div></blockquote>',
        '<p>OK</p><div id="OLK_SRC_BODY_SECTION">order</div>',
        '<p>OK</p><hr id="stopSpelling">Date: x<br>order',
        '<p>OK</p><div class="protonmail_quote">order</div>',
        '<p>OK</p><div class="OutlookMessageHeader">From: Shop</div>order',
        '<p>OK</p><div class="gmail_signature">Anna, Baltic</div>',
        "<p>OK</p><table><tr><td>From:</td><td>Shop</td></tr><tr><td>Sent:</td><td>23 Nov 2026</td></tr><tr><td>Subject:</td><td>PO</td></tr></table>order",
    ],
)
def test_the_containers_of_mail_programs_are_known(html: str) -> None:
    assert reply(make_html_mail(html)) == "OK"


def test_an_indented_paragraph_of_gmail_is_no_quote() -> None:
    html = '<blockquote style="margin:0 0 0 40px;border:none;padding:0px">line 2: 96 pcs</blockquote>'
    assert reply(make_html_mail(html)) == "line 2: 96 pcs"


def test_an_answer_typed_into_a_blockquote_s_gap_is_the_supplier_s() -> None:
    html = '<blockquote type="cite">line 1</blockquote><p>yes</p><blockquote type="cite">line 2</blockquote><p>no</p>'
    assert reply(make_html_mail(html)) == "yes\n\nno".replace("\n\n", "\n")


def test_a_number_struck_out_in_the_quoted_table_is_the_supplier_s_word() -> None:
    table = TABLE.format(qty="<s>120</s> 96")
    found = segments(make_html_mail(OUTLOOK.format(answer="See table.", table=table)), None)
    (edited,) = [each for each in found if each.label is Label.SUPPLIER and each.row is not None]
    assert (edited.text, edited.quoted) == ("1\tBF-1001\t96", True)


def test_red_words_in_the_quote_are_the_supplier_s() -> None:
    table = (
        TABLE.format(qty="120")
        + "<p>delivery 1 December <span style='color:red'>only on the 3rd</span></p><p>Thank you very much in advance</p>"
    )
    assert "only on the 3rd" in reply(make_html_mail(OUTLOOK.format(answer="See red.", table=table)))


def test_a_quote_that_a_program_coloured_as_a_whole_is_ours() -> None:
    html = "<p>OK</p><blockquote type=cite style='color:#0000ff'><p>order of 120 pcs</p></blockquote>"
    assert reply(make_html_mail(html)) == "OK"


def test_marks_are_kept_on_the_runs() -> None:
    (line,) = html_lines("a <b>b</b> <del>c</del>")
    assert [(run.text.strip(), run.marks) for run in line.runs if run.text.strip()] == [
        ("a", frozenset()), ("b", frozenset({Mark.BOLD})), ("c", frozenset({Mark.STRUCK})),
    ]  # fmt: skip


def test_offsets_point_into_the_rendered_text() -> None:
    lines = html_lines(f"<p>one</p>{TABLE.format(qty='96')}<p>two</p>")
    text = rendered_text(lines)
    assert [text[line.start : line.end] for line in lines] == [line.text for line in lines]


@pytest.mark.parametrize(
    "bomb",
    ["<div>" * 100_000, "<table><tr><td>" * 20_000, "<ul><li>" * 20_000, "<b>" * 50_000 + "x", "<blockquote>" * 30_000, "<td>a" * 100_000, "&nbsp;" * 200_000],
    ids=["divs", "tables", "lists", "bold", "quotes", "cells", "spaces"],
)  # fmt: skip
@pytest.mark.timeout(20)
def test_a_bomb_of_tags_costs_little(bomb: str) -> None:
    start = time.perf_counter()
    html_lines(bomb)
    assert time.perf_counter() - start < 3


_TAGS = st.sampled_from(
    ["<p>", "</p>", "<table>", "<tr>", "<td>", "<td>x", "</table>", "<blockquote>", "</blockquote>", "<br>", "text", "<s>", "</s>", "<div style='color:'>", "<ol>", "<li>", "<pre>", "\n", "&#0;", "<style>a{", "<td colspan=x>"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_TAGS, max_size=40).map("".join))
def test_no_html_at_all_raises(html: str) -> None:
    segments(make_html_mail(html), None)
