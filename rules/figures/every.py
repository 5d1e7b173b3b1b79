"""All words that a rule may use in each scope."""

from collections.abc import Mapping
from typing import Any

from rules.figures import line, order, reply
from rules.vocabulary import Figure, Scope

# A rule about a line may also use the figures of the whole document that the line belongs to.
OWN: Mapping[Scope, Mapping[str, Figure[Any]]] = {
    Scope.ORDER: order.figure.all(),
    Scope.LINE: line.figure.all(),
    Scope.REPLY: reply.reply_figure.all(),
    Scope.REPLY_LINE: reply.line_figure.all(),
}
KNOWN: Mapping[Scope, Mapping[str, Figure[Any]]] = {
    Scope.ORDER: OWN[Scope.ORDER],
    Scope.LINE: {**OWN[Scope.ORDER], **OWN[Scope.LINE]},
    Scope.REPLY: OWN[Scope.REPLY],
    Scope.REPLY_LINE: {**OWN[Scope.REPLY], **OWN[Scope.REPLY_LINE]},
}
