"""The workspace's memory: JSON records by kind and key in one SQLite file, so that a second start shows the first one's talk."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sandbox.slack.shapes import Json

_SCHEMA = """
create table if not exists record (
    kind text not null, key text not null, body text not null, primary key (kind, key)
);
create table if not exists content (key text primary key, body blob not null) without rowid;
"""


class Records:
    """Writes through at once; what was written survives a kill of the process."""

    def __init__(self, path: Path | None) -> None:
        self._connection = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
        if path is not None:
            self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = off")
        self._connection.executescript(_SCHEMA)

    def of_kind(self, kind: str) -> Iterator[tuple[str, Json]]:
        """Key and body of each record, in the order in which they were first written."""
        for key, body in self._connection.execute(
            "select key, body from record where kind = ? order by rowid", (kind,)
        ):
            yield key, json.loads(body)

    def put(self, kind: str, key: str, body: Json) -> None:
        """Insert or replace a record; its place in the order stays."""
        self._connection.execute(
            "insert into record (kind, key, body) values (?, ?, ?) on conflict (kind, key) do update set body = excluded.body",
            (kind, key, json.dumps(body, ensure_ascii=False, separators=(",", ":"))),
        )

    def remove(self, kind: str, key: str) -> None:
        """Forget a record; nothing happens when there is none."""
        self._connection.execute("delete from record where kind = ? and key = ?", (kind, key))

    def put_content(self, key: str, body: bytes) -> None:
        """Keep the bytes of a file."""
        self._connection.execute("insert or replace into content (key, body) values (?, ?)", (key, body))

    def content(self, key: str) -> bytes | None:
        """The bytes of a file."""
        row = self._connection.execute("select body from content where key = ?", (key,)).fetchone()
        return None if row is None else bytes(row[0])

    def remove_content(self, key: str) -> None:
        """Forget the bytes of a file."""
        self._connection.execute("delete from content where key = ?", (key,))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


class Book(dict[str, Json]):
    """The records of one kind, held in memory and written through by `save`."""

    def __init__(self, records: Records, kind: str) -> None:
        super().__init__(records.of_kind(kind))
        self._records = records
        self._kind = kind

    def save(self, key: str, body: Json) -> Json:
        """Insert or replace; the same object is held and returned."""
        self[key] = body
        self._records.put(self._kind, key, body)
        return body

    def forget(self, key: str) -> None:
        """Take a record away; nothing happens when there is none."""
        self.pop(key, None)
        self._records.remove(self._kind, key)
