"""How far each mailbox folder has been read."""

from datetime import datetime

from sqlalchemy.orm import Session

from store.tables.inbox import MailboxCursorRow


def cursor_of(session: Session, account: str, folder: str) -> tuple[int, int] | None:
    """UIDVALIDITY and the last UID that was kept; None for a folder never read."""
    row = session.get(MailboxCursorRow, (account, folder))
    return None if row is None else (row.uid_validity, row.last_uid)


def move_cursor(session: Session, account: str, folder: str, uid_validity: int, uid: int, *, now: datetime) -> None:
    """Note that everything up to `uid` is kept; another UIDVALIDITY starts the folder anew (RFC 3501, 2.3.1.1)."""
    row = session.get(MailboxCursorRow, (account, folder), with_for_update=True)
    if row is None:
        session.add(
            MailboxCursorRow(account=account, folder=folder, uid_validity=uid_validity, last_uid=uid, polled_at=now)
        )
        return
    row.last_uid = max(row.last_uid, uid) if row.uid_validity == uid_validity else uid
    row.uid_validity = uid_validity
    row.polled_at = now
