"""A message into segments: whose words are whose."""

from mail.message import Message
from mail.segments.segment import Segment
from mail.segments.sent import SentMail


def segments(message: Message, sent: SentMail | None) -> tuple[Segment, ...]:
    """Divide everything that the message shows, in the order in which it is shown."""
    raise NotImplementedError
