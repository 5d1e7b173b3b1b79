"""From a need to an order quantity: packs, minimum order quantity, maximum stock. None of them is ever broken."""

from dataclasses import dataclass

import numpy as np

from planning.arrays import Marks, Numbers

SLACK = 1e-9  # of a pack: what rounding may have added


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds the quantity of each line, base units; `room` is infinite where stock has no upper bound."""

    pack: Numbers
    moq: Numbers
    room: Numbers  # maximum stock less on hand and on order, or what shelf life leaves


def round_up(amount: Numbers, pack: Numbers) -> Numbers:
    """The smallest whole number of packs that holds the amount."""
    return np.asarray(np.ceil(amount / pack - SLACK) * pack)


def round_down(amount: Numbers, pack: Numbers) -> Numbers:
    """The largest whole number of packs that the amount holds."""
    return np.asarray(np.floor(amount / pack + SLACK) * pack)


def smallest_order(limits: Limits) -> Numbers:
    """The least that may be ordered of each line."""
    return round_up(np.maximum(limits.moq, limits.pack), limits.pack)


def order_quantity(need: Numbers, limits: Limits) -> tuple[Numbers, Marks]:
    """Quantity to order for each need, and where maximum stock held it down (to nothing, when no order fits)."""
    wanted = np.where(need > 0, np.maximum(round_up(need, limits.pack), smallest_order(limits)), 0.0)
    most = np.where(np.isfinite(limits.room), round_down(np.maximum(limits.room, 0), limits.pack), np.inf)
    is_held = wanted > most
    fitting = np.where(most >= smallest_order(limits), most, 0.0)
    return np.where(is_held, fitting, wanted), is_held


def economic_batch(demand_per_day: Numbers, order_cost: Numbers, holding_a_year: Numbers) -> Numbers:
    """Harris 1913: the batch at which a year's order cost equals its holding cost; at most a year's demand."""
    yearly = 365 * demand_per_day
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        batch = np.sqrt(2 * order_cost * yearly / holding_a_year)
    return np.where(order_cost > 0, np.minimum(np.nan_to_num(batch, posinf=np.inf), yearly), 0.0)
