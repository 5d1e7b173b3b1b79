"""Order numbers: a running number for each year. Gaps are harmless, a number never comes twice."""

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from orders.numbers import OrderNumber
from store.tables.numbers import NumberSeriesRow


def next_order_number(session: Session, year: int) -> OrderNumber:
    """Take the next number of the year. The row's lock lets two transactions wait for each other."""
    return next_order_numbers(session, year, 1)[0]


def next_order_numbers(session: Session, year: int, count: int) -> tuple[OrderNumber, ...]:
    """Take so many numbers in a row."""
    taken = session.scalar(
        update(NumberSeriesRow)
        .where(NumberSeriesRow.year == year)
        .values(last=NumberSeriesRow.last + count)
        .returning(NumberSeriesRow.last)
    )
    if taken is not None:
        return tuple(OrderNumber(year, number) for number in range(taken - count + 1, taken + 1))
    try:
        with session.begin_nested():
            session.add(NumberSeriesRow(year=year, last=0))
    except IntegrityError:  # another transaction began the year a moment before
        session.scalar(select(NumberSeriesRow.last).where(NumberSeriesRow.year == year))
    return next_order_numbers(session, year, count)
