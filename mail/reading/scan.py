"""A sentence's tokens to atoms: articles, phrases, quantities, prices and dates, each with its place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mail.reading.articles import Articles
from mail.reading.concepts import Concept
from mail.reading.dates import Calendar
from mail.reading.figures import Span
from mail.reading.lexicon import Language, Meaning
from mail.reading.naming import mention_at
from mail.reading.tokens import Token, TokenKind, bare

NOTHING = Meaning()
_BARE = frozenset({TokenKind.WORD, TokenKind.MARK, TokenKind.BREAK})


@dataclass(frozen=True, slots=True)
class Desk:
    """What a reader has at hand for one order: its articles, its currency, the calendar, the order numbers."""

    articles: Articles
    calendar: Calendar
    currency: str
    line_numbers: frozenset[int]
    order_numbers: frozenset[str] = frozenset()  # letters and digits only, folded
    supplier: frozenset[str] = frozenset()  # the words of the supplier's name, folded


@dataclass(frozen=True, slots=True)
class Tagged:
    """One or several tokens with what they mean; neither lines nor meaning: a number, a mark or an unknown word."""

    tokens: tuple[Token, ...]
    meaning: Meaning = NOTHING
    lines: tuple[int, ...] | None = None
    by: str = ""
    order: bool = False
    known: bool = False
    taken: int = 0  # tokens of the text that were put together into one; 0 when each stands for itself

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.tokens[-1].end

    @property
    def kind(self) -> TokenKind:
        """What the first token looks like."""
        return self.tokens[0].kind

    @property
    def folded(self) -> str:
        """The first token, folded."""
        return self.tokens[0].folded

    @property
    def is_number(self) -> bool:
        """True for digits that mean nothing else yet."""
        bare = self.meaning is NOTHING and self.lines is None and not self.order and not self.known
        return bare and self.kind is TokenKind.NUMBER

    @property
    def is_bare(self) -> bool:
        """True for a word or a mark that has no meaning of its own: no day, number or order begins with it."""
        if self.meaning is not NOTHING or self.lines is not None or self.order:
            return False
        return self.tokens[0].kind in _BARE

    def means(self, *concepts: Concept) -> bool:
        """True when this is a phrase of one of these meanings."""
        return self.meaning.concept in concepts


_ORDER_LONGEST = 9


def tag(tokens: Sequence[Token], languages: Sequence[Language], desk: Desk) -> list[Tagged]:
    """Give every token its meaning: our order numbers, articles, then the longest phrase of the first language that has one."""
    words = [token.folded for token in tokens]
    tagged: list[Tagged] = []
    at = 0
    while at < len(tokens):
        found = _named(tokens, at, languages, desk) or _phrase(tokens, words, at, languages)
        end = at + (found.taken or len(found.tokens))
        found = _without_full_stop(found, tokens, end, languages, tagged, desk)
        if tagged and _is_size_of(tagged[-1], found):
            found = Tagged(found.tokens, known=True)
        tagged.append(found)
        at += found.taken or len(found.tokens)
    return tagged


def _is_size_of(before: Tagged, found: Tagged) -> bool:
    """Bread cake 1 kg: the size belongs to the article named right before it, even where another line alone has it."""
    sized = found.lines is not None and found.by == "name" and found.tokens[0].kind is TokenKind.NUMBER
    return sized and before.lines is not None and before.by in ("name", "family")


def _without_full_stop(
    found: Tagged,
    tokens: Sequence[Token],
    end: int,
    languages: Sequence[Language],
    before: Sequence[Tagged],
    desk: Desk,
) -> Tagged:
    """A unit's point that ends the sentence as well: "60 pz. Le altre righe"; not "96 Stk. Haferdrink"."""
    abbreviates = found.meaning.unit is not None or found.means(Concept.EACH)
    if not abbreviates or len(found.tokens) < 2 or found.tokens[-1].folded != "." or end >= len(tokens):
        return found
    if not tokens[end].text[:1].isupper():
        return found
    begins = any(each.knows(tokens[end].folded) for each in languages)
    if not begins and _names_come_first(before):
        begins = desk.articles.at(tokens, end) is not None
    return replace(found, tokens=found.tokens[:-1]) if begins else found


def _names_come_first(before: Sequence[Tagged]) -> bool:
    """Where articles stand before their figures, another article behind a figure begins a new sentence."""
    telling = next((each for each in before if each.lines is not None or each.is_number), None)
    return telling is not None and telling.lines is not None


def _named(tokens: Sequence[Token], at: int, languages: Sequence[Language], desk: Desk) -> Tagged | None:
    if tokens[at].kind in (TokenKind.MARK, TokenKind.FOREIGN):
        return None
    length = _order_number(tokens, at, desk.order_numbers)
    if length:
        return Tagged(tuple(tokens[at : at + length]), order=True)
    mention = mention_at(desk.articles, tokens, at, languages)
    if mention is None:
        return _like_own_code(tokens, at, desk)
    return Tagged(tuple(tokens[at : at + mention.length]), lines=mention.lines, by=mention.by)


def _like_own_code(tokens: Sequence[Token], at: int, desk: Desk) -> Tagged | None:
    """DV.622 beside DV.620, TD 43 beside TD 41, SV-NERO-G beside SV-NERO: written like the order's codes, and none of them."""
    length = desk.articles.like_code(tokens, at) or desk.articles.torn_code(tokens, at)
    if not length:
        return None
    first, last = tokens[at], tokens[at + length - 1]
    text = "".join(
        f" {each.text}" if n and each.spaced else each.text for n, each in enumerate(tokens[at : at + length])
    )
    return Tagged((Token(TokenKind.CODE, text, text.lower(), first.start, last.end, first.spaced),), taken=length)


def _order_number(tokens: Sequence[Token], at: int, numbers: frozenset[str]) -> int:
    joined, found = "", 0
    if not numbers:
        return 0
    for length, token in enumerate(tokens[at : at + _ORDER_LONGEST], start=1):
        if token.kind in (TokenKind.BREAK, TokenKind.FOREIGN):
            break
        folded = token.folded
        joined += bare(folded)
        if length == 1:
            for number in numbers:
                if number.startswith(joined):
                    break
            else:
                return 0
        if joined in numbers and token.kind is not TokenKind.MARK:
            found = length
    return found


def _phrase(tokens: Sequence[Token], words: Sequence[str], at: int, languages: Sequence[Language]) -> Tagged:
    token = tokens[at]
    if token.kind is TokenKind.NUMBER or token.kind is TokenKind.FOREIGN:
        return Tagged((token,), known=token.kind is TokenKind.FOREIGN)
    if token.text in {"è", "È", "où", "Où"}:  # "is" and "where", which folding would make "and" and "or"
        return Tagged((token,), known=True)
    if token.text == "kosten" and languages and languages[0].code == "de":
        return Tagged((token,), meaning=Meaning(concept=Concept.PRICE))  # "costs"; the noun "Kosten" is a charge
    window = words[at : at + 9]
    for language in languages:
        found = _yes(token, language.match(window))
        if found is not None and (_ends_in_and(found, tokens, at, language) or _ends_before_leaving(found, words, at)):
            found = language.match(window[: found[1] - 1])
        if found is not None and found[0].concept is Concept.OLD and found[1] == _AND_NOT:
            found = _without_next_no(language, words, at) or found
        if found is not None:
            return _in_digits(tokens[at : at + found[1]], found[0]) or Tagged(
                tuple(tokens[at : at + found[1]]), meaning=found[0]
            )
        if language.carries_nothing(token.folded):
            return Tagged((token,), known=True)
    return Tagged((token,))


_MULTIPLIERS = (100, 1000)  # two hundred, per thousand: they count what stands beside them
_LEAST_SPELLED = 13  # smaller number words have other meanings too: once, sei, acht


def _in_digits(tokens: Sequence[Token], meaning: Meaning) -> Tagged | None:
    """Eighty as 80, so that a number means the same however it is written."""
    number = meaning.number
    if number is None or number < _LEAST_SPELLED or number in _MULTIPLIERS:
        return None
    first, last = tokens[0], tokens[-1]
    digits = Token(TokenKind.NUMBER, str(number), str(number), first.start, last.end, first.spaced)
    return Tagged((digits,), taken=len(tokens))


def _ends_in_and(found: tuple[Meaning, int], tokens: Sequence[Token], at: int, language: Language) -> bool:
    """24 adesso e 24 il 26: folded, "adesso è" looks alike."""
    is_and = found[1] > 1 and tokens[at + found[1] - 1].text == "e" and language.code == "it"
    return is_and and found[0].concept in (Concept.NEW, Concept.PRICE_HINT)


_LEAVING = frozenset({"partir", "partire", "compter", "contar"})


def _ends_before_leaving(found: tuple[Meaning, int], words: Sequence[str], at: int) -> bool:
    """Augmente à partir du 1er janvier: the "à" belongs to what follows."""
    end = at + found[1]
    return found[1] > 1 and words[end - 1] == "a" and end < len(words) and words[end] in _LEAVING


_AND_NOT = 2  # words: y no, e non, a ne


def _without_next_no(language: Language, words: Sequence[str], at: int) -> tuple[Meaning, int] | None:
    """The "and" alone, where the "not" behind it begins a longer phrase: y no nos dan plazo."""
    first, following = language.match(words[at : at + 1]), language.match(words[at + 1 : at + 10])
    joins = first is not None and first[0].concept in (Concept.AND, Concept.BUT)
    return first if joins and following is not None and following[1] > 1 else None


def _yes(token: Token, found: tuple[Meaning, int] | None) -> tuple[Meaning, int] | None:
    """What was found, but a yes for sí and sì, which folding made "if" and "oneself"."""
    if token.text.lower() in {"sí", "sì"} and (found is None or found[1] == 1):
        return Meaning(concept=Concept.ACCEPT), 1
    return found


def span_of(tagged: Sequence[Tagged], at: int, taken: int) -> Span:
    """Where a run of tagged tokens stands."""
    return Span(tagged[at].start, tagged[at + taken - 1].end)
