"""From words, tables and attachments to a response for each order that the message speaks of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from mail.matching import Match
from mail.message import Message
from mail.reading.answer import Answer, Heard, Spoken
from mail.reading.articles import articles_of
from mail.reading.dates import Calendar
from mail.reading.doubts import Doubt
from mail.reading.files import hear_attachments, is_invoice
from mail.reading.hearing import hear
from mail.reading.laying import lay_grid
from mail.reading.lexicon import LANGUAGES
from mail.reading.opened import Opened
from mail.reading.outcome import lines_of
from mail.reading.passages import Said, said_in
from mail.reading.scan import Desk
from mail.reading.several import share_out
from mail.reading.sign_off import name_words
from mail.reading.tables import read_grid
from mail.reading.tokens import bare, fold, tokenise
from mail.reading.wholeness import doubts_of_mail
from mail.reading.whose_table import repeats_another
from mail.segments.segment import Segment
from mail.trust import Sender
from orders.context import KnownSupplier, ReadingContext
from orders.purchase import PurchaseOrder
from orders.reply import LineReading, OrderResponse, Outcome

_LANGUAGE_OF = {
    "PL": "pl",
    "DE": "de",
    "AT": "de",
    "CH": "de",
    "FR": "fr",
    "BE": "fr",
    "ES": "es",
    "IT": "it",
    "CZ": "cs",
    "UA": "uk",
    "NL": "nl",
    "GB": "en",
    "IE": "en",
    "US": "en",
}  # fmt: skip  the likeliest language of a country, where the supplier's own is not known


@dataclass(slots=True)
class Evidenced:
    """The responses with everything else that was heard."""

    responses: tuple[OrderResponse, ...] = ()
    heard: Heard = field(default_factory=Heard)
    speaks: bool = False
    names_lines: bool = False
    is_invoice: bool = False
    is_notice: bool = False
    doubts: list[tuple[str, Doubt]] = field(default_factory=list)
    whole: frozenset[Doubt] = frozenset()  # what speaks against any reading of this mail


@dataclass(frozen=True, slots=True)
class Ground:
    """What every order of the message is read against."""

    context: ReadingContext
    supplier: KnownSupplier | None
    written: date
    language: str
    signers: frozenset[str]


def respond(
    message: Message,
    context: ReadingContext,
    divided: Sequence[Segment],
    matches: Sequence[Match],
    attachments: Sequence[Opened],
    sender: Sender,
) -> Evidenced:
    """Read the message against each order that it names, or against none to learn what kind it is."""
    ground = _ground(message, context, sender)
    found = Evidenced(
        is_invoice=any(is_invoice(each, ground.language) for each in attachments),
        is_notice=any(each.confirmation is not None and each.confirmation.is_ship_notice for each in attachments),
        whole=doubts_of_mail(message),
    )
    orders = {order.number: order for order in context.orders}
    chosen = [(match, orders[match.order]) for match in matches if match.order in orders]
    if not chosen:
        nothing = PurchaseOrder(number="", supplier="", currency="", lines=())
        desk = _desk(nothing, ground, frozenset())
        answer = _answer(nothing, said_in(divided, desk, ground.signers, ground.language), attachments, ground, desk)
        _note(found, answer)
        return found
    numbers = frozenset(
        bare(fold(text))
        for match, order in chosen
        for text in (order.number, match.found, match.found and _tail(match.found))
        if text
    )
    desks = {order.number: _desk(order, ground, numbers) for _, order in chosen}
    shares = _shares(divided, chosen, desks, ground)
    for match, order in chosen:
        said = shares[order.number]
        answer = _answer(order, said, attachments, ground, desks[order.number])
        if len(chosen) > 1:
            _judge_shared(answer)
        _note(found, answer)
        found.responses += (_response(match, order, answer, said, attachments, found),)
    return found


def _ground(message: Message, context: ReadingContext, sender: Sender) -> Ground:
    supplier = next((each for each in context.suppliers if each.code == sender.supplier), None)
    spoken = None
    if supplier is not None:
        spoken = supplier.language or _LANGUAGE_OF.get((supplier.country or "").upper())
    language = spoken if spoken in LANGUAGES else "en"
    names = [message.sender.name] if message.sender is not None else []
    signers = name_words([*names, *([supplier.name] if supplier is not None else [])])
    return Ground(context, supplier, _written(message, context), language, signers)


_DAY = timedelta(days=1)
_LONGEST_AHEAD = 60  # days that a mail may be ahead of the day it is read against


def _written(message: Message, context: ReadingContext) -> date:
    """The day the message was written, in the shop's zone; a clock ahead of our own server's is not believed."""
    moment = message.date or message.received
    if message.date is not None and message.received is not None and message.date > message.received + _DAY:
        moment = message.received
    if moment is None:
        return context.today
    written = moment.astimezone(ZoneInfo(context.timezone)).date()
    return written if (written - context.today).days <= _LONGEST_AHEAD else context.today


def _desk(order: PurchaseOrder, ground: Ground, numbers: frozenset[str]) -> Desk:
    skus = {line.sku for line in order.lines}
    names = tuple((each.sku, each.name) for each in ground.context.products if each.sku in skus)
    gtins = tuple((each.sku, each.gtin) for each in ground.context.products if each.sku in skus and each.gtin)
    country = ground.supplier.country if ground.supplier is not None else None
    return Desk(
        articles_of(order, names, gtins, ground.language),
        Calendar(ground.written, country, due=order.delivery_date),
        order.currency,
        frozenset(line.line for line in order.lines),
        numbers,
        _name_words(ground.supplier.name) if ground.supplier is not None else frozenset(),
    )


_TELLING = 4  # letters of a word that a company's name can be known by


def _name_words(name: str) -> frozenset[str]:
    return frozenset(token.folded for token in tokenise(name) if len(token.folded) >= _TELLING)


_SHORTEST = 3  # digits of an order's number that are no quantity


def _tail(found: str) -> str:
    """The digits that "zam. 334" ends with, for the text may say "na 334"."""
    tail = found.rsplit(maxsplit=1)[-1]
    return tail if tail.isdigit() and len(tail) >= _SHORTEST else ""


def _shares(
    divided: Sequence[Segment],
    chosen: Sequence[tuple[Match, PurchaseOrder]],
    desks: Mapping[str, Desk],
    ground: Ground,
) -> dict[str, Said]:
    """The words of each order: all of them when there is one."""
    said = {order.number: said_in(divided, desks[order.number], ground.signers, ground.language) for _, order in chosen}
    if len(chosen) == 1:
        return said
    spellings = {order.number: [order.number, *([match.found] if match.found else [])] for match, order in chosen}
    for number, each in said.items():
        shares = share_out(each.passages, spellings)
        shared = [replace(passage, shared=True) for passage in shares.shared]
        said[number] = replace(each, passages=(*shared, *shares.own[number]))
    return said


def _judge_shared(answer: Answer) -> None:
    """What is said of several orders at once may be a yes; anything else cannot be told apart."""
    for said in [*answer.general, *answer.others, *(each for several in answer.named.values() for each in several)]:
        if said.shared and (said.facts.events or said.facts.reject or said.facts.backorder):
            answer.heard.doubts.add(Doubt.SEVERAL_ORDERS)


def _answer(order: PurchaseOrder, said: Said, attachments: Sequence[Opened], ground: Ground, desk: Desk) -> Answer:
    answer = hear(said.passages, order, desk, ground.language)
    others = [each for each in ground.context.orders if each.supplier == order.supplier]
    for grid in said.grids:
        if repeats_another(grid, order, others):
            continue
        lay_grid(answer, read_grid(grid, order, desk, ground.language), order, desk, ground.language, part=grid.part)
    hear_attachments(answer, order, desk, attachments, ground.language)
    return answer


def _note(found: Evidenced, answer: Answer) -> None:
    """Put what was heard together over all orders."""
    for each in fields(Heard):
        if each.name not in ("doubts", "totals"):
            setattr(found.heard, each.name, getattr(found.heard, each.name) or getattr(answer.heard, each.name))
    found.heard.doubts |= answer.heard.doubts
    found.speaks |= answer.speaks_of_lines
    found.names_lines |= any(answer.named.values())


def _response(
    match: Match, order: PurchaseOrder, answer: Answer, said: Said, attachments: Sequence[Opened], found: Evidenced
) -> OrderResponse:
    doubts = set(answer.heard.doubts) | found.whole
    lines = lines_of(answer, order, doubts)
    if answer.heard.offers and not answer.heard.pressed:
        doubts.discard(Doubt.QUESTION)  # an offer asks for a yes by itself
    if answer.heard.attached and not answer.heard.attached_answer and _blocks(attachments, answer):
        doubts.add(Doubt.SEE_ATTACHMENT)
    if answer.heard.below and not (answer.named or said.grids):
        doubts.add(Doubt.SEE_BELOW)
    notice = answer.heard.shipped and not answer.heard.accepted  # goods on the way are never booked unseen
    if answer.heard.mumbles and not notice and all(line.outcome is Outcome.ACCEPTED for line in lines):
        doubts.add(Doubt.UNKNOWN_WORDS)  # it could be booked unseen, and something was said that nobody understood
    if said.unclear:
        doubts.add(Doubt.QUOTED_ANSWER)
    if all(line.outcome is Outcome.UNMENTIONED for line in lines):
        doubts.add(Doubt.NOTHING_SAID)
    if not _adds_up(answer.heard.totals, lines):
        doubts.add(Doubt.TOTALS)
    if answer.heard.shipped and not answer.heard.accepted and not answer.named:
        doubts.add(Doubt.NOTHING_SAID)
    if _attachment_contradicts(answer, lines):
        doubts.add(Doubt.CONTRADICTION)
    found.doubts += [(order.number, doubt) for doubt in sorted(doubts)]
    return OrderResponse(order.number, match.matched_by, understood=not doubts, lines=lines)


def _adds_up(totals: Sequence[Decimal], lines: Sequence[LineReading]) -> bool:
    """True when no sum is named, or one of them is that of the lines."""
    if not totals:
        return True
    known = [each.quantity * each.unit_price for each in lines if each.quantity and each.unit_price is not None]
    net = sum(known, Decimal(0))
    return any(abs(total - net) <= max(Decimal("0.05"), net / 500) for total in totals)


def _blocks(attachments: Sequence[Opened], answer: Answer) -> bool:
    """True when the words point to a file that gave nothing, or to none at all."""
    serious = [each for each in attachments if not each.harmless]
    return not serious or any(each.problem for each in serious) or not answer.heard.accepted


def _own_yes(several: Sequence[Spoken]) -> bool:
    """The mail's own words say yes to a line, with no figure that would explain another one in the file."""
    own = [said.facts for said in several if not said.attached]
    return any(facts.accept or facts.as_ordered or facts.facets for facts in own) and not any(
        facts.events for facts in own
    )


def _attachment_contradicts(answer: Answer, lines: Sequence[LineReading]) -> bool:
    """The mail says yes to everything as ordered, the attachment something else."""
    if not any(said.attached for several in answer.named.values() for said in several):
        return False
    if any(_own_yes(answer.named.get(line.line, ())) and line.outcome is not Outcome.ACCEPTED for line in lines):
        return True
    differs = any(line.outcome not in (Outcome.ACCEPTED, Outcome.UNMENTIONED) for line in lines)
    own_yes = [said for said in answer.general if not said.attached and (said.facts.accept or said.facts.as_ordered)]
    return differs and bool(own_yes) and (not answer.heard.attached or any(said.facts.as_ordered for said in own_yes))
