"""Scores of forecasts that are quantiles or draws: CRPS, weighted interval score, energy score, coverage."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

INTERVALS = (0.02, 0.05, *(number / 10 for number in range(1, 10)))
"""What central intervals leave outside in a weighted interval score, as forecast hubs have it."""
COVERED = (0.5, 0.8, 0.9)


def pinball(quantiles: Floats, values: Floats, levels: Floats) -> Floats:
    """Return the pinball loss of quantiles (row, level) for values (row,)."""
    miss = values[:, None] - quantiles
    return np.asarray(np.maximum(levels * miss, (levels - 1) * miss))


def quantile_score(quantiles: Floats, values: Floats, levels: Floats) -> Floats:
    """Return the continuous ranked probability score of quantiles (row, level) for values (row,).

    It is twice the mean pinball loss, which is the score itself in the limit of many levels that are the middles of
    equal parts of (0, 1). Of a point forecast, the same at all levels, it is the absolute error.
    """
    return np.asarray(2 * pinball(quantiles, values, levels).mean(axis=1))


def interval_levels() -> Floats:
    """Return the levels of the median and of the ends of all intervals of a weighted interval score, in order."""
    halves = [share / 2 for share in INTERVALS]
    return np.array(sorted({*halves, 0.5, *(1 - half for half in halves)}))


def weighted_interval_score(quantiles: Floats, values: Floats) -> Floats:
    """Return the weighted interval score (row,) of quantiles (row, level) at `interval_levels`, as Bracher et al. 2021.

    It is the sum of |value - median| / 2 and of alpha/2 times the score of each central 1 - alpha interval, over their
    number and a half: the mean of twice the pinball loss over all these levels.
    """
    return quantile_score(quantiles, values, interval_levels())


def covered(quantiles: Floats, values: Floats) -> NDArray[np.bool_]:
    """Whether central intervals hold values (row, interval), by quantiles (row, end) at `ends_of_intervals`."""
    low, high = np.split(quantiles, 2, axis=1)
    return np.asarray((values[:, None] >= low) & (values[:, None] <= high))


def ends_of_intervals() -> Floats:
    """Return the levels of the lower, then of the upper ends of the intervals of `COVERED`."""
    outside = (1 - np.array(COVERED)) / 2
    return np.concatenate([outside, 1 - outside])


def energy_score(draws: Floats, values: Floats) -> float:
    """Return the fair energy score of draws (place, member) for values (place,): the CRPS of several places together.

    That is the mean distance of draws from the values less half their mean distance from each other, of pairs of
    different draws alone, so that few draws cost nothing on average.
    """
    away = np.linalg.norm(draws - values[:, None], axis=0).mean()
    square = (draws**2).sum(axis=0)
    apart = np.sqrt(np.maximum(square[:, None] + square - 2 * draws.T @ draws, 0.0))
    members = draws.shape[1]
    return float(away - apart.sum() / (2 * members * (members - 1)))
