"""What one shop has decided for itself: names, places to speak in, and limits. Filled from the settings file."""

from dataclasses import dataclass
from decimal import Decimal

from orders.autonomy import NOTHING_EARNED, Autonomy


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop's own choices. Channels are Slack names or ids; money limits are net, in `currency`."""

    name: str = "Quartermaster"
    timezone: str = "UTC"  # IANA name: the site's day, and the hour of reports
    currency: str = "EUR"
    language: str = "en"  # of channels; people and suppliers have their own
    mailbox: str = "orders@localhost"  # our own address
    approvals_channel: str = "orders"
    alerts_channel: str = "stock"
    reports_channel: str = "reports"
    ops_channel: str = "quartermaster-ops"
    may_approve_own: bool = False  # separation of duties: the requester approves nothing of his own
    needs_two_above: Decimal | None = None  # an order above this total needs two approvers
    undo_minutes: int = 0  # between approval and mail, time to stop it
    over_receipt_percent: Decimal = Decimal(5)  # more than this above what is expected is a discrepancy to confirm
    autonomy: Autonomy = NOTHING_EARNED  # which sorts of answers may earn being booked by themselves
