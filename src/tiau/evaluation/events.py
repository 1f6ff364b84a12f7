"""How good chances of events were: Brier score, skill, and what a warning at a decision probability gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Warnings:
    """What came of warnings that are given from some chance on.

    Attributes
    ----------
    hits, misses : int
        Events that were warned of, and that were not.
    false_alarms, correct_rejections : int
        Warnings that nothing came of, and silence before nothing.
    """

    hits: int
    misses: int
    false_alarms: int
    correct_rejections: int


def warnings(chance: Floats, came: Bools, least: float) -> Warnings:
    """Count what came of warnings given where a chance is a decision probability or more."""
    warned = chance >= least
    return Warnings(
        hits=int((warned & came).sum()),
        misses=int((~warned & came).sum()),
        false_alarms=int((warned & ~came).sum()),
        correct_rejections=int((~warned & ~came).sum()),
    )


def brier_score(chance: Floats, came: Bools) -> float:
    """Return the mean squared difference of chances and what came (1 or 0), as Brier 1950; NaN of none."""
    return float(((chance - came) ** 2).mean()) if came.size else float("nan")


def skill(score: float, reference: float) -> float:
    """Return by which share a score is better than that of a reference; NaN where that one is perfect."""
    return 1 - score / reference if reference > 0 else float("nan")
