"""A curt yes: words such as "done", "läuft", "zrobione" or "bereme" say yes only where nothing else is said beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mail.reading.concepts import Concept
from mail.reading.figures import Atom, Lines, Other, OtherKind, Phrase
from mail.reading.parts import parts
from mail.reading.sentences import Sentence

_BESIDE = frozenset(
    {
        Concept.CURT_YES,
        Concept.ACCEPT,
        Concept.AS_ORDERED,
        Concept.ALL,
        Concept.BOTH,
        Concept.REST,
        Concept.REST_LINES,
        Concept.FILLER,
        Concept.GREETING,
        Concept.WISH,
        Concept.PLEASE_NOTE,
        Concept.ORDER,
        Concept.AND,
        Concept.BUT,
    }
)  # fmt: skip  what leaves a curt yes a yes
_MOST_BESIDE = 4  # words that carry nothing: "das ist für Sie schon erledigt"
_MARKS = frozenset({",", "(", ")", "-", "–", "—"})
_BARE = frozenset({OtherKind.KNOWN, OtherKind.MARK, OtherKind.ORDER})


def with_curt_yes(sentence: Sentence) -> Sentence:
    """The sentence with every curt word settled: a yes where it stands alone, else a word that carries nothing."""
    if not sentence.has(Concept.CURT_YES):
        return sentence
    settled = [
        atom for part in parts(sentence.atoms, _MARKS, Concept.AND, Concept.BUT) for atom in _settled(part, sentence)
    ]
    return replace(sentence, atoms=tuple(settled))


def _settled(part: Sequence[Atom], sentence: Sentence) -> Iterator[Atom]:
    beside = sum(isinstance(atom, Other) and atom.kind is OtherKind.KNOWN for atom in part)
    is_yes = not sentence.asked and beside <= _MOST_BESIDE and all(map(_leaves_yes, part))
    for atom in part:
        if not (isinstance(atom, Phrase) and atom.concept is Concept.CURT_YES):
            yield atom
        elif is_yes:
            yield Phrase(Concept.ACCEPT, atom.span)
        else:
            yield Other(OtherKind.KNOWN, "", atom.span)


def _leaves_yes(atom: Atom) -> bool:
    if isinstance(atom, Other):
        return atom.kind in _BARE and atom.text != "%"
    return isinstance(atom, Lines) or (isinstance(atom, Phrase) and atom.concept in _BESIDE)
