"""Mail that no person wrote: bounces, automatic replies, newsletters."""

from dataclasses import dataclass
from enum import StrEnum

from mail.message import Message


class MachineKind(StrEnum):
    """What sort of machine mail it is."""

    NO = "no"  # a person's mail, or an order system's, as far as the headers tell
    AUTO_REPLY = "auto_reply"  # out of office, ticket receipt, read receipt
    BOUNCE = "bounce"  # delivery status report
    NEWSLETTER = "newsletter"  # bulk mail with no answer in it


@dataclass(frozen=True, slots=True)
class Machine:
    """What the headers and the structure tell of the mail's origin.

    `generated` says that a program sent it (Auto-Submitted, noreply): an order system's confirmation is such a mail and
    is an answer all the same. `returned_id` is the Message-ID of ours that a bounce returns.
    """

    kind: MachineKind
    generated: bool = False
    returned_id: str | None = None
    failed_recipients: tuple[str, ...] = ()


def machine(message: Message) -> Machine:
    """Tell whether a machine wrote it."""
    raise NotImplementedError
