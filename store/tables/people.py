"""The shop's own people and their roles."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from orders.people import Role
from store.tables.base import Base, Name, RowId, enum_column, key_reference


class PersonRow(Base):
    """Somebody of the shop; the Slack id is set by an administrator and is what identifies him at a click."""

    __tablename__ = "people"

    id: Mapped[RowId]
    name: Mapped[Name]
    slack_user_id: Mapped[str | None] = mapped_column(String(40), unique=True)
    email: Mapped[str | None] = mapped_column(String(320), unique=True)
    language: Mapped[str] = mapped_column(String(5), default="en")
    is_active: Mapped[bool] = mapped_column(default=True)


class PersonRoleRow(Base):
    """One role of one person."""

    __tablename__ = "person_roles"

    person_id: Mapped[int] = key_reference("people.id")
    role: Mapped[Role] = mapped_column(enum_column(Role), primary_key=True)
