"""Buttons, modals, menus, shortcuts and answers, played by a person against an unchanged Bolt app."""

from typing import Any

import pytest
from slack_bolt import App
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from sandbox.slack.client import DeedRefused, Player
from tests.makers.workspace import Desk, Heard, Json, acknowledging, actions, button, modal, plain, section, text_input

pytestmark = pytest.mark.servers


def card(desk: Desk, *elements: Json) -> str:
    blocks = [section("PO-2026-0142"), actions(*elements)]
    return str(desk.client.chat_postMessage(channel="#orders", text="PO-2026-0142", blocks=blocks)["ts"])


def see_card(player: Player) -> Json:
    return player.wait_for_message(lambda message: message["text"] == "PO-2026-0142")


def app_that(desk: Desk, **listeners: Any) -> App:
    app = desk.bolt()
    for name, listener in listeners.items():
        kind, _, what = name.partition("_")
        getattr(app, kind)(f"/{what}" if kind == "command" else what)(listener)
    app.event("message")(lambda ack: ack())
    desk.connect(app)
    return app


def test_a_click_brings_the_message_the_button_and_a_way_to_answer(desk: Desk) -> None:
    heard = Heard()

    def approve(ack: Any, body: Json, respond: Any) -> None:
        ack()
        heard.note(body)
        respond(text="Approved", replace_original=True)

    app_that(desk, action_approve=approve)
    card(desk, button("approve", text="Approve", value="PO-2026-0142|1"))
    with desk.player() as magda:
        shown = see_card(magda)
        magda.press(shown, "approve")
        changed = magda.wait_for_change(shown, lambda message: message["text"] == "Approved")
    body = heard.wait_for(1)[0]
    action = body["actions"][0]
    assert (action["value"], action["block_id"], action["type"]) == ("PO-2026-0142|1", "acts", "button")
    assert body["container"]["message_ts"] == body["message"]["ts"] == shown["ts"]
    assert body["user"]["username"] == "magda"
    assert changed["blocks"] == []


def test_an_in_channel_reply_to_a_command_is_seen_by_all_and_a_plain_one_by_one(desk: Desk) -> None:
    def stock(ack: Any, command: Json) -> None:
        ack(text="for all", response_type="in_channel") if command["text"] == "all" else ack("for you")

    app_that(desk, command_stock=stock)
    with desk.player("magda") as magda, desk.player("piotr") as piotr:
        magda.slash("orders", "/stock all")
        assert piotr.wait_for_message(lambda message: message["text"] == "for all")
        magda.slash("orders", "/stock OAT")
        assert magda.wait_for_message(lambda message: message["text"] == "for you")["ephemeral"]
        assert piotr.sees.ephemerals == {}


def test_a_command_says_where_and_by_whom_it_was_used(desk: Desk) -> None:
    heard = Heard()

    app_that(desk, command_stock=acknowledging(heard))
    with desk.player() as magda:
        magda.slash("orders", "/stock  oat milk ")
        magda.do("slash", channel=magda.sees.app()["dm"], text="/stock")
    first, second = heard.wait_for(2)
    assert (first["command"], first["text"], first["channel_name"], first["user_name"]) == (
        "/stock",
        "oat milk",
        "orders",
        "magda",
    )
    assert second["channel_name"] == "directmessage"


def opens(view: Json) -> Any:
    def open_it(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=view)

    return open_it


def test_a_modal_goes_through_errors_to_its_end(desk: Desk) -> None:
    values = Heard()

    def decide(ack: Any, view: Json) -> None:
        values.note(view["state"]["values"])
        if view["state"]["values"]["reason"]["typed"]["value"] == "no":
            ack(response_action="errors", errors={"reason": "Say more."})
        else:
            ack()

    app_that(desk, command_stock=opens(modal(text_input("reason"))), view_form=decide)
    with desk.player() as magda:
        magda.slash("orders", "/stock")
        view = magda.wait_for_modal("form")
        assert magda.submit(view, {}) == {"reason": "empty"}, "the client does not let an empty one through"
        assert magda.submit(view, {"reason": "no"}) == {"reason": "Say more."}
        assert magda.sees.modal_errors == {"reason": "Say more."}
        assert magda.submit(view, {"reason": "too dear"}) == {}
        magda.wait_until(lambda sees: sees.modals == [], "the end of the modal")
    assert [each["reason"]["typed"]["value"] for each in values.wait_for(2)] == ["no", "too dear"]


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        ({"response_action": "update", "view": modal(section("two"), title=plain("Two"))}, ["Two"]),
        ({"response_action": "push", "view": modal(section("two"), title=plain("Two"))}, ["Form", "Two"]),
        ({"response_action": "clear"}, []),
    ],
)
def test_an_ack_may_update_push_or_clear(desk: Desk, answer: Json, titles: list[str]) -> None:
    app_that(desk, command_stock=opens(modal(text_input("reason"))), view_form=lambda ack: ack(**answer))
    with desk.player() as magda:
        magda.slash("orders", "/stock")
        magda.submit(magda.wait_for_modal("form"), {"reason": "x"})
        magda.wait_until(lambda sees: [view["title"]["text"] for view in sees.modals] == titles, f"{titles}")


def test_a_wrong_answer_to_a_submission_is_shown_and_leaves_the_modal(desk: Desk) -> None:
    wrong = {"response_action": "errors", "errors": {"nowhere": "x"}}
    app_that(desk, command_stock=opens(modal(text_input("reason"))), view_form=lambda ack: ack(**wrong))
    with desk.player() as magda:
        magda.slash("orders", "/stock")
        view = magda.wait_for_modal("form")
        with pytest.raises(DeedRefused, match="bad_answer"):
            magda.submit(view, {"reason": "x"})
        assert magda.sees.notices[-1]["code"] == "bad_answer"
        assert len(magda.sees.modals) == 1


def test_views_stack_three_deep_and_close_one_by_one(desk: Desk) -> None:
    errors, closed = Heard(), Heard()

    def more(ack: Any, body: Json, client: Any) -> None:
        ack()
        try:
            client.views_push(trigger_id=body["trigger_id"], view=deep)
        except SlackApiError as error:
            errors.note(error.response["error"])

    deep = modal(actions(button("more")), notify_on_close=True)
    app = app_that(desk, command_stock=opens(deep), action_more=more)
    app.view_closed("form")(acknowledging(closed, "is_cleared"))
    with desk.player() as magda:
        magda.slash("orders", "/stock")
        for depth in (1, 2, 3):
            magda.wait_until(lambda sees, depth=depth: len(sees.modals) == depth, f"{depth} views")  # type: ignore[misc]
            magda.press(magda.sees.modals[-1], "more")
        assert errors.wait_for(1) == ["push_limit_reached"]
        assert magda.sees.modals[2]["previous_view_id"] == magda.sees.modals[1]["id"]
        magda.close(magda.sees.modals[-1])
        magda.wait_until(lambda sees: len(sees.modals) == 2, "two views")
    assert closed.wait_for(1) == [False]


def test_a_trigger_opens_one_view_and_a_stale_hash_changes_none(desk: Desk) -> None:
    errors, done = Heard(), Heard()

    def twice(ack: Any, body: Json, client: Any) -> None:
        ack()
        view = client.views_open(trigger_id=body["trigger_id"], view=modal(section("x")))["view"]
        client.views_update(view_id=view["id"], hash=view["hash"], view=modal(section("y")))
        for call, arguments in (
            (client.views_open, {"trigger_id": body["trigger_id"]}),
            (client.views_open, {"trigger_id": "1.2.3"}),
            (client.views_update, {"view_id": view["id"], "hash": view["hash"]}),
            (client.views_update, {"view_id": "V0NONE"}),
        ):
            with pytest.raises(SlackApiError) as refused:
                call(view=modal(section("z")), **arguments)
            errors.note(refused.value.response["error"])
        done.note(True)

    app_that(desk, command_stock=twice)
    with desk.player() as magda:
        magda.slash("orders", "/stock")
        done.wait_for(1)
    assert errors.all == ["exchanged_trigger_id", "invalid_trigger_id", "hash_conflict", "not_found"]


def test_expired_triggers_can_be_arranged(desk: Desk) -> None:
    errors = Heard()

    def late(ack: Any, body: Json, client: Any) -> None:
        ack()
        with pytest.raises(SlackApiError) as refused:
            client.views_open(trigger_id=body["trigger_id"], view=modal(section("x")))
        errors.note(refused.value.response["error"])

    app_that(desk, command_stock=late)
    with desk.player() as magda:
        magda.do("fault", expire_triggers=True)
        magda.slash("orders", "/stock")
    assert errors.wait_for(1) == ["expired_trigger_id"]


def test_options_are_asked_of_the_app_and_one_of_them_is_chosen(desk: Desk) -> None:
    chosen = Heard()
    select = {"type": "external_select", "action_id": "product", "placeholder": plain("Product"), "min_query_length": 1}

    def products(ack: Any, payload: Json) -> None:
        ack(options=[{"text": plain(f"{payload['value']} milk"), "value": "OAT"}])

    def pick(ack: Any, action: Json) -> None:
        ack()
        chosen.note(action["selected_option"]["value"])

    app_that(desk, options_product=products, action_product=pick)
    card(desk, select)
    with desk.player() as magda:
        shown = see_card(magda)
        assert magda.options(shown, "product", "oat")[0]["text"]["text"] == "oat milk"
        magda.press(shown, "product", "OAT")
        with pytest.raises(DeedRefused, match="unknown_choice"):
            magda.press(shown, "product", "BREAD")
    assert chosen.wait_for(1) == ["OAT"]


def test_a_message_carries_what_its_other_inputs_hold(desk: Desk) -> None:
    states = Heard()

    app_that(desk, action_go=acknowledging(states, "state", "values"))
    card(desk, {"type": "datepicker", "action_id": "day", "initial_date": "2026-12-01"}, button("go"))
    with desk.player() as magda:
        magda.press(see_card(magda), "go", values={"acts": {"day": "2026-12-24"}})
        magda.press(see_card(magda), "go")
    days = [state["acts"]["day"]["selected_date"] for state in states.wait_for(2)]
    assert days == ["2026-12-24", "2026-12-01"]


def test_shortcuts_global_and_on_a_message(desk: Desk) -> None:
    heard = Heard()

    app = app_that(desk, shortcut_new_order=acknowledging(heard))
    app.shortcut("book")(acknowledging(heard))
    with desk.player() as magda:
        shortcut = {"app": magda.sees.app()["id"]}
        magda.do("shortcut", **shortcut, callback_id="new_order")
        ts = magda.say("orders", "we can send 8")
        magda.do("shortcut", **shortcut, callback_id="book", channel=desk.channel("orders"), ts=ts)
        with pytest.raises(DeedRefused, match="unknown_shortcut"):
            magda.do("shortcut", **shortcut, callback_id="nope")
    first, second = heard.wait_for(2)
    assert (first["type"], second["type"], second["message"]["text"]) == ("shortcut", "message_action", "we can send 8")
    assert second["response_url"].startswith(desk.running.settings.address)


def test_a_response_address_serves_five_answers(desk: Desk) -> None:
    addresses = Heard()

    app_that(desk, command_stock=acknowledging(addresses, "response_url"))
    with desk.player() as magda:
        magda.slash("orders", "/stock")
        answers = WebhookClient(addresses.wait_for(1)[0])
        sent = [answers.send(text=f"answer {number}") for number in range(6)]
        magda.wait_for_message(lambda message: message["text"] == "answer 4")
    assert [answer.status_code for answer in sent] == [200] * 5 + [404]
    assert "used_url" in sent[5].body


def test_an_ephemeral_answer_is_replaced_and_deleted_through_its_address_only(desk: Desk) -> None:
    def stock(ack: Any) -> None:
        ack(blocks=[section("Sure?"), actions(button("yes"))], text="Sure?")

    def yes(ack: Any, respond: Any, action: Json) -> None:
        ack()
        if action.get("value") == "gone":
            respond(delete_original=True)
        else:
            respond(replace_original=True, text="Done", blocks=[actions(button("yes", value="gone"))])

    app_that(desk, command_stock=stock, action_yes=yes)
    with desk.player() as magda:
        magda.slash("orders", "/stock")
        whisper = magda.wait_for_message(lambda message: message["text"] == "Sure?")
        magda.press(whisper, "yes")
        changed = magda.wait_for_change(whisper, lambda message: message["text"] == "Done")
        magda.press(changed, "yes")
        magda.wait_until(lambda sees: not sees.ephemerals[desk.channel("orders")], "the end of the whisper")


def test_a_home_is_published_once_for_each_hash(desk: Desk) -> None:
    view = {"type": "home", "blocks": [section("Two orders wait", block_id="b")]}
    magda_id = desk.person("magda")
    first = desk.client.views_publish(user_id=magda_id, view=view)["view"]
    second = desk.client.views_publish(user_id=magda_id, view=view, hash=first["hash"])["view"]
    assert first["id"] == second["id"]
    with pytest.raises(SlackApiError) as refused:
        desk.client.views_publish(user_id=magda_id, view=view, hash=first["hash"] + "x")
    assert refused.value.response["error"] == "hash_conflict"
    with desk.player() as magda:
        assert magda.wait_for_home(lambda _: True)["blocks"] == view["blocks"]


def test_a_button_in_the_home_comes_with_the_view(desk: Desk) -> None:
    heard = Heard()
    app_that(desk, action_show=acknowledging(heard, "view", "type"))
    desk.client.views_publish(user_id=desk.person("magda"), view={"type": "home", "blocks": [actions(button("show"))]})
    with desk.player() as magda:
        magda.press(magda.wait_for_home(lambda _: True), "show")
    assert heard.wait_for(1) == ["home"]


def test_status_and_prompts_are_shown_until_the_answer_comes(desk: Desk) -> None:
    app_that(desk)
    with desk.player() as magda:
        channel = magda.sees.app()["dm"]
        ts = magda.tell_app("Which orders are late?")
        thread = {"channel_id": channel, "thread_ts": ts}
        desk.client.assistant_threads_setStatus(**thread, status="is counting…")
        magda.wait_until(lambda sees: any(each["status"] for each in sees.statuses.values()), "a status")
        prompts = [{"title": "Late", "message": "Which orders are late?"}]
        desk.client.assistant_threads_setSuggestedPrompts(**thread, prompts=prompts)
        desk.client.chat_postMessage(channel=channel, thread_ts=ts, text="None.")
        magda.wait_until(
            lambda sees: not any(each["status"] for each in sees.statuses.values()), "the end of the status"
        )
