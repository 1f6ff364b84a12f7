"""What stays of a run once all its members have passed all days: fans of all that is followed, and of reports."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tiau.engine.memory import size_of
from tiau.ensemble.world import processors
from tiau.explorer.runs.course import Course, Quantity
from tiau.explorer.runs.fans import Values, fan
from tiau.results.variables import MEDIAN

QUANTITIES: tuple[Quantity, ...] = ("present", "arrived")
FIGURES = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Settled:
    """What a run gave.

    Attributes
    ----------
    fans, differences : mapping of str to float32 array (followed, level, day), persons
        By quantity; differences to the scenario's own run, member by member, none of that itself.
    figures : float array (3, report), persons
        The 5%, 50% and 95% quantiles of what the page's reports would say.
    members : int
    baseline : Settled or None
        The scenario's own run.
    """

    fans: Mapping[Quantity, Values]
    differences: Mapping[Quantity, Values]
    figures: NDArray[np.float64]
    members: int
    baseline: Settled | None = field(default=None, repr=False)

    @property
    def size(self) -> int:
        """Bytes that it holds beside the scenario's own run."""
        return size_of([dict(self.fans), dict(self.differences), self.figures])


def settled(course: Course, baseline: Course | None, of_baseline: Settled | None) -> Settled:
    """Return what a run gave in the members that are done; `baseline` is the scenario's own, if it is not that."""
    count = course.done
    with ThreadPoolExecutor(processors()) as pool:
        fans = {quantity: _each(course, quantity, count, None, pool) for quantity in QUANTITIES}
        differences = {} if baseline is None else {
            quantity: _each(course, quantity, count, baseline, pool) for quantity in QUANTITIES
        }  # fmt: skip
    return Settled(fans, differences, quantiles_of(course.figures()), count, of_baseline)


def _each(course: Course, quantity: Quantity, count: int, baseline: Course | None, pool: ThreadPoolExecutor) -> Values:
    def one(follow: int) -> Values:
        return fan_of(course, follow, quantity, count, baseline)

    return np.stack([*pool.map(one, range(len(course.sight.shape.masks)))])


def medians_of(course: Course, count: int) -> dict[Quantity, Values]:
    """Return the medians (followed, day) of all that is followed in the first members, by quantity."""
    with ThreadPoolExecutor(processors()) as pool:
        return {quantity: _each(course, quantity, count, None, pool)[:, MEDIAN] for quantity in QUANTITIES}


def fan_of(course: Course, follow: int, quantity: Quantity, count: int, baseline: Course | None = None) -> Values:
    """Return the fan (level, day) of what is followed in the first members, or of the difference to a baseline."""
    values = course.values(follow, quantity, count)
    return fan(values if baseline is None else values - baseline.values(follow, quantity, count))


def quantiles_of(figures: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return quantiles (3, report) of figures (report, member); NaN where a report is not placed."""
    return np.asarray(np.quantile(figures, FIGURES, axis=1))
