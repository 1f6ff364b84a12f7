"""People shared out in whole persons."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def by_largest_remainder(people: float, weight: Floats) -> Floats:
    """Share people over places or homes in proportion to a weight, in whole persons."""
    exact = people * weight / weight.sum()
    whole: Floats = np.floor(exact)
    largest = np.argsort(whole - exact, kind="stable")[: round(people - whole.sum())]
    whole[largest] += 1
    return whole
