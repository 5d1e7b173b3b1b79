"""What a phrase means beside its neighbours: "without" an exception or a no, "all" a count or every line, "no trouble" a yes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mail.reading.concepts import Concept
from mail.reading.figures import Atom, Day, Lines, Other, OtherKind, Phrase, Price, Quantity, Span
from mail.reading.lexicon import Unit


def settled(atoms: list[Atom]) -> tuple[Atom, ...]:
    """Take "without" and "but not" as what they are here, "no trouble" as a yes, a size for what it tells apart."""
    atoms = _with_terms(_without_denied_trouble(_with_bare_prices(atoms)))
    settled: list[Atom] = []
    for at, atom in enumerate(atoms):
        if isinstance(atom, Phrase) and atom.concept is Concept.WITHOUT:
            settled.append(Phrase(_without(atoms, at), atom.span))
        elif isinstance(atom, Phrase) and atom.concept is Concept.TROUBLE:
            settled.append(Phrase(Concept.THREAT, atom.span))
        elif isinstance(atom, Phrase) and _says_nothing(atoms, at, atom):
            settled.append(Phrase(Concept.FILLER, atom.span))
        elif isinstance(atom, Lines) and _is_unit(settled, atom):
            counted = settled.pop()
            assert isinstance(counted, Quantity)
            settled.append(replace(counted, unit=Unit.PIECES, span=Span(counted.span.start, atom.span.end)))
        elif isinstance(atom, Phrase) and atom.concept is Concept.EXCEPT and _is_missed(settled, atoms, at):
            settled.append(Phrase(Concept.MISSING, atom.span))
        elif isinstance(atom, Phrase) and atom.concept is Concept.NEGATION and _denies_second(settled, atoms, at):
            settled.append(Phrase(Concept.OLD, atom.span))
        elif (
            isinstance(atom, Other) and atom.text.lower() in _WHOLE and _is_alone_behind_lines(settled, atoms, at)
        ) or (isinstance(atom, Phrase) and atom.concept is Concept.OLD and _as_was(settled, atoms, at)):
            settled.append(Phrase(Concept.AS_ORDERED, atom.span))
        elif isinstance(atom, Phrase) and atom.concept is Concept.EXCEPT and _denies(atoms, at):
            settled += [Phrase(Concept.BUT, atom.span), Phrase(Concept.NEGATION, atom.span)]
        else:
            settled.append(atom)
    return tuple(_with_wholes(atoms, settled))


def _with_wholes(atoms: Sequence[Atom], settled: Sequence[Atom]) -> Iterator[Atom]:
    """All 12: the quantity behind such a word is the ordered one."""
    wholes = {
        id(behind)
        for at, atom in enumerate(atoms)
        if isinstance(atom, Phrase) and atom.concept is Concept.ALL and _counts_all(atoms, at)
        for behind in atoms[at + 1 : at + 3]
    }
    for atom in settled:
        yield replace(atom, whole=True) if isinstance(atom, Quantity) and id(atom) in wholes else atom


def _says_nothing(atoms: Sequence[Atom], at: int, atom: Phrase) -> bool:
    """Sizes and things that nobody counts, "only" before them, "all" of a quantity."""
    if atom.concept in (Concept.KIND, Concept.THING):
        return not atom.count
    if atom.concept is Concept.ONLY:
        return _announces(atoms, at)
    return atom.concept in (Concept.ALL, Concept.BOTH) and _counts_all(atoms, at)


def _announces(atoms: Sequence[Atom], at: int) -> bool:
    """Just one thing: the seed comes later. Only so much is to be said, not only that line comes."""
    following = atoms[at + 1] if at + 1 < len(atoms) else None
    return isinstance(following, Phrase) and following.concept is Concept.THING


_MOST_LINES = 9  # "all 9" may count lines; "all 250" counts pieces


def _is_unit(before: Sequence[Atom], atom: Lines) -> bool:
    """432 rolls of the paper rolls: behind a number, the article's own word counts its pieces."""
    last = before[-1] if before else None
    if not isinstance(last, Quantity) or last.unit is not None or atom.by not in ("name", "family"):
        return False
    return any(isinstance(each, Lines) and set(each.lines) & set(atom.lines) for each in before[:-1])


def _counts_all(atoms: Sequence[Atom], at: int) -> bool:
    """All 250 will follow: the whole quantity, not every line."""
    behind = atoms[at + 1 : at + 3]
    if behind and isinstance(behind[0], Other) and behind[0].kind is OtherKind.KNOWN:
        behind = behind[1:]  # tutte le 60
    following = behind[0] if behind else None
    return isinstance(following, Quantity) and (following.unit is not None or following.value > _MOST_LINES)


_WHOLE = frozenset(
    {
        "full",
        "complete",
        "voll",
        "vollständig",
        "komplett",
        "volledig",
        "compleet",
        "complet",
        "complets",
        "complète",
        "completo",
        "completa",
        "completos",
        "completas",
        "kompletní",
        "celé",
        "komplet",
        "w całości",
        "całe",
        "повністю",
    }
)  # fmt: skip  of lines: all that was ordered of them


def _is_missed(before: Sequence[Atom], atoms: Sequence[Atom], at: int) -> bool:
    """Una caja menos, 4 in meno: behind a quantity and before no line it is no exception, so many are missing."""
    following = next((each for each in atoms[at + 1 :] if not _is_bare_word(each)), None)
    ends = following is None or (isinstance(following, Other) and following.kind is OtherKind.MARK)
    return bool(before) and isinstance(before[-1], Quantity) and ends


def _is_bare_word(atom: Atom) -> bool:
    return isinstance(atom, Other) and atom.kind is OtherKind.KNOWN


def _denies_second(before: Sequence[Atom], atoms: Sequence[Atom], at: int) -> bool:
    """36 not 40: right between two figures of one kind the no is to the second."""
    following = atoms[at + 1] if at + 1 < len(atoms) else None
    first = next((each for each in reversed(before) if not _is_comma_or_and(each)), None)
    return isinstance(following, (Quantity, Price, Day)) and type(first) is type(following)


def _is_comma_or_and(atom: Atom) -> bool:
    if isinstance(atom, Phrase):
        return atom.concept is Concept.AND
    return isinstance(atom, Other) and atom.kind is OtherKind.MARK and atom.text == ","


def _is_alone_behind_lines(before: Sequence[Atom], atoms: Sequence[Atom], at: int) -> bool:
    """The 24s full. · Pos. 3 und 4: voll."""
    following = atoms[at + 1] if at + 1 < len(atoms) else None
    ends = following is None or (isinstance(following, Other) and following.kind is OtherKind.MARK)
    told = [each for each in before[-3:] if not (isinstance(each, Other) and each.text in {":", "-"})]
    return ends and bool(told) and isinstance(told[-1], Lines)


_AS = frozenset({"as", "wie", "zoals", "comme", "como", "come", "jak", "jako", "як"})
_WORDS_OF_ORDERING = 5  # between "as" and "ordered": wie von Ihnen bestellt, zoals jullie het hebben besteld


def _as_was(before: list[Atom], atoms: Sequence[Atom], at: int) -> bool:
    """As you had ordered it: the word for what was ordered, behind an "as" and before no figure."""
    following = next((each for each in atoms[at + 1 :] if not isinstance(each, Other)), None)
    if isinstance(following, (Quantity, Price, Day, Lines)):
        return False
    for back, each in enumerate(reversed(before[-_WORDS_OF_ORDERING:]), 1):
        if isinstance(each, Other) and each.kind is OtherKind.KNOWN and each.text.lower() in _AS:
            begin = len(before) - back + 1
            before[begin:] = [word for word in before[begin:] if isinstance(word, Other)]
            return True
        if not (isinstance(each, Other) or (isinstance(each, Phrase) and each.concept in (Concept.OF, Concept.HAVE))):
            return False
    return False


def _without(atoms: Sequence[Atom], at: int) -> Concept:
    """Without line 3: except it. Without a fixed date: it comes later. Else a negation."""
    following = atoms[at + 1] if at + 1 < len(atoms) else None
    if isinstance(following, Lines):
        return Concept.EXCEPT
    behind = [each for each in atoms[at + 1 : at + 4] if not isinstance(each, Other)]
    if behind and isinstance(behind[0], Phrase) and behind[0].concept is Concept.DATE:
        return Concept.BACKORDER
    return Concept.NEGATION


def _denies(atoms: Sequence[Atom], at: int) -> bool:
    """But we cannot deliver before …: no lines follow, a verb does."""
    behind = [each for each in atoms[at + 1 : at + 4] if not isinstance(each, Other)]
    verbs = (Concept.DELIVER, Concept.HAVE, Concept.SHIP)
    return bool(behind) and isinstance(behind[0], Phrase) and behind[0].concept in verbs


_DENYING = (Concept.NEGATION, Concept.NOT_DELIVER, Concept.WITHOUT)
_PASSING = (Concept.NEGATION, Concept.FILLER, Concept.HAVE, Concept.DELIVER, Concept.ALL, Concept.OF, Concept.KIND)
_REACH = 5  # atoms between the no and the trouble


def _without_denied_trouble(atoms: list[Atom]) -> list[Atom]:
    """We see no obstacle · nemáme žádné výhrady · sans la moindre remarque: a yes, whatever stands between."""
    kept: list[Atom] = []
    at = 0
    while at < len(atoms):
        end = _denied_trouble(atoms, at)
        if end:
            kept.append(Phrase(Concept.ACCEPT, Span(atoms[at].span.start, atoms[end - 1].span.end)))
        else:
            kept.append(atoms[at])
        at = end or at + 1
    return kept


def _denied_trouble(atoms: Sequence[Atom], at: int) -> int:
    """Where the denied trouble that begins here ends; zero when none does. "Not without problems" is none."""
    first = atoms[at]
    if not isinstance(first, Phrase) or first.concept not in _DENYING:
        return 0
    before = atoms[at - 1] if at else None
    if isinstance(before, Phrase) and before.concept in (Concept.NEGATION, Concept.ONLY, Concept.EXCEPT):
        return 0
    strange = 0
    for end in range(at + 1, min(at + _REACH + 1, len(atoms))):
        atom = atoms[end]
        if isinstance(atom, Phrase) and atom.concept is Concept.TROUBLE:
            return end + 1
        strange += isinstance(atom, Other) and atom.kind is OtherKind.WORD
        passes = isinstance(atom, Other) and atom.kind in (OtherKind.KNOWN, OtherKind.WORD) and strange <= 1
        if not passes and not (isinstance(atom, Phrase) and atom.concept in _PASSING):
            return 0
    return 0


_FACETS = (Concept.QUANTITY, Concept.PRICE, Concept.DATE)


def _with_terms(atoms: list[Atom]) -> list[Atom]:
    """Les quantités, les prix et les dates · prezzi, quantità e data: the terms, as one phrase and in any order."""
    kept: list[Atom] = []
    at = 0
    while at < len(atoms):
        end = _end_of_terms(atoms, at)
        kept.append(Phrase(Concept.TERMS, Span(atoms[at].span.start, atoms[end - 1].span.end)) if end else atoms[at])
        at = end or at + 1
    return kept


def _end_of_terms(atoms: Sequence[Atom], at: int) -> int:
    """Where the list of terms that begins here ends; zero when it holds fewer than two."""
    named: set[Concept] = set()
    end = 0
    for behind in range(at, len(atoms)):
        atom = atoms[behind]
        if isinstance(atom, Phrase) and atom.concept in _FACETS:
            named.add(atom.concept)
            end = behind + 1
        elif behind == at or not _lists(atom):
            break
    return end if len(named) > 1 else 0


def _lists(atom: Atom) -> bool:
    if isinstance(atom, Phrase):
        return atom.concept in (Concept.AND, Concept.DATE_HINT)  # "le" announces days too
    return isinstance(atom, Other) and (atom.kind is OtherKind.KNOWN or atom.text == ",")


def _with_bare_prices(atoms: list[Atom]) -> list[Atom]:
    """GK-1210 (8,70 €): the price of the article behind its code, out of its brackets."""
    kept: list[Atom] = []
    at = 0
    while at < len(atoms):
        behind = atoms[at + 1 : at + 4]
        kept.append(atoms[at])
        if _is_code(atoms[at]) and len(behind) > 2 and _is_bracketed_price(behind):
            kept.append(behind[1])
            at += 3
        at += 1
    return kept


def _is_code(atom: Atom) -> bool:
    return isinstance(atom, Other) and atom.kind is OtherKind.CODE


def _is_bracketed_price(three: Sequence[Atom]) -> bool:
    opens, price, closes = three
    marks = isinstance(opens, Other) and opens.text == "(" and isinstance(closes, Other) and closes.text == ")"
    return marks and isinstance(price, Price)
