"""What a claim says, sorted into facts: yes, no, later; figures with their roles; and every doubt that its words raise."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from mail.reading.chunk_doubts import doubts_of
from mail.reading.chunks import Target
from mail.reading.claims import Claim
from mail.reading.clauses import confirms_what_came, explains_no, fits_all, only_accepts, tells_of_closing
from mail.reading.concepts import Concept
from mail.reading.day_doubts import dates_price, is_dated, judge_day, note_stray_days
from mail.reading.denials import (
    no_more,
    only_denies,
    only_explains,
    take_bare_noes,
    take_negation,
    take_no_more,
    without_reason,
)
from mail.reading.doubts import Doubt
from mail.reading.facts import Event, Facts, Figure, Role
from mail.reading.figures import Atom, Day, Lines, Other, OtherKind, Phrase, Price, Quantity, is_mark, is_unknown
from mail.reading.lexicon import Unit
from mail.reading.roles import adds, before_figure, by_amount, carries_nothing, role_of
from mail.reading.spans import without_told_spans

_UNKNOWN_WORDS = 4  # in one claim about named lines: more of them and we do not know what is said


_UNKNOWN_IN_GENERAL = 2  # in a claim about the whole order, which could be booked unseen


_WHOLE = (Concept.ALL, Concept.BOTH, Concept.TERMS)  # what "we deliver" must be said of to be a yes
_DENYING = (Concept.NEGATION, Concept.NOT_DELIVER)
_FACETS = frozenset({Concept.PRICE, Concept.QUANTITY, Concept.DATE})


def facts_of(claim: Claim, text: str) -> Facts:
    """Sort what the claim says; `text` is the passage that its offsets point into."""
    facts = Facts(doubts=set(claim.doubts), of_lines=claim.target is Target.NAMED)
    offers = claim.has(Concept.SUBSTITUTE) or _replaces(claim)
    atoms = without_told_spans(claim.atoms)
    offered = False
    for chunk in _chunks(atoms):
        if offered and _is_bracket(chunk) and not any(isinstance(atom, Price) for atom in chunk):
            facts.offered_text = facts.offered_text or text[chunk[1].span.start : chunk[-1].span.end]
            continue
        offered = offers and _ends_with_code(chunk)
        _take_chunk(_without_offer(chunk, text, facts) if offers else chunk, facts)
    facts.backorder = facts.backorder or _delivers_after(claim, text)
    take_bare_noes(facts)
    if facts.missing_untold and not facts.backorder:
        facts.doubts.add(Doubt.UNEXPLAINED)
    summed = len(claim.lines) > 1 and claim.has(Concept.TOGETHER, Concept.TOTAL)
    if summed and facts.figures(Quantity, *Role):
        facts.doubts.add(Doubt.WHICH_LINE)
    told = facts.figures(Quantity, *Role) or facts.figures(Day, Role.FINAL) or facts.figures(Price, Role.FINAL)
    if (
        facts.of_lines
        and claim.has(Concept.THREAT)
        and not (told or facts.reject or facts.backorder or facts.substitute)
    ):
        facts.doubts.add(Doubt.CHANGE_UNTOLD)  # there is a problem with the pads, and nobody says what it changes
    if _may_date_the_price(claim):
        facts.doubts.add(Doubt.VAGUE_DATE)
    if claim.family and not (only_accepts(facts) or fits_all(facts)):
        facts.doubts.add(Doubt.WHICH_LINE)
    facts.yes_first = facts.of_lines and _begins_with_yes(claim)
    later = facts.backorder or any(event is Event.LATER for event in facts.events)
    facts.all_follows = later and (claim.target is Target.ALL or claim.has(Concept.ALL, Concept.BOTH, Concept.ACCEPT))
    facts.substitute = facts.substitute or (offers and facts.offered_code is not None)
    if facts.unknown_words > (_UNKNOWN_WORDS if facts.of_lines else _UNKNOWN_IN_GENERAL):
        facts.doubts.add(Doubt.UNKNOWN_WORDS)
    return facts


_AFTER = frozenset({"nach", "na"})


def _delivers_after(claim: Claim, text: str) -> bool:
    """Liefern wir vollständig nach, leveren we volledig na: the verb's own particle at the end says that it comes later."""
    last = next((atom for atom in reversed(claim.atoms) if not is_mark(atom)), None)
    denied = claim.has(Concept.NEGATION, Concept.NOT_DELIVER) or any(isinstance(atom, Day) for atom in claim.atoms)
    delivers = claim.has(Concept.DELIVER) and not denied
    return delivers and last is not None and text[last.span.start : last.span.end].lower() in _AFTER


_DATING = (Concept.DELIVER, Concept.SHIP, Concept.DATE, Concept.LATER, Concept.BACKORDER, Concept.REST, Concept.OLD)


def _may_date_the_price(claim: Claim) -> bool:
    """They went up on the 1st, to 2.35: the day is that of the price, where nothing speaks of coming."""
    kinds = {type(atom) for atom in claim.atoms}
    return claim.has(Concept.CHANGE) and {Day, Price} <= kinds and Quantity not in kinds and not claim.has(*_DATING)


def _begins_with_yes(claim: Claim) -> bool:
    for atom in claim.atoms:
        if isinstance(atom, Lines):
            return False
        if isinstance(atom, Phrase) and atom.concept is Concept.ACCEPT:
            return True
    return False


def _is_bracket(chunk: Sequence[Atom]) -> bool:
    return len(chunk) > 1 and isinstance(chunk[0], Other) and chunk[0].text == "("


def _ends_with_code(chunk: Sequence[Atom]) -> bool:
    """The offered article's code; what it is may follow in brackets."""
    telling = [a for a in chunk if not (isinstance(a, Other) and a.kind in (OtherKind.KNOWN, OtherKind.MARK))]
    return bool(telling) and isinstance(telling[-1], Other) and telling[-1].kind is OtherKind.CODE


def _replaces(claim: Claim) -> bool:
    """Instead of BF-1001 we can send BF-1009: an offer, whatever the verb."""
    coded = any(isinstance(a, Other) and a.kind is OtherKind.CODE for a in claim.atoms)
    priced = any(isinstance(a, Price) for a in claim.atoms)
    if coded and (claim.has(Concept.NEW) or (priced and claim.has(Concept.REJECT))):
        return True  # KS-4045 instead; sold out, we can send KS-4045 for 1,95
    at = next((n for n, a in enumerate(claim.atoms) if isinstance(a, Phrase) and a.concept is Concept.OLD), None)
    if at is None or not coded:
        return False
    behind = [a for a in claim.atoms[at + 1 :] if not carries_nothing(a)]
    figure = bool(behind) and isinstance(behind[0], (Quantity, Price, Day))
    return bool(claim.lines) and not figure


_CUTS = frozenset({",", "but", "("})
_BRACKET = frozenset({"("})


def _chunks(atoms: Sequence[Atom]) -> Iterator[list[Atom]]:
    chunk: list[Atom] = []
    for atom in atoms:
        if is_mark(atom, _CUTS) or explains_no(chunk, atom):
            if chunk:
                yield chunk
            chunk = [atom] if is_mark(atom, _BRACKET) else []
        else:
            chunk.append(atom)
    if chunk:
        yield chunk


def _without_offer(chunk: list[Atom], text: str, facts: Facts) -> list[Atom]:
    """The chunk without the article that is offered: its code and the words that describe it."""
    at = next((i for i, atom in enumerate(chunk) if isinstance(atom, Other) and atom.kind is OtherKind.CODE), None)
    if at is None:
        return chunk
    code = chunk[at]
    end = at + 1
    while end < len(chunk) and _describes(chunk[end]):
        end += 1
    assert isinstance(code, Other)
    _take_code(code, facts)
    if end > at + 1:
        facts.offered_text = text[chunk[at + 1].span.start : chunk[end - 1].span.end].strip(" :-")
    return chunk[:at] + chunk[end:]


def _describes(atom: Atom) -> bool:
    if isinstance(atom, Other):
        return atom.kind in (OtherKind.WORD, OtherKind.KNOWN) or (
            atom.kind is OtherKind.MARK and atom.text in {".", "'"}
        )
    if isinstance(atom, Quantity):
        return atom.unit is Unit.WEIGHT
    if isinstance(atom, Phrase):
        return atom.concept is Concept.OF
    return isinstance(atom, Lines) and atom.by == "name"


def _take_chunk(chunk: list[Atom], facts: Facts) -> None:
    chunk = without_reason(chunk, facts)
    concepts = [atom.concept for atom in chunk if isinstance(atom, Phrase)]
    if Concept.NOT_DELIVER in concepts:
        concepts += [Concept.NEGATION, Concept.DELIVER]
    if tells_of_closing(chunk, concepts):
        return
    facts.doubts |= set(doubts_of(chunk, concepts))
    _take_others(chunk, facts)
    note_stray_days(chunk, concepts, facts)
    if Concept.FUTURE in concepts:
        return
    negated = Concept.NEGATION in concepts
    if negated and (only_explains(chunk, facts) or only_denies(chunk, facts)):
        return
    if negated and no_more(chunk):
        take_no_more(concepts, facts)
        return
    before = len(facts.events)
    _take_figures(chunk, facts, negated=negated)
    if _cancels_rest(chunk, concepts, facts.events[:before]):
        denied_rest(facts, before)
        return
    if negated:
        _take_denial(chunk, concepts, facts, before)
    else:
        _take_outcome(chunk, concepts, facts)


def _take_denial(chunk: Sequence[Atom], concepts: list[Concept], facts: Facts, before: int) -> None:
    denied = any(isinstance(each, Figure) and each.role is Role.DENIED for each in facts.events[before:])
    rejected = facts.reject or Concept.REJECT in concepts
    take_negation(concepts, facts, denied=denied)
    if facts.reject and not rejected and _denies_strange(chunk, concepts):
        facts.doubts.add(Doubt.UNEXPLAINED)


def _denies_strange(chunk: Sequence[Atom], concepts: Sequence[Concept]) -> bool:
    """I do not see the granola · it has not left: not what comes is denied, but something else."""
    if Concept.SHIPPED in concepts:
        return True
    at = next(n for n, atom in enumerate(chunk) if isinstance(atom, Phrase) and atom.concept in _DENYING)
    return at + 1 < len(chunk) and is_unknown(chunk[at + 1])


def _cancels_rest(chunk: Sequence[Atom], concepts: Sequence[Concept], before: Sequence[Figure | Event]) -> bool:
    """The remaining 20 are cancelled; the other 4 we do not deliver."""
    counted = sum(isinstance(atom, Quantity) for atom in chunk)
    rest = Concept.REST in concepts or Concept.REST_LINES in concepts
    told = any(isinstance(each, Figure) and isinstance(each.value, Quantity) for each in before)
    no = Concept.REJECT in concepts or (Concept.NEGATION in concepts and Concept.DELIVER in concepts)
    plain = not any(isinstance(atom, (Day, Price)) for atom in chunk)
    return no and counted == 1 and plain and (rest or told)


def denied_rest(facts: Facts, before: int) -> None:
    """The figures from here on are what will not come."""
    for at, each in enumerate(facts.events[before:], start=before):
        if isinstance(each, Figure):
            facts.events[at] = Figure(each.value, Role.DENIED)
    facts.events = [each for at, each in enumerate(facts.events) if at < before or isinstance(each, Figure)]
    facts.dropped_rest = True


def _drops_backorder(chunk: Sequence[Atom]) -> bool:
    """The backorder is cancelled: what would follow is what is refused. Sold out, and on backorder: it follows."""
    said = [atom.concept for atom in chunk if isinstance(atom, Phrase)]
    if (
        Concept.BACKORDER not in said
        or Concept.REJECT not in said
        or any(is_mark(atom, frozenset({","})) for atom in chunk)
    ):
        return False
    return said.index(Concept.BACKORDER) < said.index(Concept.REJECT)


def _take_outcome(chunk: list[Atom], concepts: list[Concept], facts: Facts) -> None:
    figures = any(isinstance(atom, (Quantity, Day, Price)) for atom in chunk)
    faceted = not figures and _speaks_of_facets(chunk)
    firm = concepts.count(Concept.ACCEPT) + concepts.count(Concept.AS_ORDERED) > 1 or confirms_what_came(chunk)
    if Concept.ACCEPT in concepts and (firm or Concept.RECEIVED not in concepts):
        facts.accept |= not faceted
    facts.as_ordered |= Concept.AS_ORDERED in concepts and not faceted
    if faceted and (Concept.ACCEPT in concepts or Concept.AS_ORDERED in concepts):
        facts.facets |= _FACETS.intersection(concepts) | ({*_FACETS} if Concept.TERMS in concepts else set())
    facts.deliver |= Concept.DELIVER in concepts or Concept.SHIP in concepts or Concept.SHIPPED in concepts
    facts.deliver |= Concept.HAVE in concepts and (facts.of_lines or _counts(chunk))  # on Friday we have a party
    facts.delivers_all |= Concept.DELIVER in concepts and not {*_WHOLE}.isdisjoint(concepts)
    if Concept.MISSING in concepts and not figures and not facts.figures(Quantity, Role.FINAL):
        facts.missing_untold = True  # short, 48 only: of which 48?
    facts.short |= Concept.MISSING in concepts and not figures
    facts.has_left |= facts.reject and facts.deliver and any(isinstance(atom, Quantity) for atom in chunk)
    drops_backorder = _drops_backorder(chunk)
    facts.backorder |= Concept.BACKORDER in concepts and not drops_backorder
    facts.substitute |= Concept.SUBSTITUTE in concepts
    facts.change |= Concept.CHANGE in concepts and Concept.BELOW not in concepts
    facts.each |= Concept.EACH in concepts
    facts.wants_figure |= Concept.END_OF in concepts  # it will be late
    if Concept.REJECT in concepts:
        if facts.events[-1:] in ([Event.REST], [Event.HALF]) and (facts.events[-1] is Event.REST or facts.events[:-1]):
            facts.dropped_rest = True
            facts.events.pop()
        elif drops_backorder or (facts.events and not figures and facts.figures(Quantity, Role.FINAL, Role.MISSING)):
            facts.dropped_rest = True  # 300 pcs, more is not to be had
        else:
            facts.reject = True
        if Concept.TEMPORARY in concepts and not facts.backorder:
            facts.doubts.add(Doubt.TEMPORARY)


def _counts(chunk: Sequence[Atom]) -> bool:
    whole = any(isinstance(a, Phrase) and a.concept in _WHOLE for a in chunk)
    return whole or any(isinstance(a, (Quantity, Price)) for a in chunk)


def _speaks_of_facets(chunk: Sequence[Atom]) -> bool:
    """Prices are fine: a yes to them alone. "The order is confirmed at your prices" is a yes to all."""
    phrases = [atom.concept for atom in chunk if isinstance(atom, Phrase)]
    if not any(concept in _FACETS or concept is Concept.TERMS for concept in phrases):
        return False
    for one, following in pairwise([*phrases, None]):
        if one in (Concept.ALL, Concept.BOTH) and following not in _FACETS and following is not Concept.TERMS:
            return False
    return True


def _take_others(chunk: list[Atom], facts: Facts) -> None:
    """Numbers, codes and words that no rule names."""
    explained = False
    for at, atom in enumerate(chunk):
        if isinstance(atom, Phrase):
            explained = explained or atom.concept is Concept.REASON
        if not isinstance(atom, Other):
            continue
        if atom.kind is OtherKind.NUMBER:
            facts.doubts.add(Doubt.UNEXPLAINED)
        elif atom.kind is OtherKind.CODE:
            _take_code(atom, facts)
        elif atom.kind is OtherKind.UNIT and (at == 0 or is_unknown(chunk[at - 1]) or _misses(chunk)):
            # gloves M and L: a size, and no unit; septante pièces, a box too few: how many is that?
            facts.doubts.add(Doubt.UNEXPLAINED)
        elif atom.kind is OtherKind.WORD and not explained:
            facts.unknown_words += 1
            facts.strange_units |= at > 0 and _measures(chunk[at - 1])
        elif atom.kind is OtherKind.MARK and atom.text == "%":
            facts.doubts.add(Doubt.SURCHARGE)


def _misses(chunk: list[Atom]) -> bool:
    return any(isinstance(atom, Phrase) and atom.concept is Concept.MISSING for atom in chunk)


def _take_code(atom: Other, facts: Facts) -> None:
    if facts.offered_code is None:
        facts.offered_code = atom.text
    elif facts.offered_code != atom.text:
        facts.doubts.add(Doubt.UNEXPLAINED)


def _measures(atom: Atom) -> bool:
    return isinstance(atom, Quantity) and atom.unit is None


def _take_figures(chunk: list[Atom], facts: Facts, *, negated: bool) -> None:
    comes = any(isinstance(atom, Phrase) and atom.concept in (Concept.DELIVER, Concept.AS_ORDERED) for atom in chunk)
    leaves = any(isinstance(atom, Phrase) and atom.concept in (Concept.SHIP, Concept.SHIPPED) for atom in chunk)
    facts.leaves = leaves or (facts.leaves and not comes)
    counted = facts.figures(Quantity, *Role) or any(isinstance(atom, Quantity) for atom in chunk)
    ships = leaves or (facts.leaves and not counted)  # in two lots: 100 on the 22nd, 100 on the 8th
    for at, atom in enumerate(chunk):
        if isinstance(atom, Phrase):
            if not (atom.concept is Concept.REST and _is_counted(chunk, at)):
                _take_event(chunk, atom, facts, negated=negated)
        elif isinstance(atom, (Quantity, Day, Price)):
            role = role_of(chunk, at, negated=negated)
            if isinstance(atom, Day) and dates_price(chunk, at) and atom.value is not None:
                facts.priced_from.append(atom.value)
                continue
            if isinstance(atom, Day):
                judge_day(chunk, at, atom, role, facts, ships=ships)
            if isinstance(atom, Quantity) and role is Role.FINAL:
                facts.adds |= adds(chunk, at)
                if by_amount(chunk, at):
                    facts.doubts.add(Doubt.QUANTITY_UNCLEAR)
            facts.events.append(Figure(atom, role))


def _take_event(chunk: list[Atom], atom: Phrase, facts: Facts, *, negated: bool) -> None:
    if atom.concept is Concept.REST:
        facts.events.append(Event.REST)
    elif atom.concept is Concept.HALF and not negated:
        facts.events.append(Event.HALF)
    elif atom.concept is Concept.NOW and not negated:
        facts.deliver = True
        if any(isinstance(each, Quantity) or _is_rest(each) for each in chunk):
            facts.events.append(Event.NOW)
    elif atom.concept in (Concept.LATER, Concept.BACKORDER) and not negated and not is_dated(chunk):
        facts.events.append(Event.LATER)
    elif atom.concept is Concept.AS_ORDERED and not negated and any(isinstance(each, Quantity) for each in chunk):
        facts.events.append(Event.NOW)


def _is_counted(chunk: list[Atom], at: int) -> bool:
    """The remaining 24, the 24 remaining, the rest of 24 pieces: the number says it all."""
    behind = next((each for each in chunk[at + 1 :] if not carries_nothing(each) and not _is_of(each)), None)
    return isinstance(behind, Quantity) or isinstance(before_figure(chunk, at), Quantity)


def _is_of(atom: Atom) -> bool:
    return isinstance(atom, Phrase) and atom.concept is Concept.OF


def _is_rest(atom: Atom) -> bool:
    return isinstance(atom, Phrase) and atom.concept in (Concept.REST, Concept.HALF)
