"""The mailbox page in Chromium, on real servers: one plays the supplier and presses Reply."""

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.mail.faults import Fault, Trouble
from sandbox.mail.playing import newest_letter
from sandbox.mail.serving import RunningMail, running_mail
from sandbox.mail.showing import Letter
from sandbox.slack.serving import running_workspace
from sandbox.slack.settings import WorkspaceSettings
from tests.makers.mail_servers import ANNA, MAREK, OURS, letter_from, make_mail_settings, post

pytestmark = pytest.mark.servers

TOKEN = OURS.replace("@", "+po-2026-0142.abc@")
ORDER_TEXT = "Hello,\n\n 1. BF-1001  Oat drink 1 l\n    Quantity: 120 pcs (10 x 12)   Price: PLN 4.20\n\nRegards\n"
Open = Callable[[RunningMail, str], Page]


@pytest.fixture
def mail() -> Iterator[RunningMail]:
    with running_mail(make_mail_settings(), with_page=True) as running:
        yield running


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens the page on one mailbox; no script may fail."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", accept_downloads=True)
    context.set_default_timeout(8000)
    failures: list[str] = []

    def open_(mail: RunningMail, address: str) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.goto(f"{mail.page}#{address}")
        page.get_by_role("navigation", name="Mailboxes").wait_for()
        return page

    yield open_
    context.close()
    assert failures == []


def order(**more: str) -> EmailMessage:
    """An order to Marek's Tatra Dairy in text and HTML with a file."""
    message = letter_from(
        OURS, MAREK, "Order [PO-2026-0142]", ORDER_TEXT, Reply_To=TOKEN, Message_ID="<po.1@sklep.example>", **more
    )
    message.add_alternative(
        "<p>Hello, <b>120</b> Oat drinks</p><script>document.title='stolen'</script>", subtype="html"
    )
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="zamówienie.pdf")
    return message


def newest(mail: RunningMail, address: str = OURS) -> Letter:
    return mail.do(lambda office: newest_letter(office, address)[1])


def reply(page: Page, text: str, *, program: str = "Gmail") -> None:
    page.get_by_role("button", name=re.compile(r"Order \[PO-2026-0142\]")).click()
    page.get_by_role("button", name="Reply").click()
    page.get_by_label("Written with").select_option(label=program)
    page.get_by_label("Your answer").fill(text)
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Sent to").wait_for()


def test_a_mail_appears_while_one_looks(mail: RunningMail, open_page: Open) -> None:
    page = open_page(mail, MAREK)
    page.get_by_text("No mail yet").wait_for()
    post(mail, order())
    expect(page.get_by_role("button", name=re.compile("unread.*Order"))).to_be_visible()
    expect(page.get_by_role("button", name="Tatra Dairy").get_by_label("1 unread")).to_be_visible()


def test_html_is_shown_and_its_scripts_do_nothing(mail: RunningMail, open_page: Open) -> None:
    post(mail, order())
    page = open_page(mail, MAREK)
    page.get_by_role("button", name=re.compile("Order")).click()
    expect(page.frame_locator("iframe").get_by_text("Oat drinks")).to_be_visible()
    expect(page).not_to_have_title("stolen")


def test_pictures_from_the_network_are_never_fetched(mail: RunningMail, open_page: Open) -> None:
    message = letter_from(OURS, MAREK, "Order spy")
    message.add_alternative('<p>hello<img src="http://127.0.0.1:9/spy.png"></p>', subtype="html")
    post(mail, message)
    page = open_page(mail, MAREK)
    with page.expect_event("requestfailed") as blocked:
        page.get_by_role("button", name=re.compile("Order spy")).click()
    assert blocked.value.url.endswith("spy.png")
    assert blocked.value.failure == "csp"


def test_reading_a_suppliers_mail_marks_it_and_reading_ours_leaves_no_trace(mail: RunningMail, open_page: Open) -> None:
    post(mail, letter_from(MAREK, f"{ANNA}, {OURS}", "Price list"))
    page = open_page(mail, ANNA)
    page.get_by_role("button", name=re.compile("unread.*Price list")).click()
    expect(page.get_by_role("button", name=re.compile("unread.*Price list"))).to_have_count(0)
    page.get_by_role("button", name=re.compile("Green Grocer")).click()
    page.get_by_role("button", name=re.compile("Price list")).click()
    page.get_by_text("reads this mailbox by itself").wait_for()
    flags = mail.do(lambda office: office.boxes.messages(office.boxes.folder(OURS))[0].flags)
    assert flags == frozenset()


def test_an_attachment_is_downloaded_as_it_was_sent(mail: RunningMail, open_page: Open, tmp_path: Path) -> None:
    post(mail, order())
    page = open_page(mail, MAREK)
    page.get_by_role("button", name=re.compile("Order")).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download zamówienie.pdf").click()
    download.value.save_as(tmp_path / "saved.pdf")
    assert download.value.suggested_filename == "zamówienie.pdf"
    assert (tmp_path / "saved.pdf").read_bytes() == b"%PDF-1.7"


def test_the_source_shows_the_servers_verdict(mail: RunningMail, open_page: Open) -> None:
    post(mail, order())
    page = open_page(mail, MAREK)
    page.get_by_role("button", name=re.compile("Order")).click()
    page.get_by_role("button", name="Source").click()
    expect(page.locator("pre.source")).to_contain_text("dmarc=pass header.from=sklep.example")


def test_an_answer_goes_over_smtp_to_the_reply_address_and_into_the_thread(mail: RunningMail, open_page: Open) -> None:
    post(mail, order())
    reply(open_page(mail, MAREK), "OK, all confirmed.")
    answer = newest(mail)
    assert answer.sender.address == MAREK
    assert answer.to[0].address == TOKEN
    assert answer.references == ("<po.1@sklep.example>",)
    assert answer.text.startswith("OK, all confirmed.\n\nOn ")


@pytest.mark.parametrize(
    ("program", "mark"), [("Gmail", "gmail_quote"), ("Outlook", "divRplyFwdMsg"), ("Apple Mail", 'type="cite"')]
)
def test_an_answer_looks_like_the_chosen_programs(mail: RunningMail, open_page: Open, program: str, mark: str) -> None:
    post(mail, order())
    reply(open_page(mail, MAREK), "yes", program=program)
    assert mark in (newest(mail).html or "")


def test_a_plain_answer_has_no_html(mail: RunningMail, open_page: Open) -> None:
    post(mail, order())
    reply(open_page(mail, MAREK), "yes", program="Plain text")
    assert newest(mail).html is None
    assert "> Hello," in newest(mail).text


def test_a_ready_answer_is_taken_and_sent(mail: RunningMail, open_page: Open) -> None:
    post(mail, order())
    page = open_page(mail, MAREK)
    page.get_by_role("button", name=re.compile("Order")).click()
    page.get_by_role("button", name="Reply").click()
    page.get_by_role("button", name="Only 7 cartons, Thursday").click()
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Sent to").wait_for()
    assert "line 1 (BF-1001): only 7 cartons, delivery on Thursday" in newest(mail).text


def test_ready_answers_can_be_had_in_polish(mail: RunningMail, open_page: Open) -> None:
    post(mail, order())
    page = open_page(mail, MAREK)
    page.get_by_role("button", name=re.compile("Order")).click()
    page.get_by_role("button", name="Reply").click()
    page.get_by_label("Language of ready answers").select_option(label="Polski")
    page.get_by_role("button", name="Potwierdzam wszystko").click()
    expect(page.get_by_label("Your answer")).to_have_value(re.compile("potwierdzam całe zamówienie"))


def test_one_can_answer_between_the_lines(mail: RunningMail, open_page: Open) -> None:
    post(mail, order())
    page = open_page(mail, MAREK)
    page.get_by_role("button", name=re.compile("Order")).click()
    page.get_by_role("button", name="Reply").click()
    page.get_by_label("Answer between the lines").check()
    box = page.get_by_label("Your answer")
    expect(box).to_have_value(re.compile("> Hello"))
    box.fill(box.input_value().replace("Oat drink 1 l", "Oat drink 1 l\nonly 96 pcs"))
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Sent to").wait_for()
    assert ">  1. BF-1001  Oat drink 1 l\nonly 96 pcs\n" in newest(mail).text


def test_a_file_can_be_sent_along(mail: RunningMail, open_page: Open) -> None:
    post(mail, order())
    page = open_page(mail, MAREK)
    page.get_by_role("button", name=re.compile("Order")).click()
    page.get_by_role("button", name="Reply").click()
    page.get_by_label("Attach a file").set_input_files(
        {"name": "form.xlsx", "mimeType": "application/x", "buffer": b"PK12"}
    )
    page.get_by_label("Your answer").fill("see the form")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Sent to").wait_for()
    assert [(file.name, file.content) for file in newest(mail).attachments] == [("form.xlsx", b"PK12")]


def test_a_new_mail_goes_to_our_mailbox(mail: RunningMail, open_page: Open) -> None:
    page = open_page(mail, MAREK)
    page.get_by_role("button", name="New mail").click()
    page.get_by_label("Subject").fill("Ceny od stycznia")
    page.get_by_label("Your answer").fill("Nowy cennik.")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Sent to").wait_for()
    assert newest(mail).subject == "Ceny od stycznia"


def test_what_one_types_survives_mail_that_comes_meanwhile(mail: RunningMail, open_page: Open) -> None:
    post(mail, order())
    page = open_page(mail, MAREK)
    page.get_by_role("button", name=re.compile("Order")).click()
    page.get_by_role("button", name="Reply").click()
    box = page.get_by_label("Your answer")
    box.press_sequentially("half a sen")
    post(mail, letter_from(ANNA, MAREK, "Noise"))
    page.get_by_role("button", name=re.compile("Noise")).wait_for()
    page.keyboard.type("tence")
    expect(box).to_have_value("half a sentence")


def test_a_refusal_of_the_server_is_told_and_the_answer_kept(mail: RunningMail, open_page: Open) -> None:
    post(mail, order())
    mail.faults.add(Fault("smtp DATA", Trouble.REFUSE, code=554, text="5.7.1 no thanks"))
    page = open_page(mail, MAREK)
    page.get_by_role("button", name=re.compile("Order")).click()
    page.get_by_role("button", name="Reply").click()
    page.get_by_label("Your answer").fill("OK")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status").get_by_text("no thanks")).to_be_visible()
    expect(page.get_by_label("Your answer")).to_have_value("OK")


def test_without_the_key_nothing_is_shown(mail: RunningMail, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        answer = page.goto(mail.page.partition("?")[0])
        assert answer is not None
        assert answer.status == 403
        assert page.request.get(mail.page.partition("?")[0] + "api/folders/1").status == 403


def test_on_a_small_screen_one_pane_is_shown_at_a_time(mail: RunningMail, open_page: Open) -> None:
    post(mail, order())
    page = open_page(mail, MAREK)
    page.set_viewport_size({"width": 420, "height": 800})
    page.get_by_role("button", name=re.compile("Order")).click()
    expect(page.get_by_role("region", name="Messages")).to_be_hidden()
    page.get_by_role("button", name="Back to the messages").click()
    expect(page.get_by_role("region", name="Messages")).to_be_visible()


def test_the_page_lives_in_the_workspaces_server_too(mail: RunningMail, browser: Browser) -> None:
    settings = WorkspaceSettings(address="", key=mail.office.settings.key)
    with running_workspace(settings, extra_routes=mail.routes) as workspace, browser.new_context() as context:
        page = context.new_page()
        page.goto(workspace.page)
        page.get_by_role("link", name="Mailbox").click()
        page.get_by_role("button", name="Tatra Dairy").click()
        page.get_by_text("No mail yet").wait_for()
        post(mail, order())
        reply(page, "OK, all confirmed.")
    assert newest(mail).text.startswith("OK, all confirmed.")
