"""Messages through Slack's client: posting, changing, threads, reactions, files, schedules, streams."""

import urllib.request
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.makers.workspace import Desk, section

pytestmark = pytest.mark.servers


def code(call: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(*args, **kwargs)
    return str(refused.value.response["error"])


@pytest.fixture
def orders(desk: Desk) -> str:
    return desk.channel("orders")


def test_a_posted_message_is_in_the_history_with_its_author(desk: Desk, orders: str) -> None:
    sent = desk.client.chat_postMessage(channel="#orders", text="hello", blocks=[section("*hello*")])
    message = desk.client.conversations_history(channel=orders)["messages"][0]
    assert (message["ts"], message["text"], message["user"]) == (sent["ts"], "hello", desk.registered.bot_user)
    assert message["bot_profile"]["name"] == "Desk"
    assert len(message["blocks"][0]["block_id"]) == 5


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0NOWHERE00", "text": "x"}, "channel_not_found"),
        ({"channel": "#orders"}, "no_text"),
        ({"channel": "#orders", "text": "x", "blocks": [{"type": "section"}]}, "invalid_blocks"),
        ({"channel": "#orders", "text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"channel": "#orders", "text": "x", "metadata": {"event_type": 3}}, "invalid_metadata_format"),
        ({"channel": "#orders", "text": "x", "attachments": "nope"}, "invalid_attachments"),
        ({"channel": "#orders", "text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
        ({"channel": "#orders", "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"channel": "#orders", "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        (
            {"channel": "#orders", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2990}}] * 5},
            "msg_blocks_too_long",
        ),
    ],
)
def test_a_message_is_refused_with_the_platforms_code(desk: Desk, arguments: dict[str, Any], error: str) -> None:
    assert code(desk.client.api_call, "chat.postMessage", json=arguments) == error


def test_one_posts_where_one_is_a_member_and_not_in_archives(desk: Desk) -> None:
    client = desk.client
    channel = client.conversations_create(name="old")["channel"]["id"]
    client.conversations_archive(channel=channel)
    assert code(client.chat_postMessage, channel=channel, text="x") == "is_archived"
    client.conversations_leave(channel=desk.channel("orders"))
    assert code(client.chat_postMessage, channel="#orders", text="x") == "not_in_channel"


def test_only_own_messages_change_and_go(desk: Desk, orders: str) -> None:
    with desk.player() as magda:
        foreign = magda.say("orders", "mine")
    assert code(desk.client.chat_update, channel=orders, ts=foreign, text="yours") == "cant_update_message"
    assert code(desk.client.chat_delete, channel=orders, ts=foreign) == "cant_delete_message"
    assert code(desk.client.chat_update, channel=orders, ts="1.000001", text="x") == "message_not_found"


def test_an_update_with_text_alone_takes_the_blocks_away(desk: Desk, orders: str) -> None:
    ts = desk.client.chat_postMessage(channel=orders, text="a", blocks=[section("a")])["ts"]
    desk.client.chat_update(channel=orders, ts=ts, text="b")
    message = desk.client.conversations_history(channel=orders)["messages"][0]
    assert message["text"] == "b"
    assert "blocks" not in message
    assert message["edited"]["user"] == desk.registered.bot_user


def test_a_thread_counts_its_replies_and_keeps_out_of_the_history(desk: Desk, orders: str) -> None:
    client = desk.client
    parent = client.chat_postMessage(channel=orders, text="parent")["ts"]
    first = client.chat_postMessage(channel=orders, text="reply", thread_ts=parent)["ts"]
    client.chat_postMessage(channel=orders, text="loud", thread_ts=parent, reply_broadcast=True)
    texts = [message["text"] for message in client.conversations_history(channel=orders)["messages"]]
    assert texts == ["loud", "parent"]
    thread = client.conversations_replies(channel=orders, ts=parent)["messages"]
    assert [message["text"] for message in thread] == ["parent", "reply", "loud"]
    assert thread[0]["reply_count"] == 2
    client.chat_delete(channel=orders, ts=first)
    assert client.conversations_replies(channel=orders, ts=parent)["messages"][0]["reply_count"] == 1


def test_history_is_given_in_pages_and_between_timestamps(desk: Desk, orders: str) -> None:
    stamps = [desk.client.chat_postMessage(channel=orders, text=str(number))["ts"] for number in range(5)]
    pages = [page["messages"] for page in desk.client.conversations_history(channel=orders, limit=2)]
    assert [[message["text"] for message in page] for page in pages] == [["4", "3"], ["2", "1"], ["0"]]
    between = desk.client.conversations_history(channel=orders, oldest=stamps[1], latest=stamps[3])["messages"]
    assert [message["text"] for message in between] == ["2"]
    inclusive = desk.client.conversations_history(channel=orders, oldest=stamps[1], latest=stamps[3], inclusive=True)
    assert len(inclusive["messages"]) == 3
    assert code(desk.client.conversations_history, channel=orders, cursor="bm9wZQ==") == "invalid_cursor"


def test_metadata_comes_back_only_when_asked_for(desk: Desk, orders: str) -> None:
    metadata = {"event_type": "order_card", "event_payload": {"id": "PO-1"}}
    desk.client.chat_postMessage(channel=orders, text="x", metadata=metadata)
    client = desk.client
    assert "metadata" not in client.conversations_history(channel=orders)["messages"][0]
    assert (
        client.conversations_history(channel=orders, include_all_metadata=True)["messages"][0]["metadata"] == metadata
    )


def test_an_ephemeral_is_seen_by_one_and_is_no_message(desk: Desk, orders: str) -> None:
    with desk.player("magda") as magda, desk.player("piotr") as piotr:
        desk.client.chat_postEphemeral(channel=orders, user=desk.person("magda"), text="psst")
        assert magda.wait_for_message(lambda message: message["text"] == "psst")["ephemeral"]
        desk.client.chat_postMessage(channel=orders, text="loud")
        piotr.wait_for_message(lambda message: message["text"] == "loud")
        assert piotr.sees.ephemerals == {}
    assert len(desk.client.conversations_history(channel=orders)["messages"]) == 1


def test_an_ephemeral_needs_a_member(desk: Desk, orders: str) -> None:
    with desk.player("ewa") as ewa:
        ewa.do("leave", channel=orders)
    assert (
        code(desk.client.chat_postEphemeral, channel=orders, user=desk.person("ewa"), text="x") == "user_not_in_channel"
    )
    assert code(desk.client.chat_postEphemeral, channel=orders, user="U0NOBODY000", text="x") == "user_not_found"


def test_reactions_are_put_once_and_taken_back_once(desk: Desk, orders: str) -> None:
    client = desk.client
    ts = client.chat_postMessage(channel=orders, text="x")["ts"]
    client.reactions_add(channel=orders, timestamp=ts, name="eyes")
    assert code(client.reactions_add, channel=orders, timestamp=ts, name="eyes") == "already_reacted"
    assert client.reactions_get(channel=orders, timestamp=ts)["message"]["reactions"][0]["count"] == 1
    client.reactions_remove(channel=orders, timestamp=ts, name="eyes")
    assert code(client.reactions_remove, channel=orders, timestamp=ts, name="eyes") == "no_reaction"
    assert code(client.reactions_add, channel=orders, timestamp=ts, name="No Emoji!") == "invalid_name"


def test_a_file_goes_up_in_three_steps_and_comes_down_with_the_token(desk: Desk, orders: str) -> None:
    uploaded = desk.client.files_upload_v2(
        channel=orders, content="a,b\n1,2\n", filename="stock.csv", initial_comment="Stock"
    )
    message = desk.client.conversations_history(channel=orders)["messages"][0]
    assert (message["subtype"], message["text"], message["files"][0]["name"]) == ("file_share", "Stock", "stock.csv")
    url = uploaded["file"]["url_private"]
    request = urllib.request.Request(url, headers={"authorization": f"Bearer {desk.registered.bot_token}"})
    with urllib.request.urlopen(request, timeout=5) as answer:
        assert answer.read() == b"a,b\n1,2\n"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_file_without_bytes_cannot_be_completed(desk: Desk) -> None:
    file = desk.client.files_getUploadURLExternal(filename="a.txt", length=3)["file_id"]
    assert code(desk.client.files_completeUploadExternal, files=[{"id": file, "title": "a"}]) == "file_not_found"


def test_a_deleted_file_leaves_its_message(desk: Desk, orders: str) -> None:
    file = desk.client.files_upload_v2(channel=orders, content="x", filename="a.txt")["file"]["id"]
    desk.client.files_delete(file=file)
    assert desk.client.conversations_history(channel=orders)["messages"][0]["files"] == []
    assert code(desk.client.files_info, file=file) == "file_not_found"


def test_the_old_upload_is_closed_to_apps_with_a_manifest(desk: Desk) -> None:
    assert code(desk.client.api_call, "files.upload", params={"content": "x"}) == "method_deprecated"


def test_a_scheduled_message_is_listed_taken_back_or_posted(desk: Desk, orders: str) -> None:
    client, now = desk.client, int(desk.do(lambda workspace: workspace.clock.now()))
    taken = client.chat_scheduleMessage(channel=orders, post_at=now + 60, text="later")["scheduled_message_id"]
    assert [each["text"] for each in client.chat_scheduledMessages_list()["scheduled_messages"]] == ["later"]
    client.chat_deleteScheduledMessage(channel=orders, scheduled_message_id=taken)
    assert client.chat_scheduledMessages_list()["scheduled_messages"] == []
    with desk.player() as magda:
        soon = int(desk.do(lambda workspace: workspace.clock.now())) + 3  # a busy machine may take a second to ask
        client.chat_scheduleMessage(channel=orders, post_at=soon, text="soon")
        magda.wait_for_message(lambda message: message["text"] == "soon")
    assert code(client.chat_scheduleMessage, channel=orders, post_at=now - 1, text="x") == "time_in_past"
    assert code(client.chat_scheduleMessage, channel=orders, post_at=now + 86400 * 121, text="x") == "time_too_far"


def test_a_stream_grows_and_ends(desk: Desk, orders: str) -> None:
    client = desk.client
    parent = client.chat_postMessage(channel=orders, text="question")["ts"]
    ts = client.chat_startStream(
        channel=orders,
        thread_ts=parent,
        markdown_text="Oat ",
        recipient_user_id=desk.person("magda"),
        recipient_team_id="T0WORKSPACE",
    )["ts"]
    client.chat_appendStream(channel=orders, ts=ts, markdown_text="milk")
    task = {"type": "task_update", "id": "1", "title": "Count", "status": "complete"}
    client.api_call("chat.appendStream", json={"channel": orders, "ts": ts, "chunks": [task]})
    message = client.chat_stopStream(channel=orders, ts=ts, blocks=[section("done")])["message"]
    assert message["text"] == "Oat milk"
    assert [block["type"] for block in message["blocks"]] == ["markdown", "plan", "section"]
    assert code(client.chat_appendStream, channel=orders, ts=ts, markdown_text="x") == "message_not_in_streaming_state"


def test_a_stream_in_a_channel_names_its_reader(desk: Desk, orders: str) -> None:
    parent = desk.client.chat_postMessage(channel=orders, text="q")["ts"]
    assert code(desk.client.chat_startStream, channel=orders, thread_ts=parent) == "missing_recipient_user_id"


def test_a_link_gets_what_the_app_knows_of_it(desk: Desk, orders: str) -> None:
    with desk.player() as magda:
        ts = magda.say("orders", "https://orders.example.com/1")
        unfurls = {"https://orders.example.com/1": {"text": "Oat milk"}}
        desk.do(lambda workspace: workspace.faults.change({"strict": False}))  # the desk has no links:write
        desk.client.chat_unfurl(channel=orders, ts=ts, unfurls=unfurls)
        message = magda.wait_for_message(lambda each: bool(each.get("attachments")))
    assert message["attachments"][0]["from_url"] == "https://orders.example.com/1"


def test_a_permalink_names_channel_message_and_thread(desk: Desk, orders: str) -> None:
    parent = desk.client.chat_postMessage(channel=orders, text="a")["ts"]
    reply = desk.client.chat_postMessage(channel=orders, text="b", thread_ts=parent)["ts"]
    link = desk.client.chat_getPermalink(channel=orders, message_ts=reply)["permalink"]
    assert (
        link
        == f"https://workspace.slack.com/archives/{orders}/p{reply.replace('.', '')}?thread_ts={parent}&cid={orders}"
    )


def test_a_pin_shows_in_the_list_of_pins(desk: Desk, orders: str) -> None:
    client = desk.client
    ts = client.chat_postMessage(channel=orders, text="keep")["ts"]
    client.pins_add(channel=orders, timestamp=ts)
    assert code(client.pins_add, channel=orders, timestamp=ts) == "already_pinned"
    desk.do(lambda workspace: workspace.faults.change({"strict": False}))  # the desk has no pins:read
    assert client.pins_list(channel=orders)["items"][0]["message"]["text"] == "keep"
    client.pins_remove(channel=orders, timestamp=ts)
    assert client.pins_list(channel=orders)["items"] == []
