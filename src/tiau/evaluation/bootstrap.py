"""How sure the difference of two scores is: blocks of neighbouring days drawn again, each case for itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

DRAWS = 1000
SEED = 1
ENDS = (0.05, 0.95)


class Pairs(NamedTuple):
    """Sums of two scores of a case by day in order of time, and what both are divided by (day,)."""

    scores: Floats
    reference: Floats
    people: Floats


def difference(cases: Sequence[Pairs]) -> float:
    """Return by how much a score is above the reference, as a share of it; each is divided by the people of its case.

    Cases weigh alike. NaN where the reference is 0.
    """
    ours = sum(case.scores.sum() / max(case.people.sum(), 1.0) for case in cases)
    theirs = sum(case.reference.sum() / max(case.people.sum(), 1.0) for case in cases)
    return float(ours / theirs - 1) if theirs else float("nan")


def interval(cases: Sequence[Pairs], block: int) -> tuple[float, float]:
    """Return the 5% and 95% quantile of the difference when days are drawn again in blocks, in a circle.

    Blocks of `block` days keep what neighbouring days have in common. Cases are those that there are: how other
    conflicts differ from these is not in the interval. NaN where no case has two blocks.
    """
    if all(len(case.people) < 2 * block for case in cases):
        return float("nan"), float("nan")
    generator = np.random.default_rng(SEED)
    ours, theirs = np.zeros(DRAWS), np.zeros(DRAWS)
    for case in cases:
        days = len(case.people)
        length = min(block, days)
        starts = generator.integers(0, days, (DRAWS, -(-days // length)))
        drawn = ((starts[:, :, None] + np.arange(length)) % days).reshape(DRAWS, -1)[:, :days]
        # A draw of days with few people must not make one case count for all: each keeps its weight.
        people = max(case.people.sum(), 1.0)
        ours += case.scores[drawn].sum(axis=1) / people
        theirs += case.reference[drawn].sum(axis=1) / people
    found = ours[theirs > 0] / theirs[theirs > 0] - 1
    if not found.size:
        return float("nan"), float("nan")
    low, high = np.quantile(found, ENDS)
    return float(low), float(high)
