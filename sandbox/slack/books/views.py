"""Open modals as a stack for each person, and home tabs for each app and person."""

import hashlib
import json
from collections import defaultdict

from sandbox.slack.ids import new_id
from sandbox.slack.records import Book, Records
from sandbox.slack.shapes import CallRefused, Json

DEEPEST_STACK = 3


class Views:
    """One stack of modals a person, as a client shows it; home views are kept, modals die with the process."""

    def __init__(self, records: Records) -> None:
        self.stacks: dict[str, list[Json]] = defaultdict(list)
        self.homes = Book(records, "home")

    def make(self, content: Json, app: Json, team: str, now: float) -> Json:
        """A view object from what an app sent."""
        view: Json = {
            "id": new_id("V"),
            "team_id": team,
            "type": content["type"],
            "blocks": content["blocks"],
            "private_metadata": content.get("private_metadata") or "",
            "callback_id": content.get("callback_id") or "",
            "state": {"values": {}},
            "hash": "",
            "title": content.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
            "clear_on_close": bool(content.get("clear_on_close")),
            "notify_on_close": bool(content.get("notify_on_close")),
            "close": content.get("close"),
            "submit": content.get("submit"),
            "previous_view_id": None,
            "root_view_id": "",
            "app_id": app["id"],
            "external_id": content.get("external_id") or "",
            "app_installed_team_id": team,
            "bot_id": app["bot_id"],
        }
        view["root_view_id"] = view["id"]
        view["hash"] = _hash_of(view, now)
        return view

    def open(self, person: str, view: Json) -> None:
        """Show a view as the only one; what was open is gone."""
        self._no_double(view)
        self.stacks[person] = [view]

    def push(self, person: str, view: Json) -> None:
        """Show a view over the open one; CallRefused("push_limit_reached")."""
        stack = self.stacks[person]
        if len(stack) >= DEEPEST_STACK:
            raise CallRefused("push_limit_reached")
        self._no_double(view)
        if stack:
            view["previous_view_id"] = stack[-1]["id"]
            view["root_view_id"] = stack[0]["id"]
        stack.append(view)

    def update(self, view: Json, content: Json, now: float) -> None:
        """Give an open view a new content; it keeps its place and id."""
        for name in ("blocks", "private_metadata", "callback_id", "title", "close", "submit", "external_id"):
            if name in content or name != "external_id":
                view[name] = content.get(name) or (
                    "" if name in ("private_metadata", "callback_id", "external_id") else None
                )
        view["clear_on_close"] = bool(content.get("clear_on_close"))
        view["notify_on_close"] = bool(content.get("notify_on_close"))
        view["hash"] = _hash_of(view, now)

    def publish(self, app: Json, person: str, view: Json) -> Json:
        """Keep an app's home for a person; a known one keeps its id."""
        known = self.homes.get(home_key(app["id"], person))
        if known is not None:
            view["id"] = view["root_view_id"] = known["id"]
        return self.homes.save(home_key(app["id"], person), {**view, "person": person})

    def find(self, view_id: str = "", external_id: str = "") -> tuple[str, Json]:
        """Whose view it is, and the view; CallRefused("not_found")."""
        for person, stack in self.stacks.items():
            for view in stack:
                if (view_id and view["id"] == view_id) or (external_id and view["external_id"] == external_id):
                    return person, view
        for home in self.homes.values():
            if view_id and home["id"] == view_id:
                return home["person"], home
        raise CallRefused("not_found")

    def save_home(self, view: Json) -> None:
        """Keep a changed home."""
        self.homes.save(home_key(view["app_id"], view["person"]), view)

    def _no_double(self, view: Json) -> None:
        taken = {each["external_id"] for stack in self.stacks.values() for each in stack}
        if view["external_id"] and view["external_id"] in taken:
            raise CallRefused("duplicate_external_id")


def home_key(app: str, person: str) -> str:
    """The key of an app's home for a person."""
    return f"{app}/{person}"


def view_object(view: Json) -> Json:
    """The view as apps see it."""
    hidden = {"person"} | ({"close", "submit"} if view["type"] == "home" else set())
    return {key: value for key, value in view.items() if key not in hidden}


def _hash_of(view: Json, now: float) -> str:
    content = json.dumps([view["blocks"], view["private_metadata"], view["callback_id"]], sort_keys=True)
    return f"{now:.4f}.{hashlib.sha256(content.encode()).hexdigest()[:8]}"
