"""Acting for somebody with a mailbox: reads his inbox and answers what is in it. Used by the page, the tour and tests."""

from dataclasses import replace

from sandbox.mail.answering import Answer, send, write
from sandbox.mail.post_office import PostOffice
from sandbox.mail.postboxes import INBOX, Stored
from sandbox.mail.showing import Letter, open_letter
from sandbox.mail.smtp import SmtpServer


class NothingToAnswer(LookupError):
    """The inbox has no message that fits."""


def letters(office: PostOffice, address: str, folder: str = INBOX) -> list[tuple[Stored, Letter]]:
    """Everything in a folder, opened, oldest first."""
    found = [(each, office.boxes.raw(each)) for each in office.boxes.messages(office.boxes.folder(address, folder))]
    return [(stored, open_letter(stored, raw)) for stored, raw in found if raw is not None]


def newest_letter(office: PostOffice, address: str, containing: str = "") -> tuple[Stored, Letter]:
    """The last message that came with these words in its subject; raises NothingToAnswer."""
    for stored, letter in reversed(letters(office, address)):
        if containing in letter.subject:
            return stored, letter
    raise NothingToAnswer(f"{address} has no message with {containing!r} in its subject")


async def send_answer(office: PostOffice, smtp: SmtpServer, answer: Answer, original: Stored | None) -> list[str]:
    """Send it over SMTP and mark the original as answered; returns refused recipients. Raises aiosmtplib's errors."""
    refused = await send(write(answer, office.settings.now()), answer.account, smtp.port)
    living = office.boxes.message(original.id) if original is not None else None
    if living is not None and not answer.automatic:
        office.boxes.set_flags(living, living.flags | {"\\Answered", "\\Seen"})
    return list(refused)


async def answer_newest(office: PostOffice, smtp: SmtpServer, answer: Answer, containing: str = "") -> list[str]:
    """Answer the last message in the writer's inbox that has these words in its subject; raises NothingToAnswer."""
    stored, letter = newest_letter(office, answer.account.address, containing)
    return await send_answer(office, smtp, replace(answer, original=letter), stored)
