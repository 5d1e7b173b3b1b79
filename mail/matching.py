"""Which of our orders a message speaks of, and how we know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mail.message import Message
from mail.segments.segment import Segment
from orders.context import ReadingContext
from orders.reply import MatchedBy


class MatchDoubt(StrEnum):
    """What makes a match less than certain; each one sends the reply to a person."""

    THREAD_DISAGREES = "thread-disagrees"  # the thread belongs to another order; the text wins
    LOOSELY_TYPED = "loosely-typed"  # the number was mistyped
    OTHER_SUPPLIER = "other-supplier"  # the order is not the sender's
    AMBIGUOUS = "ambiguous"  # several orders fit what is said
    UNKNOWN_NUMBER = "unknown-number"  # an order number that we never gave


@dataclass(frozen=True, slots=True)
class Match:
    """An order that the message speaks of; `order` None when which one cannot be decided. `found` quotes the number."""

    order: str | None
    matched_by: MatchedBy | None
    found: str = ""
    doubts: tuple[MatchDoubt, ...] = ()


Verifier = Callable[[str], str | None]
"""Our own id or address token to an order number; None when it is not ours or was tampered with."""


def match_orders(
    message: Message,
    segments: Sequence[Segment],
    context: ReadingContext,
    *,
    supplier: str | None,
    attachment_texts: Sequence[str] = (),
    verify: Verifier | None = None,
) -> tuple[Match, ...]:
    """Every order that the message speaks of, best evidence first; empty when it names none."""
    raise NotImplementedError
