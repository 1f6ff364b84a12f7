"""An ensemble smoother with multiple data assimilation: numbers of members moved towards what was reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEPS = 4
MOST_TAKEN = 0.9


class Observed(NamedTuple):
    """What was reported, in logs.

    Attributes
    ----------
    log_value : float array (figure,)
    side : int array (figure,)
        0 where a figure is named, 1 where it is a lower bound, -1 where it is an upper one.
    variance : float array (figure,)
        Of the error of a figure's log.
    """

    log_value: Floats
    side: NDArray[np.int8]
    variance: Floats

    def missed(self, logs: Floats) -> Floats:
        """Return how far logs (figure, ...) lie below what was reported; 0 where a bound holds."""
        many = (slice(None),) + (None,) * (logs.ndim - 1)
        off, side = self.log_value[many] - logs, self.side[many]
        return np.asarray(np.where(side > 0, np.maximum(off, 0), np.where(side < 0, np.minimum(off, 0), off)))


def smooth(
    prior: Floats,
    predict: Callable[[Floats, int], Floats],
    observed: Observed,
    local: Floats,
    noise: Callable[[int], Floats],
    *,
    steps: int = STEPS,
    first: Floats | None = None,
) -> Floats:
    """Move the numbers of members so that what they predict comes near what was reported.

    Each step takes the observations with `steps` times their variance, so that all together count once (Emerick and
    Reynolds 2013, doi:10.1016/j.cageo.2012.03.011). Chance correlations of a small ensemble are damped (`damping`), and
    a figure moves nothing that it cannot speak of.

    Parameters
    ----------
    prior : float array (unknown, member)
    predict : callable
        Takes numbers like the prior and the number of the step; returns logs of what would be reported
        (figure, member).
    observed : Observed
    local : float array (unknown, figure)
        0 where a figure tells nothing of an unknown, to 1.
    noise : callable
        Takes the number of the step; returns standard normal numbers (figure, member).
    steps : int
    first : float array (figure, member), optional
        What the prior predicts, where it is known already.

    Returns
    -------
    float array (unknown, member)
    """
    numbers = prior
    for step in range(steps):
        logs = first if step == 0 and first is not None else predict(numbers, step)
        error = observed.variance * steps
        disturbed = logs - np.sqrt(error)[:, None] * noise(step)
        numbers = numbers + gain(numbers, logs, error, local) @ observed.missed(disturbed)
    return numbers


def gain(numbers: Floats, logs: Floats, error: Floats, local: Floats) -> Floats:
    """Return how far each figure moves each unknown (unknown, figure): the Kalman gain of an ensemble, localised."""
    members = numbers.shape[1]
    centred, off = numbers - numbers.mean(1, keepdims=True), logs - logs.mean(1, keepdims=True)
    shared = centred @ off.T / (members - 1)
    spread = off @ off.T / (members - 1)
    whole = np.linalg.solve(spread + np.diag(error), shared.T).T
    sd = np.sqrt(np.maximum((centred**2).sum(1) / (members - 1), 1e-12))[:, None] * np.sqrt(
        np.maximum(np.diag(spread), 1e-12)
    )
    return np.asarray(whole * local * damping(shared / sd, members))


def widened(numbers: Floats, prior: Floats, by_chance: float) -> Floats:
    """Return numbers (unknown, member) with the spread that they lost by chance, up to that of the prior.

    `by_chance` is the share of their spread that numbers keep which no figure can speak of (Evensen 2009,
    doi:10.1007/978-3-642-03711-5).
    """
    mean, sd = numbers.mean(1, keepdims=True), np.maximum(numbers.std(1), 1e-12)
    return np.asarray(mean + (numbers - mean) * np.clip(prior.std(1) / sd, 1.0, 1.0 / by_chance)[:, None])


def left_out(logs: Floats, observed: Observed) -> Floats:
    """Return what members would predict of each figure (figure, member) had they not been moved by it.

    As for normal numbers: the figure took the share variance / error variance of what it is off. Bounds stay.
    """
    mean = logs.mean(1, keepdims=True)
    taken = np.minimum(logs.var(1) / observed.variance, MOST_TAKEN) * (observed.side == 0)
    rest = (1.0 - taken)[:, None]
    value = observed.log_value[:, None]
    return np.asarray(value - (value - mean) / rest + (logs - mean) / np.sqrt(rest))


def damping(correlation: Floats, members: int) -> Floats:
    """Return the share of a correlation that is not expected to be chance.

    The square of a correlation rho of m members has the sampling variance (1 + rho^2) / m (Furrer and Bengtsson 2007,
    doi:10.1016/j.jmva.2006.08.003).
    """
    square = correlation**2
    return np.asarray(square / (square + (1.0 + square) / members))
