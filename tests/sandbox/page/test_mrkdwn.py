"""What people and apps write between marks, as the page shows it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.servers

SHOW = """async ([module, name, text]) => {
  const show = await import(module);
  const { h, render } = await import("/view/dom.js");
  const names = { user: (id) => ({ U1: "Magda" })[id], channel: (id) => ({ C1: "orders" })[id], group: () => undefined };
  const frame = document.createElement("div");
  render(frame, show[name](text, { me: "U1", names }));
  return frame.firstElementChild.innerHTML;
}"""


@pytest.fixture(scope="module")
def shown(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(locale="en-GB", timezone_id="Europe/Warsaw")
    page.goto(f"{address}/gallery.html?only=none")
    yield page
    page.close()


def mrkdwn(page: Page, text: str) -> str:
    html: str = page.evaluate(SHOW, ["/text/show.js", "showMrkdwn", text])
    return html


def markdown(page: Page, text: str) -> str:
    html: str = page.evaluate(SHOW, ["/text/show.js", "showMarkdown", text])
    return html


def line(inner: str) -> str:
    return f'<div class="line">{inner}</div>'


MARKS = [
    ("*bold*", "<strong>bold</strong>"),
    ("_it_ ~gone~ `code`", "<em>it</em> <s>gone</s> <code>code</code>"),
    ("*_both_*", "<strong><em>both</em></strong>"),
    ("a*b*c snake_case_name", "a*b*c snake_case_name"),
    ("* not bold *", "* not bold *"),
    ("(*bold*), *end*.", "(<strong>bold</strong>), <strong>end</strong>."),
    ("`*plain*`", "<code>*plain*</code>"),
    ("*open", "*open"),
    ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
    ("<b>", "&lt;b&gt;"),
]


@pytest.mark.parametrize(("written", "seen"), MARKS, ids=[written for written, _ in MARKS])
def test_marks_count_only_at_the_edges_of_words(shown: Page, written: str, seen: str) -> None:
    assert mrkdwn(shown, written) == line(seen)


def test_html_that_somebody_writes_stays_words(shown: Page) -> None:
    assert "<img" not in mrkdwn(shown, "<img src=x onerror=alert(1)> *<script>*")


def test_a_link_opens_outside_and_carries_its_label(shown: Page) -> None:
    html = mrkdwn(shown, "<https://example.org/a?b=1&amp;c=2|order>")
    assert html == line(
        '<a href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">order</a>'
    )


def test_a_bare_address_becomes_a_link_without_the_full_stop(shown: Page) -> None:
    assert ">https://example.org/po</a>." in mrkdwn(shown, "see https://example.org/po.")


def test_an_address_that_would_run_a_script_is_no_link(shown: Page) -> None:
    assert "<a" not in mrkdwn(shown, "<javascript:alert(1)|press>")


def test_mentions_show_names_and_mark_the_reader(shown: Page) -> None:
    html = mrkdwn(shown, "<@U1> <@U9|piotr> <#C1> <!here> <!subteam^S1|@buyers>")
    assert 'mention-user mine">@Magda<' in html
    assert all(name in html for name in ("@piotr", "#orders", "@here", "@buyers"))


def test_a_date_is_said_in_the_readers_words(shown: Page) -> None:
    html = mrkdwn(shown, "<!date^1796040000^{date_num} {time}|fallback>")
    assert "2026-11-30 13:00" in html


def test_a_date_that_cannot_be_read_is_said_by_its_fallback(shown: Page) -> None:
    assert "next week" in mrkdwn(shown, "<!date^soon^{date}|next week>")


def test_a_fenced_block_keeps_its_spaces_and_no_marks(shown: Page) -> None:
    assert mrkdwn(shown, "```\na  *b*\n```") == "<pre>a  *b*</pre>"


def test_quoted_lines_stand_together(shown: Page) -> None:
    assert (
        mrkdwn(shown, "&gt; one\n&gt; *two*") == f"<blockquote>{line('one')}{line('<strong>two</strong>')}</blockquote>"
    )


def test_three_signs_quote_the_rest(shown: Page) -> None:
    assert mrkdwn(shown, ">>> one\n\ntwo").count("<blockquote>") == 1


def test_emoji_names_become_pictures_and_unknown_ones_stay(shown: Page) -> None:
    html = mrkdwn(shown, ":truck: :no_such: 10:30:45")
    assert "🚚" in html
    assert ":no_such: 10:30:45" in html


def test_markdown_has_its_own_marks(shown: Page) -> None:
    html = markdown(
        shown,
        "# Week\n\n**bold** *it* ~~gone~~ [a](https://a.pl)\n\n- [x] done\n- two\n\n| a | b |\n|---|--:|\n| 1 | 2 |",
    )
    for part in (
        "Week</h3>",
        "<strong>bold</strong>",
        "<em>it</em>",
        "<s>gone</s>",
        'href="https://a.pl"',
        'type="checkbox"',
        '<td class="right">2</td>',
    ):
        assert part in html


def test_html_in_markdown_stays_words(shown: Page) -> None:
    assert (
        markdown(shown, "<b>x</b> <script>y</script>") == "<p>&lt;b&gt;x&lt;/b&gt; &lt;script&gt;y&lt;/script&gt;</p>"
    )
