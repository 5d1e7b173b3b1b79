"""The negative binomial by its sum of terms, against scipy's."""

import numpy as np
import pytest
from scipy import stats

from planning.counted import FEW, covered, covered_and_exactly


@pytest.mark.parametrize(("mean", "ratio"), [(0.05, 1.0001), (3.0, 2.5), (40.0, 1.2), (40.0, 30.0), (5000.0, 1.5)])
def test_small_and_large_amounts_are_covered_as_scipy_says(mean: float, ratio: float) -> None:
    amounts = np.array([7, 0, FEW + 1, FEW, 1, 4000, 12], np.float64)
    p = np.full(len(amounts), 1 / ratio)
    r = mean * p / (1 - p)
    at_most, exactly = covered_and_exactly(r, p, amounts)
    truth = stats.nbinom(r, p)
    assert at_most == pytest.approx(truth.cdf(amounts), abs=1e-12)
    assert exactly == pytest.approx(truth.pmf(amounts), rel=1e-7, abs=1e-12)
    assert (covered(r, p, amounts) == at_most).all()
