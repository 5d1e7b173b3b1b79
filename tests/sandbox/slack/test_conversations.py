"""Conversations, people and groups through Slack's client."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.slack.setup import add_group
from tests.makers.workspace import Desk

pytestmark = pytest.mark.servers


def code(call: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(*args, **kwargs)
    return str(refused.value.response["error"])


def test_channels_are_listed_page_by_page(desk: Desk) -> None:
    pages = [page["channels"] for page in desk.client.conversations_list(limit=1)]
    assert [[channel["name"] for channel in page] for page in pages] == [["general"], ["orders"]]


def test_a_list_of_unknown_types_or_without_scope_is_refused(desk: Desk) -> None:
    assert code(desk.client.conversations_list, types="rooms") == "invalid_types"
    assert code(desk.client.conversations_list, types="private_channel") == "missing_scope"


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("Orders", "invalid_name_specials"),
        ("two words", "invalid_name_specials"),
        ("x" * 81, "invalid_name_maxlength"),
        ("orders", "name_taken"),
    ],
)
def test_a_channels_name_keeps_the_platforms_rules(desk: Desk, name: str, error: str) -> None:
    assert code(desk.client.conversations_create, name=name) == error


def test_a_new_channel_has_its_creator_as_member(desk: Desk) -> None:
    channel = desk.client.conversations_create(name="late-orders")["channel"]
    assert channel["is_member"]
    assert desk.client.conversations_members(channel=channel["id"])["members"] == [desk.registered.bot_user]


def test_invitations_name_those_that_cannot_come(desk: Desk) -> None:
    channel = desk.client.conversations_create(name="late-orders")["channel"]["id"]
    magda = desk.person("magda")
    desk.client.conversations_invite(channel=channel, users=[magda])
    assert code(desk.client.conversations_invite, channel=channel, users=[magda]) == "already_in_channel"
    assert code(desk.client.conversations_invite, channel=channel, users="U0NOBODY000") == "user_not_found"
    assert code(desk.client.conversations_invite, channel=channel, users=desk.registered.bot_user) == "cant_invite_self"


def test_the_general_channel_keeps_its_members(desk: Desk) -> None:
    general = desk.channel("general")
    assert code(desk.client.conversations_leave, channel=general) == "cant_leave_general"
    assert code(desk.client.conversations_archive, channel=general) == "cant_archive_general"
    assert code(desk.client.conversations_kick, channel=general, user=desk.person("ewa")) == "cant_kick_from_general"


def test_joining_twice_warns(desk: Desk) -> None:
    answer = desk.client.conversations_join(channel=desk.channel("orders"))
    assert answer["warning"] == "already_in_channel"


def test_a_kicked_person_loses_the_channel(desk: Desk) -> None:
    with desk.player("ewa") as ewa:
        desk.client.conversations_kick(channel=desk.channel("orders"), user=desk.person("ewa"))
        ewa.wait_until(lambda sees: not sees.channel("orders")["is_member"], "the loss of a channel")


def test_the_direct_message_of_two_is_one(desk: Desk) -> None:
    magda = desk.person("magda")
    first = desk.client.conversations_open(users=magda)
    second = desk.client.conversations_open(users=[magda], return_im=True)
    assert first["channel"]["id"] == second["channel"]["id"]
    assert second["already_open"]
    assert second["channel"]["user"] == magda
    assert code(desk.client.conversations_open, users="U0NOBODY000") == "user_not_found"


def test_a_group_message_has_all_of_them(desk: Desk) -> None:
    desk.do(lambda workspace: workspace.faults.change({"strict": False}))
    people = [desk.person(name) for name in ("magda", "piotr", "ewa")]
    channel = desk.client.conversations_open(users=people)["channel"]["id"]
    assert channel.startswith("G")
    assert len(desk.client.conversations_members(channel=channel)["members"]) == 4


def test_a_message_to_a_person_goes_to_the_direct_message(desk: Desk) -> None:
    sent = desk.client.chat_postMessage(channel=desk.person("magda"), text="hi")
    assert sent["channel"].startswith("D")


def test_topic_and_purpose_are_set_and_told(desk: Desk) -> None:
    orders = desk.channel("orders")
    channel = desk.client.conversations_setTopic(channel=orders, topic="Only urgent")["channel"]
    assert channel["topic"]["value"] == "Only urgent"
    assert code(desk.client.conversations_setTopic, channel=orders, topic="x" * 251) == "too_long"
    with desk.player() as magda:
        assert magda.sees.channel("orders")["topic"] == "Only urgent"


def test_a_renamed_channel_is_found_by_its_new_name(desk: Desk) -> None:
    channel = desk.client.conversations_create(name="late-orders")["channel"]["id"]
    desk.client.conversations_rename(channel=channel, name="too-late")
    assert desk.client.chat_postMessage(channel="#too-late", text="x")["channel"] == channel


def test_a_person_has_the_platforms_profile(desk: Desk) -> None:
    user = desk.client.users_info(user=desk.person("magda"))["user"]
    assert (user["name"], user["real_name"], user["tz"]) == ("magda", "Magda Nowak", "Europe/Warsaw")
    assert user["tz_offset"] in (3600, 7200)
    assert "email" not in user["profile"], "users:read.email was not granted"


def test_people_are_found_by_their_address(desk: Desk) -> None:
    desk.do(lambda workspace: workspace.faults.change({"strict": False}))
    assert desk.client.users_lookupByEmail(email="Magda@example.com")["user"]["name"] == "magda"
    assert code(desk.client.users_lookupByEmail, email="nobody@example.com") == "users_not_found"


def test_bots_are_people_too(desk: Desk) -> None:
    members = desk.client.users_list()["members"]
    assert [user["name"] for user in members if user["is_bot"]] == ["desk"]


def test_a_groups_members_are_read_and_changed(desk: Desk) -> None:
    group = desk.do(lambda workspace: add_group(workspace, "buyers", "Buyers", ["magda"]))
    assert desk.client.usergroups_users_list(usergroup=group)["users"] == [desk.person("magda")]
    desk.do(lambda workspace: workspace.faults.change({"strict": False}))
    desk.client.usergroups_users_update(usergroup=group, users=[desk.person("piotr")])
    assert desk.client.usergroups_list(include_users=True)["usergroups"][0]["users"] == [desk.person("piotr")]
    assert code(desk.client.usergroups_users_list, usergroup="S0NONE00000") == "no_such_subteam"


def test_a_person_acts_through_a_user_token(desk: Desk) -> None:
    desk.do(lambda workspace: workspace.faults.change({"strict": False}))
    magda = desk.client_of(desk.registered.user_tokens["magda"])
    assert magda.auth_test()["user"] == "magda"
    assert magda.chat_postMessage(channel="#orders", text="as myself")["message"]["user"] == desk.person("magda")
