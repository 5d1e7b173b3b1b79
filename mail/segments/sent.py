"""A mail that we sent, in the form in which a reply is aligned with it."""

import re
from dataclasses import dataclass

from mail.message import Message
from mail.segments.lines import Line, plain_lines
from mail.segments.rendering import html_lines

_SQUEEZED = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class SentMail:
    """Our own words: `lines` of the plain and the HTML text, `rows` of its tables as cell texts, `author` our address."""

    message_id: str | None
    lines: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    author: str = ""


def sent_mail(message: Message) -> SentMail:
    """Our own mail as a reply is aligned with it."""
    lines: list[Line] = []
    for body in message.bodies:
        if body.plain is not None:
            lines += plain_lines(body.plain.text)
        if body.html is not None:
            lines += html_lines(body.html.text)
    return SentMail(
        message_id=message.message_id,
        lines=tuple(line.text for line in lines if not line.empty),
        rows=tuple(tuple(cell.text for cell in line.row.cells) for line in lines if line.row is not None),
        author=message.sender.address if message.sender else "",
    )


def squeezed(text: str) -> str:
    """Letters and digits alone, in lower case: equal for text that was only wrapped, quoted or spaced anew."""
    return _SQUEEZED.sub("", text).lower()
