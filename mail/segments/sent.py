"""A mail that we sent, in the form in which a reply is aligned with it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SentMail:
    """Our own words: `lines` of the plain and the HTML text, `rows` of its tables as cell texts."""

    message_id: str | None
    lines: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
