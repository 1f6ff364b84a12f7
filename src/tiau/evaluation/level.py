"""Whether a run has the level of the figures: how many times as many people were reported as it has."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiau.observations.ledger import Placement
from tiau.results.result import Result

FEWEST = 3
"""Figures from which a level is told."""
OFF = 3.0
"""A median further off than this factor is a level that was never fitted, not noise."""
FEWEST_PEOPLE = 0.5
OF_POLICY = ("turned_back", "returned_cumulative")
"""What borders and ways home do, which is not how many people leave."""


@dataclass(frozen=True)
class Level:
    """How far the figures lie from a run.

    Attributes
    ----------
    factor : float
        Median over the sources of what is reported over the run's median: 20 where twenty times as many people were
        reported.
    figures : int
        How many figures there are.
    sources : dict of tuple of str to float
        The factor of the figures of each quantity by each source.
    """

    factor: float
    figures: int
    sources: dict[tuple[str, str], float]

    @property
    def off(self) -> bool:
        """Whether it is so far off that the level was never fitted."""
        return not 1 / OFF < self.factor < OFF


def level(result: Result) -> Level | None:
    """Return how far a run is from figures that name a number; None where there are fewer than three.

    Each source counts once for a quantity, and in it each series of a place once: thirty days at one border post, or
    thirty districts of one table, are no thirty sources.
    """
    return level_of(result.placements, np.asarray(np.median(result.figures, axis=1), np.float64))


def level_of(placements: Sequence[Placement], medians: NDArray[np.float64]) -> Level | None:
    """Return how far a run is whose medians (figure,), persons, are given; as `level` says."""
    rows = [row for row, placement in enumerate(placements) if _tells(placement)]
    if len(rows) < FEWEST:
        return None
    reported = np.array([placements[row].report.value for row in rows], np.float64)
    simulated = np.maximum(medians[rows], FEWEST_PEOPLE)
    found: dict[tuple[str, str], dict[Hashable, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row, off in zip(rows, np.log(reported / simulated), strict=True):
        placement = placements[row]
        report = placement.report
        found[report.quantity, report.said_by or report.publisher][placement.of_whom].append(off)
    sources = {source: _median(map(_median, of_places.values())) for source, of_places in found.items()}
    factors = {source: math.exp(off) for source, off in sources.items()}
    return Level(math.exp(_median(sources.values())), len(rows), factors)


def _tells(placement: Placement) -> bool:
    report = placement.report
    named = report.bound in ("exact", "about") and (report.value or 0) > 0
    return placement.counted and named and report.quantity not in OF_POLICY


def _median(values: Iterable[float]) -> float:
    return float(np.median(list(values)))
