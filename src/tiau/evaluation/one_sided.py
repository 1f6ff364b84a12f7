"""Series of counts that a run misses to one side: a miss that hides where ranges hold every single count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np

from tiau.results.result import Result
from tiau.scenario.quantities import QuantityName

FEWEST = 10
"""Counts from which sides are told."""
MOST = 0.8
"""A share of the counts to one side from which it is no chance of days."""
OFF = 1.1
"""A median so many times above or below the counts is worth telling."""
FEWEST_PEOPLE = 0.5


@dataclass(frozen=True)
class OneSided:
    """A series of counts that lie nearly all on one side of the middle of a run.

    Attributes
    ----------
    place, quantity : str
    counts : int
    beyond : int
        Counts on that side both of how many there are by the run's median, and of what its sources would say of them.
    factor : float
        The run's median of how many there are over the count, in the median; below 1 where the run has too few.
    """

    place: str
    quantity: QuantityName
    counts: int
    beyond: int
    factor: float


def one_sided(result: Result, rows: Iterable[int]) -> tuple[OneSided, ...]:
    """Return the series among some rows of the ledger, all with a number, that lie to one side; those of most first.

    A source that is taken to count fewer or more than there are is no miss of the run: a count lies beyond it where it
    does so whether or not that is allowed for.
    """
    found: dict[Hashable, list[int]] = defaultdict(list)
    for row in rows:
        placement = result.placements[row]
        found[placement.report.quantity, placement.of_whom].append(row)
    every = [one for of_series in found.values() if (one := _judged(result, of_series)) is not None]
    return tuple(sorted(every, key=lambda one: -one.counts))


def _judged(result: Result, rows: list[int]) -> OneSided | None:
    counts = np.array([result.placements[row].report.value for row in rows], np.float64)
    there, said = (np.median(values[rows], axis=1) for values in (result.truth, result.figures))
    ratios = np.maximum(there, FEWEST_PEOPLE) / np.maximum(counts, FEWEST_PEOPLE)
    factor = float(np.median(ratios))
    low = factor < 1
    beyond = int(np.sum((counts > there) & (counts > said) if low else (counts < there) & (counts < said)))
    if len(rows) < FEWEST or 1 / OFF < factor < OFF or beyond < MOST * len(rows):
        return None
    report = result.placements[rows[0]].report
    return OneSided(result.network.names.proper(report.place), report.quantity, len(rows), beyond, factor)
