"""Slash commands and shortcuts."""

from sandbox.slack.books.channels import name_in_payload
from sandbox.slack.books.messages import as_slack_shows
from sandbox.slack.delivery.deliver import deliver, deliver_interaction
from sandbox.slack.delivery.envelopes import COMMAND, Envelope, Receipt
from sandbox.slack.interacting.answers import take_answer
from sandbox.slack.interacting.payloads import common, new_trigger, response_url
from sandbox.slack.manifests import Manifest
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.showing import tell_notice
from sandbox.slack.triggers import ResponseAddress
from sandbox.slack.workspace import TEAM, Workspace


async def slash(workspace: Workspace, person: str, channel: Json, line: str, thread_ts: str = "") -> Receipt:
    """Send a command to its app; CallRefused("unknown_command")."""
    name, _, text = line.strip().partition(" ")
    app = _owner(workspace, name)
    address = ResponseAddress(app["id"], person, channel["id"], workspace.clock.now(), thread_ts=thread_ts)
    payload: Json = {
        "token": app["verification_token"],
        "team_id": TEAM,
        "team_domain": workspace.settings.domain,
        "channel_id": channel["id"],
        "channel_name": name_in_payload(channel),
        "user_id": person,
        "user_name": workspace.people.get(person)["name"],
        "command": name,
        "text": text.strip(),
        "api_app_id": app["id"],
        "is_enterprise_install": "false",
        "response_url": response_url(workspace, address),
        "trigger_id": new_trigger(workspace, app, person),
    }
    receipt = await deliver(workspace, app, Envelope(COMMAND, payload, f"slash_commands {name}", takes_answer=True))
    if not receipt.is_acked:
        tell_notice(workspace, person, notice_code(receipt), name, channel["id"])
    elif receipt.answer:
        try:
            take_answer(workspace, address, receipt.answer)
        except CallRefused as refusal:
            tell_notice(workspace, person, "bad_answer", f"{name}: {refusal.error}", channel["id"])
    return receipt


async def shortcut(workspace: Workspace, person: str, app: Json, callback_id: str, message: Json | None) -> Receipt:
    """A global shortcut, or one on a message; CallRefused("unknown_shortcut")."""
    kind = "message" if message else "global"
    known = Manifest(app["manifest"]).shortcuts
    if not any(each["callback_id"] == callback_id and each["type"] == kind for each in known) and known:
        raise CallRefused("unknown_shortcut")
    payload = common(workspace, app, person, "message_action" if message else "shortcut") | {
        "callback_id": callback_id,
        "action_ts": workspace.clock.new_ts(),
        "trigger_id": new_trigger(workspace, app, person),
    }
    if message is not None:
        channel = workspace.channels.get(message["channel"])
        address = ResponseAddress(app["id"], person, channel["id"], workspace.clock.now(), message_ts=message["ts"])
        payload |= {
            "channel": {"id": channel["id"], "name": name_in_payload(channel)},
            "message": as_slack_shows(message),
            "message_ts": message["ts"],
            "response_url": response_url(workspace, address),
        }
    receipt = await deliver_interaction(workspace, app, payload)
    if not receipt.is_acked:
        tell_notice(workspace, person, notice_code(receipt), callback_id)
    return receipt


def notice_code(receipt: Receipt) -> str:
    """What a person is told when the app did not acknowledge."""
    return "operation_timeout" if receipt.outcome == "timeout" else receipt.outcome


def _owner(workspace: Workspace, command: str) -> Json:
    apps = list(workspace.apps.book.values())
    for app in sorted(apps, key=lambda each: Manifest(each["manifest"]).is_open):
        if Manifest(app["manifest"]).command(command) is not None:
            return app
    raise CallRefused("unknown_command")
