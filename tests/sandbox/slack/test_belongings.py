"""Smaller things that Slack's SDK is tested with: bookmarks, calls, canvases, lists, remote files, webhooks."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from sandbox.slack.setup import add_webhook, register_app
from tests.makers.workspace import Desk, section

pytestmark = pytest.mark.servers


def code(call: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(*args, **kwargs)
    return str(refused.value.response["error"])


@pytest.fixture
def client(desk: Desk) -> Any:
    """An app that may do everything."""
    return desk.client_of(desk.do(register_app).bot_token)


def test_a_bookmark_is_kept_changed_and_taken_away(desk: Desk, client: Any) -> None:
    orders = desk.channel("orders")
    kept = client.bookmarks_add(channel_id=orders, title="Rules", type="link", link="https://x")["bookmark"]["id"]
    client.bookmarks_edit(channel_id=orders, bookmark_id=kept, title="House rules")
    assert [each["title"] for each in client.bookmarks_list(channel_id=orders)["bookmarks"]] == ["House rules"]
    client.bookmarks_remove(channel_id=orders, bookmark_id=kept)
    assert code(client.bookmarks_remove, channel_id=orders, bookmark_id=kept) == "bookmark_not_found"


def test_a_call_gathers_people_and_ends(client: Any) -> None:
    call = client.calls_add(external_unique_id="1", join_url="https://x", users=[{"external_id": "a"}])["call"]["id"]
    client.calls_participants_add(id=call, users=[{"external_id": "b"}])
    client.calls_participants_remove(id=call, users=[{"external_id": "a"}])
    client.calls_update(id=call, title="Stand-up")
    client.calls_end(id=call)
    known = client.calls_info(id=call)["call"]
    assert (known["title"], known["users"]) == ("Stand-up", [{"external_id": "b"}])
    assert known["date_end"] > 0
    assert code(client.calls_info, id="R0NONE") == "call_not_found"


def test_a_call_block_may_stand_in_a_message(client: Any) -> None:
    assert client.chat_postMessage(channel="#orders", text="call", blocks=[{"type": "call", "call_id": "R1"}])["ok"]


def markdown(text: str) -> dict[str, str]:
    return {"type": "markdown", "markdown": text}


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ({"operation": "replace", "document_content": markdown("new")}, ["one", "new", "three"]),
        ({"operation": "insert_after", "document_content": markdown("new")}, ["one", "two", "new", "three"]),
        ({"operation": "insert_before", "document_content": markdown("new")}, ["one", "new", "two", "three"]),
        ({"operation": "delete"}, ["one", "three"]),
    ],
)
def test_a_canvas_is_changed_section_by_section(
    desk: Desk, client: Any, change: dict[str, Any], left: list[str]
) -> None:
    canvas = client.canvases_create(title="Notes", document_content=markdown("one\n\ntwo\n\nthree"))["canvas_id"]
    found = client.canvases_sections_lookup(canvas_id=canvas, criteria={"contains_text": "two"})["sections"][0]["id"]
    client.canvases_edit(canvas_id=canvas, changes=[{**change, "section_id": found}])
    assert desk.do(lambda workspace: [each["markdown"] for each in workspace.things[canvas]["sections"]]) == left


def test_a_canvas_grows_at_both_ends_and_is_replaced_whole(desk: Desk, client: Any) -> None:
    canvas = client.canvases_create(document_content=markdown("b"))["canvas_id"]
    for operation, text in (("insert_at_start", "a"), ("insert_at_end", "c")):
        client.canvases_edit(canvas_id=canvas, changes=[{"operation": operation, "document_content": markdown(text)}])
    assert desk.do(lambda workspace: [each["markdown"] for each in workspace.things[canvas]["sections"]]) == [
        "a",
        "b",
        "c",
    ]
    client.canvases_edit(canvas_id=canvas, changes=[{"operation": "replace", "document_content": markdown("all new")}])
    assert desk.do(lambda workspace: len(workspace.things[canvas]["sections"])) == 1
    unknown = [{"operation": "delete", "section_id": "nope"}]
    assert code(client.canvases_edit, canvas_id=canvas, changes=unknown) == "section_not_found"


def test_a_channel_has_one_canvas(desk: Desk, client: Any) -> None:
    orders = desk.channel("orders")
    client.conversations_canvases_create(channel_id=orders, document_content=markdown("x"))
    again = code(client.conversations_canvases_create, channel_id=orders, document_content=markdown("x"))
    assert again == "channel_canvas_already_exists"


def test_access_to_a_canvas_is_given_and_taken(desk: Desk, client: Any) -> None:
    canvas, magda = client.canvases_create(title="x")["canvas_id"], desk.person("magda")
    client.canvases_access_set(canvas_id=canvas, access_level="write", user_ids=[magda])
    assert desk.do(lambda workspace: workspace.things[canvas]["access"]) == {magda: "write"}
    client.canvases_access_delete(canvas_id=canvas, user_ids=[magda])
    client.canvases_delete(canvas_id=canvas)
    assert code(client.canvases_delete, canvas_id=canvas) == "canvas_not_found"


def test_a_list_takes_rows(client: Any) -> None:
    made = client.slackLists_create(name="Deals", schema=[{"key": "deal", "name": "Deal", "type": "text"}])["list"][
        "id"
    ]
    row = client.slackLists_items_create(list_id=made, initial_fields=[{"column_id": "Col1"}])["item"]["id"]
    assert [each["id"] for each in client.slackLists_items_list(list_id=made)["items"]] == [row]
    assert client.slackLists_items_info(list_id=made, id=row)["record"]["id"] == row
    client.slackLists_items_delete(list_id=made, id=row)
    assert code(client.slackLists_items_info, list_id=made, id=row) == "record_not_found"
    assert code(client.slackLists_items_list, list_id="F0NONE") == "list_not_found"


def test_a_remote_file_is_shared_and_shown_by_a_block(desk: Desk, client: Any) -> None:
    orders = desk.channel("orders")
    client.files_remote_add(external_id="e1", external_url="https://x/1", title="Contract")
    client.files_remote_share(external_id="e1", channels=orders)
    client.files_remote_update(external_id="e1", title="Contract 2")
    assert [file["title"] for file in client.files_remote_list()["files"]] == ["Contract 2"]
    block = {"type": "file", "external_id": "e1", "source": "remote"}
    assert client.chat_postMessage(channel=orders, text="x", blocks=[section("x"), block])["ok"]
    client.files_remote_remove(external_id="e1")
    assert code(client.files_remote_info, external_id="e1") == "file_not_found"


def test_a_webhook_posts_to_its_channel_and_says_what_is_wrong(desk: Desk) -> None:
    orders = desk.channel("orders")
    url = desk.do(lambda workspace: add_webhook(workspace, desk.registered.app_id, orders))
    assert WebhookClient(url).send(text="by webhook", attachments=[{"text": "more"}]).body == "ok"
    assert desk.client.conversations_history(channel=orders)["messages"][0]["text"] == "by webhook"
    assert WebhookClient(url).send(blocks=[{"type": "section"}]).body == "invalid_blocks"
    assert WebhookClient(url).send(text="").body == "no_text"
    assert WebhookClient(url + "x").send(text="x").status_code == 404


def test_the_workspace_tells_of_itself(client: Any) -> None:
    assert client.team_info()["team"]["domain"] == "workspace"
    assert client.team_billing_info()["plan"] == "free"
    assert client.team_preferences_list()["who_can_post_general"] == "everyone"
    assert client.dnd_info()["dnd_enabled"] is False
    assert client.emoji_list()["emoji"] == {}


def test_presence_and_profile_of_people(desk: Desk, client: Any) -> None:
    assert client.users_getPresence(user=desk.person("magda"))["presence"] == "active"
    assert client.users_profile_get(user=desk.person("magda"))["profile"]["email"] == "magda@example.com"
    person = desk.client_of(desk.do(register_app).user_tokens["magda"])
    person.users_profile_set(profile={"status_text": "Counting", "status_emoji": ":abacus:"})
    assert client.users_profile_get(user=desk.person("magda"))["profile"]["status_text"] == "Counting"


def test_a_group_is_made_changed_and_put_out_of_use(client: Any) -> None:
    group = client.usergroups_create(name="Drivers", handle="drivers")["usergroup"]["id"]
    assert code(client.usergroups_create, name="Drivers", handle="other") == "name_already_exists"
    client.usergroups_update(usergroup=group, description="Who drives")
    client.usergroups_disable(usergroup=group)
    assert client.usergroups_list()["usergroups"] == []
    client.usergroups_enable(usergroup=group)
    assert client.usergroups_list()["usergroups"][0]["description"] == "Who drives"
