"""How far series of logs differ lastingly, for a while and by noise: likelihood on a grid, pooled over conflicts.

A residual of a place is a level that its conflict shares, plus what lasts, what drifts (AR(1), with a memory in days) and
noise: what figures of one place a few days apart do not share. All are normal.
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
AXES = (np.log(SDS), np.log(SDS), np.log(MEMORIES), np.log(SDS))
SHAPE = tuple(axis.size for axis in AXES)
PRIOR_CONFLICTS, PRIOR_SD = 2.0, 0.5
"""Sds between conflicts are found as if so many more lay so far apart: of a handful they come out too small."""


class Series(NamedTuple):
    """Residuals of one place: days (figure,) and logs (figure,), in order."""

    days: Floats
    logs: Floats


class Components(NamedTuple):
    """Sd of what lasts, of what drifts, memory of that in days, sd of noise; also of logs, and of what is not known."""

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
    """Of all conflicts: mean and sd between conflicts of the logs of components."""

    mean: Components
    apart: Components

    @property
    def middle(self) -> Components:
        """The components of a conflict of which nothing is known."""
        return Components(*np.exp(self.mean).tolist())


def log_likelihood(places: Sequence[Series]) -> Floats:
    """Return the log likelihood of a conflict's places on the grid of `AXES`, its level integrated out.

    Of each memory the drift's correlations are turned to their own axes once; what lasts is a change of rank one.
    """
    total, weight, pull = np.zeros(SHAPE), np.zeros(SHAPE), np.zeros(SHAPE)
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
    at = np.unravel_index(int(np.argmax(likelihood)), SHAPE)
    return Components(*(float(np.exp(axis[i])) for axis, i in zip(AXES, at, strict=True)))


def moments(likelihood: Floats, pooled: Pooled) -> tuple[Components, Components]:
    """Return mean and sd of the logs of a conflict's components, given its figures and what others say."""
    log = likelihood.copy()
    for k, axis in enumerate(AXES):
        term = -0.5 * ((axis - pooled.mean[k]) / pooled.apart[k]) ** 2
        log += term.reshape([-1 if k == other else 1 for other in range(len(AXES))])
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    margins = [weight.sum(tuple(other for other in range(len(AXES)) if other != k)) for k in range(len(AXES))]
    mean = [float(margin @ axis) for margin, axis in zip(margins, AXES, strict=True)]
    sd = [float(np.sqrt(of @ (axis - m) ** 2)) for of, axis, m in zip(margins, AXES, mean, strict=True)]
    return Components(*mean), Components(*sd)


def pooled(likelihoods: Sequence[Floats], rounds: int = 100) -> Pooled:
    """Return what conflicts have in common, each weighing alike: empirical Bayes by expectation and maximisation."""
    found = Pooled(Components(*(float(axis.mean()) for axis in AXES)), Components(1.0, 1.0, 1.0, 1.0))
    for _ in range(rounds):
        each = [moments(one, found) for one in likelihoods]
        mean, sd = (np.array([row[i] for row in each]) for i in (0, 1))
        middle = mean.mean(0)
        spread = ((mean - middle) ** 2 + sd**2).sum(0) + PRIOR_CONFLICTS * PRIOR_SD**2
        found = Pooled(Components(*middle), Components(*np.sqrt(spread / (len(each) + PRIOR_CONFLICTS))))
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
