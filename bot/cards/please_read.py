"""A mail that nobody but a person can make sense of: its words, and why it was not understood."""

from bot.cards.blocks import Card, actions, button, card, clipped, context, escaped, header, name, quote, section
from bot.cards.ids import ActionId
from handlers.viewing import MailView
from orders.wording import Wording


def please_read(mail: MailView, reasons: tuple[str, ...], words: Wording) -> Card:
    """The card with the mail's text."""
    text = words.say("card.please-read", sender=mail.sender)
    blocks = [header(f"📬 {text}"), context(name(mail.subject) or "–")]
    if mail.text.strip():
        blocks.append(quote(mail.text))
    if reasons:
        blocks.append(section("\n".join(f"🟠 {escaped(clipped(reason, 300))}" for reason in reasons[:6])))
    blocks.append(
        actions(f"mail:{mail.inbox}", button(words.say("card.open-mail"), ActionId.READ_MAIL, str(mail.inbox)))
    )
    return card(text, blocks)


def mail_modal(mail: MailView, words: Wording) -> dict[str, object]:
    """The whole mail in a modal."""
    pieces = [mail.text[at : at + 2500] for at in range(0, min(len(mail.text), 25_000), 2500)] or [""]
    blocks = [
        context(words.say("card.wrote", sender=name(mail.sender), subject=name(mail.subject))),
        *(quote(piece, 2900) for piece in pieces),
    ]
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": words.say("card.mail-title")},
        "close": {"type": "plain_text", "text": words.say("card.close")},
        "blocks": [block.to_dict() for block in blocks],
    }
