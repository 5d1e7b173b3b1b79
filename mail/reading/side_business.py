"""Side business beside an answer: a catalogue, a visit, last month's invoice, a new colleague. It says nothing of the order.

Such a sentence has a subject of its own, and most of its words stand in no list. It is passed over, a question too, when it names
no article, quantity, price, change, doubt or condition, and no word with which it could turn to the goods or ask for money first.
"""

from collections.abc import Sequence
from functools import cache

from mail.reading.answer import Passage
from mail.reading.concepts import Concept
from mail.reading.figures import Atom, Day, Lines, Other, OtherKind, Phrase, Price, Quantity, Vague, is_mark, is_unknown
from mail.reading.lexicon import LANGUAGES, language
from mail.reading.parts import parts
from mail.reading.sentences import Sentence
from mail.reading.tokens import tokenise

OWN_SUBJECTS = (Concept.PAPER, Concept.OCCASION, Concept.PERSON)
"""What in a sentence that is no side business after all leaves it unclear."""
_PAPERS = frozenset({Concept.PAPER, Concept.INVOICE})
_SUBJECTS = _PAPERS | {Concept.OCCASION, Concept.PERSON, Concept.PROMOTION}
_LEAVES = frozenset({Concept.SHIP, Concept.LATER})
_MOVES = _LEAVES | {Concept.SHIPPED, Concept.NOT_DELIVER}
_CHANGES_HANDS = frozenset({Concept.RECEIVED, Concept.SHIP, Concept.SHIPPED, Concept.HAVE, Concept.DELIVER})
_RINGS = frozenset({Concept.PREPARE, Concept.FUTURE})
_EMPTY = frozenset(
    {
        Concept.AND,
        Concept.OF,
        Concept.PER,
        Concept.DATE_HINT,
        Concept.PRICE_HINT,
        Concept.NEW,
        Concept.PLEASE_NOTE,
        Concept.FILLER,
        Concept.GREETING,
        Concept.SIGN_OFF,
        Concept.POSTSCRIPT,
        Concept.SMALL_TALK,
        Concept.WISH,
        Concept.QUESTION,
        Concept.CODE,
        Concept.COMING,
        Concept.NEXT,
        Concept.EACH,
        Concept.BETWEEN,
        Concept.BUT,
        Concept.CURT_YES,
    }
)  # fmt: skip  beside a subject of their own these carry nothing
_WITH_SUBJECT = _EMPTY | {
    Concept.ASK,
    Concept.OPEN_START,
    Concept.NEXT_WEEK,
    Concept.END_OF,
    Concept.PART_OF,
    Concept.TODAY,
    Concept.TOMORROW,
    Concept.SPAN,
    Concept.WEEK,
    Concept.PREPARE,
    Concept.FUTURE,
    Concept.NOW,
    Concept.AWAY,
    Concept.CLOSED,
    Concept.HAVE,
    Concept.HEDGE,
    Concept.OLD,
    Concept.BY_AMOUNT,
    Concept.CONFIRMATION,
    Concept.RECEIVED,
}  # fmt: skip
_MARKS = frozenset({",", "-", "–", "—", ":"})
_MOST_UNKNOWN = 4  # words of a clause with no subject of its own


class SideBusiness:
    """Takes the sentences of one passage that are none of the order's, into the list that it is given.

    `prior` is the language that the supplier is known to write.
    """

    def __init__(self, passage: Passage, prior: str, taken: list[Sentence]) -> None:
        self.passage = passage
        self.prior = prior
        self.taken = taken

    def takes(self, sentence: Sentence) -> bool:
        """True for side business, or more of it in the same paragraph; below a quoted line everything is about the line."""
        if self.passage.about:
            return False
        follows = bool(self.taken) and self.taken[-1].row == sentence.row
        text = self.passage.text
        beside = is_side_business(sentence, text, self.prior) or (follows and goes_on(sentence, text, self.prior))
        if beside:
            self.taken.append(sentence)
        return beside


def is_side_business(sentence: Sentence, text: str, prior: str) -> bool:
    """True when the sentence speaks of something else than the order, whatever it asks or tells of that.

    `prior` is the language that the supplier is known to write.
    """
    subjects = _concepts(sentence.atoms) & _SUBJECTS
    if not subjects or _is_weighty(sentence, text, prior):
        return False
    clauses = list(parts(sentence.atoms, _MARKS))
    if sentence.asked and _asks_of_goods(clauses[-1]):
        return False
    return all(_is_beside(clause, subjects, asked=sentence.asked) for clause in clauses)


def goes_on(sentence: Sentence, text: str, prior: str) -> bool:
    """True when a sentence behind side business, with no subject of its own, may go on about it: it is still open."""
    if _is_weighty(sentence, text, prior):
        return False
    allowed = _EMPTY | {Concept.ASK, *((Concept.SHIP,) if sentence.asked else ())}
    return _says_nothing(sentence.atoms, numbered=False, allowed=allowed)


def _is_beside(part: Sequence[Atom], subjects: frozenset[Concept], *, asked: bool) -> bool:
    own = _concepts(part) & _SUBJECTS
    if not own:
        return _is_tail(part, subjects, asked=asked)
    allowed = _SUBJECTS | _WITH_SUBJECT
    if own & _PAPERS:
        allowed |= _MOVES
    if Concept.PERSON in own:
        allowed |= {Concept.UNTIL}
    if Concept.PAPER in own:
        allowed |= {Concept.ATTACHED}  # we attach the photographs
    if own & {Concept.PAPER, Concept.PROMOTION} and _is_what_moves(part):
        allowed |= {Concept.DELIVER, Concept.SHIP}
    if _concepts(part) & _RINGS or Concept.OCCASION in own:
        allowed |= {Concept.REASON}  # our representative will ring because of the visit
    if asked and not any(isinstance(atom, Day) for atom in part):
        allowed |= {Concept.DELIVER}  # are you coming to the fair?
    if asked and Concept.OCCASION in own:
        allowed |= {Concept.ACCEPT}  # is a visit all right?
    if not _concepts(part) <= allowed:
        return False
    return not _may_be_of_goods(part, own) and all(
        _is_bare(atom) or isinstance(atom, Day) or _is_past(atom, part) for atom in part
    )


_ALONG = frozenset(
    {"con", "avec", "with", "mit", "met", "insieme", "junto", "ensemble", "z", "ze", "s", "i", "et", "y", "e"}
)
_MOST_BETWEEN = 4  # words


def _is_what_moves(part: Sequence[Atom]) -> bool:
    """Os mando el catálogo, il catalogo sarà disponibile: right behind the verb or before it, and nothing comes along with it."""
    moves = [n for n, a in enumerate(part) if _is(a, Concept.DELIVER) or _is(a, Concept.SHIP)]
    papers = [n for n, a in enumerate(part) if _is(a, Concept.PAPER) or _is(a, Concept.PROMOTION)]
    if len(moves) != 1 or not papers:
        return False
    first, last = sorted((moves[0], papers[0]))
    between = part[first + 1 : last]
    bare = all(
        (isinstance(a, Other) and a.text.lower() not in _ALONG and a.kind is not OtherKind.CODE)
        or _is(a, Concept.DATE_HINT)
        or _is(a, Concept.NEW)
        or _is(a, Concept.FILLER)
        for a in between
    )
    return bare and len(between) <= _MOST_BETWEEN


def _may_be_of_goods(part: Sequence[Atom], own: frozenset[Concept]) -> bool:
    """True for a clause of side business whose day or number could be one of the order."""
    dated = any(isinstance(atom, Day) for atom in part)
    of_paper = _is_what_moves(part) or (_is_of_paper(part) and _names_month_only(part))
    if _concepts(part) & _LEAVES and dated and not of_paper:
        return True  # "it leaves on Monday with the catalogue" names a day of the goods
    if not own & _PAPERS and (_lasts(part) or (Concept.PERSON in own and _counts(part))):
        return True  # a fair that lasts over the delivery day; "our representative says eight"
    if own <= {Concept.PERSON} and dated and not _tells_when(part):
        return True  # "our new colleague booked it for January"
    return own <= {Concept.INVOICE} and not _is_told_apart(part)  # of the invoice of these goods it may be a term


def _asks_of_goods(clause: Sequence[Atom]) -> bool:
    """Which catalogue is it from? That it has come, or is to be sent, may be asked."""
    said = _concepts(clause)
    return (
        bool(said & _SUBJECTS) and said & _SUBJECTS <= {Concept.PAPER, Concept.PROMOTION} and not said & _CHANGES_HANDS
    )


def _is_tail(part: Sequence[Atom], subjects: frozenset[Concept], *, asked: bool) -> bool:
    """A clause of a sentence whose subject stands in another one; of a visit it may be asked which day is fine."""
    allowed = _EMPTY
    if asked:
        allowed |= {Concept.FUTURE, Concept.ACCEPT}
        if Concept.OCCASION in subjects and not _lasts(part):
            allowed |= {Concept.OPEN_START, Concept.DATE}
            part = [atom for atom in part if not isinstance(atom, Day)]
    if subjects == {Concept.PAPER} and _names_month_only(part):
        part = [
            atom for atom in part if not isinstance(atom, Day)
        ]  # somebody asked for the catalogue, it comes in January
    return _says_nothing(part, numbered=bool(subjects & (_PAPERS | {Concept.PERSON})), allowed=allowed)


def _says_nothing(part: Sequence[Atom], *, numbered: bool, allowed: frozenset[Concept]) -> bool:
    """True for a clause that neither answers nor names anything, in words that are mostly known."""
    unknown = sum(map(is_unknown, part))
    bare = all(_is_bare(atom) and (numbered or not _is_number(atom)) for atom in part)
    return bare and unknown <= _MOST_UNKNOWN and _concepts(part) <= allowed


def _is_told_apart(part: Sequence[Atom]) -> bool:
    """An invoice with a number or a month of its own is another one than that of the order."""
    return any(_is_number(atom) or _is_gone(atom) for atom in part)


def _is_gone(atom: Atom) -> bool:
    return isinstance(atom, Day) and atom.value is None and atom.why in (Vague.NO_DAY, Vague.PAST)


def _lasts(part: Sequence[Atom]) -> bool:
    """From one day to another."""
    days = [atom for atom in part if isinstance(atom, Day)]
    return len(days) > 1 or any(day.why is Vague.RANGE for day in days)


def _is_of_paper(part: Sequence[Atom]) -> bool:
    """The catalogue we send; not: it goes out with the catalogue."""
    first = next(
        (atom for atom in part if isinstance(atom, Phrase) and atom.concept in _LEAVES | {Concept.PAPER}), None
    )
    return isinstance(first, Phrase) and first.concept is Concept.PAPER


def _names_month_only(part: Sequence[Atom]) -> bool:
    """The catalogue follows in January: goods would have a day."""
    return all(atom.why is Vague.NO_DAY for atom in part if isinstance(atom, Day))


_FEWEST = 5  # digits of a telephone number


def _counts(part: Sequence[Atom]) -> bool:
    """A number too short for a telephone's."""
    told = [
        str(atom.value) if isinstance(atom, Quantity) else getattr(atom, "text", "")
        for atom in part
        if _is_number(atom)
    ]
    return bool(told) and sum(map(str.isdigit, "".join(told))) < _FEWEST


def _is_past(atom: Atom, part: Sequence[Atom]) -> bool:
    """Pieces for which a credit note of an earlier month was written."""
    counts = isinstance(atom, Quantity) or (isinstance(atom, Other) and atom.kind is OtherKind.UNIT)
    return counts and any(map(_is_gone, part)) and Concept.NEGATION not in _concepts(part)


def _is_bare(atom: Atom) -> bool:
    if isinstance(atom, Quantity):
        return atom.unit is None
    if isinstance(atom, Other):
        return atom.kind not in (OtherKind.ORDER, OtherKind.UNIT) and atom.text != "%"
    return not isinstance(atom, (Lines, Price, Day))


def _is(atom: Atom, concept: Concept) -> bool:
    return isinstance(atom, Phrase) and atom.concept is concept


def _is_number(atom: Atom) -> bool:
    return isinstance(atom, Quantity) or (isinstance(atom, Other) and atom.kind in (OtherKind.NUMBER, OtherKind.CODE))


def _concepts(atoms: Sequence[Atom]) -> frozenset[Concept]:
    return frozenset(atom.concept for atom in atoms if isinstance(atom, Phrase))


def _tells_when(part: Sequence[Atom]) -> bool:
    """From January on somebody else is there, or rings on a day."""
    return bool(_concepts(part) & (_RINGS | {Concept.OPEN_START, Concept.CONFIRMATION}))


def _begins(sentence: Sentence, text: str) -> str:
    """The text from the first word behind "by the way, …" on; none where thanks are for something."""
    before: Atom | None = None
    for atom in sentence.atoms:
        if not (_is(atom, Concept.FILLER) or is_mark(atom)):
            thanked = before is not None and not is_mark(before)
            return "" if thanked else text[atom.span.start : sentence.span.end]
        before = atom
    return ""


@cache
def _weights(code: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Words whole, and by their beginnings."""
    words = language(code).weighty
    return frozenset(words), tuple(word[:-1] for word in words if word.endswith("*"))


def _is_weighty(sentence: Sentence, text: str, prior: str) -> bool:
    """True when some word weighs, in whatever language; the supplier's own has words, too, that do beside a day or first."""
    words = [token.folded for token in tokenise(text[sentence.span.start : sentence.span.end])]
    first = [token.folded for token in tokenise(_begins(sentence, text))][:1]
    abroad = [word for word in words if not language(prior).knows(word)]  # Dutch "waren" is no German goods
    if any(_weighs(word, code) for code in (prior, "en") for word in words):
        return True
    if any(_weighs(word, code) for code in LANGUAGES for word in abroad) or any(_weighs(f"^{w}", prior) for w in first):
        return True
    dated = any(isinstance(atom, Day) for atom in sentence.atoms) and not sentence.has(Concept.INVOICE)
    return dated and any(_weighs(f"+{word}", prior) for word in words)


def _weighs(word: str, code: str) -> bool:
    whole, begun = _weights(code)
    return word in whole or word.startswith(begun)
