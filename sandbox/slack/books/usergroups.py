"""User groups, which a message may mention and an app may ask the members of."""

from sandbox.slack.ids import named_id
from sandbox.slack.records import Book, Records
from sandbox.slack.shapes import CallRefused, Json


class Usergroups:
    """Groups by id."""

    def __init__(self, records: Records) -> None:
        self.book = Book(records, "usergroup")

    def add(self, handle: str, name: str, users: list[str], *, creator: str, now: float) -> Json:
        """A new group; CallRefused("handle_already_exists", "name_already_exists")."""
        for group in self.book.values():
            if group["handle"] == handle:
                raise CallRefused("handle_already_exists")
            if group["name"] == name:
                raise CallRefused("name_already_exists")
        group_id = named_id("S", handle)
        return self.book.save(
            group_id,
            {
                "id": group_id,
                "handle": handle,
                "name": name,
                "description": "",
                "users": users,
                "created_by": creator,
                "date_create": int(now),
                "date_update": int(now),
                "date_delete": 0,
            },
        )

    def get(self, group_id: str) -> Json:
        """CallRefused("no_such_subteam")."""
        try:
            return self.book[group_id]
        except KeyError:
            raise CallRefused("no_such_subteam") from None

    def named(self, handle: str) -> Json | None:
        """The group of this handle."""
        return next((group for group in self.book.values() if group["handle"] == handle), None)


def usergroup_object(group: Json, team: str, *, with_users: bool) -> Json:
    """The group as the Web API gives it."""
    shown: Json = {
        **{key: value for key, value in group.items() if key != "users"},
        "team_id": team,
        "is_usergroup": True,
        "is_subteam": True,
        "is_external": False,
        "auto_type": None,
        "updated_by": group["created_by"],
        "deleted_by": None,
        "prefs": {"channels": [], "groups": []},
        "user_count": len(group["users"]),
        "channel_count": 0,
    }
    if with_users:
        shown["users"] = group["users"]
    return shown
