"""Remember what people ordered instead of what was proposed, and why."""

import sqlalchemy as sa
from alembic import op

from store.column_types import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_REFERENCES = {
    "order_id": "purchase_orders",
    "product_id": "products",
    "location_id": "locations",
    "person_id": "people",
}


def upgrade() -> None:
    op.create_table(
        "quantity_changes",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("product_id", _KEY, nullable=False),
        sa.Column("location_id", _KEY, nullable=False),
        sa.Column("proposed", sa.Integer(), nullable=False),
        sa.Column("chosen", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", _KEY, nullable=True),
        sa.Column("who", sa.String(length=300), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quantity_changes")),
        sa.UniqueConstraint("order_id", "product_id", name=op.f("uq_quantity_changes_order_id_product_id")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_quantity_changes_{column}_{table}"))
            for column, table in _REFERENCES.items()
        ),
    )
    with op.batch_alter_table("quantity_changes") as batch:
        for column in _REFERENCES:
            batch.create_index(batch.f(f"ix_quantity_changes_{column}"), [column], unique=False)


def downgrade() -> None:
    op.drop_table("quantity_changes")
