"""The arithmetic behind one line of the plan, step by step: whoever follows it arrives at the same number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from planning.suppliers import UNTOUCHED

SUPPLIER_STEPS = ("untouched", "cut", "raised", "waiting", "unreachable", "site-cut")


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One step: `result` follows from the other figures by the formula that the code names."""

    code: str
    result: float
    figures: Mapping[str, float]


def trace(row: Mapping[str, Any]) -> tuple[TraceStep, ...]:
    """The steps of one row of `Plan.full`, from demand to order quantity."""
    steps = [
        TraceStep(
            "demand", row["mean"], {"days": row["protection_days"], "a_day": row["mean"] / row["protection_days"]}
        ),
        TraceStep("spread", row["variance"] ** 0.5, {"mean": row["mean"]}),
        TraceStep(
            f"point-{row['service_type']}",
            row["service_point"],
            {
                "service": 100 * row["service_level"],
                "mean": row["mean"],
                "safety": max(row["service_point"] - row["mean"], 0.0),
            },
        ),
        *_fresh(row),
        _position(row),
    ]
    if row["position"] >= row["reorder_point"]:
        return (*steps, TraceStep("enough", 0, {"position": row["position"], "point": row["reorder_point"]}))
    if row["order_up_to"] > row["reorder_point"]:
        batch = row["order_up_to"] - row["reorder_point"]
        steps.append(TraceStep("batch", row["order_up_to"], {"point": row["reorder_point"], "batch": batch}))
    steps += [
        TraceStep("need", row["need"], {"up_to": row["order_up_to"], "position": row["position"]}),
        TraceStep(
            "held" if row["is_held"] else "packs",
            row["wanted"] or row["asked"],
            {"need": row["need"], "moq": row["moq"], "pack": row["pack_size"], "room": _room(row)},
        ),
    ]
    if row["supplied_from"] is not None:
        figures = {"wanted": row["wanted"], "free": row["free"]}
        return (*steps, TraceStep("transfer", row["transfer_quantity"], figures))
    if row["supplier_step"] != UNTOUCHED:
        steps.append(TraceStep(SUPPLIER_STEPS[row["supplier_step"]], row["order_quantity"], {"asked": row["asked"]}))
    return tuple(steps)


def _fresh(row: Mapping[str, Any]) -> tuple[TraceStep, ...]:
    """What shelf life takes off the level."""
    if row["reorder_point"] >= row["service_point"]:
        return ()
    figures = {"point": row["service_point"], "life": row["shelf_life_days"], "lead": row["lead_days"]}
    return (TraceStep("fresh", row["reorder_point"], figures),)


def _position(row: Mapping[str, Any]) -> TraceStep:
    """What is there and comes in time; for a centre, with what the shops that it fills have of their own levels."""
    figures = {"on_hand": row["on_hand"], "due": row["due"], "days": row["protection_days"]}
    if not row["at_shops"]:
        return TraceStep("position", row["position"], figures)
    return TraceStep("position-pooled", row["position"], {**figures, "at_shops": row["at_shops"]})


def facts(step: TraceStep) -> dict[str, Any]:
    """A step as it is stored: its code, whose sentence is `why.<code>`, and its figures to two decimals."""
    figures = {**step.figures, "result": step.result}
    return {"step": step.code, **{name: _plain(value) for name, value in figures.items()}}


def _plain(value: float) -> float | int:
    rounded = round(float(value), 2)
    return int(rounded) if rounded == int(rounded) else rounded


def _room(row: Mapping[str, Any]) -> float:
    most = np.inf if row["max_stock"] is None else row["max_stock"] - row["on_hand"] - row["on_order"]
    room = min(most, row["fresh_room"])
    return max(float(room), 0.0) if np.isfinite(room) else 0.0
