"""What was said of each line, put together: general words fill what the line's own words leave open."""

from collections.abc import Iterable, Iterator

from mail.reading.answer import Answer, Spoken
from mail.reading.chunks import Target
from mail.reading.concepts import Concept
from mail.reading.doubts import Doubt
from mail.reading.facts import Event, Facts, Figure, Role
from mail.reading.figures import Day, Phrase, Price, Quantity
from mail.reading.line_reading import read_line
from orders.purchase import PurchaseOrder
from orders.reply import LineReading, Outcome


def lines_of(answer: Answer, order: PurchaseOrder, doubts: set[Doubt]) -> tuple[LineReading, ...]:
    """The reading of every line of the order; what is not clear goes into `doubts`."""
    readings = tuple(_line(answer, order, line.line, doubts) for line in order.lines)
    if all(each.outcome is not Outcome.UNMENTIONED for each in readings):
        doubts.discard(Doubt.ONLY_THESE)
    if any(each.outcome is Outcome.UNMENTIONED for each in readings):
        named = [said.facts for several in answer.named.values() for said in several]
        if any(facts.facets and facts.events for facts in named):
            doubts.add(Doubt.FACET)  # a new price of one line, "dates unchanged": of that line, or of all?
        if answer.blanket or any(_says_yes_and_more(facts) for facts in named):
            doubts.add(Doubt.WHICH_LINE)  # a yes to all, or a word for all, that did not reach the other lines
        if any(facts.rest_of_what for facts in named):
            doubts.add(Doubt.WHICH_LINE)  # only 96 of line 1, "the rest is cancelled": of line 1, or the other lines?
    differs = any(each.outcome not in (Outcome.ACCEPTED, Outcome.UNMENTIONED) for each in readings)
    told = any(answer.named.get(line.line) for line in order.lines)
    untold = _exception_untold(answer, readings) or (answer.changes and not differs)
    if untold or (answer.announces and not (differs and told)):
        doubts.add(Doubt.EXCEPTED)
    doubts |= set(_doubts_of_others(answer, order))
    return readings


def _doubts_of_others(answer: Answer, order: PurchaseOrder) -> Iterator[Doubt]:
    """What is said of the other lines, or of all, has to fit the lines that are named."""
    named = [line.line for line in order.lines if answer.named.get(line.line)]
    if any(count != len(order.lines) - len(named) for count in _counted(answer.others)):
        yield Doubt.WHICH_LINE  # the other three, and there are four
    all_named = len(named) == len(order.lines)
    if all_named and named and any(_holds(each.facts) for each in answer.others):
        yield Doubt.UNEXPLAINED  # said of the other lines, and there are none
    if named and (all_named or answer.others) and any(map(_comes_later, answer.general)):
        yield Doubt.WHICH_LINE  # "all of it comes later", and every line has words of its own


def _comes_later(said: Spoken) -> bool:
    return said.claim.target is Target.ALL and (said.facts.backorder or Event.LATER in said.facts.events)


def _counted(several: Iterable[Spoken]) -> Iterator[int]:
    """How many lines the words for the other lines say there are."""
    for said in several:
        atoms = (atom for atom in said.claim.atoms if isinstance(atom, Phrase) and atom.concept is Concept.REST_LINES)
        yield from (atom.count for atom in atoms if atom.count)


def _exception_untold(answer: Answer, readings: Iterable[LineReading]) -> bool:
    """A line was excepted from a yes to all, and reads as ordered: something differs in it, or nobody would have named it."""
    whole = {each.line for each in readings if each.outcome in (Outcome.ACCEPTED, Outcome.UNMENTIONED)}
    excepted = {line for line, several in answer.named.items() if any(said.claim.excepted for said in several)}
    accepted = {each.line for each in readings if each.outcome is Outcome.ACCEPTED}
    return bool(excepted & accepted) or (answer.excepts_below and all(each.line in whole for each in readings))


def _says_yes_and_more(facts: Facts) -> bool:
    """We confirm with two exceptions: line 2 only 96: the yes may be for all, what follows for the line."""
    return facts.yes_first and bool(facts.events or facts.reject or facts.backorder or facts.substitute)


def _holds(facts: Facts) -> bool:
    return bool(facts.events or facts.reject or facts.backorder or facts.substitute)


def _line(answer: Answer, order: PurchaseOrder, number: int, doubts: set[Doubt]) -> LineReading:
    named = answer.named.get(number)
    if named is not None and not named:
        doubts.add(Doubt.EXCEPTED)
    if not answer.named:  # no line has words of its own: "the rest" is the rest of the terms
        said = [*answer.general, *answer.others]
    else:
        own = named or answer.others
        said = _with_general(own, answer.general) if own else answer.general
    if not said:
        return LineReading(number, Outcome.UNMENTIONED)
    facts = merge(each.facts for each in said)
    if answer.edited and not named:
        facts.change = False  # "one change, see the table": the table tells it, of another line
    evidence = tuple(dict.fromkeys(each.evidence for each in said))
    reading, found = read_line(
        order.line_at(number), facts, currency=order.currency, own_day=order.delivery_date, evidence=evidence
    )
    doubts |= found
    return reading


def _with_general(named: list[Spoken], general: list[Spoken]) -> list[Spoken]:
    """A day said for the whole order also holds for a line that is named without one."""
    own = merge(each.facts for each in named)
    if own.facets and not (own.events or own.accept or own.as_ordered) and not _holds(own):
        return [*named, *general]  # the order is confirmed; the other prices stay
    ends = own.backorder or own.substitute or (own.reject and not own.dropped_rest)
    if ends or own.figures(Day, Role.FINAL) or own.as_ordered or Event.NOW in own.events or Event.LATER in own.events:
        return named
    return [*named, *(each for each in general if each.facts.figures(Day, Role.FINAL))]


def merge(several: Iterable[Facts]) -> Facts:
    """All facts of one line together; figures said twice count once."""
    whole = Facts()
    for facts in several:
        whole.accept |= facts.accept
        whole.as_ordered |= facts.as_ordered
        whole.deliver |= facts.deliver
        whole.reject |= facts.reject
        whole.backorder |= facts.backorder
        whole.substitute |= facts.substitute
        whole.change |= facts.change
        whole.wants_figure |= facts.wants_figure
        whole.each |= facts.each
        whole.dropped_rest |= facts.dropped_rest
        whole.all_follows |= facts.all_follows
        whole.adds |= facts.adds
        whole.has_left |= facts.has_left
        whole.strange_units |= facts.strange_units
        whole.short |= facts.short
        whole.bare_no |= facts.bare_no
        whole.facets |= facts.facets
        whole.unknown_words += facts.unknown_words
        whole.stray_days += facts.stray_days
        whole.priced_from += facts.priced_from
        if facts.offered_code and whole.offered_code and facts.offered_code != whole.offered_code:
            whole.doubts.add(Doubt.UNEXPLAINED)
        whole.offered_code = whole.offered_code or facts.offered_code
        whole.offered_text = whole.offered_text or facts.offered_text
        whole.doubts |= facts.doubts
        if not _repeats(facts, whole):
            whole.events += facts.events
    return whole


def _repeats(facts: Facts, whole: Facts) -> bool:
    said = {_plain(each) for each in whole.events}
    return bool(said) and all(_plain(each) in said for each in facts.events)


def _plain(event: Figure | Event) -> tuple[object, ...]:
    if isinstance(event, Event):
        return (event,)
    value = event.value
    if isinstance(value, Quantity):
        return (value.value, value.unit, event.role)
    if isinstance(value, Price):
        return (value.amount, value.basis, value.basis_unit, event.role)
    return (value.value, event.role)
