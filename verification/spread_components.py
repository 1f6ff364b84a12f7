"""How far series of logs differ lastingly, for a while and by noise: likelihood on a grid, pooled over conflicts.

A residual of a place is a level that its conflict shares, plus what lasts, what drifts (AR(1), with a memory in days)
and noise: what figures of one place a few days apart do not share. All are normal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

Floats = NDArray[np.float64]

LEAST, MOST = 0.02, 3.0
SDS = np.exp(np.linspace(np.log(LEAST), np.log(MOST), 21))
MEMORIES = np.exp(np.linspace(np.log(7), np.log(3650), 15))
_LASTING, _DRIFT, _MEMORY, _NOISE = np.ix_(SDS, SDS, MEMORIES, SDS)
SHARE = _LASTING**2 / (_LASTING**2 + _DRIFT**2)
POOLED_BY = (0.5 * np.log(_LASTING**2 + _DRIFT**2), SHARE, np.log(_MEMORY), np.log(_NOISE))
"""What is pooled, on the grid: log of the sd of what lasts and drifts together, share of its variance that lasts (one
that is not told is as likely as any other, not none), log of days, log of the sd of noise."""
PRIOR_CONFLICTS, PRIOR_SD = 2.0, np.array([0.5, 0.25, 0.5, 0.5])
"""Sds between conflicts are found as if so many more lay so far apart: of a handful they come out too small."""


class Series(NamedTuple):
    """Residuals of one place: days (figure,) and logs (figure,), in order."""

    days: Floats
    logs: Floats


class Components(NamedTuple):
    """Sd of what lasts, of what drifts, memory of that in days, sd of noise."""

    lasting: float
    drift: float
    memory: float
    noise: float

    def covariance(self, days: Floats) -> Floats:
        """Return the covariance of a place's residuals on some days (figure, figure)."""
        apart = np.abs(days[:, None] - days)
        drifting = self.drift**2 * np.exp(-apart / self.memory)
        return np.asarray(self.lasting**2 + drifting + self.noise**2 * np.eye(days.size))


class Pooled(NamedTuple):
    """Mean and sd of each number of `POOLED_BY` (number,), between conflicts or of one of them."""

    mean: Floats
    sd: Floats

    @property
    def middle(self) -> Components:
        """The components at the mean."""
        total, share, memory, noise = self.mean
        lasting, drift = np.exp(total) * np.sqrt([share, 1 - share])
        return Components(float(lasting), float(drift), float(np.exp(memory)), float(np.exp(noise)))


def log_likelihood(places: Sequence[Series]) -> Floats:
    """Return the log likelihood of a conflict's places on the grid, its level integrated out.

    Of each memory the drift's correlations are turned to their own axes once; what lasts is a change of rank one.
    """
    shape = (SDS.size, SDS.size, MEMORIES.size, SDS.size)
    total, weight, pull = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    variances = SDS**2
    for place in places:
        for number, memory in enumerate(MEMORIES):
            values, axes = np.linalg.eigh(Components(0.0, 1.0, memory, 0.0).covariance(place.days))
            ones, logs = axes.T @ np.ones(place.days.size), axes.T @ place.logs
            scale = variances[:, None, None] * np.maximum(values, 0.0) + variances[:, None]  # drift, noise, axis
            a, b, q = ((x / scale).sum(-1) for x in (ones**2, ones * logs, logs**2))
            more = 1.0 + variances[:, None, None] * a
            fit = q - variances[:, None, None] * b**2 / more
            total[:, :, number] -= 0.5 * (fit + np.log(scale).sum(-1) + np.log(more))
            weight[:, :, number] += a / more
            pull[:, :, number] += b / more
    return np.asarray(total + 0.5 * (pull**2 / weight - np.log(weight)))


def by_itself(likelihood: Floats) -> Components:
    """Return the most likely components of a conflict."""
    lasting, drift, memory, noise = np.unravel_index(int(np.argmax(likelihood)), likelihood.shape)
    return Components(*map(float, (SDS[lasting], SDS[drift], MEMORIES[memory], SDS[noise])))


def drawn(likelihood: Floats, others: Pooled) -> Pooled:
    """Return what is known of a conflict, given its figures and what others say."""
    # The grid is even in logs of two sds; so that any share is as likely, that is how much of each there is.
    log = likelihood + np.log(SHARE * (1 - SHARE))
    for number, mean, sd in zip(POOLED_BY, *others, strict=True):
        log = log - 0.5 * ((number - mean) / sd) ** 2
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    mean = np.array([(weight * number).sum() for number in POOLED_BY])
    squares = [(weight * (number - middle) ** 2).sum() for number, middle in zip(POOLED_BY, mean, strict=True)]
    return Pooled(mean, np.sqrt(squares))


def pooled(likelihoods: Sequence[Floats], rounds: int = 30) -> Pooled:
    """Return what conflicts have in common, each weighing alike: empirical Bayes by expectation and maximisation."""
    found = Pooled(np.log([0.5, np.e**0.5, 180, 0.1]), np.array([1.0, 0.5, 1.0, 1.0]))
    for _ in range(rounds):
        mean, sd = map(np.array, zip(*(drawn(one, found) for one in likelihoods), strict=True))
        spread = ((mean - mean.mean(0)) ** 2 + sd**2).sum(0) + PRIOR_CONFLICTS * PRIOR_SD**2
        found = Pooled(mean.mean(0), np.sqrt(spread / (len(likelihoods) + PRIOR_CONFLICTS)))
    return found


def next_scores(place: Series, parts: Components, lead: float) -> list[float]:
    """Return log densities of figures given those of the place at least `lead` days earlier, where there are any."""
    covariance = parts.covariance(place.days)
    scores = []
    for i, day in enumerate(place.days):
        before = int(np.searchsorted(place.days[:i], day - lead, side="right"))
        if not before:
            continue
        across = covariance[i, :before]
        gain = cho_solve(cho_factor(covariance[:before, :before] + 1e-9 * np.eye(before)), across)
        variance = covariance[i, i] - gain @ across
        off = place.logs[i] - gain @ place.logs[:before]
        scores.append(float(-0.5 * (off**2 / variance + np.log(2 * np.pi * variance))))
    return scores
