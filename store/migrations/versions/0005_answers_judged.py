"""Keep what the rules and people said of each answer, rulings of autonomy, and invoices at their orders."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from store.column_types import ExactDecimal, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_BEFORE = ("pending", "accepted", "refused", "superseded")
_NOW = ("pending", "accepted", "partly", "refused", "booked", "superseded")


def _allow(members: tuple[str, ...]) -> None:
    """Hold the state of a proposal to these members."""
    told = ", ".join(f"'{each}'" for each in members)
    with op.batch_alter_table("reply_proposals") as batch_op:
        batch_op.drop_constraint(op.f("ck_reply_proposals_proposalstate"), type_="check")
        batch_op.create_check_constraint(op.f("ck_reply_proposals_proposalstate"), f"state IN ({told})")


def upgrade() -> None:
    _allow(_NOW)
    with op.batch_alter_table("reply_proposals") as batch_op:
        batch_op.add_column(sa.Column("sort", sa.String(length=20), nullable=False, server_default="unread"))
        batch_op.add_column(sa.Column("findings", _JSON, nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("order_then", _JSON, nullable=True))
        batch_op.add_column(sa.Column("corrected", _JSON, nullable=True))
        batch_op.add_column(sa.Column("corrected_by_id", _KEY, nullable=True))
        batch_op.add_column(sa.Column("corrected_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("question", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("asked_by_id", _KEY, nullable=True))
        batch_op.add_column(sa.Column("asked_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("is_automatic", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("agreed", sa.Boolean(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_reply_proposals_corrected_by_id_people"), "people", ["corrected_by_id"], ["id"]
        )
        batch_op.create_foreign_key(op.f("fk_reply_proposals_asked_by_id_people"), "people", ["asked_by_id"], ["id"])
        batch_op.create_index(op.f("ix_reply_proposals_sort"), ["sort"], unique=False)
        batch_op.create_index(op.f("ix_reply_proposals_corrected_by_id"), ["corrected_by_id"], unique=False)
        batch_op.create_index(op.f("ix_reply_proposals_asked_by_id"), ["asked_by_id"], unique=False)
    op.create_table(
        "autonomy_rulings",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("supplier_id", _KEY, nullable=False),
        sa.Column("sort", sa.String(length=20), nullable=False),
        sa.Column("rung", sa.String(length=20), nullable=False),
        sa.Column("who", sa.String(length=300), nullable=False),
        sa.Column("ruled_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["suppliers.id"], name=op.f("fk_autonomy_rulings_supplier_id_suppliers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_autonomy_rulings")),
        sa.UniqueConstraint("supplier_id", "sort", name=op.f("uq_autonomy_rulings_supplier_id_sort")),
    )
    op.create_index(op.f("ix_autonomy_rulings_supplier_id"), "autonomy_rulings", ["supplier_id"], unique=False)
    op.create_table(
        "order_documents",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("order_id", _KEY, nullable=False),
        sa.Column("inbox_id", _KEY, nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("total", ExactDecimal(), nullable=True),
        sa.Column("account", sa.String(length=50), nullable=True),
        sa.Column("filed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_order_documents_inbox_id_inbox")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["purchase_orders.id"], name=op.f("fk_order_documents_order_id_purchase_orders")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_documents")),
        sa.UniqueConstraint("order_id", "inbox_id", "name", name=op.f("uq_order_documents_order_id_inbox_id_name")),
    )
    op.create_index(op.f("ix_order_documents_order_id"), "order_documents", ["order_id"], unique=False)
    op.create_index(op.f("ix_order_documents_inbox_id"), "order_documents", ["inbox_id"], unique=False)


def downgrade() -> None:
    op.drop_table("order_documents")
    op.drop_table("autonomy_rulings")
    op.execute("UPDATE reply_proposals SET state = 'accepted' WHERE state IN ('partly', 'booked')")
    with op.batch_alter_table("reply_proposals") as batch_op:
        batch_op.drop_index(op.f("ix_reply_proposals_asked_by_id"))
        batch_op.drop_index(op.f("ix_reply_proposals_corrected_by_id"))
        batch_op.drop_index(op.f("ix_reply_proposals_sort"))
        batch_op.drop_constraint(op.f("fk_reply_proposals_asked_by_id_people"), type_="foreignkey")
        batch_op.drop_constraint(op.f("fk_reply_proposals_corrected_by_id_people"), type_="foreignkey")
        for column in (
            "agreed", "is_automatic", "asked_at", "asked_by_id", "question", "corrected_at", "corrected_by_id", "corrected", "order_then", "findings", "sort",
        ):  # fmt: skip
            batch_op.drop_column(column)
    _allow(_BEFORE)
