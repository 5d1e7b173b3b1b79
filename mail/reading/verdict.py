"""What kind of message it is, once everything in it has been heard."""

from collections.abc import Callable
from dataclasses import dataclass

from mail.machine import Machine, MachineKind
from mail.reading.answer import Heard
from mail.reading.doubts import Doubt
from orders.reply import Kind

_ANSWERS = frozenset(
    {
        Doubt.CONDITION,
        Doubt.NOT_CONFIRMED,
        Doubt.PREPAY,
        Doubt.SURCHARGE,
        Doubt.GROSS,
        Doubt.WHICH_LINE,
        Doubt.SEE_BELOW,
        Doubt.SEE_ATTACHMENT,
        Doubt.EXCEPTED,
        Doubt.ONLY_THESE,
        Doubt.HEDGE,
        Doubt.CHANGE_UNTOLD,
        Doubt.NO_SUCH_LINE,
        Doubt.VAGUE_DATE,
        Doubt.UNIT_UNKNOWN,
    }
)  # fmt: skip  doubts that only an answer can raise


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What is known besides the words."""

    origin: Machine
    matched: bool
    named: bool  # an order is named, by more than the sender having just one
    speaks: bool  # something was said of lines
    names_lines: bool = False  # something was said of lines by their names
    is_invoice: bool = False
    is_notice: bool = False


def kind_of(heard: Heard, around: Circumstance) -> Kind:
    """The first that fits, from the surest to the vaguest."""
    for kind, fits in _FITTING:
        if fits(heard, around):
            return kind
    return Kind.OTHER


def _is_automatic(heard: Heard, around: Circumstance) -> bool:
    if around.origin.kind is MachineKind.AUTO_REPLY:
        return not (around.names_lines or (around.speaks and heard.accepted))
    return heard.away and not around.speaks


def _is_notice(heard: Heard, around: Circumstance) -> bool:
    return around.is_notice or (heard.shipped and not heard.accepted and not heard.refuses)


def _is_invoice(heard: Heard, around: Circumstance) -> bool:
    """An invoice comes with the mail; "once the last invoice is paid" speaks of another one, and is an answer."""
    demands = bool(heard.doubts & {Doubt.CONDITION, Doubt.PREPAY}) and not heard.attached
    said = heard.accepted or heard.attached_answer or around.speaks or demands
    return around.is_invoice or (heard.invoiced and not said)


def _is_bulk(heard: Heard, around: Circumstance) -> bool:  # noqa: ARG001  one of a row of questions
    return around.origin.kind is MachineKind.NEWSLETTER and not around.named


def _asks(heard: Heard, around: Circumstance) -> bool:
    """A question comes first, but "please call me" behind a refusal or an offer is part of the answer."""
    answered = bool(heard.doubts & {Doubt.NOT_CONFIRMED, Doubt.CONDITION, Doubt.PREPAY}) or heard.offers
    answered = answered or (heard.refuses and heard.proposes)
    return heard.asked and not (around.matched and answered and not heard.pressed)


def _answers(heard: Heard, around: Circumstance) -> bool:
    if around.speaks:
        return True
    if around.matched and heard.attached and not heard.received and not heard.future:
        return True
    handled = (heard.received or heard.future) and not heard.doubts & (_ANSWERS - {Doubt.SEE_ATTACHMENT})
    return not handled and around.matched and bool(heard.doubts & _ANSWERS)


_FITTING: tuple[tuple[Kind, Callable[[Heard, Circumstance], bool]], ...] = (
    (Kind.AUTO_REPLY, _is_automatic),
    (Kind.SHIP_NOTICE, _is_notice),
    (Kind.INVOICE, _is_invoice),
    (Kind.OTHER, _is_bulk),
    (Kind.QUESTION, _asks),
    (Kind.ORDER_RESPONSE, _answers),
)
