"""What a shop lets the program book with nobody looking; by default nothing but a full acceptance."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from orders.answer_sorts import AnswerSort
from orders.tolerance import NONE, Tolerances

_FROM_THE_START = frozenset({AnswerSort.ACCEPTED})


@dataclass(frozen=True, slots=True)
class BookingTerms:
    """Tolerances of the shop, and the sorts of answers that may be booked, by the supplier's code."""

    tolerances: Tolerances = NONE
    sorts: Mapping[str, frozenset[AnswerSort]] = field(default_factory=dict)

    def sorts_of(self, supplier: str) -> frozenset[AnswerSort]:
        """The sorts of this supplier's answers that may be booked."""
        return self.sorts.get(supplier, _FROM_THE_START)


DEFAULT_TERMS = BookingTerms()
