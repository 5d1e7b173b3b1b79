"""Whether two words are forms of one: Schneidbrett and Schneidbretter, kubek and kubków, owsiany and owsianego."""

import re

_VOWELS = frozenset("aeiouyаеиіоуюяєї")
_SHARED = 4  # letters that forms of one word begin with
_ENDING = 3  # letters by which a form may be longer than what is shared
_SHORTEST_STEM = 3  # letters of the last part of a compound: Bremszug, Züge
_ENDINGS = frozenset({"e", "en", "er"})  # of the plurals of short words
_LONG_STEM = 6  # letters; so long a shared beginning allows a longer ending
_LONG_ENDING = 5
_PLURALS = frozenset({"s", "e", "n", "i", "y", "a", "es", "en", "и", "і", "а", "у", "u"})
_CONSONANT_ENDINGS = frozenset({"s", "n", "m", "w", "h", "ch", "j", "м", "в", "х", "й"})
_SHORTEST_FLEETING = 5  # letters of a word that may lose its last vowel: kubek, kubka
_LAST_CONSONANTS = frozenset({"", "w", "m", "h", "в", "м", "х", "ch"})  # of -ów, -em, -ach

_SPANISH_PLURAL = re.compile(r"(?<=[^\W\d_]{2})ces$")  # luz, luces


def singular_of(word: str) -> str:
    """Luces is the plural of luz; other words stay as they are."""
    return _SPANISH_PLURAL.sub("z", word)


def same_word(one: str, other: str) -> bool:
    """True when two folded words differ in the ending only."""
    one, other = singular_of(one), singular_of(other)
    if one == other:
        return True
    shared = shared_letters(one, other)
    shorter, longer = sorted((one, other), key=len)
    if shared == len(shorter) == 3:
        return longer[3:] in _PLURALS or (longer[3] == longer[2] and longer[4:] in _PLURALS)  # zak, zakken
    if shared == 3 and len(longer) == 4 and {one[3], other[3]} <= _VOWELS:
        return True  # duše, duši
    if shared >= _SHARED and len(longer) - shared <= _ENDING:
        return _could_end(one[shared:], other[shared:])
    if shared >= _LONG_STEM and len(longer) - shared <= _LONG_ENDING:
        return True  # hamulca, hamulcowych
    return shared >= 3 and len(other) >= _SHORTEST_FLEETING and _same_consonants(one, other)


def _could_end(one: str, other: str) -> bool:
    """Two endings of one word: bar and bars, but staaf is no form of staat."""
    bare = [not (_VOWELS & set(each)) for each in (one, other)]
    if not (one and other and all(bare)):
        return True
    return one in _CONSONANT_ENDINGS and other in _CONSONANT_ENDINGS


def is_compound_of(name: str, word: str) -> bool:
    """True when the name ends with the word: Blumentopf and Töpfe, Schreibtischleuchte and Leuchten."""
    if not word.isalpha() or len(word) < _SHARED:
        return False
    stems = [
        word[: len(word) - cut]
        for cut in range(3)
        if len(word) - cut >= _SHARED and _ends_a_form(word[len(word) - cut :])
    ]
    stems += [
        word[: len(word) - cut] for cut in (1, 2) if len(word) - cut == _SHORTEST_STEM and word[-cut:] in _ENDINGS
    ]
    stems += [each[:-1] for each in stems if len(each) > _SHORTEST_STEM and each[-1] == each[-2]]  # Balpen, pennen
    ends = [name[: len(name) - cut] for cut in range(2) if _ends_a_form(name[len(name) - cut :])]
    return any(end.endswith(stem) and len(end) - len(stem) >= 3 for stem in stems for end in ends)


def _ends_a_form(ending: str) -> bool:
    """What a plural or a case may add to a noun of a language that makes compounds."""
    return not ending or ending in _CONSONANT_ENDINGS or bool(_VOWELS & set(ending))


def shared_letters(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def _same_consonants(said: str, name: str) -> bool:
    """Kubek and kubków, víčko and víček: the vowel before the ending comes and goes."""
    bones, named = _consonants(said), _consonants(name)
    return len(named) >= 3 and bones.startswith(named) and bones[len(named) :] in _LAST_CONSONANTS


def _consonants(word: str) -> str:
    return "".join(each for each in word if each not in _VOWELS)


_HARD = {"z": "s", "v": "f"}  # vaas, vazen; brief, brieven


def dutch_singulars(plural: str) -> frozenset[str]:
    """What a Dutch plural in -en may be of: vaas of vazen, doos of dozen. A consonant hardens, a vowel is written twice."""
    if not plural.endswith("en") or len(plural) < 5:
        return frozenset()
    stem = plural[:-3] + _HARD.get(plural[-3], plural[-3])
    vowel = stem[-2]
    return frozenset({stem, stem[:-1] + vowel + stem[-1]} if vowel in _VOWELS else {stem})
