"""Who wrote it: sender to supplier, and whether the sender may be believed."""

from dataclasses import dataclass
from enum import StrEnum

from mail.message import Message
from orders.context import ReadingContext


class TrustReason(StrEnum):
    """Why a sender is not trusted, or what a person should know of it."""

    NO_SENDER = "no-sender"  # no usable From
    SEVERAL_SENDERS = "several-senders"  # more than one From
    UNKNOWN_SENDER = "unknown-sender"  # neither address nor domain is a supplier's
    AMBIGUOUS_SENDER = "ambiguous-sender"  # several suppliers share it
    OWN_ADDRESS = "own-address"  # one of our own people forwards it
    AUTHENTICATION_FAILED = "authentication-failed"  # SPF or DMARC, as our own server saw it
    DISPLAY_NAME_SPOOFED = "display-name-spoofed"  # the name shows another address or a supplier's name
    LOOKALIKE_DOMAIN = "lookalike-domain"  # one letter, or a letter of another script, away from a supplier's domain
    REPLY_TO_ELSEWHERE = "reply-to-elsewhere"  # answers would go to somebody else
    FREE_MAIL = "free-mail"  # a public mail service, only the exact address would count


@dataclass(frozen=True, slots=True)
class Sender:
    """The supplier whom the sender belongs to, whether it may be believed, and why not."""

    supplier: str | None
    trusted: bool
    reasons: tuple[TrustReason, ...] = ()


def judge_sender(message: Message, context: ReadingContext) -> Sender:
    """Tell the sender's supplier and whether to trust it."""
    raise NotImplementedError
