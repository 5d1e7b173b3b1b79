"""Makes what cards show: views of orders, answers, mails, stock and the report."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from handlers.answer_view import ProposalView
from handlers.viewing import MailView, OrderView, SupplierView
from orders.events import Event
from orders.money import Money
from orders.purchase import Delivery, OrderState, PurchaseOrder
from orders.reply import Evidence, LineReading, MatchedBy, OrderResponse, Outcome, Substitute
from orders.report import CoverBand, DailyReport, DayUnits, OrderBrief
from orders.stock import Coming, Outlook, StockLevel
from rules.findings import Finding
from store.queries.orders import StoryEntry
from tests.makers.purchase import make_line, make_order

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def make_entry(event: Event = Event.ORDER_SUBMITTED, **overrides: Any) -> StoryEntry:
    values: dict[str, Any] = {
        "id": 1,
        "at": NINE,
        "event": event.value,
        "who": "Tom",
        "before": None,
        "after": None,
        "reason": "",
        "revision": 2,
    }
    return StoryEntry(**(values | overrides))


def make_order_view(
    order: PurchaseOrder | None = None,
    *,
    findings: tuple[Finding, ...] = (),
    story: tuple[StoryEntry, ...] = (),
    traces: Mapping[int, Sequence[dict[str, Any]]] | None = None,
) -> OrderView:
    shown = order or make_order(
        supplier_name="Baltic Foods", state=OrderState.AWAITING_APPROVAL, revision=2, requested_by="Tom"
    )
    return OrderView(shown, findings, story or (make_entry(),), None, dict(traces or {}))


def make_mail(**overrides: Any) -> MailView:
    values: dict[str, Any] = {
        "inbox": 7,
        "sender": "jan@baltic.example",
        "subject": "Re: PO-2026-0142",
        "text": "Hello,\nwe can only send 96 of the oat drink.\nJan",
        "received_at": NINE,
    }
    return MailView(**(values | overrides))


def make_proposal(order: PurchaseOrder | None = None, **overrides: Any) -> ProposalView:
    shown = order or make_order(
        make_line(1),
        make_line(2, description="Soy drink 1 l", quantity=60),
        make_line(3, description="Rice 5 kg", quantity=40),
        make_line(4, description="Millet 1 kg", quantity=24),
        supplier_name="Baltic Foods",
        state=OrderState.SENT,
    )
    evidence = (Evidence("we can only send 96 of the oat drink"),)
    readings = (
        LineReading(1, Outcome.CHANGED, 96, Decimal("4.35"), (Delivery(date(2026, 12, 3), 96),), None, evidence),
        LineReading(2, Outcome.ACCEPTED, 60),
        LineReading(3, Outcome.REJECTED, 0),
        LineReading(4, Outcome.SUBSTITUTED, 24, substitute=Substitute("ML-2", "Millet 2 kg", Decimal("9.90"))),
    )
    values: dict[str, Any] = {
        "id": 3,
        "state": "pending",
        "order": shown,
        "response": OrderResponse(shown.number, MatchedBy.THREAD, True, readings),
        "reasons": ("The quantity of line 1 differs from what was ordered.",),
        "understood": True,
        "mail": make_mail(),
    }
    return ProposalView(**(values | overrides))


def make_level(sku: str = "OAT-1L", name: str = "Oat drink 1 l", **overrides: Any) -> StockLevel:
    outlook = Outlook(
        Decimal("8.4"), 60, 180, date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 30), Decimal("0.34"), 120, ""
    )
    values: dict[str, Any] = {
        "unit": "pcs",
        "location": "GDY",
        "location_name": "Gdynia",
        "on_hand": 40,
        "reserved": 4,
        "coming": (Coming("PO-2026-0142", date(2026, 12, 1), 12),),
        "outlook": outlook,
    }
    return StockLevel(sku=sku, name=name, **(values | overrides))


def make_report(**overrides: Any) -> DailyReport:
    brief = OrderBrief("PO-2026-0142", "Baltic Foods", Money(Decimal("732.00"), "PLN"), date(2026, 11, 20), 3)
    bands = ((0, 7, 4), (7, 14, 9), (14, 28, 31), (28, 56, 22), (56, None, 12))
    sold = (31, 28, 40, 52, 47, 12, 0, 33, 30, 41, 55, 49, 15, 0)
    values: dict[str, Any] = {
        "day": date(2026, 11, 23),
        "cover": tuple(CoverBand(*band) for band in bands),
        "sold": tuple(DayUnits(date(2026, 11, 9 + at), units) for at, units in enumerate(sold)),
        "waiting": (brief,),
        "late": (brief,),
        "low": (make_level(),),
        "proposals": 2,
        "to_read": 1,
    }
    return DailyReport(**(values | overrides))


def make_supplier_view(**overrides: Any) -> SupplierView:
    values: dict[str, Any] = {
        "code": "BALTIC",
        "name": "Baltic Foods",
        "contact": "Jan Kowalski",
        "email": "orders@baltic.example",
        "currency": "PLN",
        "minimum": Decimal(200),
        "lead_time_days": 5,
        "products": 3,
        "open_orders": 2,
        "sent_orders": 1,
        "is_blocked": False,
        "blocked_because": "",
    }
    return SupplierView(**(values | overrides))
