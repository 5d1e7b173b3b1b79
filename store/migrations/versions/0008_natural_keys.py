"""Let the database itself refuse a second decision of one person on one revision, and a second mail of one outbox row."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("uq_approvals_decision", "approvals", ["order_id", "revision", "person_id"], unique=True)
    op.create_index("uq_sent_mails_outbox", "sent_mails", ["outbox_id"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_sent_mails_outbox", "sent_mails")
    op.drop_index("uq_approvals_decision", "approvals")
