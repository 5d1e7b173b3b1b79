"""Sentences made comparable: lower case, without diacritics, words told apart."""

import re
import unicodedata

_BARE = str.maketrans({"ł": "l", "Ł": "l", "ß": "ss", "’": "'", "\u200b": None, "\xa0": " "})
_WORD = re.compile(r"[^\W_]+(?:['\-/.][^\W_]+)*")
_PART = re.compile(r"[^\W\d_]+\d[^\W_]*|\d+(?:[.,]\d+)?|[^\W\d_]+|,(?=\s)")


def plain(text: str) -> str:
    """Lower case without diacritics: "Śrub" and "srub" are the same."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_BARE).lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def words_of(text: str) -> list[str]:
    """The words of a sentence; codes such as OAT-1L stay whole."""
    return _WORD.findall(text)


def parts_of(text: str) -> list[str]:
    """A text as names are compared: "500ml" is "500 ml", M6 and 3,2 stay whole, a comma between words is a word."""
    return _PART.findall(text)


def is_number(part: str) -> bool:
    """True for a part that is a number, whole or with decimals."""
    return part[:1].isdigit()


def bare_code(text: str) -> str:
    """A code without its punctuation: "OAT-1L" and "oat 1l" are the same."""
    return "".join(character for character in text if character.isalnum())
