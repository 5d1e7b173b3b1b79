"""Slack: the tokens, what the bot may do, and the channels that it speaks in."""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from quartermaster.checks.check import Check, bad, good, note
from quartermaster.settings import Settings
from quartermaster.wiring import slack_client

_WHERE_BOT = "api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token; set slack.bot_token"
_WHERE_APP = (
    "api.slack.com/apps → your app → Basic Information → App-Level Tokens (connections:write); set slack.app_token"
)


def slack_checks(settings: Settings) -> Iterator[Check]:
    """Look at the tokens and what they open."""
    if not settings.slack.bot_token.get_secret_value():
        yield bad("Slack bot token", "is not set", _WHERE_BOT)
        return
    client = slack_client(settings)
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        yield bad("Slack bot token", f"Slack says {error.response.get('error')}", _WHERE_BOT)
        return
    except (SlackClientError, OSError) as error:
        yield bad("Slack", f"cannot be reached: {error}", "check the network, and slack.base_url")
        return
    yield good("Slack bot token", f"{answer['user']} in {answer['team']}")
    yield from _scopes(answer.headers.get("x-oauth-scopes"))
    yield from _connection(client, settings)
    yield from _channels(client, settings)


def _scopes(given: str | None) -> Iterator[Check]:
    if given is None:
        yield note("Slack scopes", "this workspace does not tell them")
        return
    manifest = json.loads((files("quartermaster") / "data" / "slack-manifest.json").read_text(encoding="utf-8"))
    missing = sorted(set(manifest["oauth_config"]["scopes"]["bot"]) - {scope.strip() for scope in given.split(",")})
    if missing:
        yield bad("Slack scopes", f"missing: {', '.join(missing)}", "install the app anew with the manifest in docs/")
    else:
        yield good("Slack scopes", "all there")


def _connection(client: WebClient, settings: Settings) -> Iterator[Check]:
    if settings.slack.mode == "http":
        if not settings.slack.signing_secret.get_secret_value():
            yield bad(
                "Slack signing secret", "is not set", "Basic Information → Signing Secret; set slack.signing_secret"
            )
        return
    token = settings.slack.app_token.get_secret_value()
    if not token:
        yield bad("Slack app token", "is not set", _WHERE_APP)
        return
    try:
        client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        code = error.response.get("error") or f"no Socket Mode here ({error.response.status_code})"
        yield bad("Slack app token", f"Slack says {code}", _WHERE_APP)
    else:
        yield good("Slack app token", "opens a connection")


def _channels(client: WebClient, settings: Settings) -> Iterator[Check]:
    shop = settings.shop
    wanted = {shop.approvals_channel, shop.alerts_channel, shop.reports_channel, shop.ops_channel}
    try:
        known = {str(channel["name"]): channel for channel in _listed(client)}
    except SlackApiError as error:
        yield note("Slack channels", f"cannot be listed: {error.response.get('error')}")
        return
    for name in sorted(wanted):
        channel = known.get(name.removeprefix("#"))
        if channel is None and not name.startswith(("C", "G")):
            yield bad("Slack channel", f"#{name} does not exist", f"create it, and invite the bot: /invite in #{name}")
        elif channel is not None and not channel.get("is_member"):
            yield bad("Slack channel", f"the bot is not in #{name}", f"type /invite @Quartermaster in #{name}")


def _listed(client: WebClient) -> Iterator[dict[str, Any]]:
    cursor = None
    while True:
        answer = client.conversations_list(limit=200, cursor=cursor, exclude_archived=True)
        yield from answer["channels"]
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
