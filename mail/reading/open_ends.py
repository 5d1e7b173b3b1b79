"""What beside a yes leaves it open: the warehouse must still look, the goods are not in yet, the yes is to another order.

All its words may be known and none of them an answer. So a part of a sentence leaves the yes open when it speaks of somebody who
may still decide or of a place that may still hold the goods, and says nothing that we know of them; when something has to be
done first; and where a noun stands that no list knows. The words are in [beside_yes] of the languages' files.
"""

from collections.abc import Iterator, Sequence

from mail.reading.concepts import Concept
from mail.reading.figures import Atom, Day, Lines, Other, OtherKind, Phrase, Price, Quantity, is_mark
from mail.reading.lexicon import language
from mail.reading.parts import parts
from mail.reading.sentences import Sentence
from mail.reading.tokens import fold
from mail.reading.unheard import unknown_in

_MARKS = frozenset({",", "-", "–", "—", "(", ")", ";", ":"})
_TOLD = frozenset(
    {
        Concept.ACCEPT,
        Concept.AS_ORDERED,
        Concept.WISH,
        Concept.PREPARE,
        Concept.RECEIVED,
        Concept.DELIVER,
        Concept.SHIP,
        Concept.CLOSED,
        Concept.GREETING,
        Concept.SIGN_OFF,
    }
)  # fmt: skip  with one of these it is known what is said of the warehouse
_EMPTY = frozenset({Concept.BUT, Concept.ONLY, Concept.OLD, Concept.NEW, Concept.OF, Concept.DATE_HINT, Concept.AND})
_FEWEST = 3  # words that can say something of somebody
_HOLDS = (Concept.TEMPORARY, Concept.LATER)


def leaves_open(sentence: Sentence, text: str) -> bool:
    """True when some part of the sentence may take a yes back, or put it off, though its words are known."""
    agreed = False
    for part in _clauses(sentence.atoms, text):
        if any(judge(part, sentence, text) for judge in (_hinges, _is_barred, _is_to_be_done, _limits, _happens)):
            return True
        concepts = {atom.concept for atom in part if isinstance(atom, Phrase)}
        if agreed and concepts & {Concept.BUT, Concept.ONLY} and concepts <= _EMPTY and not any(map(_is_figure, part)):
            return True  # agreed, but let us talk first
        agreed = agreed or not concepts.isdisjoint({Concept.ACCEPT, Concept.AS_ORDERED})
    return False


def is_unsettled(sentence: Sentence, text: str) -> bool:
    """True when side business says that something has to come or to be done first, or that a trainee answered."""
    if _finds("regret", sentence.spoken, _text_of(sentence.atoms, text)):
        return True
    return any(_is_to_be_done(part, sentence, text) for part in _clauses(sentence.atoms, text))


def is_no_yes(sentence: Sentence, text: str) -> bool:
    """We would have confirmed it, I was about to, you confirmed it: a word of yes, and nobody says it now."""
    told = [clause for clause in _clauses(sentence.atoms, text) if _means_any(clause, Concept.ACCEPT)]
    return any(_finds("mood", sentence.spoken, _text_of(clause, text)) for clause in told)


def _clauses(atoms: Sequence[Atom], text: str) -> Iterator[list[Atom]]:
    """Cut at marks and joining words, and behind a phrase that ends with a comma: sí, …."""
    for part in parts(atoms, _MARKS, Concept.AND, Concept.BUT):
        cut = next((at for at, atom in enumerate(part, 1) if text[atom.span.end - 1] == "," and not is_mark(atom)), 0)
        yield from filter(None, (part[:cut], part[cut:]))


def is_of_another_order(sentence: Sentence, text: str) -> bool:
    """True where last month's order is spoken of: what is said there is not said of this one."""
    return _finds("earlier", sentence.spoken, _text_of(sentence.atoms, text))


def _hinges(part: Sequence[Atom], sentence: Sentence, text: str) -> bool:
    """The customs have the goods · head office has the last word."""
    concepts = {atom.concept for atom in part if isinstance(atom, Phrase)}
    if concepts & _TOLD:
        return False
    plain = [atom for atom in part if _is_plain(atom)]
    if sum(not is_mark(atom) for atom in part) < _FEWEST:
        return False  # sure thing, boss
    return _finds("hinges", sentence.spoken, _text_of(plain, text)) and not _is_done(part, concepts, sentence, text)


def _is_barred(part: Sequence[Atom], sentence: Sentence, text: str) -> bool:
    """The bridge is closed, the river stands in the hall: told of a way by which goods come, it is no small talk."""
    said = {atom.concept for atom in part if isinstance(atom, Phrase)}
    if said & {Concept.ACCEPT, Concept.AS_ORDERED, Concept.WISH, Concept.GREETING, Concept.SIGN_OFF}:
        return False
    long_enough = sum(not is_mark(atom) for atom in part) >= _FEWEST
    barred = long_enough and _finds("ways", sentence.spoken, _text_of(part, text))
    return barred and not _is_done(part, said, sentence, text)


def _is_done(part: Sequence[Atom], concepts: set[Concept], sentence: Sentence, text: str) -> bool:
    """I have checked with the warehouse · the boss has signed: nothing is left to hang on them."""
    words = _text_of(part, text)
    open_ = Concept.NEGATION in concepts or any(_finds(each, sentence.spoken, words) for each in ("must", "still"))
    return not open_ and _finds("done", sentence.spoken, words)


def _is_to_be_done(part: Sequence[Atom], sentence: Sentence, text: str) -> bool:
    """It must still be looked at · the goods have to come first · the second pallet stays here for the moment."""
    words = _text_of(part, text)
    must, still, goods = (_finds(each, sentence.spoken, words) for each in ("must", "still", "goods"))
    said = {atom.concept for atom in part if isinstance(atom, Phrase)}
    if (must and still) or (goods and must):
        return True
    holds = still or bool(said & {*_HOLDS})
    return goods and holds and not said & {Concept.ACCEPT, Concept.AS_ORDERED}


def _limits(part: Sequence[Atom], sentence: Sentence, text: str) -> bool:
    """Only that the lorry has left: what begins so and says no yes takes some of it back."""
    said = {atom.concept for atom in part if isinstance(atom, Phrase)}
    first = next((atom for atom in part if not is_mark(atom) and not _means(atom, Concept.AND, Concept.BUT)), None)
    if first is None or said & {Concept.ACCEPT, Concept.AS_ORDERED, Concept.FILLER, Concept.WISH}:
        return False
    return _finds("only", sentence.spoken, _words_of(first, text))


def _is_figure(atom: Atom) -> bool:
    return isinstance(atom, (Lines, Quantity, Price, Day))


def _means_any(atoms: Sequence[Atom], *concepts: Concept) -> bool:
    return any(_means(atom, *concepts) for atom in atoms)


def _means(atom: Atom, *concepts: Concept) -> bool:
    return isinstance(atom, Phrase) and atom.concept in concepts


def _happens(part: Sequence[Atom], sentence: Sentence, text: str) -> bool:
    """The driver, a pallet or the snow, and a word that nobody knows: it may have fallen off, or brought the roof down."""
    said = {atom.concept for atom in part if isinstance(atom, Phrase)}
    words = _text_of(part, text)
    if _finds("regret", sentence.spoken, words):
        return True
    if said & {Concept.ACCEPT, Concept.AS_ORDERED, Concept.WISH, Concept.GREETING}:
        return False
    strange = [
        atom for atom in unknown_in(part, text, sentence.spoken) if not is_carrier([atom], text, sentence.spoken)
    ]
    if not strange:
        return False
    if Concept.PREPARE in said or (len(strange) > 1 and _begins_with_talk(part)):
        return True
    dated = any(isinstance(atom, Day) for atom in part) and Concept.OPEN_START not in said
    return not dated and _finds("carriers", sentence.spoken, words)


def _begins_with_talk(part: Sequence[Atom]) -> bool:
    """The snow has …: what it does is told behind it."""
    bare = (OtherKind.KNOWN, OtherKind.MARK)
    telling = (atom for atom in part if not (isinstance(atom, Other) and atom.kind in bare))
    return _means(next(telling, part[0]), Concept.SMALL_TALK)


def is_carrier(atoms: Sequence[Atom], text: str, spoken: str) -> bool:
    """True when the driver, the lorry or what lies on it is named."""
    return _finds("carriers", spoken, _text_of(atoms, text))


def _is_plain(atom: Atom) -> bool:
    return isinstance(atom, Other) and atom.kind in (OtherKind.KNOWN, OtherKind.WORD)


def _words_of(atom: Atom, text: str) -> str:
    return fold(text[atom.span.start : atom.span.end])


def _text_of(atoms: Sequence[Atom], text: str) -> str:
    return " ".join(_words_of(atom, text) for atom in atoms)


def _finds(key: str, spoken: str, words: str) -> bool:
    return any(language(code).finds(key, words) for code in dict.fromkeys((spoken, "en")))
