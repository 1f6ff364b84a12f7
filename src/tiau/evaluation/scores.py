"""How good a run is: errors, coverage and width on a series of reports, beside plain baselines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from tiau.observations.ledger import Placement
from tiau.scenario.settings import Series

Floats = NDArray[np.floating[Any]]

NARROWEST = 0.05
"""The least width of a kernel over logs: no source counts people closer than that."""
LEAST_DENSITY = -10.0


def series_rows(placements: Sequence[Placement], series: Series) -> list[int]:
    """Return the rows of a series of exact figures in the ledger, in order of time.

    They are placed, exact, counted once, from wherever, and of `present` or `arrived_cumulative`.
    """
    rows = [
        row for row, placement in enumerate(placements)
        if placement.counted and placement.report.place == series.place and placement.report.group == series.group
        and not placement.report.origin
        and placement.report.bound == "exact" and placement.report.quantity in ("present", "arrived_cumulative")
        and placement.report.as_of.start >= series.since
    ]  # fmt: skip
    return sorted(rows, key=lambda row: placements[row].report.as_of.end)


@dataclass(frozen=True)
class Score:
    """Accuracy of a run on some figures.

    Attributes
    ----------
    count : int
    inside : int
        Figures inside the 5-95% band.
    error : float
        Median absolute log error of the median.
    width : float
        Median ratio of the band's ends, p95 / p05.
    """

    count: int
    inside: int
    error: float
    width: float


def score(figures: Floats, values: Floats) -> Score:
    """Score reported values (report,) against the figures that members would report (report, member), both persons."""
    low, middle, high = np.quantile(figures, (0.05, 0.5, 0.95), axis=1)
    error = np.abs(np.log(np.maximum(middle, 0.5) / np.maximum(values, 0.5)))
    width = np.maximum(high, 0.5) / np.maximum(low, 0.5)
    inside = int(np.sum((values >= low) & (values <= high)))
    return Score(len(values), inside, float(np.median(error)), float(np.median(width)))


def point_score(predicted: Floats, values: Floats) -> float:
    """Return the median absolute log error of point predictions, both (report,), persons."""
    return float(np.median(np.abs(np.log(np.maximum(predicted, 0.5) / np.maximum(values, 0.5)))))


def fair_crps(figures: Floats, values: Floats) -> Floats:
    """Return the continuous ranked probability score of each value (report,) against members (report, member).

    It is 0 for members that all have the value, and of two sets of members lower for the one that says more of it.
    "Fair" takes away what few members add: on average it is that of endlessly many members drawn alike.
    """
    members = figures.shape[1]
    # Of sorted members the k-th is the larger one in k pairs and the smaller one in all others.
    weights = 2.0 * np.arange(members) - (members - 1)
    apart = np.sort(figures, axis=1) @ weights / (members * (members - 1))
    return np.asarray(np.abs(figures - values[:, None]).mean(axis=1) - apart)


def log_density(figures: Floats, values: Floats) -> Floats:
    """Return the log of the density that members (report, member) give to each value (report,), by a normal kernel.

    The kernel is as wide as Scott's rule says for normal members, and at least `NARROWEST`; a value far from all
    members has `LEAST_DENSITY`, so that one miss does not count for all others.
    """
    spread = figures.std(axis=1, ddof=1) * figures.shape[1] ** -0.2
    width = np.maximum(spread, NARROWEST)[:, None]
    terms = -0.5 * ((values[:, None] - figures) / width) ** 2
    chances = logsumexp(terms, axis=1) - np.log(figures.shape[1] * width[:, 0] * np.sqrt(2 * np.pi))
    return np.asarray(np.maximum(chances, LEAST_DENSITY))


def increment_error(predicted: Floats, values: Floats, before: tuple[float, float]) -> float:
    """Return the error of the changes from figure to figure (report,), as a share of all reported change.

    That is the sum of |predicted change - reported change| over the sum of |reported change|; `before` holds the
    predicted and the reported figure before the first one.
    """
    guessed = np.diff(predicted, prepend=before[0])
    changed = np.diff(values, prepend=before[1])
    return float(np.abs(guessed - changed).sum() / max(np.abs(changed).sum(), 1e-9))


def last_figure(days: Floats, values: Floats, targets: Floats) -> Floats:
    """Predict that the last known figure stays (report,)."""
    return np.full(len(targets), values[-1])


def last_slope(days: Floats, values: Floats, targets: Floats) -> Floats:
    """Predict that the slope between the last two known figures goes on (report,)."""
    slope = (values[-1] - values[-2]) / (days[-1] - days[-2]) if len(days) > 1 else 0.0
    return np.asarray(values[-1] + slope * (targets - days[-1]))


def straight_line(days: Floats, values: Floats, targets: Floats) -> Floats:
    """Predict the least-squares line through the known figures (report,)."""
    if len(days) < 2:
        return np.full(len(targets), values[-1])
    slope, height = np.polyfit(days, values, 1)
    return np.asarray(height + slope * targets)


BASELINES = {
    "the last figure stays": last_figure,
    "the last slope goes on": last_slope,
    "a straight line": straight_line,
}


def share_distance(predicted: Floats, values: Floats) -> float:
    """Return the total variation distance of two sets of shares: half the sum of absolute differences."""
    return float(0.5 * np.abs(predicted / predicted.sum() - values / values.sum()).sum())
