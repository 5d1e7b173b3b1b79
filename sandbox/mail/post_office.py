"""What the SMTP and the IMAP server share: the postboxes, who may enter, and the faults in force."""

import re
from dataclasses import dataclass

from sandbox.mail.faults import Faults
from sandbox.mail.postboxes import Postboxes
from sandbox.mail.settings import Account, MailSettings

_BEARER = re.compile(rb"user=(?P<user>[^\x01]+)\x01auth=Bearer (?P<token>[^\x01]+)\x01")


@dataclass(frozen=True, slots=True)
class PostOffice:
    """What both servers work with."""

    settings: MailSettings
    boxes: Postboxes
    faults: Faults

    def log_in(self, address: str, password: str) -> Account | None:
        """The account when the password is right."""
        account = self.boxes.accounts.get(address.lower())
        return account if account is not None and account.password == password else None

    def log_in_with_token(self, answer: bytes) -> Account | None:
        """The account when the decoded XOAUTH2 answer holds a good token (developers.google.com/gmail/imap/xoauth2-protocol)."""
        match = _BEARER.match(answer)
        if match is None:
            return None
        address, token = match["user"].decode(errors="replace"), match["token"].decode(errors="replace")
        account = self.boxes.accounts.get(address.lower())
        if account is None:
            return None
        check = self.settings.token_is_good
        return account if (check(address, token) if check else token == account.password) else None
