"""Mails that we sent, by what an answer says it answers."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from store.tables.outbox import SentMailRow

_RAW = select(SentMailRow.raw).where(SentMailRow.message_id == bindparam("message"))


def sent_bytes(session: Session, message_id: str) -> bytes | None:
    """The exact bytes of our mail with this Message-ID, with or without its angle brackets; None when it is not ours."""
    bare = message_id.strip().strip("<>")
    raw: bytes | None = session.scalar(_RAW, {"message": f"<{bare}>"})
    return raw
