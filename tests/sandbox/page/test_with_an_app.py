"""The page, the workspace and an unchanged Bolt app together: what a person does comes back from the app."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox.slack.serving import RunningWorkspace, running_workspace
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.setup import PEOPLE, NewChannel, Registered, add_channels, add_people, register_app
from sandbox.slack.workspace import Workspace
from tests.makers.workspace_page import PAGE

pytestmark = pytest.mark.journey


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "block_id": "words", "text": {"type": "mrkdwn", "text": text}}


def card() -> list[dict[str, Any]]:
    reject = {"type": "button", "action_id": "reject", "text": plain("Reject"), "style": "danger"}
    product = {
        "type": "external_select",
        "action_id": "product",
        "min_query_length": 1,
        "placeholder": plain("Product"),
    }
    return [section("*PO-2026-0142*"), {"type": "actions", "block_id": "acts", "elements": [reject, product]}]


def reason_view(message: dict[str, str]) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": "typed"}
    return {
        "type": "modal",
        "callback_id": "reason",
        "title": plain("Reject order"),
        "submit": plain("Reject"),
        "private_metadata": json.dumps(message),
        "blocks": [{"type": "input", "block_id": "reason", "label": plain("Reason"), "element": element}],
    }


def make_app(client: WebClient) -> App:
    app = App(client=client, process_before_response=True)
    decide(app)
    tell(app)
    return app


def decide(app: App) -> None:
    """A card, its modal, its select."""

    @app.command("/order")
    def order(ack: Any, say: Any) -> None:
        ack()
        say(text="An order", blocks=card())

    @app.action("reject")
    def reject(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        message = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        client.views_open(trigger_id=body["trigger_id"], view=reason_view(message))

    @app.view("reason")
    def decided(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        reason = body["view"]["state"]["values"]["reason"]["typed"]["value"]
        if len(reason) < 4:
            ack(response_action="errors", errors={"reason": "Say a little more."})
            return
        ack()
        message = json.loads(body["view"]["private_metadata"])
        client.chat_update(
            **message, text="Rejected", blocks=[section(f"Rejected by <@{body['user']['id']}>: {reason}")]
        )

    @app.options("product")
    def products(ack: Any, payload: dict[str, str]) -> None:
        ack(options=[{"text": plain(f"{payload['value']} milk"), "value": "SKU-1"}])

    @app.action("product")
    def chosen(ack: Any, action: dict[str, Any], say: Any) -> None:
        ack()
        say(f"Chosen: {action['selected_option']['value']}")


def tell(app: App) -> None:
    """Answers for one person, in threads, and on the home."""

    @app.command("/stock")
    def stock(ack: Any, command: dict[str, str]) -> None:
        ack(f"*{command['text']}*: 36 on hand")

    @app.event("app_home_opened")
    def home(event: dict[str, str], client: WebClient) -> None:
        blocks = [section(f"Good morning, <@{event['user']}>")]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.event("message")
    def heard(event: dict[str, str], say: Any) -> None:
        if event["text"].startswith("ask"):
            say("An answer", thread_ts=event["ts"])


@pytest.fixture(scope="module")
def workspace() -> Iterator[RunningWorkspace]:
    with running_workspace(WorkspaceSettings(address="", name="Green Grocer", ack_seconds=1.5)) as running:
        registered = running.do(furnish)
        app = make_app(WebClient(registered.bot_token, base_url=running.api))
        handler = SocketModeHandler(app, registered.app_token)
        handler.client.proxy = None
        handler.connect()  # type: ignore[no-untyped-call] # Bolt's own
        yield running
        handler.close()  # type: ignore[no-untyped-call] # Bolt's own


def furnish(workspace: Workspace) -> Registered:
    add_people(workspace, PEOPLE)
    registered = register_app(workspace)
    add_channels(workspace, [NewChannel("orders", topic="What we buy")])
    return registered


@pytest.fixture
def orders(page: Page, workspace: RunningWorkspace) -> Page:
    """The page of Magda, looking at #orders."""
    page.goto(workspace.page)
    page.get_by_role("textbox", name="Message #orders").wait_for()
    return page


def say(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Message #orders").fill(text)
    page.get_by_role("textbox", name="Message #orders").press("Enter")


def test_a_button_opens_a_modal_whose_answer_changes_the_card(orders: Page) -> None:
    say(orders, "/order")
    orders.get_by_role("button", name="Reject").last.click()
    dialog = orders.get_by_role("dialog", name="Reject order")
    dialog.get_by_label("Reason").fill("no")
    dialog.get_by_role("button", name="Reject").click()
    expect(dialog.get_by_text("Say a little more.")).to_be_visible()
    dialog.get_by_label("Reason").fill("too dear")
    dialog.get_by_role("button", name="Reject").click()
    expect(orders.get_by_role("article").last).to_contain_text("Rejected by @Magda Nowak: too dear")
    expect(dialog).to_have_count(0)


def test_an_answer_for_one_is_seen_by_no_other(orders: Page) -> None:
    say(orders, "/stock oat milk")
    expect(orders.get_by_text("36 on hand")).to_be_visible()
    orders.get_by_role("button", name="Act as Piotr").click()
    expect(orders.get_by_role("button", name="Act as Piotr")).to_have_attribute("aria-pressed", "true")
    expect(orders.get_by_text("36 on hand")).to_have_count(0)


def test_options_come_from_the_app_while_one_types(orders: Page) -> None:
    say(orders, "/order")
    orders.get_by_role("combobox", name="Product").last.click()
    orders.keyboard.type("oat")
    orders.get_by_role("option", name="oat milk").click()
    expect(orders.get_by_text("Chosen: SKU-1")).to_be_visible()


def test_a_thread_fills_while_one_looks_at_it(orders: Page) -> None:
    say(orders, "ask one")
    orders.get_by_role("button", name="1 reply").last.click()
    thread = orders.get_by_role("complementary", name="Thread")
    expect(thread.get_by_text("An answer")).to_be_visible()
    orders.keyboard.type("thanks\n")
    expect(thread.get_by_text("thanks")).to_be_visible()


def test_each_person_has_a_home_of_their_own(orders: Page) -> None:
    orders.get_by_role("button", name="Local App").click()
    expect(orders.get_by_text("Good morning, @Magda Nowak")).to_be_visible()
    orders.get_by_role("button", name="Act as Ewa").click()
    expect(orders.get_by_text("Good morning, @Ewa Wójcik")).to_be_visible()


def test_an_ack_that_is_lost_is_told_to_the_person_and_red_in_the_log(orders: Page) -> None:
    orders.get_by_role("button", name="Faults", exact=True).click()
    orders.get_by_role("group", name="Withhold acks").get_by_role("button", name="1×").click()
    expect(orders.get_by_role("group", name="Withhold acks").get_by_role("button", name="1×")).to_have_attribute(
        "aria-pressed", "true"
    )
    say(orders, "/stock rye")
    expect(orders.get_by_role("alert")).to_contain_text("/stock failed: the app did not answer within three seconds.")
    orders.get_by_role("button", name="Wire log", exact=True).click()
    orders.get_by_role("searchbox", name="Filter").fill("/stock timeout")
    expect(orders.locator(".wire-entry.red")).to_have_count(1)


def test_a_browser_without_the_key_is_told_plainly(browser: Browser, workspace: RunningWorkspace) -> None:
    stranger = browser.new_page(locale="en-GB")
    stranger.goto(f"{workspace.settings.address}/index.html")
    expect(stranger.get_by_text("This address has no key.")).to_be_visible()
    stranger.close()


def test_a_picture_that_a_person_sends_is_seen_in_the_talk(orders: Page) -> None:
    picture = (PAGE / "mark.svg").read_bytes()
    orders.get_by_label("Attach files").set_input_files(
        FilePayload(name="mark.png", mimeType="image/png", buffer=picture)
    )
    orders.get_by_role("button", name="Remove mark.png").wait_for()
    say(orders, "look at <this> & that")
    message = orders.get_by_role("article").filter(has_text="look at")
    expect(message).to_contain_text("look at <this> & that")
    expect(message.get_by_role("button", name="Enlarge: mark.png")).to_be_visible()


def test_an_own_message_is_mended_where_it_stands(orders: Page) -> None:
    say(orders, "six palets <b>")
    message = orders.get_by_role("article").filter(has_text="six pal")
    message.hover()
    message.get_by_role("button", name="Edit message").click()
    field = orders.get_by_role("textbox", name="Edit message")
    expect(field).to_have_value("six palets <b>")
    field.fill("six pallets")
    field.press("Enter")
    expect(message).to_contain_text("six pallets(edited)")


def test_a_shifted_clock_moves_the_day(orders: Page, workspace: RunningWorkspace) -> None:
    orders.get_by_role("button", name="Faults", exact=True).click()
    orders.get_by_role("button", name="+1 day").click()
    say(orders, "tomorrow already")
    expect(orders.get_by_role("separator").filter(has_text="Today")).to_have_count(1)
    expect(orders.get_by_role("separator").filter(has_text="Yesterday")).to_have_count(1)


def test_what_waits_for_others_is_seen_at_the_switch_and_goes_when_they_look(orders: Page) -> None:
    say(orders, "@ewa two pallets at the gate")
    ewa = orders.get_by_role("button", name="Act as Ewa")
    expect(ewa).to_contain_text("1")
    ewa.click()
    orders.get_by_role("textbox", name="Message #orders").wait_for()
    orders.get_by_role("button", name="Act as Magda").click()
    expect(ewa).to_have_attribute("aria-pressed", "false")
    expect(ewa).not_to_contain_text("1")
