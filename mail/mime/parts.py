"""What a message is made of: addresses, texts, attachments, and what was wrong with them."""

from dataclasses import dataclass
from enum import StrEnum


class Defect(StrEnum):
    """Something that was not as the standards want it; the message is read all the same."""

    UNPARSABLE = "unparsable"  # the structure could not be read at all; only the raw bytes are left
    TOO_LARGE = "too-large"  # over the limit for one mail; only the headers were read
    TOO_DEEP = "too-deep"  # nested beyond the limit; what lies below was not read
    TOO_MANY_PARTS = "too-many-parts"  # parts beyond the limit were not read
    BROKEN_STRUCTURE = "broken-structure"  # missing or wrong boundaries
    BROKEN_ENCODING = "broken-encoding"  # base64 or quoted-printable that does not decode cleanly
    WRONG_CHARSET = "wrong-charset"  # the declared charset did not fit; another one was found
    LETTERS_LOST = "letters-lost"  # no charset fitted; some characters are U+FFFD
    BAD_DATE = "bad-date"  # the Date header is missing or no date
    SEVERAL_SENDERS = "several-senders"  # more than one From header or address
    ENCRYPTED = "encrypted"  # S/MIME or PGP: the words cannot be read
    UNREADABLE_TNEF = "unreadable-tnef"  # a winmail.dat that yields nothing


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox: display name as written, address in lower case ("" when there is none)."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """What follows the last @, in lower case; "" when there is none."""
        return self.address.rpartition("@")[2] if "@" in self.address else ""


@dataclass(frozen=True, slots=True)
class TextPart:
    """A decoded text; `path` numbers the part as IMAP does ("1.2"), line ends are line feeds."""

    path: str
    content_type: str
    text: str
    charset: str


@dataclass(frozen=True, slots=True)
class Body:
    """One text that the reader of the mail sees: the same words plain, as HTML, or both."""

    plain: TextPart | None
    html: TextPart | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in the mail; `inline` when the text shows it (a picture, a logo)."""

    path: str
    filename: str
    content_type: str
    content: bytes
    inline: bool = False
