"""What a figure is in its chunk: what will come, what was ordered, what is missing, what is denied."""

from mail.reading.concepts import Concept
from mail.reading.facts import Role
from mail.reading.figures import Atom, Day, Other, OtherKind, Phrase, Quantity


def role_of(chunk: list[Atom], at: int, *, negated: bool) -> Role:
    """From the words before the figure, else the word right behind it."""
    atom, before = chunk[at], before_figure(chunk, at)
    behind = behind_figure(chunk, at)
    concept = before.concept if isinstance(before, Phrase) else None
    follows = behind.concept if isinstance(behind, Phrase) else None
    if negated and concept is Concept.TILL and isinstance(atom, Day):
        return Role.FINAL
    starts = concept is Concept.OPEN_START and follows in (Concept.NEW, Concept.UNTIL, Concept.TILL)
    if concept is Concept.OLD or starts:
        return Role.OLD
    if isinstance(atom, Quantity) and (special := _counted_role(chunk, at, concept, follows)) is not None:
        return special
    if follows is Concept.OLD and not _is_alone(chunk, atom) and concept is not Concept.NEW:
        following = [each for each in chunk[at + 1 :] if type(each) is type(atom)]
        return Role.FINAL if following else Role.OLD
    if follows is Concept.NEW and any(type(each) is type(atom) for each in chunk[at + 1 :]):
        return Role.OLD
    return Role.DENIED if negated else Role.FINAL


def _counted_role(chunk: list[Atom], at: int, concept: Concept | None, follows: Concept | None) -> Role | None:
    """A quantity that is missing, or the whole of which another is a part."""
    if concept is Concept.MISSING or follows is Concept.MISSING or _is_missed(chunk, at):
        return Role.MISSING
    if concept is Concept.OF and any(isinstance(each, Quantity) for each in chunk[:at]):
        return Role.TOTAL
    return None


def _is_missed(chunk: list[Atom], at: int) -> bool:
    """Exactly 100 will be missing: words that nobody knows may stand between."""
    for atom in reversed(chunk[:at]):
        if isinstance(atom, Phrase):
            return atom.concept is Concept.MISSING
        if not (isinstance(atom, Other) and atom.kind in (OtherKind.WORD, OtherKind.KNOWN)):
            return False
    return False


def _is_alone(chunk: list[Atom], atom: Atom) -> bool:
    return sum(type(each) is type(atom) for each in chunk) == 1


def before_figure(chunk: list[Atom], at: int) -> Atom | None:
    """The nearest atom before that carries something."""
    for atom in reversed(chunk[:at]):
        if not carries_nothing(atom):
            return atom
    return None


def behind_figure(chunk: list[Atom], at: int) -> Atom | None:
    """The nearest atom behind that carries something."""
    for atom in chunk[at + 1 :]:
        if not carries_nothing(atom):
            return atom
    return None


def carries_nothing(atom: Atom) -> bool:
    """True for marks, everyday words and the little words that announce a figure."""
    if isinstance(atom, Other):
        return atom.kind in (OtherKind.KNOWN, OtherKind.MARK)
    if isinstance(atom, Phrase):
        return atom.concept in (
            Concept.THING,
            Concept.TOGETHER,
            Concept.FILLER,
            Concept.DATE_HINT,
            Concept.PRICE_HINT,
            Concept.QUANTITY,
            Concept.DATE,
        )
    return False


def adds(chunk: list[Atom], at: int) -> bool:
    """True for "24 more", which does not say on top of what."""
    return any(
        isinstance(each, Phrase) and each.concept is Concept.MORE
        for each in (behind_figure(chunk, at), before_figure(chunk, at))
    )


def by_amount(chunk: list[Atom], at: int) -> bool:
    """As in "reduced by 24": a difference, not what will come. "Up to 96" is no quantity either, "reduced to 96" is."""
    before = before_figure(chunk, at)
    concept = before.concept if isinstance(before, Phrase) else None
    changes = any(isinstance(each, Phrase) and each.concept is Concept.CHANGE for each in chunk)
    return concept is Concept.BY_AMOUNT or (
        concept in (Concept.UNTIL, Concept.TILL, Concept.OPEN_START) and not changes
    )
