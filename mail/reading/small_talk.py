"""Small talk beside an answer: the weather, a wish, who drives, how the goods are packed, that the invoice follows.

The reader cannot know every word of such a sentence and need not. It is passed over when a word of its subject stands in it and
nothing that an answer could turn on: no line, figure, day or code, no negation, change, doubt, condition or exception.
"""

from collections.abc import Sequence
from dataclasses import replace

from mail.reading.concepts import Concept
from mail.reading.figures import Atom, Day, Other, OtherKind, Phrase, Quantity, Vague
from mail.reading.lexicon import Unit
from mail.reading.open_ends import is_carrier
from mail.reading.parts import parts
from mail.reading.sentences import Sentence
from mail.reading.tokens import fold

_HARMLESS = frozenset(
    {
        Concept.SMALL_TALK,
        Concept.PREPARE,
        Concept.WISH,
        Concept.DELIVER,
        Concept.HAVE,
        Concept.SHIP,
        Concept.AND,
        Concept.OF,
        Concept.DATE_HINT,
        Concept.PRICE_HINT,
        Concept.NEW,
        Concept.PER,
        Concept.UNTIL,
        Concept.OPEN_START,
        Concept.COMING,
        Concept.NEXT,
        Concept.FILLER,
        Concept.GREETING,
        Concept.SIGN_OFF,
        Concept.PLEASE_NOTE,
        Concept.REASON,
        Concept.ORDER,
        Concept.CODE,
        Concept.NOW,
        Concept.TEMPORARY,
        Concept.BETWEEN,
        Concept.INVOICE,
        Concept.AWAY,
        Concept.CLOSED,
    }
)  # fmt: skip  beside a subject of small talk these carry nothing


_MARKS = frozenset({",", "(", ")", "-", "–", "—", ":"})
_SUBJECTS = (Concept.SMALL_TALK, Concept.WISH, Concept.PREPARE, Concept.INVOICE)
_WISHED = (_HARMLESS - {Concept.DELIVER, Concept.HAVE, Concept.SHIP, Concept.NOW}) | {
    Concept.HEDGE,
    Concept.ALL,
    Concept.BOTH,
    Concept.DATE,
    Concept.NEGATION,
}  # fmt: skip  hope the snow isn't too bad over there


def without_small_talk(sentence: Sentence, text: str, *, accepted: bool) -> Sentence | None:
    """The sentence without its parts that only talk; None when nothing else is in it.

    `accepted` when a yes was said before: only then "our driver comes as usual" needs no hearing.
    """
    if not sentence.has(*_SUBJECTS):
        return sentence
    if is_small_talk(sentence.atoms, accepted=accepted) or _is_weather_since(sentence, text):
        return None
    kept = [part for part in parts(sentence.atoms, _MARKS, Concept.AND) if not is_small_talk(part, accepted=accepted)]
    atoms = tuple(atom for part in kept for atom in part)
    return replace(sentence, atoms=atoms) if atoms else None


def is_small_talk(atoms: Sequence[Atom], *, accepted: bool) -> bool:
    """True when a subject of small talk is named and nothing of an answer."""
    concepts = {atom.concept for atom in atoms if isinstance(atom, Phrase)}
    if Concept.WISH in concepts and concepts <= _WISHED:
        return all(map(_is_no_figure, atoms)) and not any(map(_waits, atoms))
    if _has_own_day(atoms, concepts):
        return True
    if not concepts & {Concept.SMALL_TALK, Concept.PREPARE} or not concepts <= (
        _HARMLESS | {Concept.AS_ORDERED} if accepted else _HARMLESS
    ):
        return False
    return all(_is_plain(atom) or _is_measured(atoms, at) for at, atom in enumerate(atoms))


_MEASURES = frozenset(
    {"cm", "grad", "°", "gradi", "grados", "degres", "degrees", "stopni", "stupnu", "градусів", "см"}
)  # of snow and frost


# folded beginnings: thanks for waiting, for agreeing, until somebody decides: what is thanked for may still be open
_WAITING = (
    "esper", "aguard", "attend", "attes", "patient", "aspett", "pazient", "mientras", "hasta", "antes", "cuando", "jusqu",
    "avant", "quand", "finch", "mentre", "prima", "quando", "apr", "aprob", "approv", "valid", "conferm", "confirm",
    "autoriz", "autoris", "decid", "decis", "revis", "consider", "flexib", "flessib", "acept", "accept", "accett", "toler",
    "entend", "capir", "compren", "warten", "wait", "until", "till", "tot", "bis", "poczek", "czek", "cierpl",
)  # fmt: skip


_FUTURE = ("rez", "rons", "ront", "reis", "remos", "rete", "ranno", "remo")  # endings: what will be done is not over


def _waits(atom: Atom) -> bool:
    if not isinstance(atom, Other) or atom.kind not in (OtherKind.WORD, OtherKind.KNOWN):
        return False
    word = fold(atom.text)
    return word.startswith(_WAITING) or (len(word) > _SHORT and word.endswith(_FUTURE))


_SHORT = 4  # letters


def _is_measured(atoms: Sequence[Atom], at: int) -> bool:
    """Two pallets, or 30 cm of snow."""
    atom, behind = atoms[at], atoms[at + 1] if at + 1 < len(atoms) else None
    if isinstance(atom, Quantity) and atom.unit is Unit.PALLETS:
        return True
    counts = (isinstance(atom, Quantity) and atom.unit is None) or (
        isinstance(atom, Other) and atom.kind is OtherKind.NUMBER
    )
    talk = isinstance(behind, Phrase) and behind.concept is Concept.SMALL_TALK
    return counts and (talk or (isinstance(behind, Other) and fold(behind.text) in _MEASURES))


_WEATHER = _HARMLESS - {Concept.DELIVER, Concept.HAVE, Concept.SHIP, Concept.AWAY, Concept.CLOSED, Concept.PREPARE}


def _is_weather_since(sentence: Sentence, text: str) -> bool:
    """It has been snowing since Tuesday: no day of the goods, where none of what carries them is named."""
    concepts = {atom.concept for atom in sentence.atoms if isinstance(atom, Phrase)}
    if not {Concept.SMALL_TALK, Concept.OPEN_START} <= concepts <= _WEATHER:
        return False
    plain = all(_is_plain(atom) or (isinstance(atom, Day) and atom.by_weekday) for atom in sentence.atoms)
    return plain and not is_carrier(sentence.atoms, text, sentence.spoken)


_MOST_UNKNOWN = 1  # words beside an invoice: "please settle first", in words that nobody knows, is more than talk


def _has_own_day(atoms: Sequence[Atom], concepts: set[Concept]) -> bool:
    """We pack on Thursday, the invoice comes on Friday: no day on which the goods come."""
    if Concept.INVOICE in concepts:
        unknown = sum(isinstance(atom, Other) and atom.kind is OtherKind.WORD for atom in atoms)
        fits = concepts <= _HARMLESS | {Concept.LATER, Concept.BACKORDER} and unknown <= _MOST_UNKNOWN
    else:
        fits = Concept.PREPARE in concepts and concepts <= _HARMLESS - {Concept.DELIVER, Concept.SHIP, Concept.HAVE}
    return fits and all(_is_plain(atom) or isinstance(atom, Day) for atom in atoms)


def _is_plain(atom: Atom) -> bool:
    if isinstance(atom, Other):
        return atom.kind not in (OtherKind.NUMBER, OtherKind.CODE, OtherKind.ORDER) and atom.text != "%"
    return isinstance(atom, Phrase)


def _is_no_figure(atom: Atom) -> bool:
    """A happy new year is no delivery day."""
    return _is_plain(atom) or (isinstance(atom, Day) and atom.value is None and atom.why is Vague.NO_DAY)
