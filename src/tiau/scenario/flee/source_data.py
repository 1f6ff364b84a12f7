"""The counts of a case by day: files merged, corrected and interpolated exactly as Flee does."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tiau.scenario.flee.case import FleeCase

Ints = NDArray[np.int64]


def counts(case: FleeCase, *, hasten: int, days: int) -> Ints:
    """Return what source_data says of each label on each day.

    Parameters
    ----------
    case : FleeCase
    hasten : int
        One agent stands for so many people; counts are divided by it before anything else.
    days : int

    Returns
    -------
    int array (label, day), agents
        In the order of `case.labels`.
    """
    raise NotImplementedError
