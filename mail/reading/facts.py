"""Everything said of a claim's lines, as values: yes, no, later; figures with their roles; doubts."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from mail.reading.concepts import Concept
from mail.reading.doubts import Doubt
from mail.reading.figures import Day, Price, Quantity


class Role(StrEnum):
    """What a figure is in its sentence."""

    FINAL = "final"
    OLD = "old"  # instead of 120
    TOTAL = "total"  # 96 of 120
    MISSING = "missing"  # 24 missing
    DENIED = "denied"  # not 120


class Event(StrEnum):
    """What stands in the row of figures besides quantities and days."""

    REST = "rest"
    HALF = "half"  # of what was ordered
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity, day or price with its role."""

    value: Quantity | Day | Price
    role: Role


@dataclass(slots=True)
class Facts:
    """Everything said of the claim's lines. `events` are figures and events in the order of the text."""

    accept: bool = False
    as_ordered: bool = False
    deliver: bool = False
    delivers_all: bool = (
        False  # everything, or what is named, is said to come; "our delivery team will call" says nothing
    )
    reject: bool = False
    backorder: bool = False
    substitute: bool = False
    change: bool = False
    wants_figure: bool = False  # "not in time", "we cannot deliver 120": the true figure must follow
    each: bool = False
    of_lines: bool = False  # said of lines that are named
    yes_first: bool = False  # a yes stood before the lines were named
    all_follows: bool = False  # "all of it", "we will send it": the whole quantity comes later
    has_left: bool = False  # it ran out, and behind that: so many are left
    strange_units: bool = False  # a number before a word that nobody knows: a unit, unless it adds up without one
    leaves: bool = False  # it is said when goods leave, and not yet when they come
    missing_untold: bool = False  # something is missing, and nothing in the claim says how much
    short: bool = False  # "the mill is short": the quantity tells by how many
    bare_no: bool = False  # a no to nothing that is known; where another article is offered it needs no explaining
    adds: bool = False  # "24 more": with what was named before it must make the ordered quantity
    dropped_rest: bool = False  # "the rest is cancelled"
    rest_of_what: bool = False  # of the quantity, unless nothing is said of the other lines
    facets: set[Concept] = field(default_factory=set)  # price, quantity or date alone was said to be right
    bare_noes: int = 0  # noes with no verb beside them: "it is not and will not be"
    unknown_words: int = 0
    stray_days: list[date | None] = field(
        default_factory=list
    )  # beside a word that nobody knows and no word of delivery
    priced_from: list[date] = field(default_factory=list)  # from when on a new price is charged
    events: list[Figure | Event] = field(default_factory=list)
    offered_code: str | None = None
    offered_text: str = ""
    doubts: set[Doubt] = field(default_factory=set)

    def figures(self, kind: type[Quantity] | type[Day] | type[Price], *roles: Role) -> list[Figure]:
        """The figures of one kind in these roles."""
        return [
            each
            for each in self.events
            if isinstance(each, Figure) and isinstance(each.value, kind) and each.role in roles
        ]

    @property
    def days(self) -> list[date | None]:
        """The days that are true after the reply; None for one that is no firm day."""
        return [each.value.value for each in self.figures(Day, Role.FINAL) if isinstance(each.value, Day)]
