"""Words for people: sentences from the gettext catalogues, and money, dates and numbers as the language writes them.

Every `*.po` file in `locale/<language>/` is part of one catalogue. A message id is a dotted key, never an English
sentence, so that a wording can be mended without touching code.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files

from babel.core import Locale
from babel.dates import format_date, format_datetime
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal
from babel.plural import PluralRule

from orders.money import Money

LANGUAGES = ("en", "pl")  # of people in the shop: every sentence
LETTER_LANGUAGES = ("en", "pl", "de", "fr", "es", "it", "cs", "uk", "nl")  # of suppliers: letters and papers


class UnknownWord(KeyError):
    """A key that no catalogue has: a defect of the program, found by the tests."""


class Wording:
    """The sentences of one language. Facts go into the `{placeholders}` of a sentence as they are."""

    def __init__(self, language: str, messages: Mapping[str, str | tuple[str, ...]]) -> None:
        self.language = language
        self._messages = messages
        self._locale = Locale.parse(language)
        self._plural: PluralRule = self._locale.plural_form
        self._forms = _FORMS.get(language, ("other",))

    def all_keys(self) -> frozenset[str]:
        """Every key that this language has a sentence for."""
        return frozenset(self._messages)

    def say(self, key: str, **facts: object) -> str:
        """The sentence of this key; raises UnknownWord when there is none."""
        sentence = self._find(key)
        if isinstance(sentence, tuple):
            sentence = sentence[-1]
        return sentence.format(**facts)

    def count(self, key: str, number: int, **facts: object) -> str:
        """The sentence of this key in the grammatical number of `number`, which fills `{number}`."""
        forms = self._find(key)
        if isinstance(forms, str):
            return forms.format(number=self.number(number), **facts)
        index = self._forms.index(self._plural(abs(number))) if self._plural(abs(number)) in self._forms else -1
        return forms[min(index, len(forms) - 1)].format(number=self.number(number), **facts)

    def money(self, amount: Money) -> str:
        """An amount with its currency, rounded to what is paid: 1 234,50 zł."""
        rounded = amount.rounded()
        return format_currency(rounded.amount, rounded.currency, locale=self._locale)

    def price(self, price: Decimal, currency: str) -> str:
        """A unit price with all its decimals, at least two: €0.0435."""
        exponent = price.normalize().as_tuple().exponent
        decimals = max(2, -exponent if isinstance(exponent, int) else 2)
        return format_currency(
            price.quantize(Decimal(1).scaleb(-decimals)),
            currency,
            locale=self._locale,
            currency_digits=False,
            decimal_quantization=False,
        )

    def number(self, value: int | Decimal) -> str:
        """A number with the language's separators."""
        return format_decimal(value, locale=self._locale)

    def day(self, value: date) -> str:
        """A day as a person reads it at a glance: Thu 3 Dec, czw. 3 gru."""
        return format_date(value, "EEE d MMM", locale=self._locale)

    def full_day(self, value: date) -> str:
        """A day with its year, for documents."""
        return format_date(value, "d MMMM y" if self.language == "en" else "long", locale=self._locale)

    def moment(self, value: datetime) -> str:
        """A moment in the zone that the value already carries."""
        return format_datetime(value, "EEE d MMM, HH:mm", locale=self._locale)

    def _find(self, key: str) -> str | tuple[str, ...]:
        try:
            return self._messages[key]
        except KeyError:
            raise UnknownWord(f"{key} ({self.language})") from None


# CLDR plural categories in the order of gettext's msgstr[n] for each language.
_FORMS: dict[str, tuple[str, ...]] = {"en": ("one", "other"), "pl": ("one", "few", "many")}


@cache
def wording(language: str) -> Wording:
    """The wording of a person's language; a language without a catalogue is served in English."""
    return _read(language if language in LANGUAGES else "en")


@cache
def letter_wording(language: str) -> Wording:
    """The wording of letters and papers to a supplier; a language that we do not write is served in English."""
    return _read(language if language in LETTER_LANGUAGES else "en")


def _read(language: str) -> Wording:
    messages: dict[str, str | tuple[str, ...]] = {}
    folder = files("orders") / "locale" / language
    for catalogue in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not catalogue.name.endswith(".po"):
            continue
        with catalogue.open("rb") as stream:
            for message in read_po(stream, locale=language, abort_invalid=True):
                _add(messages, message, catalogue.name)
    return Wording(language, messages)


def _add(messages: dict[str, str | tuple[str, ...]], message: Message, catalogue: str) -> None:
    key = message.id if isinstance(message.id, str) else message.id[0]
    if not key:
        return
    if key in messages:
        raise UnknownWord(f"{key} stands twice, the second time in {catalogue}")
    messages[key] = message.string if isinstance(message.string, str) else tuple(message.string or ())
