"""How a reported figure comes out of the truth: coverage, noise, rounding, bounds; and how likely it was."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from tiau.scenario.rows import Report

Floats = NDArray[np.float64]

FEWEST_PEOPLE = 0.5


def rounding_unit(report: Report) -> float:
    """Return the unit to which a figure was rounded, persons.

    1 for exact figures; for others the ten, hundred... of the trailing zeros, but so that two digits are left.
    """
    if report.bound == "exact" or not report.value or report.value != math.floor(report.value):
        return 1.0
    # At least two digits are taken as meant: 10,000 may be 9,950 but hardly 5,001.
    digits = f"{report.value:.0f}"
    return min(10.0 ** (len(digits) - len(digits.rstrip("0"))), 10.0 ** max(len(digits) - 2, 0))


def figures(report: Report, covered: Floats, normals: Floats, sd: float) -> Floats:
    """Return the figures that would be reported (member,), persons, in multiples of the unit of rounding.

    `covered` (member,), persons, is the truth times the coverage of the source, `normals` (member,) are standard normal
    numbers of the members for this report, and `sd` is that of the log. `at_least` rounds down, as "more than" does,
    everything else to the nearest.
    """
    unit = rounding_unit(report)
    noisy = covered * np.exp(sd * normals) / unit
    return np.asarray(unit * (np.floor(noisy) if report.bound == "at_least" and unit > 1 else np.rint(noisy)))


def log_likelihoods(report: Report, covered: Floats, sd: float) -> Floats:
    """Return the log chance, for each member, of what a report says.

    A figure is log-normal around what the source covers and then rounded, so that a value has the chance of
    its rounding interval; `at_least`, `at_most` and `range` are censored: the chance of the half line or the
    range.

    Parameters
    ----------
    report : Report
        With a value, or with low and high for a range.
    covered : float array (member,), persons
    sd : float
        Of the log.

    Returns
    -------
    float array (member,)
    """
    low, high = _interval(report)
    # The log of nobody is no number; half a person keeps the chance of a small figure finite.
    mean = np.log(np.maximum(covered, FEWEST_PEOPLE))
    upper = np.full(mean.shape, np.inf) if math.isinf(high) else (math.log(high) - mean) / sd
    lower = np.full(mean.shape, -np.inf) if low <= 0 else (math.log(low) - mean) / sd
    # Far in the upper tail a difference of chances near 1 loses its digits: there, look from the other side.
    flip = lower > 0
    a, b = np.where(flip, -upper, lower), np.where(flip, -lower, upper)
    top, bottom = log_ndtr(b), log_ndtr(a)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(top + np.log1p(-np.exp(np.minimum(bottom - top, 0.0))))


def _interval(report: Report) -> tuple[float, float]:
    value = report.value or 0.0
    # Whole people stand for the interval around them, so that limits of half a person leave no gap.
    half = rounding_unit(report) / 2
    match report.bound:
        case "at_least":
            return value - 0.5, math.inf
        case "at_most":
            return 0.0, value + 0.5
        case "range":
            return (report.low or 0.0) - 0.5, math.inf if report.high is None else report.high + 0.5
        case _:
            return value - half, value + half


def averaged(terms: Floats) -> float:
    """Return the log of the mean chance over members."""
    # Chances of single members underflow; only their ratio to the largest is formed.
    top = float(np.max(terms))
    return top if math.isinf(top) else top + math.log(float(np.mean(np.exp(terms - top))))
