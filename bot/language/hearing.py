"""Which intents the words of a sentence tell, before it is decided which of them is meant."""

from collections.abc import Collection
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.language.intents import ACTING, Intent
from bot.language.lexicon import lexicon
from bot.language.mood import Mood, first_word, is_denied
from bot.language.plain import words_of

_LEAST_MISTYPED = 5  # letters of a word that may hold a slip


@dataclass(frozen=True, slots=True)
class Heard:
    """Intents by the length of the longest phrase heard for each; what was denied, and whether a state was spoken of."""

    told: dict[Intent, int]
    denied: frozenset[Intent] = frozenset()
    weak: frozenset[Intent] = frozenset()
    speaks_of_state: bool = False
    speaks_of_order: bool = False

    @property
    def acts(self) -> tuple[Intent, ...]:
        """Those that would change something."""
        return tuple(intent for intent in self.told if intent in ACTING)


def heard_in(text: str, mood: Mood, taken: Collection[tuple[int, int]], known: Collection[str]) -> Heard:
    """What a plain sentence tells. `taken` are places of words that are part of a name, `known` words of names."""
    words = lexicon()
    told: dict[Intent, int] = {}
    denied: set[Intent] = set()
    for intent, (start, end) in _longest(text, taken):
        if intent in ACTING and is_denied(text, start):
            denied.add(intent)
        else:
            told[intent] = max(told.get(intent, 0), end - start)
    if not told and not denied:
        told = _mistyped(text, known, denied)
    if first_word(mood.opening) == "order" and not mood.is_question:
        told.setdefault(Intent.DRAFT_ORDER, len("order"))
    return Heard(
        told,
        frozenset(denied),
        frozenset(intent for intent, phrases in words.weak.items() if phrases.heard(text)),
        words.mood["states"].heard(text),
        words.mood["order_words"].heard(text),
    )


def _longest(text: str, taken: Collection[tuple[int, int]]) -> list[tuple[Intent, tuple[int, int]]]:
    """Phrases that are part of no name and of no longer phrase: in "purchase orders" nobody asks to purchase."""
    found = [(intent, match.span()) for intent, phrases in lexicon().intents.items() for match in phrases.within(text)]
    spans = [span for _, span in found]
    return [
        (intent, (start, end))
        for intent, (start, end) in found
        if not any(first <= start and end <= last for first, last in taken)
        and not any(first <= start and end <= last and last - first > end - start for first, last in spans)
    ]


def _mistyped(text: str, known: Collection[str], denied: set[Intent]) -> dict[Intent, int]:
    """The intent of a word with one slip in it, when no word was understood as it stands."""
    for word in words_of(text):
        if len(word) < _LEAST_MISTYPED or word in known or word in lexicon().small:
            continue
        near = [(intent, verb) for intent, verb in lexicon().verbs if OSA.distance(word, verb, score_cutoff=1) <= 1]
        if near and len({intent for intent, _ in near}) == 1:
            intent, verb = near[0]
            if intent in ACTING and is_denied(text, text.index(word)):
                denied.add(intent)
                return {}
            return {intent: len(verb)}
    return {}
