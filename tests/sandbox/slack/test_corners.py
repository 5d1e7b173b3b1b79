"""Refusals and by-ways of the Web API that a working app seldom meets."""

import json
import socket
import urllib.error
import urllib.request
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.slack.serving import bound_socket
from sandbox.slack.setup import register_app
from tests.makers.workspace import Desk, Json, modal, section

pytestmark = pytest.mark.servers


def code(call: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(*args, **kwargs)
    return str(refused.value.response["error"])


@pytest.fixture
def client(desk: Desk) -> WebClient:
    """An app that may do everything."""
    return desk.client_of(desk.do(register_app).bot_token)


@pytest.fixture
def orders(desk: Desk) -> str:
    return desk.channel("orders")


def test_answers_are_not_held_back_to_fill_a_packet() -> None:
    listening = bound_socket(0)
    with listening, socket.create_connection(listening.getsockname()) as caller:
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.proto == socket.IPPROTO_TCP, "asyncio sets TCP_NODELAY on sockets that say so only"
        caller.settimeout(1)


def test_markdown_text_becomes_a_markdown_block(client: WebClient, orders: str) -> None:
    message = client.chat_postMessage(channel=orders, markdown_text="**bold**")["message"]
    assert (message["text"], message["blocks"][0]["type"]) == ("**bold**", "markdown")
    assert code(client.chat_postMessage, channel=orders, markdown_text="x" * 12_001) == "msg_too_long"


def test_a_long_text_is_cut_when_posted_and_refused_when_changed(client: WebClient, orders: str) -> None:
    sent = client.chat_postMessage(channel=orders, text="x" * 40_001)
    assert len(sent["message"]["text"]) == 40_000
    assert code(client.chat_update, channel=orders, ts=sent["ts"], text="x" * 4_001) == "msg_too_long"


def test_a_name_and_a_picture_of_the_apps_choice(desk: Desk, client: WebClient, orders: str) -> None:
    chosen = client.chat_postMessage(channel=orders, text="x", username="Clerk", icon_emoji="truck")["message"]
    assert (chosen["username"], chosen["icons"], chosen["subtype"]) == ("Clerk", {"emoji": ":truck:"}, "bot_message")
    pictured = client.chat_postMessage(channel=orders, text="x", icon_url="https://x/y.png")["message"]
    assert pictured["icons"] == {"image_48": "https://x/y.png"}
    plain = desk.client.chat_postMessage(channel=orders, text="x", username="Clerk")["message"]
    assert "username" not in plain, "chat:write.customize was not granted"


def test_blocks_in_attachments_are_judged_with_their_place(client: WebClient, orders: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=orders, text="x", attachments=[{"blocks": [{"type": "section"}]}])
    assert refused.value.response["errors"] == [
        "must define either `text` or `fields` [json-pointer:/attachments/0/blocks/0]"
    ]
    sent = client.chat_postMessage(channel=orders, text="x", attachments=[{"blocks": [section("fine")]}])
    assert sent["message"]["attachments"][0]["id"] == 1


@pytest.mark.parametrize(
    "metadata", ["[", [1], {"event_type": "no spaces here", "event_payload": {}}, {"event_type": "x"}]
)
def test_metadata_has_a_type_and_a_payload(client: WebClient, orders: str, metadata: Any) -> None:
    arguments = {"channel": orders, "text": "x", "metadata": metadata}
    assert code(client.api_call, "chat.postMessage", json=arguments) == "invalid_metadata_format"


def test_an_app_says_what_it_does(client: WebClient, orders: str) -> None:
    client.chat_meMessage(channel=orders, text="counts")
    assert client.conversations_history(channel=orders)["messages"][0]["subtype"] == "me_message"


def test_an_ephemeral_may_stand_in_a_thread(desk: Desk, client: WebClient, orders: str) -> None:
    parent = client.chat_postMessage(channel=orders, text="parent")["ts"]
    client.chat_postEphemeral(channel=orders, user=desk.person("magda"), text="psst", thread_ts=parent)
    with desk.player() as magda:
        assert magda.wait_for_message(lambda each: each["text"] == "psst")["thread_ts"] == parent


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C1", "ts": "1.0"}, "missing_unfurls"),
        ({"unfurls": {"https://x": {}}, "ts": "1.0"}, "missing_channel"),
        ({"unfurls": {"https://x": {}}, "channel": "C1"}, "missing_ts"),
        ({"unfurls": {"https://x": {}}, "channel": "#orders", "ts": "1.0"}, "cannot_find_message"),
    ],
)
def test_an_unfurl_needs_all_its_parts(client: WebClient, arguments: Json, error: str) -> None:
    assert code(client.api_call, "chat.unfurl", json=arguments) == error


def test_a_work_object_unfurls_by_metadata(client: WebClient, orders: str) -> None:
    ts = client.chat_postMessage(channel=orders, text="https://x/1")["ts"]
    entities = {"entities": [{"entity_type": "slack#/entities/item", "url": "https://x/1", "entity_payload": {}}]}
    client.api_call("chat.unfurl", json={"channel": orders, "ts": ts, "metadata": entities})
    assert (
        client.conversations_history(channel=orders, include_all_metadata=True)["messages"][0]["metadata"] == entities
    )


def test_streams_take_chunks_of_every_kind(client: WebClient, orders: str) -> None:
    desk_user = client.auth_test()["user_id"]
    reader = {"recipient_user_id": desk_user, "recipient_team_id": "T0WORKSPACE"}
    ts = client.api_call("chat.startStream", json={"channel": orders, **reader})["ts"]
    task = {"type": "task_update", "id": "1", "title": "Count", "status": "in_progress", "details": "slowly"}
    chunks = [{"type": "plan_update", "title": "Plan"}, task, {**task, "status": "complete", "output": "3"}]
    for each in [*chunks, {"type": "markdown_text", "text": "Done."}, {"type": "blocks", "blocks": [section("x")]}]:
        client.api_call("chat.appendStream", json={"channel": orders, "ts": ts, "chunks": [each]})
    metadata = {"event_type": "done", "event_payload": {}}
    message = client.api_call("chat.stopStream", json={"channel": orders, "ts": ts, "metadata": metadata})["message"]
    plan = message["blocks"][0]
    assert (plan["title"], plan["tasks"][0]["status"], len(plan["tasks"])) == ("Plan", "complete", 1)
    assert [block["type"] for block in message["blocks"]] == ["plan", "markdown", "section"]


def test_streams_refuse_what_is_no_chunk_and_what_is_not_theirs(desk: Desk, client: WebClient) -> None:
    direct = client.conversations_open(users=desk.person("magda"))["channel"]["id"]
    ts = client.chat_startStream(channel=direct, thread_ts=client.chat_postMessage(channel=direct, text="q")["ts"])[
        "ts"
    ]
    append = "chat.appendStream"
    for chunks in ("x", [1], [{"type": "nope"}], [{"type": "task_update"}]):
        arguments = {"channel": direct, "ts": ts, "chunks": json.dumps(chunks)}
        assert code(client.api_call, append, json=arguments) == "invalid_chunks"
    assert code(client.api_call, append, json={"channel": direct, "ts": ts}) == "no_text"
    assert code(client.chat_appendStream, channel=direct, ts=ts, markdown_text="x" * 12_001) == "msg_too_long"
    assert code(client.chat_update, channel=direct, ts=ts, text="x") == "streaming_state_conflict"
    with desk.player() as magda:
        own = magda.say(direct, "mine")
    assert code(client.chat_appendStream, channel=direct, ts=own, markdown_text="x") == "message_not_owned_by_app"


def test_one_lists_the_conversations_of_a_person(desk: Desk, client: WebClient) -> None:
    client.conversations_create(name="bots-only")
    names = [each["name"] for each in client.users_conversations(user=desk.person("ewa"))["channels"]]
    assert names == ["general", "orders"]
    assert len(client.users_conversations()["channels"]) == 3


def test_a_conversation_says_how_many_are_in_it(client: WebClient, orders: str) -> None:
    assert client.conversations_info(channel=orders, include_num_members=True)["channel"]["num_members"] == 5
    assert "num_members" not in client.conversations_info(channel=orders)["channel"]


def test_reading_up_to_a_message_is_kept(client: WebClient, orders: str) -> None:
    ts = client.chat_postMessage(channel=orders, text="x")["ts"]
    client.conversations_mark(channel=orders, ts=ts)
    assert client.conversations_info(channel=orders)["channel"]["last_read"] == ts


def test_an_archive_is_opened_again(client: WebClient, orders: str) -> None:
    client.conversations_archive(channel=orders)
    assert code(client.conversations_archive, channel=orders) == "already_archived"
    assert code(client.conversations_join, channel=orders) == "is_archived"
    assert code(client.conversations_setTopic, channel=orders, topic="x") == "is_archived"
    client.conversations_unarchive(channel=orders)
    assert code(client.conversations_unarchive, channel=orders) == "not_archived"


def test_purpose_is_answered_as_it_was_set(client: WebClient, orders: str) -> None:
    assert client.conversations_setPurpose(channel=orders, purpose="To buy")["purpose"] == "To buy"


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("conversations.history", {"oldest": "yesterday"}, "invalid_ts_oldest"),
        ("conversations.history", {"limit": 2000}, "invalid_limit"),
        ("conversations.history", {"cursor": "b2Zmc2V0Oi0x"}, "invalid_cursor"),
        ("conversations.replies", {"ts": "1.000001"}, "thread_not_found"),
        ("conversations.invite", {"users": ""}, "invalid_arguments"),
        ("conversations.kick", {"user": "U0NOBODY000"}, "user_not_found"),
        ("conversations.rename", {"name": "general"}, "name_taken"),
        ("conversations.open", {"channel": ""}, "users_list_not_supplied"),
        ("conversations.close", {}, "method_not_supported_for_channel_type"),
        ("reactions.add", {"name": "eyes", "timestamp": "1.000001"}, "message_not_found"),
        ("views.update", {"view": modal(section("x"))}, "invalid_arguments"),
        ("views.open", {"view": modal(section("x"))}, "invalid_arguments"),
        ("views.publish", {"user_id": "U0NOBODY000", "view": {"type": "home", "blocks": []}}, "user_not_found"),
        ("files.getUploadURLExternal", {"filename": "a", "length": 0}, "invalid_arguments"),
        ("files.getUploadURLExternal", {"filename": "a", "length": 2_000_000_000}, "file_upload_size_restricted"),
        ("files.completeUploadExternal", {"files": "[]"}, "invalid_arguments"),
        ("bots.info", {"bot": "B0NONE"}, "bot_not_found"),
        ("dnd.info", {"user": "U0NOBODY000"}, "user_not_found"),
        (
            "assistant.threads.setStatus",
            {"channel_id": "C0NONE", "thread_ts": "1.0", "status": "x"},
            "channel_not_found",
        ),
        ("chat.scheduleMessage", {"post_at": 1, "text": "x"}, "time_in_past"),
        ("chat.deleteScheduledMessage", {"scheduled_message_id": "Q0NONE"}, "invalid_scheduled_message_id"),
    ],
)
def test_a_by_way_ends_with_the_platforms_code(
    client: WebClient, orders: str, method: str, arguments: Json, error: str
) -> None:
    assert code(client.api_call, method, json={"channel": orders, **arguments}) == error


def test_a_thread_that_is_none_gets_no_status(client: WebClient, orders: str) -> None:
    wrong = {"channel_id": orders, "thread_ts": "1.000001"}
    assert code(client.assistant_threads_setStatus, **wrong, status="x") == "invalid_thread_ts"
    assert code(client.assistant_threads_setTitle, **wrong, title="x") == "invalid_thread_ts"
    too_many = [{"title": str(number), "message": "x"} for number in range(5)]
    assert (
        code(client.assistant_threads_setSuggestedPrompts, channel_id=orders, prompts=too_many) == "invalid_arguments"
    )


def test_people_cannot_be_too_many_for_a_group_message(desk: Desk, client: WebClient) -> None:
    assert code(client.conversations_open, users=[desk.person("magda")] * 9) == "too_many_users"


def test_invitations_may_be_forced_past_those_who_cannot_come(desk: Desk, client: WebClient) -> None:
    channel = client.conversations_create(name="mixed")["channel"]["id"]
    answer = client.conversations_invite(channel=channel, users=["U0NOBODY000", desk.person("ewa")], force=True)
    assert answer["errors"][0]["error"] == "user_not_found"
    assert desk.person("ewa") in client.conversations_members(channel=channel)["members"]


def test_leaving_twice_is_no_error(client: WebClient, orders: str) -> None:
    client.conversations_leave(channel=orders)
    assert client.conversations_leave(channel=orders)["not_in_channel"]
    assert code(client.conversations_history, channel=orders) == "not_in_channel"
    assert code(client.conversations_mark, channel=orders, ts="1.0") == "not_in_channel"
    assert code(client.conversations_setTopic, channel=orders, topic="x") == "not_in_channel"


def test_public_channels_may_be_posted_to_from_outside_with_the_scope(
    desk: Desk, client: WebClient, orders: str
) -> None:
    client.conversations_leave(channel=orders)
    assert client.chat_postMessage(channel=orders, text="from outside")["ok"]


def test_files_are_listed_by_channel_and_person(desk: Desk, client: WebClient, orders: str) -> None:
    client.files_upload_v2(channel=orders, content="x", filename="a.txt")
    client.files_upload_v2(content="y", filename="b.txt")
    assert [file["name"] for file in client.files_list()["files"]] == ["b.txt", "a.txt"]
    assert [file["name"] for file in client.files_list(channel=orders)["files"]] == ["a.txt"]
    assert client.files_list(user=desk.person("magda"))["files"] == []


def test_only_own_files_are_deleted(desk: Desk, client: WebClient) -> None:
    with desk.player() as magda:
        foreign = magda.upload("hers.txt", b"x")
    assert code(client.files_delete, file=foreign) == "cant_delete_file"
    assert client.files_info(file=foreign)["file"]["name"] == "hers.txt"


def test_the_app_without_a_manifest_may_still_upload_the_old_way(client: WebClient, orders: str) -> None:
    file = client.api_call("files.upload", params={"content": "x", "filename": "a.txt", "channels": orders})["file"]
    assert client.conversations_history(channel=orders)["messages"][0]["files"][0]["id"] == file["id"]
    assert code(client.api_call, "files.upload", params={"filename": "a.txt"}) == "no_file_data"


def test_a_text_file_shows_its_beginning(client: WebClient) -> None:
    sent = {"content": "\n".join(f"line {at}" for at in range(1, 8)), "filename": "a.txt"}
    file = client.api_call("files.upload", params=sent)["file"]
    assert (file["preview"].splitlines()[-1], file["lines"], file["lines_more"]) == ("line 5", 7, 2)
    assert client.files_info(file=file["id"])["file"]["preview_is_truncated"]


def test_bytes_that_are_no_text_show_none(client: WebClient) -> None:
    file = client.files_upload_v2(content=b"\xff\xfe\x00", filename="a.txt")["file"]
    assert "preview" not in file


def test_bytes_may_come_as_a_form_and_only_for_announced_files(desk: Desk, client: WebClient) -> None:
    announced = client.files_getUploadURLExternal(filename="a.txt", length=3)
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nabc\r\n--b--\r\n'
    headers = {"content-type": "multipart/form-data; boundary=b"}
    request = urllib.request.Request(announced["upload_url"], data=body, headers=headers)
    with urllib.request.urlopen(request, timeout=5) as answer:
        assert answer.read() == b"OK - 3"
    assert desk.do(lambda workspace: workspace.files.content(announced["file_id"])) == b"abc"
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(announced["upload_url"] + "X", data=b"abc", timeout=5)
    assert refused.value.code == 404
    refused.value.close()


def test_a_picture_says_how_large_it_is(desk: Desk) -> None:
    header = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + (8).to_bytes(4) + (4).to_bytes(4)
    with desk.player() as magda:
        file_id = magda.upload("chart.bin", header)
    file = desk.do(lambda workspace: workspace.files.get(file_id))
    assert (file["mimetype"], file["original_w"], file["original_h"]) == ("image/png", 8, 4)


def test_an_assistant_of_the_older_kind_is_told_of_its_thread(desk: Desk) -> None:
    manifest = json.loads(json.dumps(desk.do(lambda w: w.apps.get(desk.registered.app_id)["manifest"])))
    manifest["features"]["assistant_view"] = {"assistant_description": "Desk"}
    manifest["settings"]["event_subscriptions"]["bot_events"].append("assistant_thread_started")
    desk.do(lambda workspace: register_app(workspace, manifest))
    heard: list[Json] = []
    app = desk.bolt()

    @app.event("assistant_thread_started")
    def started(event: Json, client: WebClient) -> None:
        heard.append(event)
        thread = event["assistant_thread"]
        client.chat_postMessage(channel=thread["channel_id"], thread_ts=thread["thread_ts"], text="How can I help?")

    app.event("app_home_opened")(lambda: None)
    desk.connect(app)
    with desk.player() as magda:
        magda.open_home(tab="messages")
        greeting = magda.wait_for_message(lambda each: each["text"] == "How can I help?")
        magda.open_home(tab="home")
    assert greeting["thread_ts"] == heard[0]["assistant_thread"]["thread_ts"]
    assert heard[0]["assistant_thread"]["user_id"] == desk.person("magda")
