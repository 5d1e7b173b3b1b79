"""Stamp the months of sales, so that their columns beside the database are never stale; digest outlooks."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_STAMP = """
INSERT INTO sales_months (month, stamp) VALUES (substr({row}.day, 1, 7), random())
ON CONFLICT (month) DO UPDATE SET stamp = excluded.stamp
"""
_TRIGGERS = {  # name: (event, row)
    "daily_sales_added": ("INSERT", "NEW"),
    "daily_sales_changed": ("UPDATE", "NEW"),
    "daily_sales_moved": ("UPDATE", "OLD"),
    "daily_sales_removed": ("DELETE", "OLD"),
}
_FUNCTION = """
CREATE FUNCTION stamp_sales_months() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sales_months (month, stamp)
  SELECT month, floor(random() * 9e18)::bigint FROM (SELECT DISTINCT to_char(day, 'YYYY-MM') AS month FROM written) AS months
  ORDER BY month
  ON CONFLICT (month) DO UPDATE SET stamp = excluded.stamp;
  RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "sales_months",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_sales_months")),
    )
    with op.batch_alter_table("stock_outlooks") as batch:
        batch.add_column(sa.Column("digest", sa.BigInteger(), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        op.execute("INSERT INTO sales_months SELECT DISTINCT substr(day, 1, 7), random() FROM daily_sales GROUP BY 1")
        for name, (event, row) in _TRIGGERS.items():
            op.execute(f"CREATE TRIGGER {name} AFTER {event} ON daily_sales BEGIN {_STAMP.format(row=row)}; END")
        return
    op.execute(
        "INSERT INTO sales_months SELECT to_char(day, 'YYYY-MM'), floor(random() * 9e18)::bigint FROM daily_sales GROUP BY 1"
    )
    op.execute(_FUNCTION)
    for name, (event, row) in _TRIGGERS.items():
        op.execute(
            f"CREATE TRIGGER {name} AFTER {event} ON daily_sales REFERENCING {row} TABLE AS written "
            "FOR EACH STATEMENT EXECUTE FUNCTION stamp_sales_months()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in _TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
    else:
        for name in _TRIGGERS:
            op.execute(f"DROP TRIGGER {name} ON daily_sales")
        op.execute("DROP FUNCTION stamp_sales_months()")
    with op.batch_alter_table("stock_outlooks") as batch:
        batch.drop_column("digest")
    op.drop_table("sales_months")
