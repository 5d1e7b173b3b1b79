"""Know which place is supplied from which, what is to be moved, shelf lives, cut-off hours and monthly budgets."""

import sqlalchemy as sa
from alembic import op

from store.column_types import ExactDecimal

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_REFERENCES = {"product_id": "products", "source_id": "locations", "location_id": "locations"}


def upgrade() -> None:
    with op.batch_alter_table("locations") as batch:
        batch.add_column(sa.Column("supplied_from_id", _KEY, nullable=True))
        batch.add_column(sa.Column("transfer_days", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("transfer_every_days", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("monthly_budget", ExactDecimal(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_locations_supplied_from_id_locations"), "locations", ["supplied_from_id"], ["id"]
        )
        batch.create_index(batch.f("ix_locations_supplied_from_id"), ["supplied_from_id"], unique=False)
    with op.batch_alter_table("products") as batch:
        batch.add_column(sa.Column("shelf_life_days", sa.Integer(), nullable=True))
    with op.batch_alter_table("suppliers") as batch:
        batch.add_column(sa.Column("order_cutoff", sa.String(length=5), nullable=False, server_default=""))
        batch.add_column(sa.Column("monthly_budget", ExactDecimal(), nullable=True))
    op.create_table(
        "proposed_transfers",
        sa.Column("id", _KEY, nullable=False),
        *(sa.Column(column, _KEY, nullable=False) for column in _REFERENCES),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_transfers")),
        sa.UniqueConstraint("product_id", "location_id", name=op.f("uq_proposed_transfers_product_id_location_id")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_proposed_transfers_quantity")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_proposed_transfers_{column}_{table}"))
            for column, table in _REFERENCES.items()
        ),
    )
    for column in _REFERENCES:
        op.create_index(op.f(f"ix_proposed_transfers_{column}"), "proposed_transfers", [column], unique=False)


def downgrade() -> None:
    op.drop_table("proposed_transfers")
    with op.batch_alter_table("suppliers") as batch:
        batch.drop_column("monthly_budget")
        batch.drop_column("order_cutoff")
    with op.batch_alter_table("products") as batch:
        batch.drop_column("shelf_life_days")
    with op.batch_alter_table("locations") as batch:
        batch.drop_index(batch.f("ix_locations_supplied_from_id"))
        batch.drop_constraint(batch.f("fk_locations_supplied_from_id_locations"), type_="foreignkey")
        for column in ("monthly_budget", "transfer_every_days", "transfer_days", "supplied_from_id"):
            batch.drop_column(column)
