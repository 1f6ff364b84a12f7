"""Whether a run has the level of the figures: how many times as many people were reported as it has."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tiau.results.result import Result

FEWEST = 3
"""Figures from which a level is told."""
OFF = 3.0
"""A median further off than this factor is a level that was never fitted, not noise."""
FEWEST_PEOPLE = 0.5


@dataclass(frozen=True)
class Level:
    """How far the figures lie from a run.

    Attributes
    ----------
    factor : float
        Median of what is reported over the run's median: 20 where twenty times as many people were reported.
    figures : int
        How many figures it is the median of.
    """

    factor: float
    figures: int

    @property
    def off(self) -> bool:
        """Whether it is so far off that the level was never fitted."""
        return not 1 / OFF < self.factor < OFF


def level(result: Result) -> Level | None:
    """Return how far a run is from figures that name a number; None where there are fewer than three."""
    rows = [
        row for row, placement in enumerate(result.placements)
        if placement.counted and placement.report.bound in ("exact", "about") and (placement.report.value or 0) > 0
    ]  # fmt: skip
    if len(rows) < FEWEST:
        return None
    reported = np.array([result.placements[row].report.value for row in rows], np.float64)
    simulated = np.maximum(np.median(result.figures[rows], axis=1), FEWEST_PEOPLE)
    return Level(math.exp(float(np.median(np.log(reported / simulated)))), len(rows))
