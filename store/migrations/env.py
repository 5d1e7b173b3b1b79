"""Alembic's entry: runs migrations on the connection that store.migrating hands over."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from store.column_types import ExactDecimal, UtcDateTime
from store.tables.every import METADATA


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write the house's own column types by name, so that a migration does not depend on today's tables."""
    if kind == "type" and isinstance(item, (ExactDecimal, UtcDateTime)):
        autogen.imports.add("from store.column_types import ExactDecimal, UtcDateTime")
        return f"{type(item).__name__}()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
