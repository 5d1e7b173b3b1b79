"""Which of the intents that were heard is meant: an act only when it is wished for, the special before the general."""

from dataclasses import dataclass

from bot.language.hearing import Heard
from bot.language.intents import Intent
from bot.language.mood import Mood
from bot.language.naming import OrdersNamed, Spoken
from bot.language.plain import words_of

# Where several are heard, the one further in front is meant.
_ACTS = (
    Intent.REJECT,
    Intent.APPROVE,
    Intent.CANCEL,
    Intent.CHANGE_ORDER,
    Intent.RECEIVE,
    Intent.DRAFT_ORDER,
    Intent.SEND,
)
_ASKED = (
    Intent.STOCKOUT,
    Intent.FORECAST,
    Intent.SALES,
    Intent.REPORT,
    Intent.SUPPLIER,
    Intent.ORDERS,
    Intent.ORDER_STATUS,
    Intent.STOCK,
)
_MEANS_LITTLE_MORE = 3  # words beside a product's name, up to which the name alone is a question about its stock
_MOST_OF_A_NAME = 0.5


@dataclass(frozen=True, slots=True)
class Choice:
    """The intent; `rivals` when others stand beside it; `is_clear` False when it is a guess."""

    intent: Intent
    is_clear: bool = True
    rivals: tuple[Intent, ...] = ()


def choose(text: str, mood: Mood, heard: Heard, spoken: Spoken, orders: OrdersNamed, *, names_amount: bool) -> Choice:
    """The intent of a plain sentence; `names_amount` when it gives an amount for a product or a line."""
    names_order = bool(orders.numbers or orders.unknown)
    is_asked = mood.is_question or (
        text.rstrip().endswith("?") and not mood.is_wish and not _opens_with_act(text, heard)
    )
    acts = () if is_asked else _meant_acts(heard, mood, spoken, names_order=names_order)
    if acts:
        return _act(acts)
    if names_order and names_amount and not is_asked and not heard.denied and not set(heard.told) & set(_ASKED):
        return Choice(Intent.CHANGE_ORDER)  # "202: tomatoes 72"
    if heard.denied:
        return _denied(heard, names_order=names_order)
    return _asked(text, heard, spoken, is_asked=is_asked, names_order=names_order)


def _opens_with_act(text: str, heard: Heard) -> bool:
    return bool(heard.acts) and len(words_of(text)) <= _MEANS_LITTLE_MORE


def _meant_acts(heard: Heard, mood: Mood, spoken: Spoken, *, names_order: bool) -> list[Intent]:
    """Acts that have something to act on; "send me the report" and "what was approved" are no acts."""
    acts = [act for act in _ACTS if act in heard.told]
    has_product = bool(spoken.products.codes or spoken.products.unclear)
    kept = []
    for act in acts:
        has_object = names_order or heard.speaks_of_order or len(heard.told) == 1
        if act is Intent.SEND:
            has_object = names_order or (heard.speaks_of_order and not set(heard.told) & set(_ASKED))
        elif act is Intent.CHANGE_ORDER:
            has_object = names_order or has_product or heard.speaks_of_order
        elif act is Intent.DRAFT_ORDER:
            has_object = not (names_order and not has_product) and (has_product or len(acts) == 1)
        if has_object:
            kept.append(act)
    if mood.opening and Intent.DRAFT_ORDER in kept and names_order and len(kept) > 1:
        kept.remove(Intent.DRAFT_ORDER)
    return kept


def _act(acts: list[Intent]) -> Choice:
    rivals = [act for act in acts if act is not Intent.SEND]  # "approve and send" is one wish
    if len(rivals) > 1:
        return Choice(rivals[0], is_clear=False, rivals=tuple(rivals))
    return Choice(rivals[0] if rivals else acts[0])


def _denied(heard: Heard, *, names_order: bool) -> Choice:
    """What did not arrive is asked about; what shall not be done is left to a person."""
    if heard.denied == {Intent.RECEIVE} and names_order:
        return Choice(Intent.ORDER_STATUS)
    return Choice(Intent.NONE, is_clear=False)


def _asked(text: str, heard: Heard, spoken: Spoken, *, is_asked: bool, names_order: bool) -> Choice:
    has_product = bool(spoken.products.codes or spoken.products.unclear)
    asked = _asks(heard, has_product=has_product)
    has_supplier = bool(spoken.suppliers.codes or spoken.suppliers.unclear)
    if names_order:
        return _about_order(text, heard, is_asked=is_asked)
    if Intent.HELP in heard.told and not (has_product or has_supplier) and not set(asked) - {Intent.ORDERS}:
        return Choice(Intent.HELP)
    if asked:
        return _first(asked, has_product=has_product, has_supplier=has_supplier)
    if heard.acts or heard.speaks_of_state:
        return _acts_asked_about(heard, has_product=has_product)
    return _nothing_heard(heard, spoken, has_product=has_product, has_supplier=has_supplier)


def _asks(heard: Heard, *, has_product: bool) -> list[Intent]:
    """What is asked for, the special first; "how are we doing with butter" asks for no report."""
    asked = [intent for intent in _ASKED if intent in heard.told]
    if Intent.REPORT not in asked:
        return asked
    if has_product:
        return [intent for intent in asked if intent is not Intent.REPORT] or [Intent.STOCK]
    return [Intent.SALES] if Intent.SALES in asked else asked


def _about_order(text: str, heard: Heard, *, is_asked: bool) -> Choice:
    """A state named with an order and no question may be a wish: "142 approved"."""
    states = [each for each in (Intent.APPROVE, Intent.REJECT, Intent.CANCEL, Intent.SEND) if heard.speaks_of_state]
    if states and not is_asked and not set(heard.told) & set(_ASKED) and len(words_of(text)) <= _MEANS_LITTLE_MORE:
        return Choice(Intent.ORDER_STATUS, is_clear=False)
    return Choice(Intent.ORDER_STATUS)


def _first(asked: list[Intent], *, has_product: bool, has_supplier: bool) -> Choice:
    intent = asked[0]
    if intent is Intent.SUPPLIER and not has_supplier and not has_product:
        return Choice(asked[1]) if len(asked) > 1 else Choice(intent, is_clear=False)
    if intent is Intent.ORDER_STATUS and has_product and not has_supplier and Intent.STOCK in asked:
        return Choice(Intent.STOCK)
    if intent is Intent.ORDER_STATUS and not has_product and not has_supplier:
        return Choice(intent, is_clear=False)
    return Choice(intent)


def _acts_asked_about(heard: Heard, *, has_product: bool) -> Choice:
    """A question about acts is one about orders; "should we order oat drink?" is one about what runs out."""
    if Intent.DRAFT_ORDER in heard.told:
        return Choice(Intent.STOCKOUT)
    if Intent.RECEIVE in heard.told and has_product:
        return Choice(Intent.STOCK)
    return Choice(Intent.ORDERS) if heard.speaks_of_order else Choice(Intent.ORDERS, is_clear=False)


def _nothing_heard(heard: Heard, spoken: Spoken, *, has_product: bool, has_supplier: bool) -> Choice:
    others = len(spoken.words) - len(spoken.products.words | spoken.suppliers.words | spoken.places.words)
    is_short = others <= _MEANS_LITTLE_MORE
    is_said = spoken.products.share >= _MOST_OF_A_NAME or not others
    if has_product and (is_said or heard.weak):
        return Choice(Intent.STOCK, is_clear=is_short or bool(heard.weak))
    if has_supplier:
        return Choice(Intent.SUPPLIER, is_clear=is_short)
    if heard.weak:
        return Choice(Intent.STOCK, is_clear=False)
    if heard.speaks_of_order and is_short and len(spoken.words) == 1:
        return Choice(Intent.ORDERS)
    return Choice(Intent.NONE, is_clear=False)
