"""What suppliers sent about an order besides answers: invoices, filed at the order and never changing it."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, RowId, reference


class OrderDocumentRow(Base):
    """An invoice as its file tells it; the bytes stay in the inbox. What the file does not tell is None."""

    __tablename__ = "order_documents"
    __table_args__ = (UniqueConstraint("order_id", "inbox_id", "name"),)

    id: Mapped[RowId]
    order_id: Mapped[int] = reference("purchase_orders.id")
    inbox_id: Mapped[int] = reference("inbox.id")
    format: Mapped[str] = mapped_column(String(20))  # factur-x, ubl, cii, ksef, or mail when there is no such file
    name: Mapped[str] = mapped_column(String(300), default="")  # of the file
    number: Mapped[str | None] = mapped_column(String(200))
    issued_on: Mapped[date | None]
    currency: Mapped[str | None] = mapped_column(String(3))
    total: Mapped[Decimal | None]  # gross, what is to be paid
    account: Mapped[str | None] = mapped_column(String(50))  # where it wants to be paid to, without spaces
    filed_at: Mapped[datetime]
