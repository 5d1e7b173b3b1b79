"""What the mailbox page sees, as JSON: mailboxes, a folder's messages, one message, and the beginning of an answer."""

from datetime import UTC
from typing import Any

from sandbox.mail.answering import quoted_lines, signed
from sandbox.mail.post_office import PostOffice
from sandbox.mail.postboxes import Stored
from sandbox.mail.quick_replies import quick_replies
from sandbox.mail.quoting import Style, quote, reply_subject
from sandbox.mail.settings import Account
from sandbox.mail.showing import Attachment, Letter, Person, open_letter

MOST_SHOWN = 100
Json = dict[str, Any]


class PageRefused(Exception):
    """The page asked for something that cannot be; `code` is one of the page's words, `status` of HTTP."""

    def __init__(self, code: str, status: int = 400, why: str = "") -> None:
        super().__init__(code)
        self.code, self.status, self.why = code, status, why


class MailViews:
    """Looks into the postboxes for the page."""

    def __init__(self, office: PostOffice) -> None:
        self._office = office
        self._summaries: dict[int, Json] = {}

    def mailboxes(self) -> list[Json]:
        """Who has a mailbox, ours first, and what waits in it."""
        accounts = sorted(self._office.boxes.accounts.values(), key=lambda each: (not each.is_ours, each.name.lower()))
        return [self._mailbox(account) for account in accounts]

    def _mailbox(self, account: Account) -> Json:
        boxes = self._office.boxes
        folders = [(folder, boxes.messages(folder)) for folder in boxes.folders(account.address)]
        return {
            "address": account.address,
            "name": account.name,
            "is_ours": account.is_ours,
            "language": account.language,
            "folders": [
                {
                    "id": folder.id,
                    "name": folder.name,
                    "total": len(messages),
                    "unread": sum("\\Seen" not in each.flags for each in messages),
                }
                for folder, messages in folders
            ],
        }

    def folder(self, folder_id: int) -> list[Json]:
        """The newest messages of a folder, newest first; raises PageRefused."""
        folder = self._office.boxes.folder_at(folder_id)
        if folder is None:
            raise PageRefused("folder-gone", 404)
        return [self._summary(each) for each in reversed(self._office.boxes.messages(folder)[-MOST_SHOWN:])]

    def message(self, message_id: int) -> Json:
        """One message whole; a supplier's is marked as read, for ours the page leaves no trace."""
        stored, letter = self.opened(message_id)
        if not self._is_ours(stored):
            stored = self._office.boxes.set_flags(stored, stored.flags | {"\\Seen"})
        return {
            **self._summary(stored),
            "to": [_person(each) for each in letter.to],
            "cc": [_person(each) for each in letter.copied],
            "reply_to": _person(letter.reply_to),
            "text": letter.text,
            "html": letter.html,
            "files": [
                {"number": each.number, "name": each.name, "kind": each.kind, "size": len(each.content)}
                for each in letter.attachments
            ],
        }

    def draft(self, message_id: int, style: Style, language: str, name: str) -> Json:
        """What an answer begins with: where it goes, what is quoted below, and ready words signed with the name."""
        _, letter = self.opened(message_id)
        below = quote(letter, style, language)
        ready = quick_replies(letter.text, language, self._office.settings.now().date())
        return {
            "to": _person(letter.reply_to),
            "subject": reply_subject(letter.subject, style, language),
            "quoted": {"text": below.text, "html": below.html},
            "between": quoted_lines(letter, style, language),
            "quick": [
                {
                    "id": each.id,
                    "label": each.label,
                    "text": signed(each.text, name, language),
                    "automatic": each.automatic,
                }
                for each in ready
            ],
        }

    def raw(self, message_id: int) -> bytes:
        """The bytes of a message; raises PageRefused."""
        raw = self._office.boxes.raw(self.stored(message_id))
        if raw is None:
            raise PageRefused("message-gone", 404)
        return raw

    def file(self, message_id: int, number: int) -> Attachment:
        """One attachment; raises PageRefused."""
        _, letter = self.opened(message_id)
        if number >= len(letter.attachments):
            raise PageRefused("message-gone", 404)
        return letter.attachments[number]

    def stored(self, message_id: int) -> Stored:
        """A message without its bytes; raises PageRefused."""
        stored = self._office.boxes.message(message_id)
        if stored is None:
            raise PageRefused("message-gone", 404)
        return stored

    def opened(self, message_id: int) -> tuple[Stored, Letter]:
        """A message and what is in it; raises PageRefused."""
        stored = self.stored(message_id)
        return stored, open_letter(stored, self.raw(message_id))

    def _is_ours(self, stored: Stored) -> bool:
        folder = self._office.boxes.folder_at(stored.folder_id)
        account = self._office.boxes.accounts.get(folder.address) if folder else None
        return account is not None and account.is_ours

    def _summary(self, stored: Stored) -> Json:
        """A row of the list; only the flags of a message ever change."""
        if stored.id not in self._summaries:
            letter = open_letter(stored, self._office.boxes.raw(stored) or b"")
            self._summaries[stored.id] = {
                "id": stored.id,
                "from": _person(letter.sender),
                "to": [_person(each) for each in letter.to],
                "subject": letter.subject,
                "at": stored.received_at.astimezone(UTC).isoformat(),
                "snippet": letter.snippet,
                "attached": len(letter.attachments),
            }
        return {**self._summaries[stored.id], "flags": sorted(stored.flags)}


def _person(person: Person) -> Json:
    return {"name": person.name, "address": person.address}
