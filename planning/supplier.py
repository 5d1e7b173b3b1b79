"""The lines of one supplier together: fit them into its budget, or bring them up to its minimum order value.

The k-th pack of a line is worth (margin + holding) × shortage avoided - holding × pack. That falls with k, so taking
packs by value per money is close to the best choice (Fox 1966); the first step of a line is its whole minimum
order quantity.
"""

import heapq
from dataclasses import dataclass

import numpy as np

from planning.arrays import Numbers, Whole
from planning.distribution import Spread
from planning.quantity import Limits, smallest_order

MOST_STEPS = 64  # of one line; more packs than this are taken several at a time
CENT = 1e-6


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of one supplier: distribution of demand until the next but one chance to order, and money."""

    demand: Spread  # over the protection interval
    position: Numbers
    worth: Numbers  # margin lost with a unit of shortage
    holding: Numbers  # cost of one unit left over until the next order
    cost: Numbers  # of a unit
    limits: Limits

    def value(self, quantity: Numbers) -> Numbers:
        """What ordering this much is worth compared with ordering nothing."""
        avoided = self.demand.shortage(self.position) - self.demand.shortage(self.position + quantity)
        return (self.worth + self.holding) * avoided - self.holding * quantity


@dataclass(frozen=True, slots=True)
class Steps:
    """Possible increases of each line, in order: `at` (steps, lines) is the quantity after the step."""

    at: Numbers
    value: Numbers  # gained by the step
    price: Numbers  # of the step
    count: Whole  # steps of each line


def fit_budget(lines: Lines, wanted: Numbers, budget: float) -> Numbers:
    """The quantities, none above `wanted`, that the budget buys with the most value."""
    if float((wanted * lines.cost).sum()) <= budget + CENT:
        return wanted
    steps = _steps(lines, np.zeros_like(wanted), wanted)
    chosen = _greedy(steps, budget)
    return _improve(steps, chosen, budget)


def raise_to_minimum(lines: Lines, quantity: Numbers, minimum: float, budget: float) -> Numbers | None:
    """The quantities with the most valuable further packs, worth at least the minimum; None when there is no way."""
    missing = minimum - float((quantity * lines.cost).sum())
    most = _most(lines, quantity, missing)
    steps = _steps(lines, quantity, most)
    total = float((quantity * lines.cost).sum())
    heap = [_head(steps, line, 0) for line in range(len(quantity)) if steps.count[line] > 0]
    heapq.heapify(heap)
    raised = quantity.copy()
    while heap and total < minimum - CENT:
        _, line, step = heapq.heappop(heap)
        if total + steps.price[step, line] > budget + CENT:
            continue
        total += float(steps.price[step, line])
        raised[line] = steps.at[step, line]
        if step + 1 < steps.count[line]:
            heapq.heappush(heap, _head(steps, line, step + 1))
    return raised if total >= minimum - CENT else None


def _most(lines: Lines, quantity: Numbers, missing: float) -> Numbers:
    """How far each line may be raised: enough to fill the gap alone, within its maximum stock; lines in demand only."""
    pack = lines.limits.pack
    gap = np.ceil(missing / np.maximum(lines.cost, 1e-9) / pack) * pack
    first = np.maximum(quantity + gap, smallest_order(lines.limits))
    room = np.floor(np.maximum(lines.limits.room, 0) / pack + 1e-9) * pack
    most = np.where(first <= room, first, room)
    is_open = (lines.demand.mean > 0) & (most >= smallest_order(lines.limits)) & (lines.cost > 0)
    return np.where(is_open, np.maximum(most, quantity), quantity)


def _steps(lines: Lines, start: Numbers, end: Numbers) -> Steps:
    """Steps from start to end in packs, the first from nothing being the smallest order."""
    pack = lines.limits.pack
    first = np.where(start > 0, start + pack, smallest_order(lines.limits))
    left = np.rint(np.maximum(end - first, 0) / pack)
    stride = np.maximum(np.ceil(left / (MOST_STEPS - 1)), 1)
    count = np.where(end >= first - CENT, 1 + np.ceil(left / stride), 0).astype(int)
    depth = int(count.max()) if len(count) else 0
    if depth == 0:
        nothing = np.zeros((0, len(start)))
        return Steps(nothing, nothing, nothing, count)
    at = np.minimum(first + np.arange(depth)[:, None] * stride * pack, np.maximum(end, start))
    value = np.stack([lines.value(row) for row in at])
    value = np.diff(value, axis=0, prepend=lines.value(start)[None])
    price = np.diff(at, axis=0, prepend=start[None]) * lines.cost
    return Steps(at, value, price, count)


def _head(steps: Steps, line: int, step: int) -> tuple[float, int, int]:
    price = float(steps.price[step, line])
    ratio = float(steps.value[step, line]) / price if price > 0 else np.inf
    return (-ratio, line, step)


def _greedy(steps: Steps, budget: float) -> Whole:
    """Number of steps taken of each line: always the best value per money that still fits."""
    taken = np.zeros(len(steps.count), int)
    heap = [_head(steps, line, 0) for line in range(len(taken)) if steps.count[line] > 0]
    heapq.heapify(heap)
    left = budget
    while heap:
        _, line, step = heapq.heappop(heap)
        price = float(steps.price[step, line])
        if price <= left + CENT:
            left -= price
            taken[line] = step + 1
            if step + 1 < steps.count[line]:
                heapq.heappush(heap, _head(steps, line, step + 1))
    return taken


def _improve(steps: Steps, taken: Whole, budget: float) -> Numbers:
    """Give up the last steps of one line where others buy more for the money, as long as that gains."""
    best, best_value = taken, _value(steps, taken)
    for line in _weakest(steps, taken):
        for kept in range(int(best[line])):
            trial = _refill(steps, best, line, kept, budget)
            value = _value(steps, trial)
            if value > best_value + CENT:
                best, best_value = trial, value
                break
    return np.where(best > 0, steps.at[np.maximum(best - 1, 0), np.arange(len(best))], 0.0)


def _weakest(steps: Steps, taken: Whole) -> list[int]:
    """Lines with steps to give up, the one with the least value per money first; at most 40."""
    lines = [line for line in range(len(taken)) if taken[line] > 0]
    return sorted(lines, key=lambda line: -_head(steps, line, int(taken[line]) - 1)[0])[:40]


def _refill(steps: Steps, taken: Whole, line: int, kept: int, budget: float) -> Whole:
    trial = taken.copy()
    trial[line] = kept
    spent = sum(float(steps.price[:n, each].sum()) for each, n in enumerate(trial) if n)
    left = budget - spent
    heap = [
        _head(steps, each, int(trial[each]))
        for each in range(len(trial))
        if each != line and trial[each] < steps.count[each]
    ]
    heapq.heapify(heap)
    while heap:
        _, each, step = heapq.heappop(heap)
        price = float(steps.price[step, each])
        if price <= left + CENT:
            left -= price
            trial[each] = step + 1
            if step + 1 < steps.count[each]:
                heapq.heappush(heap, _head(steps, each, step + 1))
    return trial


def _value(steps: Steps, taken: Whole) -> float:
    return sum(float(steps.value[:count, line].sum()) for line, count in enumerate(taken) if count)
