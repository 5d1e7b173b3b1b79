"""The base of all tables: constraint names, keys, and how Python types become columns."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, Enum, ForeignKey, Integer, MetaData, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column

from store.column_types import ExactDecimal, UtcDateTime


def enum_column(members: type[StrEnum]) -> Enum:
    """A text column that the database itself holds to the members of an enum."""
    return Enum(
        members,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=members.__name__.lower(),
        values_callable=lambda found: [member.value for member in found],
    )


class Base(DeclarativeBase):
    """All tables; the naming convention gives every constraint a name that a migration can refer to."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as a class attribute
        datetime: UtcDateTime,
        Decimal: ExactDecimal,
        dict[str, Any]: JSON().with_variant(JSONB(), "postgresql"),
        list[Any]: JSON().with_variant(JSONB(), "postgresql"),
    }


_Key = BigInteger().with_variant(Integer, "sqlite")
RowId = Annotated[int, mapped_column(_Key, primary_key=True)]
Code = Annotated[str, mapped_column(String(80))]
Name = Annotated[str, mapped_column(String(300))]
Currency = Annotated[str, mapped_column(String(3))]


def reference(target: str) -> Any:
    """A foreign key that is indexed and that the database enforces."""
    return mapped_column(_Key, ForeignKey(target), index=True)


def key_reference(target: str) -> Any:
    """A foreign key that is part of the primary key."""
    return mapped_column(_Key, ForeignKey(target), primary_key=True)
