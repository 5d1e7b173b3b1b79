"""Enters people and their roles."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from orders.people import Role
from store.tables.people import PersonRoleRow, PersonRow


def knows_anybody(session: Session) -> bool:
    """True when the shop has at least one person."""
    return bool(session.scalar(select(func.count()).select_from(PersonRow)))


def add_person(
    session: Session,
    name: str,
    roles: Iterable[Role],
    *,
    slack_user_id: str | None = None,
    email: str | None = None,
    language: str = "en",
) -> int:
    """Enter somebody, or give the one with this Slack id new roles; returns the key."""
    row = session.scalar(select(PersonRow).where(PersonRow.slack_user_id == slack_user_id)) if slack_user_id else None
    if row is None:
        row = PersonRow(name=name, slack_user_id=slack_user_id, email=email, language=language)
        session.add(row)
    row.name, row.language, row.is_active = name, language, True
    session.flush()
    known = {
        held.role: held for held in session.scalars(select(PersonRoleRow).where(PersonRoleRow.person_id == row.id))
    }
    wanted = set(roles)
    for role in wanted - known.keys():
        session.add(PersonRoleRow(person_id=row.id, role=role))
    for role in known.keys() - wanted:
        session.delete(known[role])
    session.flush()
    return row.id
