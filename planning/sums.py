"""Sums down the days of a matrix, fast: narrow numbers over short stretches, wide ones over the stretches."""

import numpy as np

from planning.arrays import Marks, Numbers, Whole

STRETCH = 28  # days whose sum of whole quantities a float32 holds exactly up to 16 million
MOST_MARKS = 255  # of a byte


def total(quantity: Numbers) -> Numbers:
    """Sum of each series."""
    answer = np.zeros(quantity.shape[1])
    for day in range(0, len(quantity), STRETCH):
        answer += quantity[day : day + STRETCH].sum(axis=0)
    return answer


def marked(marks: Marks) -> Whole:
    """How many days of each series are marked."""
    answer = np.zeros(marks.shape[1], np.int64)
    for day in range(0, len(marks), MOST_MARKS):
        answer += marks[day : day + MOST_MARKS].view(np.uint8).sum(axis=0, dtype=np.uint8)
    return answer
