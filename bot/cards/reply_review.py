"""A supplier's answer before a manager: ordered and answered line by line, what speaks against it, and the buttons."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, ButtonElement

from bot.cards.answer_lines import accepted_lines, differing_lines
from bot.cards.blocks import Card, actions, button, card, clipped, context, escaped, header, name, quote, section
from bot.cards.effect import review_paragraph
from bot.cards.ids import ActionId
from bot.cards.order import finding_text
from handlers.answer_view import Deed, ProposalView
from handlers.answers import mentioned
from orders.reply import Outcome
from orders.wording import Wording
from rules.findings import Severity, by_gravity

LINES_SHOWN = 12
FINDINGS_SHOWN = 6
REASONS_SHOWN = 6
REASON_LIMIT = 300
QUESTION_LIMIT = 300


def reply_card(view: ProposalView, words: Wording, zone: ZoneInfo) -> Card:
    """The card of an answer; once decided it has no buttons and says who decided, and when."""
    number, supplier = view.order.number, view.order.supplier_name
    key = "card.answer" if view.understood else "card.answer-unread"
    text = words.say(key, number=number, supplier=supplier)
    mark = "🚨" if any(finding.severity is Severity.BLOCK for finding in view.findings) else "💬"
    return card(
        text,
        [
            header(f"{mark} {text}"),
            *_comparison(view, words),
            *_stock(view, words),
            *_against(view, words),
            *_mail(view, words),
            *_deeds(view, words, zone),
            *_end(view, words, zone),
        ],
    )


def _comparison(view: ProposalView, words: Wording) -> Iterator[Block]:
    """What is different first: it is what must be decided."""
    differing = differing_lines(view, words)
    for paragraph in differing[:LINES_SHOWN]:
        yield section(paragraph)
    if len(differing) > LINES_SHOWN:
        yield context(words.count("card.more-lines", len(differing) - LINES_SHOWN))
    if accepted := accepted_lines(view, words):
        yield section(accepted)
    unmentioned = sum(1 for reading in view.response.lines if reading.outcome is Outcome.UNMENTIONED)
    if unmentioned:
        yield context(words.count("card.unmentioned", unmentioned))


def _stock(view: ProposalView, words: Wording) -> Iterator[Block]:
    """Which products are likely to run out by the answer."""
    told = review_paragraph(view.delivery, words) if view.delivery is not None else ""
    if told:
        yield section(told)


def _against(view: ProposalView, words: Wording) -> Iterator[Block]:
    """What the rules found; the reader's own reasons where it did not understand, or no rule has a word for them."""
    found = [each for each in by_gravity(view.findings) if each.severity is not Severity.INFO]
    if found:
        yield section("\n".join(finding_text(each, words) for each in found[:FINDINGS_SHOWN]))
    if len(found) > FINDINGS_SHOWN:
        yield context(words.count("card.more-findings", len(found) - FINDINGS_SHOWN))
    if view.reasons and view.corrected is None and not (found and view.understood):
        told = (f"🟠 {escaped(clipped(reason, REASON_LIMIT))}" for reason in view.reasons[:REASONS_SHOWN])
        yield section("\n".join(told))


def _mail(view: ProposalView, words: Wording) -> Iterator[Block]:
    yield context(words.say("card.wrote", sender=name(view.mail.sender), subject=name(view.mail.subject)))
    if view.mail.text.strip():
        yield quote(view.mail.text, 900)


def _deeds(view: ProposalView, words: Wording, zone: ZoneInfo) -> Iterator[Block]:
    """What people did before the decision."""
    if view.corrected is not None:
        yield context(_signed(words.say("answer.corrected", who=name(view.corrected.who)), view.corrected, words, zone))
    if view.asked is not None:
        asked = words.say(
            "answer.asked", who=name(view.asked.who), question=escaped(clipped(view.question, QUESTION_LIMIT))
        )
        yield context(_signed(asked, view.asked, words, zone))


def _signed(told: str, deed: Deed, words: Wording, zone: ZoneInfo) -> str:
    return f"{told} · {words.moment(deed.at.astimezone(zone))}"


def _end(view: ProposalView, words: Wording, zone: ZoneInfo) -> Iterator[Block]:
    if not view.is_pending and view.decided is not None:
        told = words.say(f"answer.{view.state}", who=name(view.decided.who or "–"))
        yield context(_signed(told, view.decided, words, zone))
    buttons = list(_buttons(view, words))
    if buttons:
        yield actions(f"answer:{view.id}", *buttons)


def _buttons(view: ProposalView, words: Wording) -> Iterator[ButtonElement]:
    value = f"{view.id}|{view.order.revision}"
    if view.is_pending:
        yield from _decisions(view, value, words)
    elif view.is_booked_alone:
        yield button(words.say("card.wrong-answer"), ActionId.WRONG_ANSWER, value)
    else:
        return
    yield button(words.say("card.open-mail"), ActionId.READ_MAIL, str(view.mail.inbox))
    yield button(words.say("card.details"), ActionId.DETAILS, view.order.number)


def _decisions(view: ProposalView, value: str, words: Wording) -> Iterator[ButtonElement]:
    lines = mentioned(view.response)
    offers_substitute = any(reading.outcome is Outcome.SUBSTITUTED for reading in view.response.lines)
    is_shown_whole = len(differing_lines(view, words)) <= LINES_SHOWN  # nobody accepts what he has not seen
    if view.understood and lines and not offers_substitute and is_shown_whole:
        yield button(words.say("card.accept-answer"), ActionId.ACCEPT_ANSWER, value, style="primary")
    if view.understood and len(lines) > 1:
        yield button(words.say("card.part-answer"), ActionId.PART_ANSWER, value)
    yield button(words.say("card.ask-supplier"), ActionId.ASK_SUPPLIER, value)
    yield button(words.say("card.refuse-answer"), ActionId.REFUSE_ANSWER, value, style="danger")
    yield button(words.say("card.edit-answer"), ActionId.EDIT_ANSWER, value)
