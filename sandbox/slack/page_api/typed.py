"""What a person typed, as it is stored: escaped, with mentions in Slack's form."""

import re

from sandbox.slack.shapes import Json
from sandbox.slack.workspace import Workspace

_WORD = re.compile(r"(?<![\w<])(?P<sign>[@#])(?P<name>[\w][\w.\-]*)")
_BROADCASTS = ("here", "channel", "everyone")
_KEPT = re.compile(r"&lt;((?:[@#!][^\s&|]+|https?://[^\s&|]+|mailto:[^\s&|]+)(?:\|[^&]*)?)&gt;")


def stored_text(workspace: Workspace, typed: str) -> str:
    """`@name` becomes a mention when somebody is called so; mentions that are already in Slack's form stay."""
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    kept = _KEPT.sub(lambda match: f"<{match[1]}>", escaped)
    return _WORD.sub(lambda match: _mention(workspace, match), kept)


def link_domains(text: str) -> list[tuple[str, str]]:
    """Addresses in a stored text with their hosts."""
    found = re.findall(r"https?://([^\s/<>|]+)([^\s<>|]*)", text)
    return [(host.lower(), match) for host, match in ((host, _whole(text, host, rest)) for host, rest in found)]


def _whole(text: str, host: str, rest: str) -> str:
    scheme = "https" if f"https://{host}{rest}" in text else "http"
    return f"{scheme}://{host}{rest}"


def _mention(workspace: Workspace, match: re.Match[str]) -> str:
    name = match["name"]
    trailing = name[len(name.rstrip(".-")) :]
    name = name.rstrip(".-")
    found = _channel(workspace, name) if match["sign"] == "#" else _somebody(workspace, name)
    return f"{found}{trailing}" if found else match[0]


def _channel(workspace: Workspace, name: str) -> str | None:
    channel: Json | None = workspace.channels.named(name)
    return f"<#{channel['id']}|{name}>" if channel else None


def _somebody(workspace: Workspace, name: str) -> str | None:
    if name in _BROADCASTS:
        return f"<!{name}>"
    person = workspace.people.named(name)
    if person is not None:
        return f"<@{person['id']}>"
    group = workspace.usergroups.named(name)
    return f"<!subteam^{group['id']}|@{name}>" if group else None
