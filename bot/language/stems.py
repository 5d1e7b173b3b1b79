"""Words without their endings, so that an inflected word meets the one in a product's name."""

from functools import lru_cache

from bot.language.lexicon import lexicon
from bot.language.plain import is_number

_LEAST_STEM = 3


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A plain word without its ending: "mleka" meets "mleko", "tins" meets "tin", and 3,2 meets 3.2."""
    if is_number(word):
        return word.replace(",", ".")
    for ending in lexicon().endings:
        if len(word) - len(ending) >= _LEAST_STEM and word.endswith(ending):
            return word[: -len(ending)]
    return word
