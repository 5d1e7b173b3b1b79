"""Files: announced, uploaded, shared."""

import mimetypes
import struct
from urllib.parse import quote

from sandbox.slack.ids import new_id
from sandbox.slack.records import Book, Records
from sandbox.slack.shapes import CallRefused, Json

_PNG = b"\x89PNG\r\n\x1a\n"
PREVIEW_LINES = 5
PREVIEW_LENGTH = 1_000  # characters


class Files:
    """File objects and their bytes; `ready` becomes true when an upload is completed."""

    def __init__(self, records: Records, address: str) -> None:
        self.book = Book(records, "file")
        self._records = records
        self._address = address

    def announce(self, name: str, *, owner: str, now: float, alt_text: str = "", title: str = "") -> Json:
        """A file that is still to be uploaded."""
        file_id = new_id("F")
        mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
        url = f"{self._address}/files/{file_id}/{quote(name)}"
        file: Json = {
            "id": file_id,
            "created": int(now),
            "timestamp": int(now),
            "name": name,
            "title": title or name,
            "mimetype": mimetype,
            "filetype": name.rsplit(".", 1)[-1].lower() if "." in name else "text",
            "pretty_type": mimetype,
            "user": owner,
            "mode": "hosted",
            "size": 0,
            "url_private": url,
            "url_private_download": url + "?download=1",
            "permalink": url,
            "channels": [],
            "groups": [],
            "ims": [],
            "comments_count": 0,
            "is_external": False,
            "is_public": False,
            "editable": False,
            "has_rich_preview": False,
            "file_access": "visible",
            "ready": False,
        }
        if alt_text:
            file["alt_txt"] = alt_text
        return self.book.save(file_id, file)

    def upload(self, file_id: str, content: bytes) -> Json:
        """Take the bytes in; CallRefused("file_not_found")."""
        file = self.get(file_id)
        self._records.put_content(file_id, content)
        file["size"] = len(content)
        if content.startswith(_PNG) and len(content) >= 24:
            file["mimetype"], file["filetype"] = "image/png", "png"
            file["original_w"], file["original_h"] = struct.unpack(">II", content[16:24])
        if str(file["mimetype"]).startswith("image/"):
            file["thumb_360"] = file["url_private"]
        file.update(_preview(str(file["mimetype"]), content))
        return self.book.save(file_id, file)

    def complete(self, file_id: str, title: str | None = None) -> Json:
        """Mark as uploaded; CallRefused("file_not_found")."""
        file = self.get(file_id)
        if title:
            file["title"] = title
        file["ready"] = True
        return self.book.save(file_id, file)

    def get(self, file_id: str) -> Json:
        """CallRefused("file_not_found")."""
        try:
            return self.book[file_id]
        except KeyError:
            raise CallRefused("file_not_found") from None

    def content(self, file_id: str) -> bytes | None:
        """The bytes, or None before the upload."""
        return self._records.content(file_id)

    def share(self, file: Json, channel: str, word: str) -> None:
        """Note that a file was shared into a conversation of this family (channels, groups, im, mpim)."""
        place = {"channels": "channels", "groups": "groups"}.get(word, "ims")
        if channel not in file[place]:
            file[place].append(channel)
        file["is_public"] = file["is_public"] or place == "channels"
        self.book.save(file["id"], file)

    def remove(self, file_id: str) -> Json:
        """Delete a file and its bytes; CallRefused("file_not_found")."""
        file = self.get(file_id)
        self.book.forget(file_id)
        self._records.remove_content(file_id)
        return file


def _preview(mimetype: str, content: bytes) -> Json:
    """The beginning of a text file, which Slack shows and gives to apps."""
    if not mimetype.startswith("text/"):
        return {}
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return {}
    lines = text.splitlines()
    preview = "\n".join(lines[:PREVIEW_LINES])[:PREVIEW_LENGTH]
    return {
        "mode": "snippet",
        "editable": True,
        "preview": preview,
        "lines": len(lines),
        "lines_more": max(0, len(lines) - PREVIEW_LINES),
        "preview_is_truncated": len(lines) > PREVIEW_LINES or len(preview) == PREVIEW_LENGTH,
    }


def file_object(file: Json) -> Json:
    """The file as the Web API gives it."""
    return {key: value for key, value in file.items() if key != "ready"}
