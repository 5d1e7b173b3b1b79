"""Words beside a yes that nobody understood: "head office must rubber-stamp it". They leave nothing to be booked unseen.

No list can name all that takes a yes back, so one word in small letters that no list knows is enough where nothing
around it tells what it is about. Names have capitals; a greeting ends at its comma. German nouns have capitals too: those behind
an article are none.
"""

from collections.abc import Iterator, Sequence

from mail.reading.concepts import Concept
from mail.reading.figures import Atom, Day, Other, OtherKind, Phrase, Price, Quantity, is_mark, is_unknown
from mail.reading.lexicon import language
from mail.reading.parts import parts
from mail.reading.sentences import Sentence
from mail.reading.tokens import fold

_SAID = (
    Concept.ACCEPT,
    Concept.AS_ORDERED,
    Concept.SMALL_TALK,
    Concept.WISH,
    Concept.GREETING,
)  # fmt: skip  an unknown word in one part with these is about them


def mumbles(sentence: Sentence, text: str) -> bool:
    """Talk in which a word stands that may say anything."""
    return any(unknown_in(_without_salutation(sentence.atoms), text, sentence.spoken))


_PLAIN = frozenset({Concept.ACCEPT, Concept.TEMPORARY, Concept.ALL, Concept.FILLER})


def _is_for_now(sentence: Sentence) -> bool:
    """Todo bien por ahora; "for the moment" behind a yes, with nothing that it could be said of: it may not last."""
    if not sentence.has(Concept.TEMPORARY):
        return False
    return all(
        (isinstance(a, Phrase) and a.concept in _PLAIN) or (isinstance(a, Other) and a.kind is OtherKind.MARK)
        for a in sentence.atoms
    )


def mumbles_beside(sentence: Sentence, text: str) -> bool:
    """A part of an answer, between its commas, that tells nothing known, or a "but" with a word that nobody knows."""
    if _is_for_now(sentence):
        return True
    if not sentence.has(Concept.ACCEPT, Concept.AS_ORDERED):
        return any(unknown_in(sentence.atoms, text, sentence.spoken)) and not any(
            isinstance(a, (Quantity, Price)) for a in sentence.atoms
        )
    return any(
        _may_take_back(part, text, sentence.spoken) for part in parts(_without_salutation(sentence.atoms), _MARKS)
    )


def halves_unknown(sentence: Sentence, text: str) -> bool:
    """Half of something that nobody knows is no half of every line; nor is a half that only lies somewhere."""
    if not sentence.has(Concept.HALF) or any(isinstance(atom, Quantity) for atom in sentence.atoms):
        return False
    moves = sentence.has(*_MOVING) or any(isinstance(atom, Day) for atom in sentence.atoms)
    return not moves or any(unknown_in(sentence.atoms, text, sentence.spoken))


_MOVING = (
    Concept.DELIVER,
    Concept.NOT_DELIVER,
    Concept.SHIP,
    Concept.HAVE,
    Concept.REJECT,
    Concept.BACKORDER,
    Concept.LATER,
    Concept.REST,
    Concept.ONLY,
    Concept.NOW,
    Concept.MISSING,
)  # fmt: skip  what can be said of a half that comes, or does not


def _may_take_back(part: Sequence[Atom], text: str, spoken: str) -> bool:
    unknown = [fold(text[each.span.start : each.span.end]) for each in unknown_in(part, text, spoken)]
    if not unknown:
        return False
    if language(spoken).finds("denying", " ".join(unknown)):
        return True  # za sjednané ceny to nejde: a verb that says no, beside words of yes
    concepts = {atom.concept for atom in part if isinstance(atom, Phrase)}
    if Concept.BUT in concepts:
        return True
    return concepts.isdisjoint(_SAID) and not any(isinstance(a, (Quantity, Price, Day)) for a in part)


def unknown_in(atoms: Sequence[Atom], text: str, spoken: str) -> Iterator[Atom]:
    """The words that no list knows: in small letters, or with a capital where no name stands."""
    for at, atom in enumerate(atoms):
        if is_unknown(atom) and (_begins(atom, text).islower() or _is_no_name(atoms, at, text, spoken)):
            yield atom


_NAME_AND_VERB = 3  # atoms: Kees drives along
_BEHIND_A_NAME = frozenset({",", "-", ":", "."})


def _is_no_name(atoms: Sequence[Atom], at: int, text: str, spoken: str) -> bool:
    """A noun behind its article, or the word that begins a longer sentence: "Rozlewnia stoi od środy"."""
    if at:
        return _is_article(atoms[at - 1], text, spoken)
    behind = atoms[1] if len(atoms) > _NAME_AND_VERB else None
    return behind is not None and not is_mark(behind, _BEHIND_A_NAME) and not is_unknown(behind)


def _begins(atom: Atom, text: str) -> str:
    return text[atom.span.start : atom.span.start + 1]


def _is_article(atom: Atom, text: str, spoken: str) -> bool:
    word = fold(text[atom.span.start : atom.span.end])
    return language(spoken).finds("articles", word)


_MARKS = frozenset({",", "-", "–", "—", "(", ";"})
_SALUTATION = 7  # atoms of a greeting without a comma: hello to the warm office from the cold store


def _without_salutation(atoms: Sequence[Atom]) -> Sequence[Atom]:
    """What stands behind the comma of a greeting: who is greeted, and how, is no answer."""
    if not (atoms and isinstance(atoms[0], Phrase) and atoms[0].concept is Concept.GREETING):
        return atoms
    end = next(
        (at for at, atom in enumerate(atoms) if is_mark(atom, _MARKS)), len(atoms) if len(atoms) <= _SALUTATION else 0
    )
    return atoms[end:]
