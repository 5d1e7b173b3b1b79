"""Words without their endings, so that an inflected word meets the one in a product's name."""

from functools import lru_cache

from bot.language.lexicon import lexicon

_LEAST_STEM = 3


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A plain word without its ending: "mleka" meets "mleko", and "tins" meets "tin"."""
    if word.isdigit():
        return word
    for ending in lexicon().endings:
        if len(word) - len(ending) >= _LEAST_STEM and word.endswith(ending):
            return word[: -len(ending)]
    return word
