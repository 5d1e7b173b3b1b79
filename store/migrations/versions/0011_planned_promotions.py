"""Know which products are offered where and when, so that the plan expects more of those days."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_REFERENCES = {"product_id": "products", "location_id": "locations"}


def upgrade() -> None:
    op.create_table(
        "planned_promotions",
        *(sa.Column(column, _KEY, nullable=False) for column in _REFERENCES),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("product_id", "location_id", "first_day", name=op.f("pk_planned_promotions")),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_planned_promotions_days")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_planned_promotions_{column}_{table}"))
            for column, table in _REFERENCES.items()
        ),
    )


def downgrade() -> None:
    op.drop_table("planned_promotions")
