"""Makes facts for the rules: an order about which everything is known and all is well, until a test changes something."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from orders.purchase import Delivery, OrderState, PurchaseOrder
from orders.reply import LineReading, MatchedBy, OrderResponse, Outcome
from rules.calendar import SiteCalendar
from rules.facts import LineFacts, OrderFacts, ReplyFacts, SupplierFacts
from rules.findings import Finding
from rules.judge import judge, judge_reply
from rules.rulefile import house_rulebook
from tests.makers.purchase import make_line, make_order

MONDAY = date(2026, 11, 23)
CALENDAR = SiteCalendar("PL", frozenset({6, 7}), {date(2026, 12, 30): "stocktaking"})


def make_supplier_facts(**overrides: Any) -> SupplierFacts:
    values: dict[str, Any] = {
        "is_known": True,
        "currency": "PLN",
        "is_blocked": False,
        "has_address": True,
        "address_fails": False,
        "minimum_order_value": Decimal(100),
        "delivery_weekdays": frozenset({2, 4}),
        "order_weekdays": frozenset({1, 3}),
        "earlier_orders": 12,
        "last_order_on": date(2026, 11, 2),
        "on_time_percent": Decimal(96),
        "deliveries_measured": 11,
    }
    return SupplierFacts(**(values | overrides))


def make_line_facts(line: int = 1, **overrides: Any) -> LineFacts:
    values: dict[str, Any] = {
        "product_is_known": True,
        "product_state": "active",
        "is_sold_by_supplier": True,
        "pack_size": 12,
        "moq": 24,
        "lead_time_days": 5,
        "list_price": Decimal("4.20"),
        "list_currency": "PLN",
        "last_price": Decimal("4.20"),
        "selling_price": Decimal("7.90"),
        "proposed_quantity": 120,
        "past_orders": 9,
        "usual_quantity": Decimal(120),
        "usual_spread": Decimal(12),
        "price_a_year_ago": Decimal("4.00"),
        "other_price": Decimal("4.20"),
        "computed_quantity": 120,
        "expected_demand": Decimal(150),
        "planned_elsewhere": 0,
        "on_hand": 40,
        "on_order": 0,
        "order_up_to": 200,
        "runs_out": False,
    }
    return LineFacts(line=line, **(values | overrides))


def make_facts(*lines: LineFacts, supplier: SupplierFacts | None = None, **overrides: Any) -> OrderFacts:
    values: dict[str, Any] = {
        "today": MONDAY,
        "supplier": supplier or make_supplier_facts(),
        "calendar": CALENDAR,
        "open_orders": (),
        "ordered_in_72_hours": Decimal(0),
        "lines": lines or (make_line_facts(),),
    }
    return OrderFacts(**(values | overrides))


@dataclass(frozen=True, slots=True)
class Case:
    """What a test changes: on the order, its one line, and what is known of supplier, product and the rest."""

    order: dict[str, Any] = field(default_factory=dict)
    line: dict[str, Any] = field(default_factory=dict)
    supplier: dict[str, Any] = field(default_factory=dict)
    product: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    def purchase_order(self) -> PurchaseOrder:
        return replace(make_order(make_line(**self.line)), **self.order)

    def findings(self) -> tuple[Finding, ...]:
        known = make_facts(make_line_facts(**self.product), supplier=make_supplier_facts(**self.supplier), **self.facts)
        return judge(self.purchase_order(), known, house_rulebook())

    def codes(self) -> list[str]:
        return [finding.code for finding in self.findings()]


def make_reply_facts(*lines: LineFacts, **overrides: Any) -> ReplyFacts:
    values: dict[str, Any] = {
        "today": MONDAY,
        "sender_is_trusted": True,
        "sender_is_supplier_of_order": True,
        "is_newest": True,
        "contradicts_earlier": False,
        "has_question": False,
        "has_unreadable_part": False,
        "names_bank_account": False,
        "calendar": CALENDAR,
        "lines": lines or (make_line_facts(),),
    }
    return ReplyFacts(**(values | overrides))


@dataclass(frozen=True, slots=True)
class ReplyCase:
    """An answer that confirms 120 pieces for 1 December, until a test changes something."""

    reading: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    product: dict[str, Any] = field(default_factory=dict)
    order: dict[str, Any] = field(default_factory=dict)
    understood: bool = True
    says_nothing: bool = False

    def findings(self) -> tuple[Finding, ...]:
        values: dict[str, Any] = {"outcome": Outcome.ACCEPTED, "deliveries": (Delivery(date(2026, 12, 1), 120),)}
        readings = () if self.says_nothing else (LineReading(1, **(values | self.reading)),)
        response = OrderResponse("PO-2026-0142", MatchedBy.THREAD, self.understood, readings)
        order = make_order(**({"state": OrderState.SENT} | self.order))
        facts = make_reply_facts(make_line_facts(**self.product), **self.facts)
        return judge_reply(order, response, facts, house_rulebook())

    def codes(self) -> list[str]:
        return [finding.code for finding in self.findings()]
