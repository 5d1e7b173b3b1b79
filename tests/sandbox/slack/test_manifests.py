"""Manifests: what is read from them, and what is refused."""

import pytest

from sandbox.slack.manifests import BadManifest, checked_manifest
from sandbox.slack.setup import open_manifest
from tests.makers.workspace import Json, make_manifest


def test_a_manifest_says_what_the_app_may_and_hears() -> None:
    manifest = checked_manifest(make_manifest("Desk"))
    assert (manifest.name, manifest.bot_name) == ("Desk", "desk")
    assert "chat:write" in manifest.bot_scopes
    assert manifest.hears("message.im")
    assert not manifest.hears("message.groups")
    assert manifest.uses_sockets
    assert manifest.has_home
    assert manifest.takes_messages
    assert manifest.unfurl_domains == ("orders.example.com",)


def test_a_command_is_found_whatever_its_case() -> None:
    manifest = checked_manifest(make_manifest())
    assert (manifest.command("/STOCK") or {})["command"] == "/stock"
    assert manifest.command("/nope") is None


def test_all_faults_of_a_manifest_are_told_at_once_with_their_places() -> None:
    body = make_manifest()
    body["settings"]["socket_mode_enabled"] = "yes"
    body["features"]["slash_commands"][0]["description"] = 3
    with pytest.raises(BadManifest) as refused:
        checked_manifest(body)
    lines = str(refused.value).splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "features/slash_commands/0/description",
        "settings/socket_mode_enabled",
    ]


def test_a_manifest_without_a_name_is_refused() -> None:
    with pytest.raises(BadManifest, match="display_information"):
        checked_manifest({"settings": {}})


def test_request_addresses_are_those_of_the_manifest() -> None:
    hook = "https://desk.example.com/slack/events"
    settings: Json = {
        "socket_mode_enabled": False,
        "event_subscriptions": {"request_url": hook, "bot_events": ["app_mention"]},
        "interactivity": {"is_enabled": True, "request_url": hook + "?i", "message_menu_options_url": hook + "?o"},
    }
    manifest = checked_manifest(make_manifest(**settings))
    assert (manifest.events_url, manifest.interactivity_url, manifest.options_url) == (hook, hook + "?i", hook + "?o")
    assert not manifest.uses_sockets


def test_the_open_app_hears_everything_and_takes_any_command() -> None:
    manifest = open_manifest()
    assert manifest.hears("pin_added")
    assert manifest.command("/anything") is not None
    assert manifest.uses_sockets
    assert not open_manifest("http://127.0.0.1:3000/slack/events").uses_sockets


def test_suggested_prompts_and_the_kind_of_agent_stand_in_the_features() -> None:
    body = make_manifest()
    prompts = [{"title": "Late", "message": "Which orders are late?"}]
    body["features"]["assistant_view"] = {"assistant_description": "Desk", "suggested_prompts": prompts}
    manifest = checked_manifest(body)
    assert manifest.is_assistant
    assert not manifest.is_agent
    assert manifest.static_prompts == prompts
