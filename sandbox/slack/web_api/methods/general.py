"""Methods about the caller, the team, and the connection: api, auth, apps, bots, team, dnd, blocks."""

from sandbox.slack.blocks.check import HOME, MESSAGE, MODAL
from sandbox.slack.shapes import CallRefused, Json, refused_arguments
from sandbox.slack.web_api.call import Call
from sandbox.slack.web_api.method import Method
from sandbox.slack.workspace import TEAM


def api_test(call: Call) -> Json:
    """Echoes its arguments; `error` makes it fail."""
    arguments = dict(call.arguments)
    if call.has("error"):
        raise CallRefused(call.text("error"), args=arguments)
    return {"args": arguments}


def auth_test(call: Call) -> Json:
    """Who holds this token."""
    settings = call.workspace.settings
    answer: Json = {
        "url": f"https://{settings.domain}.slack.com/",
        "team": settings.name,
        "team_id": TEAM,
        "is_enterprise_install": False,
    }
    if call.token.kind == "app":
        return answer | {"app_name": call.app["name"], "app_id": call.app["id"]}
    person = call.workspace.people.get(call.user)
    answer |= {"user": person["name"], "user_id": person["id"]}
    return answer | ({"bot_id": call.app["bot_id"]} if call.token.kind == "bot" else {})


def auth_teams_list(_: Call) -> Json:
    """The only team there is."""
    return {"teams": [{"id": TEAM, "name": "workspace"}], "response_metadata": {"next_cursor": ""}}


def connections_open(call: Call) -> Json:
    """An address for a socket, good for one connection."""
    ticket = call.workspace.links.new_ticket(call.app["id"])
    return {"url": f"{call.workspace.settings.socket_address}/socket/?ticket={ticket}&app_id={call.app['id']}"}


def rtm_connect(call: Call) -> Json:
    """An address for a stream of events, good for one connection."""
    settings, person = call.workspace.settings, call.workspace.people.get(call.user)
    ticket = call.workspace.streams.new_ticket(call.app["id"])
    return {
        "url": f"{settings.socket_address}/rtm/?ticket={ticket}",
        "team": {"id": TEAM, "name": settings.name, "domain": settings.domain},
        "self": {"id": person["id"], "name": person["name"]},
    }


def bots_info(call: Call) -> Json:
    """The bot of an app."""
    wanted = call.text("bot") or call.app["bot_id"]
    app = next((each for each in call.workspace.apps.book.values() if each["bot_id"] == wanted), None)
    if app is None:
        raise CallRefused("bot_not_found")
    picture = f"{call.workspace.settings.address}/avatars/{app['bot_user']}.svg"
    return {
        "bot": {
            "id": app["bot_id"],
            "deleted": False,
            "name": app["name"],
            "updated": 0,
            "app_id": app["id"],
            "user_id": app["bot_user"],
            "icons": {f"image_{size}": picture for size in (36, 48, 72)},
        }
    }


def team_info(call: Call) -> Json:
    """The workspace."""
    settings = call.workspace.settings
    return {
        "team": {
            "id": TEAM,
            "name": settings.name,
            "domain": settings.domain,
            "url": f"https://{settings.domain}.slack.com/",
            "email_domain": "",
            "icon": {"image_default": True},
            "avatar_base_url": f"{settings.address}/avatars/",
            "is_verified": False,
        }
    }


def dnd_info(call: Call) -> Json:
    """Do not disturb is never on here."""
    if call.has("user"):
        call.workspace.people.get(call.text("user"))
    return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1, "snooze_enabled": False}


def event_authorizations(call: Call) -> Json:
    """Who sees an event: the bot of the one installation there is."""
    seer = {"enterprise_id": None, "team_id": TEAM, "user_id": call.app["bot_user"], "is_bot": True}
    return {"authorizations": [seer | {"is_enterprise_install": False}], "response_metadata": {"next_cursor": ""}}


def team_billing_info(_: Call) -> Json:
    """The plan; a local workspace is free."""
    return {"plan": "free"}


def team_preferences(call: Call) -> Json:
    """What members may do."""
    window = call.workspace.settings.edit_minutes
    return {
        "msg_edit_window_mins": -1 if window is None else window,
        "allow_message_deletion": True,
        "display_real_names": True,
        "disable_file_uploads": "allow_all",
        "who_can_post_general": "everyone",
    }


def emoji_list(_: Call) -> Json:
    """No custom emoji."""
    return {"emoji": {}, "cache_ts": "0"}


def blocks_validate(call: Call) -> Json:
    """The judge that messages and views meet, asked alone."""
    given = [name for name in ("blocks", "view", "message") if call.has(name)]
    if len(given) != 1:
        raise refused_arguments("must provide exactly one of `blocks`, `view`, or `message`")
    name = given[0]
    thing = call.json(name, f"invalid_{name}")
    if name == "blocks":
        _validate(call, thing, MESSAGE, "invalid_blocks")
    elif name == "message":
        if not isinstance(thing, dict):
            raise CallRefused("invalid_message")
        _validate(call, thing.get("blocks", []), MESSAGE, "invalid_message")
    else:
        kind = thing.get("type") if isinstance(thing, dict) else None
        try:
            call.workspace.block_rules.check_view(thing, kind if kind in (MODAL, HOME) else MODAL)
        except CallRefused as refusal:
            raise CallRefused("invalid_view", **refusal.facts) from refusal
    return {}


def _validate(call: Call, blocks: object, surface: str, error: str) -> None:
    faults = call.workspace.block_rules.faults(blocks, surface)
    if faults:
        errors = [
            {"code": "failed_constraint", "message": fault.message, "pointer": "/" + "/".join(map(str, fault.path))}
            for fault in faults
        ]
        raise CallRefused(error, errors=errors)


METHODS: dict[str, Method] = {
    "api.test": api_test,
    "auth.test": auth_test,
    "auth.teams.list": auth_teams_list,
    "apps.connections.open": connections_open,
    "rtm.connect": rtm_connect,
    "rtm.start": rtm_connect,
    "bots.info": bots_info,
    "team.info": team_info,
    "apps.event.authorizations.list": event_authorizations,
    "team.billing.info": team_billing_info,
    "team.preferences.list": team_preferences,
    "dnd.info": dnd_info,
    "emoji.list": emoji_list,
    "blocks.validate": blocks_validate,
}
