"""The lines of one supplier together: fit them into its budget, or bring them up to its minimum order value.

The k-th pack of a line is worth (margin + holding) × shortage avoided - holding × pack. That falls with k, so taking
packs by value per money is close to the best choice (Fox 1966); the first step of a line is its whole minimum
order quantity.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from planning.arrays import Numbers, Whole
from planning.distribution import Spread
from planning.quantity import Limits, smallest_order

MOST_STEPS = 64  # of one line; more packs than this are taken several at a time
MANY_LINES = 2_000
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
    nothing = np.zeros(len(wanted), int)
    starts = (_fill(steps, nothing, budget), _fill(steps, _at_one_price(steps, budget), budget))
    return _improve(steps, max(starts, key=lambda taken: _value(steps, taken)), budget)


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


def _fill(steps: Steps, taken: Whole, budget: float, *, without: int = -1) -> Whole:
    """Further steps, always the one with the best value per money that still fits; none of the line `without`."""
    filled = taken.copy()
    left = budget - _price(steps, taken)
    heap = [
        _head(steps, line, int(taken[line]))
        for line in range(len(taken))
        if line != without and taken[line] < steps.count[line]
    ]
    heapq.heapify(heap)
    while heap:
        _, line, step = heapq.heappop(heap)
        price = float(steps.price[step, line])
        if price <= left + CENT:
            left -= price
            filled[line] = step + 1
            if step + 1 < steps.count[line]:
                heapq.heappush(heap, _head(steps, line, step + 1))
    return filled


def _at_one_price(steps: Steps, budget: float) -> Whole:
    """Each line takes what is best for it when money costs the same everywhere (Everett 1963).

    The price of money is halved in until the budget is kept. Unlike step by step, a line whose minimum order is poor
    but whose next packs are good is judged as a whole.
    """
    lines = np.arange(len(steps.count))
    nothing = np.zeros((1, len(lines)))
    is_there = np.vstack([nothing == 0, np.arange(len(steps.price))[:, None] < steps.count])
    value = np.where(is_there, np.vstack([nothing, np.cumsum(steps.value, axis=0)]), -np.inf)
    price = np.vstack([nothing, np.cumsum(steps.price, axis=0)])
    low, high = 0.0, 1e6
    taken = np.zeros(len(lines), int)
    for _ in range(60):
        middle = (low * high) ** 0.5 if low > 0 else high / 1e3
        choice = np.argmax(value - middle * price, axis=0)
        if float(price[choice, lines].sum()) <= budget + CENT:
            taken, high = choice, middle
        else:
            low = middle
        if high < 1e-9 or (low > 0 and high / low < 1 + 1e-9):
            break
    return taken


def _improve(steps: Steps, taken: Whole, budget: float) -> Numbers:
    """Exchange steps between lines as long as that gains: one line gives up steps, or takes one at others' expense."""
    best, best_value = taken, _value(steps, taken)
    for line in _closest(steps, taken):
        for trial in _exchanges(steps, best, line, budget):
            value = _value(steps, trial)
            if value > best_value + CENT:
                best, best_value = trial, value
    return np.where(best > 0, steps.at[np.maximum(best - 1, 0), np.arange(len(best))], 0.0)


def _closest(steps: Steps, taken: Whole) -> list[int]:
    """Lines nearest to the decision: least value per money among last steps taken, most among next steps; at most 80.

    Among very many lines a single exchange gains nothing worth its time.
    """
    if len(taken) > MANY_LINES:
        return []
    lines = range(len(taken))
    last = sorted(
        (line for line in lines if taken[line]), key=lambda line: -_head(steps, line, int(taken[line]) - 1)[0]
    )
    following = sorted(
        (line for line in lines if taken[line] < steps.count[line]),
        key=lambda line: _head(steps, line, int(taken[line]))[0],
    )
    return [*following[:40], *last[:40]]


def _exchanges(steps: Steps, taken: Whole, line: int, budget: float) -> Iterator[Whole]:
    for kept in range(int(taken[line])):
        trial = taken.copy()
        trial[line] = kept
        yield _fill(steps, trial, budget, without=line)
    if taken[line] < steps.count[line]:
        trial = taken.copy()
        trial[line] += 1
        yield _fill(steps, _make_room(steps, trial, line, budget), budget)


def _make_room(steps: Steps, taken: Whole, line: int, budget: float) -> Whole:
    """The same without the steps of other lines that are worth least for the money, until the budget is kept."""
    left = taken.copy()
    over = _price(steps, left) - budget
    heap = [
        (-_head(steps, each, int(left[each]) - 1)[0], each) for each in range(len(left)) if left[each] and each != line
    ]
    heapq.heapify(heap)
    while over > CENT and heap:
        _, each = heapq.heappop(heap)
        left[each] -= 1
        over -= float(steps.price[left[each], each])
        if left[each]:
            heapq.heappush(heap, (-_head(steps, each, int(left[each]) - 1)[0], each))
    return left if over <= CENT else np.zeros_like(taken)


def _price(steps: Steps, taken: Whole) -> float:
    return sum(float(steps.price[:count, line].sum()) for line, count in enumerate(taken) if count)


def _value(steps: Steps, taken: Whole) -> float:
    return sum(float(steps.value[:count, line].sum()) for line, count in enumerate(taken) if count)
