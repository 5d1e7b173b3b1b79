"""Lists of words that are looked for in a clause: quick, because each clause of each mail is asked for a dozen of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mail.reading.tokens import fold

_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class WordList:
    """Words whole or by their beginnings, and phrases of several words, to be found in folded text."""

    whole: frozenset[str]
    begun: tuple[str, ...]
    phrases: tuple[str, ...]  # between spaces
    open_phrases: re.Pattern[str]  # those with a word whose end is left open

    def finds(self, text: str) -> bool:
        """True when any of them stands in the folded text."""
        words, spaced = _words_of(text)
        if not self.whole.isdisjoint(words) or any(word.startswith(self.begun) for word in words):
            return True
        return any(phrase in spaced for phrase in self.phrases) or self.open_phrases.search(spaced) is not None


@lru_cache(maxsize=256)
def _words_of(text: str) -> tuple[tuple[str, ...], str]:
    """The words, and the text with a single space around each; every list is asked for the same text."""
    words = tuple(_WORDS.findall(text))
    return words, f" {' '.join(words)} "


def word_list(phrases: Sequence[str]) -> WordList:
    """The list of these phrases; * leaves a word's end open."""
    told = [" ".join(re.findall(r"\w+\*?", fold(phrase))) for phrase in phrases]
    single = [each for each in told if " " not in each]
    several = [f" {each} " for each in told if " " in each]
    stems = [re.escape(each).replace(r"\*", r"\w*") for each in several if "*" in each]
    return WordList(
        frozenset(each for each in single if "*" not in each),
        tuple(each[:-1] for each in single if "*" in each),
        tuple(each for each in several if "*" not in each),
        re.compile("|".join(stems) if stems else r"(?!)"),
    )
