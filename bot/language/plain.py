"""Sentences made comparable: lower case, without diacritics, words told apart."""

import re
import unicodedata

_BARE = str.maketrans({"ł": "l", "Ł": "l", "ß": "ss"})
_WORD = re.compile(r"[^\W_]+(?:[-/.][^\W_]+)*")


def plain(text: str) -> str:
    """Lower case without diacritics: "Śrub" and "srub" are the same."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_BARE).lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def words_of(text: str) -> list[str]:
    """The words of a sentence; codes such as OAT-1L stay whole."""
    return _WORD.findall(text)
