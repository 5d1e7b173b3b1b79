"""Domains that are made to be taken for another: letters of other scripts, swapped and doubled letters, another ending."""

import re
import unicodedata

from rapidfuzz.distance import DamerauLevenshtein

_TWINS = str.maketrans(
    {
        "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ї": "i", "ј": "j", "ѕ": "s", "ԁ": "d",
        "һ": "h", "ӏ": "l", "к": "k", "м": "m", "т": "t", "в": "b", "н": "h", "ɡ": "g", "ο": "o", "α": "a", "ν": "v", "ι": "i",
        "κ": "k", "ρ": "p", "τ": "t", "υ": "u", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "0": "o", "1": "l", "3": "e", "5": "s",
        "|": "l", "i": "l",
    }
)  # fmt: skip
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_SIGNS = re.compile(r"[-_.]")
_SHORTEST = 5  # letters; shorter names are one letter apart by chance


def plain_domain(domain: str) -> str:
    """The domain as it is written to be read: punycode decoded, lower case, no dot at the end."""
    labels = []
    for label in domain.lower().strip(". ").split("."):
        if label.startswith("xn--"):
            try:
                labels.append(label.encode("ascii").decode("idna"))
                continue
            except UnicodeError:
                pass
        labels.append(label)
    return unicodedata.normalize("NFKC", ".".join(labels))


def looks_like(domain: str, other: str) -> bool:
    """True when `domain` is not `other` nor below it, but could be taken for it."""
    shown, known = plain_domain(domain), plain_domain(other)
    if shown == known or shown.endswith(f".{known}"):
        return False
    if _skeleton(shown) == _skeleton(known):
        return True
    name, real = _name(shown), _name(known)
    if len(real) < _SHORTEST:
        return False
    if _skeleton(name) == _skeleton(real) or known in shown or _SIGNS.sub("", real) in _SIGNS.sub("", name):
        return True
    return DamerauLevenshtein.distance(_skeleton(name), _skeleton(real), score_cutoff=1) <= 1


def _skeleton(text: str) -> str:
    bare = "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))
    for pair, single in _PAIRS:
        bare = bare.replace(pair, single)
    return bare.translate(_TWINS)


def _name(domain: str) -> str:
    """The label that names the owner: the one before the public ending ("co.uk" counts as one)."""
    labels = domain.split(".")
    if len(labels) >= 3 and len(labels[-1]) == 2 and labels[-2] in {"co", "com", "org", "net", "gov", "edu", "ac"}:
        return labels[-3]
    return labels[-2] if len(labels) >= 2 else domain
