"""Keep the forecast beside each outlook, so that a question of the day need not read the history again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("stock_outlooks") as batch:
        batch.add_column(sa.Column("figures", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("stock_outlooks") as batch:
        batch.drop_column("figures")
