"""The wire log: each delivery to an app and each call from one, with the time it took and the limits it broke."""

import json
from collections import deque
from collections.abc import Callable, Iterator

from sandbox.slack.shapes import Json

KEPT_ENTRIES = 200
LONGEST_BODY = 20_000  # characters of JSON; a longer body is cut, since every page receives it
_SECRETS = ("token", "client_secret", "refresh_token")


class WireLog:
    """Holds the newest entries and tells a listener of each new or changed one."""

    def __init__(self, listener: Callable[[Json], None]) -> None:
        self._entries: deque[Json] = deque(maxlen=KEPT_ENTRIES)
        self._listener = listener
        self._last_id = 0

    def __iter__(self) -> Iterator[Json]:
        return iter(self._entries)

    def begin(
        self, kind: str, direction: str, name: str, *, at: float, app: str, body: object, attempt: int = 0
    ) -> Json:
        """Write an entry that waits for its ack or answer."""
        self._last_id += 1
        entry: Json = {
            "id": self._last_id,
            "at": at,
            "kind": kind,
            "direction": direction,
            "app": app,
            "name": name,
            "attempt": attempt,
            "took_ms": None,
            "outcome": "waiting",
            "broken": [],
            "body": _shown(body),
            "reply": None,
        }
        self._entries.append(entry)
        self._listener(entry)
        return entry

    def finish(
        self, entry: Json, outcome: str, took: float, reply: object = None, broken: tuple[str, ...] = ()
    ) -> None:
        """Complete an entry; `took` is in seconds."""
        entry["outcome"] = outcome
        entry["took_ms"] = round(took * 1000, 2)
        entry["reply"] = _shown(reply)
        entry["broken"] = [*entry["broken"], *broken]
        self._listener(entry)

    def clear(self) -> None:
        """Forget all entries."""
        self._entries.clear()


def _shown(body: object) -> object:
    masked = _masked(body)
    text = json.dumps(masked, ensure_ascii=False, default=str)
    return masked if len(text) <= LONGEST_BODY else {"truncated": True, "text": text[:LONGEST_BODY]}


def _masked(body: object) -> object:
    if isinstance(body, dict):
        return {key: "…" if key in _SECRETS and value else _masked(value) for key, value in body.items()}
    if isinstance(body, list | tuple):
        return [_masked(each) for each in body]
    return f"{len(body)} bytes" if isinstance(body, bytes) else body
