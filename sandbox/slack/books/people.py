"""People and bots of the workspace, and the user objects that apps see."""

from datetime import UTC, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from sandbox.slack.ids import named_id
from sandbox.slack.records import Book, Records
from sandbox.slack.shapes import CallRefused, Json

_COLORS = ("4A7C59", "8A4F7D", "3B5B8C", "B0622F", "5B6770", "7A6A2C", "2F7F86", "9C3D4A")


class People:
    """Everybody by id; bots are people too."""

    def __init__(self, records: Records) -> None:
        self.book = Book(records, "person")

    def add(
        self, name: str, real_name: str, *, tz: str = "UTC", note: str = "", email: str = "", **more: object
    ) -> Json:
        """A new person, or the known one of that name with these facts; `note` says the role."""
        person_id = str(more.pop("id", None) or named_id("U", name))
        known = self.book.get(person_id, {})
        person: Json = {
            "id": person_id,
            "name": name,
            "real_name": real_name,
            "email": email or f"{name}@example.com",
            "tz": tz,
            "note": note,
            "color": known.get("color") or self._color(name),
            "is_bot": False,
            "deleted": False,
            "updated": 0,
        }
        return self.book.save(person_id, {**person, "status_text": "", "status_emoji": "", **known, **person, **more})

    def _color(self, name: str) -> str:
        """The name's own colour, or the next one while somebody else has it."""
        first = sha256(name.encode()).digest()[0]
        wanted = [_COLORS[(first + step) % len(_COLORS)] for step in range(len(_COLORS))]
        taken = {person["color"] for person in self.book.values()}
        return next((color for color in wanted if color not in taken), wanted[0])

    def get(self, person_id: str) -> Json:
        """CallRefused("user_not_found")."""
        try:
            return self.book[person_id]
        except KeyError:
            raise CallRefused("user_not_found") from None

    def named(self, name: str) -> Json | None:
        """The person with this short name, as written after an @."""
        return next((person for person in self.book.values() if person["name"] == name.lower()), None)

    def humans(self) -> list[Json]:
        """Everybody who is no bot, in the order of arrival."""
        return [person for person in self.book.values() if not person["is_bot"]]


def tz_offset(person: Json, now: float) -> int:
    """Seconds east of Greenwich at that moment."""
    offset = datetime.fromtimestamp(now, tz=UTC).astimezone(ZoneInfo(person["tz"])).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def page_person(person: Json, now: float) -> Json:
    """What the page knows of a person."""
    kept = ("id", "name", "real_name", "tz", "is_bot", "note", "color", "app_id")
    shown = {key: person[key] for key in kept if key in person}
    return {**shown, "tz_offset": tz_offset(person, now), "avatar": f"/avatars/{person['id']}.svg"}


def user_object(person: Json, team: str, address: str, now: float) -> Json:
    """The user object of users.info."""
    picture = f"{address}/avatars/{person['id']}.svg"
    profile: Json = {
        "real_name": person["real_name"],
        "real_name_normalized": person["real_name"],
        "display_name": person["name"],
        "display_name_normalized": person["name"],
        "title": person["note"],
        "phone": "",
        "skype": "",
        "status_text": person["status_text"],
        "status_emoji": person["status_emoji"],
        "status_expiration": 0,
        "avatar_hash": "",
        "team": team,
        **{f"image_{size}": picture for size in (24, 32, 48, 72, 192, 512)},
    }
    user: Json = {
        "id": person["id"],
        "team_id": team,
        "name": person["name"],
        "deleted": person["deleted"],
        "color": person["color"],
        "real_name": person["real_name"],
        "tz": person["tz"],
        "tz_label": person["tz"],
        "tz_offset": tz_offset(person, now),
        "profile": profile,
        **dict.fromkeys(("is_primary_owner", "is_restricted", "is_ultra_restricted"), False),
        "is_admin": bool(person.get("is_admin")),
        "is_owner": bool(person.get("is_admin")),
        "is_bot": person["is_bot"],
        "is_app_user": False,
        "is_email_confirmed": not person["is_bot"],
        "who_can_share_contact_card": "EVERYONE",
        "updated": person["updated"],
    }
    if person["is_bot"]:
        profile |= {"api_app_id": person["app_id"], "bot_id": person["bot_id"], "always_active": True}
    else:
        profile["email"] = person["email"]
        user["has_2fa"] = False
    return user
