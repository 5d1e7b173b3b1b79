"""Know which revision of an order the rules judged last, so that what a broken run left is judged by the next."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("purchase_orders", sa.Column("judged_revision", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("purchase_orders", "judged_revision")
