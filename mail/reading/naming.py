"""Whether the words that begin here name articles of the order, or are everyday words and counted units."""

from collections.abc import Sequence
from functools import partial

from mail.reading.articles import Articles, Mention
from mail.reading.concepts import Concept
from mail.reading.lexicon import Language, Meaning
from mail.reading.sizes import called_by_size, narrowed_by_size
from mail.reading.tokens import Token, TokenKind, bare


def mention_at(articles: Articles, tokens: Sequence[Token], at: int, languages: Sequence[Language]) -> Mention | None:
    """The articles named here, by code, by name or by size; None for words that only look like a name."""
    mention = _by_code_ends(articles, tokens[at]) or called_by_size(articles, tokens, at) or articles.at(tokens, at)
    if mention is None or mention.by in ("code", "list"):
        return mention
    by_word = mention.by in ("name", "family") and mention.length == 1
    if by_word and _is_everyday(articles, tokens, at, languages):
        return None  # an everyday word may happen to stand in an article's name
    if _is_counted_unit(tokens, at, languages):
        return None  # 20 cartoni da 8, beside an article named carta
    mention = narrowed_by_size(articles, tokens, at, mention, partial(_counts, tokens, languages))
    return _beside_strange_word(articles, tokens, at, mention, languages)


def _by_code_ends(articles: Articles, token: Token) -> Mention | None:
    """RB-1410/1411: a code, and behind the stroke how another one ends."""
    if token.kind is not TokenKind.CODE or "/" not in token.folded:
        return None
    first, *ends = map(bare, token.folded.split("/"))
    codes = [first, *(first[: len(first) - len(end)] + end for end in ends if end.isdigit())]
    lines = [articles.codes[code] for code in codes if code in articles.codes]
    if not ends or len(lines) != len(ends) + 1 or len(set(lines)) != len(lines):
        return None
    return Mention(tuple(lines), 1, "list")


def _beside_strange_word(
    articles: Articles, tokens: Sequence[Token], at: int, mention: Mention, languages: Sequence[Language]
) -> Mention | None:
    """A plural before a word that nobody knows may be no name at all."""
    if mention.by != "family" or mention.length > 1 or not _is_strange(tokens, at + 1, languages):
        return mention
    if not articles.meant(tokens[at + 1].folded):
        return None  # "grey glaze" beside grey plates and bowls
    return Mention(mention.lines, 1, "name")  # "brake cables" beside brakes and cables


def _is_everyday(articles: Articles, tokens: Sequence[Token], at: int, languages: Sequence[Language]) -> bool:
    """A word that the language knows for more than a unit: "bags" alone may be the article, and so may what it is called by."""
    word = tokens[at].folded
    calls = any(word in kinds for kinds in articles.kinds.values())
    if at and tokens[at - 1].folded in _BEFORE_NOUNS and any(articles.meant(word) & k for k in articles.kinds.values()):
        return False  # les deux savons: soaps, and not "we know"
    for each in languages:
        found = each.match([word])
        if (word in each.common and not calls) or (found is not None and found[0].unit is None):
            return True
    return False


_BEFORE_NOUNS = frozenset(
    {"les", "des", "deux", "trois", "los", "las", "dos", "tres", "gli", "due", "tre", "nos", "vos"}
)


def _is_counted_unit(tokens: Sequence[Token], at: int, languages: Sequence[Language]) -> bool:
    found = (each.match([tokens[at].folded]) for each in languages)
    is_unit = any(each is not None and each[0].unit is not None for each in found)
    return is_unit and at > 0 and _is_count(tokens[at - 1], languages)


def _is_count(token: Token, languages: Sequence[Language]) -> bool:
    if token.kind is TokenKind.NUMBER:
        return True
    found = (each.match([token.folded]) for each in languages)
    return any(each is not None and (each[0].number is not None or each[0].concept is Concept.PER) for each in found)


def _counts(tokens: Sequence[Token], languages: Sequence[Language], at: int) -> bool:
    """True when what stands here makes the number before it an amount: a unit, money, a month, a percent sign."""
    if at >= len(tokens):
        return False
    if tokens[at].folded == "%" or tokens[at].kind is TokenKind.NUMBER:
        return True
    found = (each.match([token.folded for token in tokens[at : at + 3]]) for each in languages)
    meaning = next((each[0] for each in found if each is not None), Meaning())
    return meaning.unit is not None or meaning.currency is not None or meaning.month is not None


def _is_strange(tokens: Sequence[Token], at: int, languages: Sequence[Language]) -> bool:
    if at >= len(tokens) or tokens[at].kind is not TokenKind.WORD:
        return False
    return not any(each.knows(tokens[at].folded) for each in languages)
