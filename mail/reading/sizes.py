"""Articles called by their size: the 28s, 60er, worki 120-tki, manguera de 25, gloves M and L."""

import re
from collections.abc import Callable, Sequence

from mail.reading.articles import INCH_MARKS, MEASURES, Articles, Mention, name_word, name_word_at
from mail.reading.tokens import Token, TokenKind

_LEADING = frozenset(
    {
        "de",
        "da",
        "di",
        "a",
        "of",
        "in",
        "von",
        "van",
        "mit",
        "(",
        "les",
        "los",
        "las",
        "o",
        "po",
        ",",
        "tanto",
        "sowohl",
        "zarowno",
        "both",
        "sia",
        "tant",
        "zowel",
    }
)
_JOINING = frozenset(
    {
        "and",
        "und",
        "i",
        "oraz",
        "et",
        "y",
        "e",
        "a",
        "en",
        "та",
        "і",
        "й",
        "+",
        "&",
        "/",
        "como",
        "als",
        "auch",
        "che",
        "que",
        "jak",
        "wie",
    }
)
_CALLED = frozenset(
    {
        "s",
        "er",
        "ers",
        "ern",
        "ka",
        "ki",
        "ke",
        "ek",
        "tka",
        "tki",
        "tke",
        "tek",
        "tkami",
        "kach",
        "ky",
        "kou",
        "ка",
        "ки",
        "ок",
        "ку",
        "тка",
        "тки",
        "ток",
        "ками",
    }
)  # fmt: skip  what makes a size the name of the article: the 28s
_SIZED = re.compile(r"(\d+(?:[.,]\d+)?)-?([^\W\d_][\w-]*)")
_SPELT_MEASURE = re.compile(r"(?:liter|litre|litros?|litri|zoll|inch|mm|cm|ml|l)-?(?=[^\W\d_]{4})")


def called_by_size(articles: Articles, tokens: Sequence[Token], start: int) -> Mention | None:
    """The 28s · 60er · 60-literzakken: the one line whose name has that size."""
    token = tokens[start]
    if token.kind is TokenKind.CODE and len(token.folded) > 3 and len(articles.names.get(token.folded, ())) == 1:
        return Mention(tuple(articles.names[token.folded]), 1, "name")  # der 4er-Pack
    begins = _begins_clause(tokens, start)
    if begins and (bare := _bare_size(articles, tokens, start)) is not None:
        return bare
    size, ending, length = _size_and_ending(tokens, start)
    lines = articles.names.get(name_word(size), frozenset())
    if not lines or not ending:
        return None
    if ending in _CALLED:
        return Mention(tuple(lines), length, "name") if len(lines) == 1 else None
    word = _SPELT_MEASURE.sub("", ending, count=1)
    meant = frozenset[int]().union(*(articles.names[each] for each in articles.meant(word)))
    both = lines & meant
    return Mention(tuple(both), length, "name") if len(both) == 1 and len(word) >= 4 else None


_ARTICLES = frozenset({"los", "las", "les", "the", "die", "de", "und", "and", "y", "et", "en", "e", "i", "oraz"})


def _begins_clause(tokens: Sequence[Token], start: int) -> bool:
    before = tokens[start - 1] if start else None
    if before is None or before.kind is TokenKind.BREAK:
        return True
    return before.folded in {",", ".", ";", "-", ":"} or before.folded in _ARTICLES


def _is_spoken_of(articles: Articles, before: Sequence[Token], size: str) -> bool:
    """The one line that has this size is called by a word of its name just before."""
    lines = articles.names.get(size, frozenset())
    if len(lines) != 1:
        return False
    words = {each for token in before for each in articles.meant(token.folded) if each in articles.spoken}
    return any(words & name for line in lines for name in articles.full[line])


def _bare_size(articles: Articles, tokens: Sequence[Token], start: int) -> Mention | None:
    """Papier A4 1000, A3 160 · Binnenband 28: 175, 26: 150: a size that only one article has begins the clause."""
    skipped = int(tokens[start].folded in _LEADING and tokens[start].folded != "(")
    found = _bare_size(articles, tokens, start + 1) if skipped and start + 1 < len(tokens) else None
    if found is not None:
        return Mention(found.lines, found.length + 1, found.by)  # de 12: solo 40
    token, behind = tokens[start], tokens[start + 1] if start + 1 < len(tokens) else None
    if behind is None:
        return None
    if token.kind is TokenKind.WORD and behind.kind is TokenKind.NUMBER and not behind.spaced and len(token.folded) < 3:
        lines = articles.names.get(token.folded, frozenset()) & articles.names.get(behind.folded, frozenset())
        return Mention(tuple(lines), 2, "name") if len(lines) == 1 else None
    is_letter = token.kind is TokenKind.WORD and len(token.folded) < 3 and token.text.isupper()
    if is_letter and behind.kind is TokenKind.NUMBER and _is_spoken_of(articles, tokens[:start], token.folded):
        return Mention(tuple(articles.names[token.folded]), 1, "name")  # helmets: M 36, L 40
    is_number = token.kind is TokenKind.NUMBER and token.folded.isdigit() and int(token.folded) not in articles.full
    if behind.folded != ":" or not (is_letter or is_number):
        return None
    lines = articles.names.get(name_word(token.folded), frozenset())
    return Mention(tuple(lines), 1, "name") if len(lines) == 1 else None


def _size_and_ending(tokens: Sequence[Token], start: int) -> tuple[str, str, int]:
    token = tokens[start]
    behind = tokens[start + 1] if start + 1 < len(tokens) else None
    if token.kind is TokenKind.NUMBER and behind is not None and behind.kind is TokenKind.WORD and not behind.spaced:
        return token.folded, behind.folded.lstrip("-"), 2
    found = _SIZED.fullmatch(token.folded) if token.kind is TokenKind.CODE else None
    return (found[1], found[2], 1) if found is not None else ("", "", 0)


def narrowed_by_size(
    articles: Articles, tokens: Sequence[Token], start: int, mention: Mention, counts: Callable[[int], bool]
) -> Mention:
    """Manguera de 25, the tubes (28"): a size behind the name tells which of several lines.

    `counts` tells whether a unit, money or the like stands at a token: then the number before it is no size.
    """
    if len(mention.lines) < 2:
        return _with_second_size(articles, tokens, start, mention, counts)
    at = start + mention.length
    while at < len(tokens) and at < start + mention.length + 2 and tokens[at].folded in _LEADING:
        at += 1
    after_comma = at > start + mention.length and any(
        token.folded == "," for token in tokens[start + mention.length : at]
    )
    if after_comma and at < len(tokens) and tokens[at].kind is not TokenKind.WORD:
        return mention  # tubes, 28: so many of them
    found = _size_at(articles, tokens, at, counts)
    if found is None:
        return mention
    lines, end = found
    one = lines & set(mention.lines)
    if len(one) != 1:
        return mention
    named = Mention(tuple(one), end - start, "name")
    return _with_second_size(articles, tokens, start, named, counts)


def _size_at(
    articles: Articles, tokens: Sequence[Token], at: int, counts: Callable[[int], bool]
) -> tuple[frozenset[int], int] | None:
    """The lines whose names have the size that stands here, and where it ends."""
    if at >= len(tokens) or not _is_size(tokens[at]):
        return None
    lines = articles.names.get(name_word_at(tokens, at), frozenset())
    end = at + 1
    behind = name_word_at(tokens, end) if end < len(tokens) else ""
    if behind in MEASURES or (end < len(tokens) and tokens[end].folded in INCH_MARKS and not tokens[end].spaced):
        lines &= articles.names.get(behind, frozenset())
        end += 1
    elif counts(end):
        return None
    return (lines, end) if lines else None


def _is_size(token: Token) -> bool:
    """A number, a code like A4 or 30x20, or the letter of a size."""
    return token.kind in (TokenKind.NUMBER, TokenKind.CODE) or (token.kind is TokenKind.WORD and len(token.folded) < 3)


def _with_second_size(
    articles: Articles, tokens: Sequence[Token], start: int, mention: Mention, counts: Callable[[int], bool]
) -> Mention:
    """Gloves M and L, Papier A4 und A3: the second size names another line of the same word."""
    end = start + mention.length
    if mention.by != "name" or len(mention.lines) != 1 or end + 1 >= len(tokens) or tokens[end].folded not in _JOINING:
        return mention
    joined = end + 2 if end + 2 < len(tokens) and tokens[end + 1].folded in _JOINING else end + 1
    found = _size_at(articles, tokens, joined, counts)
    if found is None:
        return mention
    words = {each for token in tokens[start:end] for each in articles.meant(token.folded) if each in articles.spoken}
    others = {line for line in found[0] - set(mention.lines) if any(words & name for name in articles.full[line])}
    if len(others) != 1:
        return mention
    return Mention((*mention.lines, *others), found[1] - start, "list")
