"""Raw bytes to a frozen message: parts, texts, attachments, defects."""

from dataclasses import dataclass
from datetime import datetime

from mail.mime.parts import Address, Attachment, Body, Defect


@dataclass(frozen=True, slots=True)
class Message:
    """A mail as it arrived, decoded. Times are aware; ids keep their angle brackets, as the context's ids do."""

    sha256: str
    size: int
    message_id: str | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    date: datetime | None = None
    received: datetime | None = None
    sender: Address | None = None
    senders: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    content_type: str = "text/plain"
    headers: tuple[tuple[str, str], ...] = ()
    bodies: tuple[Body, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    forwarded: tuple["Message", ...] = ()
    defects: frozenset[Defect] = frozenset()

    def header(self, name: str) -> str | None:
        """The topmost header of this name, decoded and unfolded; None when there is none."""
        return next(iter(self.all_headers(name)), None)

    def all_headers(self, name: str) -> tuple[str, ...]:
        """Every header of this name from the top of the mail down, decoded and unfolded."""
        wanted = name.lower()
        return tuple(value for each, value in self.headers if each == wanted)


def read_message(raw: bytes) -> Message:
    """Decode a mail. Never raises: what could not be read is told by `defects`."""
    raise NotImplementedError
