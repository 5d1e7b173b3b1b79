"""users.* and usergroups.*: people and groups of them."""

from sandbox.slack.books.people import user_object
from sandbox.slack.books.usergroups import usergroup_object
from sandbox.slack.happenings.events import emit
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.web_api.call import Call
from sandbox.slack.web_api.method import Method
from sandbox.slack.web_api.pages import page_of
from sandbox.slack.workspace import TEAM


def _shown(call: Call, person: Json) -> Json:
    user = user_object(person, TEAM, call.workspace.settings.address, call.workspace.clock.now())
    if not call.may("users:read.email"):
        user["profile"].pop("email", None)
    return user | ({"locale": "en-US"} if call.flag("include_locale") else {})


def info(call: Call) -> Json:
    """One person."""
    return {"user": _shown(call, call.workspace.people.get(call.text("user")))}


def list_users(call: Call) -> Json:
    """Everybody, page by page when a limit is given."""
    everybody = list(call.workspace.people.book.values())
    shown, metadata = page_of(call, everybody, default=1000)
    members = [_shown(call, person) for person in shown]
    return {"members": members, "cache_ts": int(call.workspace.clock.now()), "response_metadata": metadata}


def lookup_by_email(call: Call) -> Json:
    """The person with this address."""
    wanted = call.text("email").lower()
    for person in call.workspace.people.humans():
        if person["email"].lower() == wanted:
            return {"user": _shown(call, person)}
    raise CallRefused("users_not_found")


def profile_get(call: Call) -> Json:
    """A person's profile."""
    person = call.workspace.people.get(call.text("user") or call.user)
    return {"profile": _shown(call, person)["profile"]}


def profile_set(call: Call) -> Json:
    """The caller's status."""
    person = call.workspace.people.get(call.user)
    profile = call.json("profile", "invalid_profile")
    fields = profile if isinstance(profile, dict) else {call.text("name"): call.text("value")}
    for name in ("status_text", "status_emoji"):
        if name in fields:
            person[name] = str(fields[name])
    call.workspace.people.book.save(person["id"], person)
    return {"username": person["name"], "profile": _shown(call, person)["profile"]}


def get_presence(call: Call) -> Json:
    """Everybody is here."""
    call.workspace.people.get(call.text("user") or call.user)
    return {"presence": "active", "online": True, "auto_away": False, "manual_away": False}


def set_presence(_: Call) -> Json:
    """Taken note of."""
    return {}


def set_photo(call: Call) -> Json:
    """Taken note of; people here are drawn by their initials."""
    if not call.has("image"):
        raise CallRefused("bad_image")
    return {"profile": _shown(call, call.workspace.people.get(call.user))["profile"]}


def groups_list(call: Call) -> Json:
    """User groups."""
    with_users = call.flag("include_users")
    groups = call.workspace.usergroups.book.values()
    wanted = [group for group in groups if call.flag("include_disabled") or not group["date_delete"]]
    return {"usergroups": [usergroup_object(group, TEAM, with_users=with_users) for group in wanted]}


def groups_create(call: Call) -> Json:
    """A new group."""
    name = call.text("name")
    handle = call.text("handle") or name.lower().replace(" ", "-")
    workspace = call.workspace
    group = workspace.usergroups.add(handle, name, [], creator=call.user, now=workspace.clock.now())
    group["description"] = call.text("description")
    return {"usergroup": _group_changed(call, group, "subteam_created")}


def groups_update(call: Call) -> Json:
    """Another name, handle or description."""
    group = call.workspace.usergroups.get(call.text("usergroup"))
    for name in ("name", "handle", "description"):
        if call.has(name):
            group[name] = call.text(name)
    return {"usergroup": _group_changed(call, group, "subteam_updated")}


def groups_disable(call: Call) -> Json:
    """Out of use."""
    group = call.workspace.usergroups.get(call.text("usergroup"))
    group["date_delete"] = int(call.workspace.clock.now())
    return {"usergroup": _group_changed(call, group, "subteam_updated")}


def groups_enable(call: Call) -> Json:
    """In use again."""
    group = call.workspace.usergroups.get(call.text("usergroup"))
    group["date_delete"] = 0
    return {"usergroup": _group_changed(call, group, "subteam_updated")}


def group_users_list(call: Call) -> Json:
    """Members of a group."""
    return {"users": call.workspace.usergroups.get(call.text("usergroup"))["users"]}


def group_users_update(call: Call) -> Json:
    """Other members."""
    group, before = call.workspace.usergroups.get(call.text("usergroup")), []
    people = call.words("users")
    for person in people:
        call.workspace.people.get(person)
    before, group["users"] = group["users"], people
    event: Json = {
        "type": "subteam_members_changed",
        "subteam_id": group["id"],
        "team_id": TEAM,
        "added_users": [person for person in people if person not in before],
        "removed_users": [person for person in before if person not in people],
        "event_ts": call.workspace.clock.new_ts(),
    }
    emit(call.workspace, event, "subteam_members_changed")
    return {"usergroup": _group_changed(call, group, "subteam_updated")}


def _group_changed(call: Call, group: Json, kind: str) -> Json:
    group["date_update"] = int(call.workspace.clock.now())
    call.workspace.usergroups.book.save(group["id"], group)
    shown = {name: group[name] for name in ("id", "handle", "name", "users")}
    call.workspace.feed.tell_all({"type": "usergroup", "usergroup": shown})
    whole = usergroup_object(group, TEAM, with_users=True)
    emit(call.workspace, {"type": kind, "subteam": whole, "event_ts": call.workspace.clock.new_ts()}, kind)
    return whole


METHODS: dict[str, Method] = {
    "users.info": info,
    "users.list": list_users,
    "users.lookupByEmail": lookup_by_email,
    "users.profile.get": profile_get,
    "users.profile.set": profile_set,
    "users.getPresence": get_presence,
    "users.setPresence": set_presence,
    "users.setPhoto": set_photo,
    "usergroups.list": groups_list,
    "usergroups.create": groups_create,
    "usergroups.update": groups_update,
    "usergroups.disable": groups_disable,
    "usergroups.enable": groups_enable,
    "usergroups.users.list": group_users_list,
    "usergroups.users.update": group_users_update,
}
