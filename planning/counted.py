"""The negative binomial at whole amounts: P(demand ≤ k) and P(demand = k).

Small amounts are summed term by term, P(j) = P(j - 1) (r + j - 1) (1 - p) / j, over all items at once: four times as fast as
the incomplete beta function, which the large ones need, and as exact.
"""

import numpy as np
from scipy import special

from planning.arrays import Marks, Numbers

FEW = 48  # units up to which terms are summed
SMALLEST = -600.0  # logarithm of the first term below which the terms of a sum could vanish


def covered(r: Numbers, p: Numbers, k: Numbers) -> Numbers:
    """P(demand ≤ k) for whole k ≥ 0."""
    first = r * np.log(p)
    is_few = _is_few(first, k)
    if is_few.all():
        return _summed(r, p, k, first)[0]
    answer = np.empty(k.shape)
    answer[is_few] = _summed(r[is_few], p[is_few], k[is_few], first[is_few])[0]
    many = ~is_few
    answer[many] = special.betainc(r[many], k[many] + 1, p[many])
    return answer


def covered_and_exactly(r: Numbers, p: Numbers, k: Numbers) -> tuple[Numbers, Numbers]:
    """P(demand ≤ k) and P(demand = k) for whole k ≥ 0."""
    first = r * np.log(p)
    is_few = _is_few(first, k)
    if is_few.all():
        return _summed(r, p, k, first)
    at_most, exactly = np.empty(k.shape), np.empty(k.shape)
    at_most[is_few], exactly[is_few] = _summed(r[is_few], p[is_few], k[is_few], first[is_few])
    many = ~is_few
    size, chance, amount = r[many], p[many], k[many]
    at_most[many] = special.betainc(size, amount + 1, chance)
    exactly[many] = _exactly(size, chance, amount, first[many])
    return at_most, exactly


def _is_few(first: Numbers, k: Numbers) -> Marks:
    return (k <= FEW) & (first > SMALLEST)


def _exactly(r: Numbers, p: Numbers, k: Numbers, first: Numbers) -> Numbers:
    above = np.maximum(k, 1)
    more = np.exp(above * np.log1p(-p) + first - special.betaln(above, r)) / above
    return np.where(k > 0, more, np.exp(first))


def _summed(r: Numbers, p: Numbers, k: Numbers, first: Numbers) -> tuple[Numbers, Numbers]:
    """Largest amounts first, so that each step works on a run of those that need it."""
    whole = k.astype(np.int16)
    order = np.argsort(-whole, kind="stable")
    miss = 1 - p[order]
    grown = (r[order] - 1) * miss
    term = np.exp(first[order])
    total, factor = term.copy(), np.empty_like(term)
    longer = len(whole) - np.cumsum(np.bincount(whole, minlength=1))  # of those amounts, how many exceed each
    for step, count in enumerate(longer[:-1].tolist(), 1):
        # (r + j - 1) (1 - p) / j = (1 - p) + (r - 1) (1 - p) / j
        np.multiply(grown[:count], 1 / step, out=factor[:count])
        factor[:count] += miss[:count]
        term[:count] *= factor[:count]
        total[:count] += term[:count]
    at_most, exactly = np.empty_like(total), np.empty_like(term)
    at_most[order], exactly[order] = np.minimum(total, 1), term
    return at_most, exactly
