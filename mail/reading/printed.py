"""Confirmations as they are printed on a page: lines of text with a code, a quantity, a price and their product.

The product proves which numbers are quantity and price; a line that proves nothing is left to the other readers.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import combinations

from mail.reading.amounts import PLAUSIBLE
from mail.reading.articles import name_words
from mail.reading.concepts import Concept
from mail.reading.doubts import Doubt
from mail.reading.facts import Facts, Figure, Role
from mail.reading.figures import Day, Price, Quantity, Span
from mail.reading.lexicon import Unit, language
from mail.reading.numbers import decimal_of
from mail.reading.scan import Desk
from mail.reading.tokens import bare, fold, tokenise
from orders.purchase import OrderLine, PurchaseOrder

_NOWHERE = Span(0, 0)
_CENT = Decimal("0.02")  # what rounding may take from a product
_LONGEST_CODE = 3  # words that one code may be torn into
_HEAD = 6  # lines of a page on which its title stands
_THOUSANDS = re.compile(r"(?<![\w.,'])(\d{1,3}) (\d{3}(?:[.,]\d{2})?)(?![\w'])")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One article as printed: what it says of the order line, and the line of text."""

    line: int
    facts: Facts
    text: str
    product: Decimal


@dataclass(slots=True)
class Printed:
    """A page that speaks of the order's articles; `rest` are the lines that name none."""

    lines: list[PrintedLine] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    doubts: set[Doubt] = field(default_factory=set)


def is_printed_invoice(text: str, prior: str) -> bool:
    """True when the page's head calls it an invoice and not a confirmation."""
    head = [line for line in text.split("\n") if line.strip()][:_HEAD]
    concepts = {concept for line in head for concept in _concepts(line, prior)}
    return Concept.INVOICE in concepts and Concept.CONFIRMATION not in concepts and Concept.RECEIVED not in concepts


def _concepts(line: str, prior: str) -> Iterator[Concept]:
    words = [token.folded for token in tokenise(line)]
    for at in range(len(words)):
        for code in dict.fromkeys((prior, "en")):
            found = language(code).match(words[at:])
            if found is not None and found[0].concept is not None:
                yield found[0].concept


def read_printed(text: str, order: PurchaseOrder, desk: Desk, prior: str) -> Printed | None:
    """The page's lines against the order; None when no line of it proves its figures."""
    printed = Printed()
    for line in text.split("\n"):
        found = _code_in(line.split(), desk)
        if found is None:
            printed.rest.append(line)
            continue
        number, at = found
        said = _Row(line, line.split()[:at], order.line_at(number), desk, prior).read()
        if said is None:
            return None
        printed.lines.append(said)
    numbers = [each.line for each in printed.lines]
    if len(numbers) != len(set(numbers)):
        printed.doubts.add(Doubt.CONTRADICTION)
    return printed if printed.lines else None


def lines_named(text: str, desk: Desk) -> frozenset[int]:
    """The order lines whose codes stand where a printed row begins."""
    found = (_code_in(line.split(), desk) for line in text.split("\n"))
    return frozenset(each[0] for each in found if each is not None)


def _code_in(words: Sequence[str], desk: Desk) -> tuple[int, int] | None:
    """The order line that a code in these words names, and where the code begins."""
    for at in range(min(len(words), _LONGEST_CODE)):
        for length in range(_LONGEST_CODE, 0, -1):
            plain = bare(fold("".join(words[at : at + length])))
            if len(words) >= at + length and plain in desk.articles.codes:
                return desk.articles.codes[plain], at
    return None


class _Row:
    """One printed line against its order line."""

    def __init__(self, text: str, before: Sequence[str], line: OrderLine, desk: Desk, prior: str) -> None:
        self.text, self.before, self.line, self.desk, self.prior = text, before, line, desk, prior
        self.facts = Facts(deliver=True)

    def read(self) -> PrintedLine | None:
        words = _THOUSANDS.sub(r"\1\2", self.text).split()
        numbers = [(at, value) for at, word in enumerate(words) if (value := self._number(word)) is not None]
        days = [day for word in words if (day := self._day(word)) is not None]
        proven = _product(numbers)
        if proven is None:
            proven = _product([(at, value) for at, value in self._unjoined()])
            words = self.text.split() if proven is not None else words
        if proven is None:
            return self._read_bare(self.text.split()[len(self.before) :], days)
        (at, quantity), (_, price), (_, product) = proven
        if self._leftovers(words[at + 1 :], {price, product}):
            self.facts.doubts.add(Doubt.UNEXPLAINED)
        self._say(quantity, price)
        if len(set(days)) > 1:
            self.facts.doubts.add(Doubt.VAGUE_DATE)
        self.facts.events += [Figure(Day(day, _NOWHERE), Role.FINAL) for day in days[:1]]
        if any(word.isdigit() and int(word) in self.desk.line_numbers - {self.line.line} for word in self.before):
            self.facts.doubts.add(Doubt.CONTRADICTION)
        return PrintedLine(self.line.line, self.facts, self.text.strip(), product)

    def _read_bare(self, words: Sequence[str], days: Sequence[date]) -> PrintedLine | None:
        """No product: the code, the article's own name, and behind it nothing but a number, a price and a day."""
        behind = self._behind_name(words)
        numbers = [(word, value) for word in behind if (value := self._number(word)) is not None]
        told = [word for word in behind if self._number(word) is None and self._day(word) is None]
        if len(numbers) != 2 or any(map(self._is_word, told)) or len(set(days)) > 1:
            return None
        (first, quantity), (second, price) = numbers
        if not first.isdigit() or not second.strip("€$£").rstrip("0123456789").endswith((".", ",")):
            return None
        if not self._is_plausible(price):
            return None
        unit = Unit.PIECES if quantity == self.line.quantity else None
        self.facts.events += [Figure(Quantity(quantity, unit, _NOWHERE), Role.FINAL)]
        self.facts.events += [Figure(Price(price, None, _NOWHERE), Role.FINAL)]
        self.facts.events += [Figure(Day(day, _NOWHERE), Role.FINAL) for day in days[:1]]
        return PrintedLine(self.line.line, self.facts, self.text.strip(), quantity * price)

    def _behind_name(self, words: Sequence[str]) -> list[str]:
        """The words behind the code and behind what repeats the order's name of the article."""
        known = frozenset[str]().union(*self.desk.articles.full[self.line.line])
        at = 1
        while at < len(words) and name_words(words[at]) <= known:
            at += 1
        return [*words[at:]]

    def _is_word(self, word: str) -> bool:
        """A word that is neither a unit of pieces nor money."""
        found = language(self.prior).match([fold(word)])
        piece = found is not None and (found[0].unit is Unit.PIECES or found[0].currency is not None)
        return any(map(str.isalnum, word)) and not piece

    def _unjoined(self) -> list[tuple[int, Decimal]]:
        found = [(at, self._number(word)) for at, word in enumerate(self.text.split())]
        return [(at, value) for at, value in found if value is not None]

    def _number(self, word: str) -> Decimal | None:
        bare = word.strip("€$£()").rstrip(",;")
        if not bare or not bare[0].isdigit() or self._day(word) is not None:
            return None
        return decimal_of(bare, self.prior) or decimal_of(bare, "en")

    def _day(self, word: str) -> date | None:
        if sum(mark in "./-" for mark in word) != 2:
            return None
        found = self.desk.calendar.digits(word, is_date=True)
        return None if found is None else found[0]

    def _leftovers(self, words: Sequence[str], used: set[Decimal]) -> bool:
        """Numbers behind the quantity that are neither price, product nor day: a discount, another quantity."""
        return any(value not in used for word in words if (value := self._number(word)) is not None)

    def _say(self, quantity: Decimal, price: Decimal) -> None:
        """In pieces or in cases, whichever the price fits."""
        fits = [basis for basis in {1, self.line.pack_size} if self._is_plausible(price / basis)]
        if len(fits) != 1:
            self.facts.doubts.add(Doubt.UNIT_UNKNOWN)
        unit = Unit.CASES if fits == [self.line.pack_size] and self.line.pack_size > 1 else Unit.PIECES
        self.facts.events.append(Figure(Quantity(quantity, unit, _NOWHERE), Role.FINAL))
        self.facts.events.append(Figure(Price(price, None, _NOWHERE, basis_unit=unit), Role.FINAL))

    def _is_plausible(self, price: Decimal) -> bool:
        low, high = PLAUSIBLE
        return not self.line.unit_price or low < price / self.line.unit_price < high


_Proof = tuple[tuple[int, Decimal], tuple[int, Decimal], tuple[int, Decimal]]


def _product(numbers: Sequence[tuple[int, Decimal]]) -> _Proof | None:
    """Quantity, price and product in this order; the last such three, for a name may hold numbers too."""
    proofs: list[_Proof] = [
        (one, two, three)
        for one, two, three in combinations(numbers[-8:], 3)
        if one[1] == one[1].to_integral_value() and abs(one[1] * two[1] - three[1]) <= _CENT and three[1] > 0
    ]
    if not proofs or len({(proof[0][1], proof[1][1]) for proof in proofs if proof[2] == proofs[-1][2]}) != 1:
        return None
    return proofs[-1]
