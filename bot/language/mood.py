"""How a sentence is meant: as a question or as a wish, and where a no stands in it."""

import re
from dataclasses import dataclass

from bot.language.lexicon import lexicon

_WORD = re.compile(r"[\w']+")
_BETWEEN = " \t\n,.!?:;-–"


@dataclass(frozen=True, slots=True)
class Mood:
    """A question changes nothing; a wish may be put as one ("can you approve 142?")."""

    is_question: bool
    is_wish: bool
    opening: str  # the sentence after greetings and courtesies


def mood_of(text: str) -> Mood:
    """The mood of a plain sentence."""
    words = lexicon().mood
    rest, is_wish = _after_fillers(text), False
    while wish := words["requests"].starts.match(rest):
        is_wish, rest = True, _after_fillers(rest[wish.end() :])
    return Mood(words["questions"].starts.match(rest) is not None, is_wish, rest)


def is_denied(text: str, at: int) -> bool:
    """True when a no stands right before the word at this place: "do not approve", "nie wysyłaj"."""
    before = text[:at].rstrip()
    return any(found.end() == len(before) for found in lexicon().mood["negations"].within(before))


def first_word(text: str) -> str:
    """The first word, or nothing."""
    found = _WORD.search(text)
    return found[0] if found else ""


def _after_fillers(text: str) -> str:
    rest = text.lstrip(_BETWEEN)
    while filler := lexicon().mood["fillers"].starts.match(rest):
        rest = rest[filler.end() :].lstrip(_BETWEEN)
    return rest
