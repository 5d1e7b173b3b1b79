"""The last order number given out in each year."""

from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class NumberSeriesRow(Base):
    """The running number of one year."""

    __tablename__ = "number_series"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
