"""Finds names of a long list in a sentence: inflected, mistyped, in part; several that fit equally well are all told.

Words are looked up by their stems, so a sentence costs the same for fifty names and for five thousand; only a word that
no name has is compared with all stems, for the sake of typing mistakes.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language.lexicon import lexicon
from bot.language.plain import is_number, parts_of, plain
from bot.language.stems import stem

_INFLECTED, _MISTYPED, _SMALL = 0.92, 0.8, 0.25  # how much a match counts beside the very word
_NEAR = 0.92  # scores within this share of the best are not told apart
_SHOWN = 5
_LEAST_MISTYPED = 4  # letters; shorter words must be typed right
_TWO_SLIPS = 9  # letters of a stem that may hold two


@dataclass(frozen=True, slots=True)
class Named:
    """The codes named; `unclear` are several that fit equally well; `words` are the places of the words that named them.

    `share` is how much of the name was said, of the best one when several are unclear.
    """

    codes: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    words: frozenset[int] = frozenset()
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class _Match:
    """One name against the sentence."""

    code: str
    score: float
    share: float  # of the name's words
    words: frozenset[int]  # places in the sentence
    told: frozenset[int]  # those of them that mean nothing else


class Names:
    """An index over (code, name)."""

    def __init__(self, known: Sequence[tuple[str, str]]) -> None:
        self._codes = [code for code, _ in known]
        self._words = [tuple(parts_of(plain(name))) for _, name in known]
        self._having: dict[str, dict[int, set[str]]] = defaultdict(dict)
        for at, words in enumerate(self._words):
            for word in words:
                self._having[stem(word)].setdefault(at, set()).add(word)
        self._stems = [each for each in self._having if len(each) >= _LEAST_MISTYPED - 1 and not is_number(each)]
        self._rarity = {each: math.log(1 + len(known) / len(found)) for each, found in self._having.items()}

    def find(self, words: Sequence[str], without: Collection[int] = ()) -> Named:
        """The names that these plain words speak of, leaving out those at the places `without`."""
        near = self._best(words, without)
        if not near:
            return Named()
        whole = [match for match in near if match.share == 1.0]
        near = whole if len(whole) == 1 else near
        used = frozenset(at for match in near for at in match.words)
        if len(near) == 1:
            return self._alone(near[0], words, without)
        if len(near) <= _SHOWN and all(match.told - _others(match, near) for match in near):
            near.sort(key=lambda match: min(match.told))
            return Named(tuple(match.code for match in near), (), used)
        near.sort(key=lambda match: (-match.score, -match.share, match.code))
        return Named((), tuple(match.code for match in near[:_SHOWN]), used, near[0].share)

    def _alone(self, match: _Match, words: Sequence[str], without: Collection[int]) -> Named:
        """One name stands out; yet a word that only other names have leaves it in doubt."""
        strange = [
            at
            for at, word in enumerate(words)
            if at not in match.words and at not in without and word not in lexicon().small and self._is_known(word)
        ]
        if not strange:
            return Named((match.code,), (), match.words, match.share)
        more = self.find(words, {*without, *match.words})
        if more.codes and _are_joined(words, match.words, more.words):
            codes = (match.code, *more.codes) if min(match.words) < min(more.words) else (*more.codes, match.code)
            return Named(codes, (), match.words | more.words)
        return Named((), tuple(dict.fromkeys((match.code, *more.codes, *more.unclear)))[:_SHOWN], match.words)

    def _is_known(self, word: str) -> bool:
        return not is_number(word) and word not in lexicon().measures and len(word) > 1 and stem(word) in self._having

    def _best(self, words: Sequence[str], without: Collection[int]) -> list[_Match]:
        """The names that score best, and those that score nearly as much."""
        scores: dict[int, dict[int, float]] = defaultdict(dict)  # by name, by place in the sentence
        stems: dict[int, set[str]] = defaultdict(set)
        for at, word in enumerate(words):
            if at in without:
                continue
            following = words[at + 1] if at + 1 < len(words) else ""
            for like, weight in self._near(word):
                for name, written in self._having[like].items():
                    if is_number(word) and not _belongs(following, follows_name=at - 1 in scores[name]):
                        continue
                    exact = 1.0 if word in written else _INFLECTED
                    value = self._rarity[like] * weight * exact
                    if value > scores[name].get(at, 0.0):
                        scores[name][at] = value
                    stems[name].add(like)
        near: list[_Match] = []
        for name in sorted(scores, key=lambda each: -sum(scores[each].values())):
            if near and sum(scores[name].values()) < near[0].score * _NEAR:
                break
            match = self._match(name, scores[name], stems[name], words)
            near += [match] if match else []
        return near

    def _match(self, name: int, found: dict[int, float], stems: set[str], words: Sequence[str]) -> _Match | None:
        parts = self._words[name]
        share = sum(1 for part in parts if stem(part) in stems) / len(parts)
        told = frozenset(at for at in found if not is_number(words[at]) and words[at] not in _empty())
        if not told and share < 1.0:
            return None
        return _Match(self._codes[name], sum(found.values()), share, frozenset(found), told)

    def _near(self, word: str) -> list[tuple[str, float]]:
        """Stems that the word may be, each with how much it counts."""
        own = stem(word)
        if is_number(word) or word in _empty():
            return [(own, _SMALL)] if own in self._having else []
        if own in self._having:
            return [(own, 1.0)] if len(word) > 1 else []
        if len(word) < _LEAST_MISTYPED:
            return []
        return self._mistyped(own) or self._cut_short(word)

    def _mistyped(self, own: str) -> list[tuple[str, float]]:
        """Stems at the smallest distance: one slip, two in a long word; swapped letters are one."""
        most = 2 if len(own) > 6 else 1
        found = process.extract(own, self._stems, scorer=OSA.distance, score_cutoff=most, limit=4)
        return [
            (near, _MISTYPED)
            for near, distance, _ in found
            if distance == found[0][1] and _is_slip(own, near, distance)
        ]

    def _cut_short(self, word: str) -> list[tuple[str, float]]:
        """Stems that the word begins: "choc" for chocolate."""
        return [(each, _MISTYPED) for each in self._stems if each.startswith(word)]


def _is_slip(own: str, near: str, distance: float) -> bool:
    """One letter, two in a long word, or an ending: a unicorn is no union flag, but Rzeszowa is Rzeszów."""
    return distance <= 1 or len(own) >= _TWO_SLIPS or own.startswith(near) or near.startswith(own)


def _belongs(following: str, *, follows_name: bool) -> bool:
    """True for a number that may be part of a name: at the end, before a measure, or right after a word of the name.

    In "milk 2 cases" the number counts cases.
    """
    if not following or following in lexicon().measures:
        return True
    return follows_name and not any(words.starts.fullmatch(following) for words in lexicon().units.values())


def _are_joined(words: Sequence[str], some: frozenset[int], others: frozenset[int]) -> bool:
    """True when an "and" or a comma stands between two groups of words."""
    first, second = sorted((some, others), key=min)
    between = words[max(at for at in first if at < min(second)) + 1 : min(second)]
    return any(lexicon().joiners & {word} for word in between)


def _others(match: _Match, near: Sequence[_Match]) -> frozenset[int]:
    return frozenset(at for other in near if other is not match for at in other.words)


@lru_cache(maxsize=1)
def _empty() -> frozenset[str]:
    return lexicon().small | lexicon().measures
