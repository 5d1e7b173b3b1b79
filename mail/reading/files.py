"""What the attachments say, laid beside the words of the mail: structured answers, tables, printed pages, letters."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from mail.reading.answer import Answer, Passage, Spoken
from mail.reading.concepts import Concept
from mail.reading.doubts import Doubt
from mail.reading.facts import Facts, Role
from mail.reading.figures import Day
from mail.reading.grids import text_grids
from mail.reading.hearing import hear
from mail.reading.laying import lay_confirmation, lay_grid
from mail.reading.opened import Opened
from mail.reading.printed import Printed, is_printed_invoice, lines_named, read_printed
from mail.reading.scan import Desk
from mail.reading.tables import read_grid
from orders.purchase import PurchaseOrder
from orders.reply import Evidence


def hear_attachments(
    answer: Answer, order: PurchaseOrder, desk: Desk, attachments: Iterable[Opened], prior: str
) -> None:
    """Lay what each attachment says to the lines; a letter counts only when the mail itself says nothing."""
    spoken_before = answer.speaks_of_lines
    for each in attachments:
        if each.problem is not None or is_invoice(each, prior):
            continue
        part = each.part or each.name
        if each.confirmation is not None:
            lay_confirmation(answer, each.confirmation, order, desk, part=part)
            answer.heard.attached_answer = True
        elif _lay_printed(answer, each, order, desk, prior):
            answer.heard.attached_answer = True
        elif _lay_grids(answer, each, order, desk, prior):
            _hear_around(answer, each.text.split("\n") if not each.laid_out else (), order, desk, prior, part=part)
        elif not each.grids:
            _hear_text(answer, each, order, desk, prior, alone=not spoken_before)


_TERMS = frozenset(
    {Doubt.SURCHARGE, Doubt.PREPAY, Doubt.CONDITION, Doubt.GROSS, Doubt.BANK, Doubt.HEDGE, Doubt.NOT_CONFIRMED}
)  # what a letter around a table may add to it


def is_invoice(opened: Opened, prior: str) -> bool:
    """An electronic invoice, or a page that calls itself one."""
    return opened.is_invoice or (not opened.grids and is_printed_invoice(opened.text, prior))


def _hear_around(
    answer: Answer, lines: Sequence[str], order: PurchaseOrder, desk: Desk, prior: str, *, part: str
) -> list[Decimal]:
    """The words around a table: a day for all its lines, and terms that a table cannot hold. Gives the sums named."""
    totals: list[Decimal] = []
    for line in lines:
        heard = hear([Passage(line, part)], order, desk, prior)
        answer.heard.doubts |= heard.heard.doubts & _TERMS
        totals += heard.heard.totals
        for said in heard.general:
            days = said.facts.figures(Day, Role.FINAL)
            own = any(
                isinstance(day.value, Day) and day.value.value == desk.calendar.written for day in days
            ) and not said.claim.has(Concept.DELIVER)
            if days and not own and said.claim.has(Concept.DATE, Concept.DELIVER):
                facts = Facts(events=list(days), doubts=said.facts.doubts)
                answer.general.append(Spoken(facts, said.evidence, said.claim, attached=True))
    return totals


def _lay_printed(answer: Answer, opened: Opened, order: PurchaseOrder, desk: Desk, prior: str) -> bool:
    """A page of lines whose figures their products prove; false when it is none."""
    if opened.grids or not opened.text:
        return False
    printed = read_printed(opened.text, order, desk, prior)
    if printed is None:
        return False
    part = opened.part or opened.name
    answer.heard.spoke = True
    answer.heard.doubts |= printed.doubts
    for said in printed.lines:
        answer.named.setdefault(said.line, []).append(Spoken(said.facts, Evidence(said.text, part), attached=True))
    totals = _hear_around(answer, printed.rest, order, desk, prior, part=part)
    if totals and not _is_sum(printed, totals):
        answer.heard.doubts.add(Doubt.TOTALS)
    return True


def _is_sum(printed: Printed, totals: Sequence[Decimal]) -> bool:
    products = sum((each.product for each in printed.lines), Decimal(0))
    return any(abs(total - products) <= Decimal("0.05") for total in totals)


def _lay_grids(answer: Answer, opened: Opened, order: PurchaseOrder, desk: Desk, prior: str) -> bool:
    """The attachment's tables, else the tables drawn in its text; true when they speak of the order's lines."""
    grids = [*opened.grids]
    reads = [read_grid(grid, order, desk, prior) for grid in grids]
    if not any(read.rows for read in reads):
        drawn = opened.laid_out or opened.text
        reads = [read_grid(grid, order, desk, prior) for _, _, grid in text_grids(drawn)]
        told = {row.line for read in reads for row in read.rows}
        if told and any(line not in told for line in lines_named(drawn, desk)):
            answer.heard.doubts.add(Doubt.UNEXPLAINED)  # a row whose columns are not drawn like the others'
    found = False
    for read in reads:
        if read.rows:
            found = answer.heard.attached_answer = True
            part = opened.part or opened.name
            lay_grid(answer, read, order, desk, prior, part=part, attached=True)
    return found


def _hear_text(answer: Answer, opened: Opened, order: PurchaseOrder, desk: Desk, prior: str, *, alone: bool) -> None:
    """A letter in an attachment counts like the mail's own words, when the mail itself says nothing."""
    if not alone:
        return
    heard = hear([Passage(opened.text, opened.part or opened.name)], order, desk, prior)
    if not heard.speaks_of_lines:
        return
    answer.heard.attached_answer = True
    answer.heard.accepted |= heard.heard.accepted
    answer.heard.spoke = True
    answer.heard.doubts |= heard.heard.doubts
    answer.general += heard.general
    answer.others += heard.others
    for line, said in heard.named.items():
        answer.named.setdefault(line, []).extend(said)
