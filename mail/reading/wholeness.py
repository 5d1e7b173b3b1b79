"""Whether a mail could be read whole, and says the same to every reader: if not, no reading of it is complete."""

from mail.message import Message
from mail.mime.parts import Defect
from mail.reading.doubts import Doubt
from mail.segments.dividing import texts_disagree

_LOST = frozenset(
    {
        Defect.UNPARSABLE,
        Defect.TOO_LARGE,
        Defect.TOO_DEEP,
        Defect.TOO_MANY_PARTS,
        Defect.BROKEN_STRUCTURE,
        Defect.BROKEN_ENCODING,
        Defect.LETTERS_LOST,
        Defect.ENCRYPTED,
        Defect.UNREADABLE_TNEF,
    }
)
"""Behind each of these may stand a word, an exception or a whole file that the reader has not seen."""


def doubts_of_mail(message: Message) -> frozenset[Doubt]:
    """What speaks against any reading of the mail, whatever its words say."""
    found = set()
    if _LOST & message.defects:
        found.add(Doubt.UNREAD_PARTS)
    if texts_disagree(message):
        found.add(Doubt.FORMS_DIFFER)
    return frozenset(found)
