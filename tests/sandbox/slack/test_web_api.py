"""The Web API as Slack's own client sees it: arguments, tokens, scopes, limits and the words of refusals."""

import json
import urllib.parse
import urllib.request
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.slack.setup import register_app
from sandbox.slack.web_api.contract import contracts
from sandbox.slack.web_api.registry import METHODS
from tests.makers.workspace import Desk, make_manifest, section

pytestmark = pytest.mark.servers


def post(desk: Desk, method: str, body: bytes, content_type: str, token: str = "") -> dict[str, Any]:
    headers = {"content-type": content_type} | ({"authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(desk.running.api + method, data=body, headers=headers)
    with urllib.request.urlopen(request, timeout=5) as answer:
        parsed: dict[str, Any] = json.load(answer)
        return parsed


def refusal(call: Any, *args: Any, **kwargs: Any) -> Any:
    with pytest.raises(SlackApiError) as refused:
        call(*args, **kwargs)
    return refused.value.response


def test_every_method_here_is_one_that_the_platform_publishes() -> None:
    assert set(METHODS) <= set(contracts())


def test_json_form_and_query_say_the_same(desk: Desk) -> None:
    token, channel = desk.registered.bot_token, desk.channel("orders")
    fields = {"channel": channel, "text": "hi", "blocks": json.dumps([section("hi", block_id="b")])}
    as_json = post(desk, "chat.postMessage", json.dumps(fields).encode(), "application/json", token)
    as_form = post(
        desk, "chat.postMessage", urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded", token
    )
    query = urllib.parse.urlencode({**fields, "token": token})
    as_query = post(desk, f"chat.postMessage?{query}", b"", "application/x-www-form-urlencoded")
    assert [answer["message"]["blocks"] for answer in (as_json, as_form, as_query)] == [
        [section("hi", block_id="b")]
    ] * 3


def test_an_empty_json_body_is_no_fault(desk: Desk) -> None:
    assert post(desk, "auth.test", b"", "application/json", desk.registered.bot_token)["ok"]


def test_a_call_without_token_is_not_authed_and_a_foreign_token_is_invalid(desk: Desk) -> None:
    assert post(desk, "auth.test", b"{}", "application/json")["error"] == "not_authed"
    assert post(desk, "auth.test", b"{}", "application/json", "xoxb-foreign")["error"] == "invalid_auth"


def test_unknown_methods_and_methods_not_written_here_are_told_apart(desk: Desk) -> None:
    token = desk.registered.bot_token
    unknown = post(desk, "chat.shout", b"{}", "application/json", token)
    assert (unknown["error"], unknown["req_method"]) == ("unknown_method", "chat.shout")
    assert post(desk, "stars.list", b"{}", "application/json", token)["error"] in (
        "method_not_implemented_here",
        "not_allowed_token_type",
    )


def test_the_bot_learns_who_it_is(desk: Desk) -> None:
    answer = desk.client.auth_test()
    assert (answer["user_id"], answer["team"], answer["user"]) == (desk.registered.bot_user, "workspace", "desk")
    assert answer.headers["x-oauth-scopes"].startswith("app_mentions:read,")
    assert desk.client.bots_info(bot=answer["bot_id"])["bot"]["app_id"] == desk.registered.app_id


def test_a_missing_argument_is_named(desk: Desk) -> None:
    answer = refusal(desk.client.api_call, "chat.postMessage", json={"text": "hi"})
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


def test_an_argument_of_the_wrong_kind_is_named(desk: Desk) -> None:
    answer = refusal(
        desk.client.api_call, "conversations.members", params={"channel": desk.channel("orders"), "limit": "many"}
    )
    assert answer["response_metadata"]["messages"] == ["[ERROR] must be a number [json-pointer:/limit]"]


def test_a_missing_scope_is_named_beside_those_that_are_there(desk: Desk) -> None:
    weak = desk.do(lambda workspace: register_app(workspace, make_manifest("Weak", without=("chat:write",))))
    answer = refusal(desk.client_of(weak.bot_token).chat_postMessage, channel="#orders", text="hi")
    assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write")
    assert "users:read" in answer["provided"]


def test_a_scope_is_needed_for_the_kind_of_conversation(desk: Desk) -> None:
    weak = desk.do(lambda workspace: register_app(workspace, make_manifest("Weak", without=("im:history",))))
    client = desk.client_of(weak.bot_token)
    direct = client.conversations_open(users=desk.person("magda"))["channel"]["id"]
    assert refusal(client.conversations_history, channel=direct)["needed"] == "im:history"
    assert client.conversations_history(channel=desk.channel("orders"))["ok"]


def test_sockets_open_with_an_app_token_only(desk: Desk) -> None:
    assert (
        refusal(desk.client.apps_connections_open, app_token=desk.registered.bot_token)["error"]
        == "not_allowed_token_type"
    )
    assert refusal(desk.client_of(desk.registered.app_token).chat_postMessage, channel="#orders", text="x")[
        "error"
    ] == ("not_allowed_token_type")


def test_a_tier_that_is_used_up_answers_429_with_the_seconds_to_wait(desk: Desk) -> None:
    for _ in range(20):
        desk.client.users_list()
    answer = refusal(desk.client.users_list)
    assert (answer.status_code, answer["error"]) == (429, "ratelimited")
    assert 1 <= int(answer.headers["Retry-After"]) <= 61


def test_lenience_forgets_scopes_and_tiers(desk: Desk) -> None:
    weak = desk.do(lambda workspace: register_app(workspace, make_manifest("Weak", without=("users:read",))))
    desk.do(lambda workspace: workspace.faults.change({"strict": False}))
    for _ in range(25):
        assert desk.client_of(weak.bot_token).users_list()["ok"]


def test_what_an_app_calls_stands_in_the_wire_log(desk: Desk) -> None:
    desk.client.chat_postMessage(channel="#orders", text="hi")
    refusal(desk.client.chat_postMessage, channel="#nowhere", text="hi")
    entries = desk.do(
        lambda workspace: [(e["name"], e["outcome"], e["broken"]) for e in workspace.wire if e["kind"] == "call"]
    )
    assert entries[-2:] == [
        ("chat.postMessage", "ok", []),
        ("chat.postMessage", "channel_not_found", ["channel_not_found"]),
    ]


def test_an_argument_that_the_method_does_not_know_is_marked(desk: Desk) -> None:
    desk.client.api_call("chat.postMessage", json={"channel": "#orders", "text": "hi", "colour": "red"})
    assert desk.do(lambda workspace: [e for e in workspace.wire if e["kind"] == "call"][-1]["broken"]) == [
        "unknown_argument:colour"
    ]


def test_api_test_echoes_and_fails_when_told(desk: Desk) -> None:
    assert desk.client.api_test(foo="bar")["args"] == {"foo": "bar"}
    assert refusal(desk.client.api_test, error="my_error")["error"] == "my_error"


def test_blocks_validate_says_what_a_message_would_be_refused_for(desk: Desk) -> None:
    call = desk.client.api_call
    assert call("blocks.validate", json={"blocks": [section("hi")]})["ok"]
    answer = refusal(
        call, "blocks.validate", json={"blocks": [{"type": "section", "text": {"type": "nope", "text": "x"}}]}
    )
    assert answer["error"] == "invalid_blocks"
    assert answer["errors"] == [
        {"code": "failed_constraint", "message": "unsupported type: nope", "pointer": "/0/text/type"}
    ]
    neither = refusal(call, "blocks.validate", json={})
    assert neither["response_metadata"]["messages"] == [
        "[ERROR] must provide exactly one of `blocks`, `view`, or `message`"
    ]
    assert refusal(call, "blocks.validate", json={"view": {"type": "modal"}})["error"] == "invalid_view"
    assert refusal(call, "blocks.validate", json={"message": {"blocks": [{}]}})["error"] == "invalid_message"


def test_an_app_can_be_made_and_changed_by_its_manifest(desk: Desk) -> None:
    maker = desk.client_of("xoxe.xoxp-1-any")
    app = maker.apps_manifest_create(manifest=json.dumps(make_manifest("Fresh")))["app_id"]
    maker.apps_manifest_update(app_id=app, manifest=make_manifest("Fresh", socket_mode_enabled=False))
    assert maker.apps_manifest_export(app_id=app)["manifest"]["settings"]["socket_mode_enabled"] is False
    answer = refusal(maker.apps_manifest_validate, manifest={"settings": {"socket_mode_enabled": 3}})
    assert {error["pointer"] for error in answer["errors"]} == {"/(top)", "/settings/socket_mode_enabled"}
    maker.apps_manifest_delete(app_id=app)
    assert refusal(maker.apps_manifest_export, app_id=app)["error"] == "invalid_app_id"
