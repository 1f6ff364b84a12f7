"""Whether bands hold what they promise: coverage, bias, scores and width of figures, class by class, bounds apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.evaluation.one_sided import OneSided, one_sided
from tiau.evaluation.scores import fair_crps, log_density
from tiau.observations.ledger import Placement
from tiau.observations.reporting import FEWEST_PEOPLE
from tiau.results.result import Result
from tiau.scenario.counts import interval
from tiau.scenario.model import Scenario

Floats = NDArray[np.floating[Any]]

LEVELS = (50, 80, 90)
"""Shares of the members that the central intervals hold, %."""
CLASSES = ("state", "district", "village", "inside")
ALL = "all"
NAMED = ("exact", "about")
"""Bounds of figures that a band can miss on both sides; `range` forbids what lies outside, as a pair of bounds does."""
ENOUGH = 0.05
"""A bound holds where it does in so many of the members: where the 90% band reaches what it allows."""


@dataclass(frozen=True)
class Coverage:
    """How the figures of a class stand against the run.

    Attributes
    ----------
    figures : int
        Independent ones that name a number.
    inside : mapping of int to int
        How many lie inside the central interval of so many percent of the members.
    above, below : int
        Figures above and below the 90% band.
    bias : float
        Median log of the run's median over the figure: below 0 where the run has too few people.
    width : float
        Median ratio of the band's ends, p95 / p05.
    crps : float
        Mean continuous ranked probability score of the log, as of an ensemble without end.
    log_score : float
        Mean log density of the log of the figure; see `scores.log_density`.
    bounds, bounds_held : int
        Reports that say at least, at most or from and to; those that the run's band reaches.

    Numbers of no figures are NaN.
    """

    figures: int
    inside: Mapping[int, int]
    above: int
    below: int
    bias: float
    width: float
    crps: float
    log_score: float
    bounds: int
    bounds_held: int

    @property
    def factor(self) -> float:
        """The run's median over the figure, in the median."""
        return float(np.exp(self.bias))


@dataclass(frozen=True)
class CoveredPart:
    """Coverage of what was known before or after the day until which a scenario was fitted.

    Attributes
    ----------
    title : str
    fitted : bool
        Whether these figures were known to the fit, which need not have used all of them.
    classes : dict of str to Coverage
        By the level of the place, or `inside`; those that have reports, and `all` of them at the end.
    one_sided : tuple of OneSided
        Series of counts that the run misses to one side.
    """

    title: str
    fitted: bool
    classes: dict[str, Coverage]
    one_sided: tuple[OneSided, ...] = ()

    @property
    def all(self) -> Coverage:
        """Coverage of all classes together."""
        return self.classes[ALL]


def fitted_until(scenario: Scenario) -> dt.date | None:
    """Return the last day on which a figure was known that the scenario was fitted to; None where there is none.

    That of what a fit learned, else that of its parameters.
    """
    return scenario.posterior.known_until if scenario.posterior else scenario.settings.fitted_until


def in_fit(placement: Placement, until: dt.date | None) -> bool:
    """Whether a report was known by the day until which a scenario was fitted."""
    return until is not None and placement.report.known_on <= until


def part_title(until: dt.date | None, *, fitted: bool) -> str:
    """Say which figures belong to a part; without a day until which a scenario was fitted there is one part alone."""
    if until is None:
        return "not fitted to"
    return f"known by {until}, in time for the fit" if fitted else f"known after {until}, too late for the fit"


def class_name(placement: Placement) -> str:
    """Return the row of the table that a placement belongs to: people displaced inside are one, however wide."""
    return "inside" if placement.figure_class.quantity == "inside" else placement.figure_class.level


def coverage(result: Result, until: dt.date | None) -> list[CoveredPart]:
    """Score the independent figures of a run by class, those known by a day apart from those known later.

    Copies do not count. Where there is one member there is no band to score.
    """
    counted = [row for row, placement in enumerate(result.placements) if placement.counted]
    found = []
    for fitted in (True, False) if result.members > 1 else ():
        rows = [row for row in counted if in_fit(result.placements[row], until) == fitted]
        classes = {}
        for name in (*CLASSES, ALL):
            of_class = [row for row in rows if name in (class_name(result.placements[row]), ALL)]
            if of_class:
                classes[name] = covered(result, of_class)
        if classes:
            named = [row for row in rows if result.placements[row].report.bound in NAMED]
            found.append(CoveredPart(part_title(until, fitted=fitted), fitted, classes, one_sided(result, named)))
    return found


def covered(result: Result, rows: Sequence[int]) -> Coverage:
    """Score some rows of the ledger, which are placed."""
    named = [row for row in rows if result.placements[row].report.bound in NAMED]
    figures, values = result.figures[named], np.array([result.placements[row].report.value for row in named], float)
    ends = {level: _central(figures, level) for level in LEVELS}
    low, high = ends[90]
    logs = _log(values)
    held = [holding(result, row) >= ENOUGH for row in rows if result.placements[row].report.bound not in NAMED]
    return Coverage(
        figures=len(named),
        inside={level: int(np.sum((values >= least) & (values <= most))) for level, (least, most) in ends.items()},
        above=int(np.sum(values > high)),
        below=int(np.sum(values < low)),
        bias=_median(_log(_central(figures, 0)[0]) - logs),
        width=_median(np.exp(_log(high) - _log(low))),
        crps=_mean(fair_crps(_log(figures), logs)),
        log_score=_mean(log_density(_log(figures), logs)),
        bounds=len(held),
        bounds_held=sum(held),
    )


def holding(result: Result, row: int) -> float:
    """Return the share of members whose figure a report allows."""
    low, high = interval(result.placements[row].report, 0.0)
    return float(np.mean((result.figures[row] >= low) & (result.figures[row] <= high)))


def promised(level: int, members: int) -> float:
    """Return the share of figures that a central interval holds on average where they are like one member more.

    Of few members it is less than the level: the ends of their interval lie closer than those of all members that
    there could be.
    """
    outside = (1 - level / 100) / 2 * (members - 1) + 1
    return 1 - 2 * outside / (members + 1)


def _central(figures: Floats, level: int) -> Floats:
    """Return the ends of the interval that holds so many percent of the members (end, report)."""
    return np.asarray(np.quantile(figures, (0.5 - level / 200, 0.5 + level / 200), axis=1))


def _log(people: Floats) -> Floats:
    return np.asarray(np.log(np.maximum(people, FEWEST_PEOPLE)))


def _median(values: Floats) -> float:
    return float(np.median(values)) if values.size else np.nan


def _mean(values: Floats) -> float:
    return float(np.mean(values)) if values.size else np.nan
