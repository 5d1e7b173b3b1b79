"""The journal: every event of every order, in the transaction that made it. Rows are never changed or deleted."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, RowId, reference


class JournalRow(Base):
    """Who did what, when, and what it was before and after; `inbox_id` is the message that caused it."""

    __tablename__ = "journal"

    id: Mapped[RowId]
    order_id: Mapped[int | None] = reference("purchase_orders.id")
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(60), index=True)
    person_id: Mapped[int | None] = reference("people.id")
    who: Mapped[str] = mapped_column(String(300))
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int | None]
    inbox_id: Mapped[int | None] = reference("inbox.id")
