"""Lays what tables and structured confirmations say beside the words, line by line."""

from dataclasses import replace
from decimal import Decimal

from mail.reading.answer import Answer, Passage, Spoken
from mail.reading.doubts import Doubt
from mail.reading.facts import Facts, Figure, Role
from mail.reading.figures import Day, Price, Quantity, Span, Vague
from mail.reading.hearing import hear
from mail.reading.lexicon import Unit
from mail.reading.opened import Confirmation, ConfirmedLine
from mail.reading.scan import Desk
from mail.reading.tables import GridRead
from mail.reading.tokens import bare, fold
from orders.purchase import OrderLine, PurchaseOrder
from orders.reply import Evidence

_NOWHERE = Span(0, 0)
_UNITS = {
    "C62": Unit.PIECES,
    "PCE": Unit.PIECES,
    "EA": Unit.PIECES,
    "H87": Unit.PIECES,
    "NAR": Unit.PIECES,
    "PC": Unit.PIECES,
    "CT": Unit.CASES,
    "CS": Unit.CASES,
    "BX": Unit.CASES,
    "XCT": Unit.CASES,
    "XBX": Unit.CASES,
    "XCS": Unit.CASES,
    "PK": Unit.CASES,
    "KGM": Unit.WEIGHT,
    "LTR": Unit.WEIGHT,
    "PF": Unit.PALLETS,
    "XPX": Unit.PALLETS,
}  # fmt: skip  UN/ECE recommendation 20 and 21


def lay_grid(
    answer: Answer, read: GridRead, order: PurchaseOrder, desk: Desk, prior: str, *, part: str, attached: bool = False
) -> None:
    """Each row's figures and remarks to its line."""
    answer.heard.doubts |= read.doubts
    answer.edited = answer.edited or (not attached and any(row.row.ours and row.facts.events for row in read.rows))
    for text in read.days if read.rows else ():
        _lay_day(answer, text, order, desk, prior, part=part, attached=attached)
    for row in read.rows:
        evidence = Evidence(row.row.text, part)
        if row.facts.events or row.facts.doubts:
            answer.named.setdefault(row.line, []).append(Spoken(row.facts, evidence, attached=attached))
            answer.heard.spoke = True
        for words in row.words:
            remark = hear([Passage(words, part, about=(row.line,))], order, desk, prior)
            _join(answer, remark, row.line, evidence, attached=attached)


def _lay_day(
    answer: Answer, text: str, order: PurchaseOrder, desk: Desk, prior: str, *, part: str, attached: bool
) -> None:
    """A day for all lines; one that has gone by is that of the paper."""
    said = hear([Passage(text, part)], order, desk, prior)
    days = [each.value for spoken in said.general for each in spoken.facts.figures(Day, Role.FINAL)]
    if any(isinstance(day, Day) and (day.why is Vague.PAST or day.value == desk.calendar.written) for day in days):
        return
    answer.heard.doubts |= said.heard.doubts
    answer.general += [replace(spoken, attached=attached) for spoken in said.general]


def _join(answer: Answer, remark: Answer, line: int, evidence: Evidence, *, attached: bool) -> None:
    """A remark in a row speaks of that row's line and of no other."""
    answer.heard.doubts |= remark.heard.doubts
    answer.heard.asked |= remark.heard.asked
    answer.heard.accepted |= remark.heard.accepted and not attached
    if set(remark.named) - {line} or remark.general or remark.others:
        answer.heard.doubts.add(Doubt.WHICH_LINE)
    for said in remark.named.get(line, []):
        answer.named.setdefault(line, []).append(Spoken(said.facts, evidence, attached=attached))
        answer.heard.spoke = True


def lay_confirmation(
    answer: Answer, confirmation: Confirmation, order: PurchaseOrder, desk: Desk, *, part: str
) -> None:
    """A structured answer: each of its lines to ours by code, GTIN or number."""
    if confirmation.order is not None and not _same_number(confirmation.order, order.number):
        return
    answer.heard.spoke = True
    if confirmation.currency is not None and confirmation.currency != order.currency:
        answer.heard.doubts.add(Doubt.CURRENCY)
    for said in confirmation.lines:
        line = _line_of(said, order, desk)
        if line is None:
            answer.heard.doubts.add(Doubt.NO_SUCH_LINE)
            continue
        facts = _facts(said, confirmation)
        answer.named.setdefault(line.line, []).append(Spoken(facts, Evidence(said.text, part), attached=True))
    if confirmation.whole in ("accepted", "rejected"):
        whole = Facts(accept=confirmation.whole == "accepted", reject=confirmation.whole == "rejected")
        if confirmation.day is not None:
            whole.events.append(Figure(Day(confirmation.day, _NOWHERE), Role.FINAL))
        answer.general.append(Spoken(whole, Evidence(confirmation.whole, part), attached=True))
        answer.heard.accepted |= whole.accept


def _same_number(one: str, other: str) -> bool:
    return "".join(filter(str.isalnum, one.lower())) == "".join(filter(str.isalnum, other.lower()))


def _line_of(said: ConfirmedLine, order: PurchaseOrder, desk: Desk) -> OrderLine | None:
    """By the article's codes; a line number that names another article contradicts and names none."""
    codes = [code for code in (said.code, said.our_code, said.gtin) if code]
    named = {desk.articles.codes[plain] for plain in map(bare, map(fold, codes)) if plain in desk.articles.codes}
    if len(named) == 1:
        line = order.line_at(next(iter(named)))
        return line if said.line is None or said.line == line.line or not _is_ours(said.line, order) else None
    if codes:
        return None
    return next((line for line in order.lines if line.line == said.line), None)


def _is_ours(number: int, order: PurchaseOrder) -> bool:
    return any(line.line == number for line in order.lines)


def _facts(said: ConfirmedLine, confirmation: Confirmation) -> Facts:
    facts = Facts(
        accept=said.status == "accepted",
        reject=said.status == "rejected",
        backorder=said.status == "backordered",
        change=said.status == "changed",
        substitute=said.substitute_code is not None,
        deliver=said.status == "unsaid",
        offered_code=said.substitute_code,
    )
    if said.quantity is not None and said.status != "rejected":
        unit = _UNITS.get(said.unit or "C62")
        if unit is None:
            facts.doubts.add(Doubt.UNIT_UNKNOWN)
        facts.events.append(Figure(Quantity(said.quantity, unit, _NOWHERE), Role.FINAL))
    if said.price is not None:
        facts.events.append(
            Figure(
                Price(said.price, confirmation.currency, _NOWHERE, said.price_basis or Decimal(1), Unit.PIECES),
                Role.FINAL,
            )
        )
    day = said.day or confirmation.day
    if day is not None and said.status != "rejected":
        facts.events.append(Figure(Day(day, _NOWHERE), Role.FINAL))
    return facts
