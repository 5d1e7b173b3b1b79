"""People: who a Slack user is, and who may do what."""

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from orders.people import Actor, Permission, Role, roles_granting
from store.tables.people import PersonRoleRow, PersonRow


def actor_of_slack_user(session: Session, slack_user_id: str) -> Actor | None:
    """The active person behind a Slack user, with his roles; None for a stranger, who may do nothing."""
    row = session.scalar(select(PersonRow).where(PersonRow.slack_user_id == slack_user_id, PersonRow.is_active))
    return None if row is None else actor_of(session, row)


def actor_of(session: Session, row: PersonRow) -> Actor:
    """A person as the one who acts."""
    roles = session.scalars(select(PersonRoleRow.role).where(PersonRoleRow.person_id == row.id)).all()
    return Actor(row.name, person_id=row.id, roles=frozenset(roles))


def language_of_slack_user(session: Session, slack_user_id: str) -> str | None:
    """The language that a person chose."""
    return session.scalar(select(PersonRow.language).where(PersonRow.slack_user_id == slack_user_id))


def names_of_those_who_may(session: Session, permission: Permission) -> tuple[str, ...]:
    """Names of active people who hold a permission, so that a no can say whom to ask."""
    return tuple(
        session.scalars(
            select(PersonRow.name)
            .where(PersonRow.is_active, PersonRow.id.in_(_holders(roles_granting(permission))))
            .order_by(PersonRow.name)
        )
    )


def slack_ids_of_those_who_may(session: Session, permission: Permission) -> tuple[str, ...]:
    """Slack ids of active people who hold a permission."""
    found = session.scalars(
        select(PersonRow.slack_user_id)
        .where(PersonRow.is_active, PersonRow.id.in_(_holders(roles_granting(permission))))
        .order_by(PersonRow.name)
    )
    return tuple(each for each in found if each)


def _holders(roles: Collection[Role]) -> Select[int]:
    return select(PersonRoleRow.person_id).where(PersonRoleRow.role.in_(roles))


def everybody(session: Session) -> tuple[tuple[str, str | None, tuple[str, ...]], ...]:
    """Name, Slack id and roles of every active person."""
    rows = session.scalars(select(PersonRow).where(PersonRow.is_active).order_by(PersonRow.name)).all()
    return tuple(
        (row.name, row.slack_user_id, tuple(sorted(role.value for role in actor_of(session, row).roles)))
        for row in rows
    )
