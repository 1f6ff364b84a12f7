"""How a reported figure comes out of the truth: noise, rounding, bounds; and how likely it was."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtr

from tiau.scenario.model import Report

Floats = NDArray[np.float64]

SMALLEST = 0.5
_ABOUT_SD = 1.6448536269514722


def log_sd(report: Report, noise_sd: float, about_slack: float) -> float:
    """Return the standard deviation of a figure's log around the truth.

    `about` adds its slack, read as the half width of a 90% interval.
    """
    if report.bound != "about":
        return noise_sd
    return math.hypot(noise_sd, math.log1p(about_slack) / _ABOUT_SD)


def figures(truth: Floats, normals: Floats, sd: float) -> Floats:
    """Return the figures that would be reported.

    Parameters
    ----------
    truth : float array (member,), persons
    normals : float array (member,)
        Standard normal numbers of the members for this report.
    sd : float
        Of the log.

    Returns
    -------
    float array (member,), persons
        Whole numbers.
    """
    return np.asarray(np.rint(truth * np.exp(sd * normals)))


def log_likelihood(report: Report, truth: Floats, sd: float) -> float:
    """Return the log chance, averaged over members, of what a report says given the truth.

    An exact or approximate figure has a log-normal density (per unit of log); `at_least`, `at_most` and
    `range` are censored observations.

    Parameters
    ----------
    report : Report
    truth : float array (member,), persons
    sd : float
        Of the log of the figure around the truth.

    Returns
    -------
    float
    """
    mean = np.log(np.maximum(truth, SMALLEST))
    value = math.log(max(report.value or 0.0, SMALLEST))
    match report.bound:
        case "at_least":
            terms = log_ndtr((mean - value) / sd)
        case "at_most":
            terms = log_ndtr((value - mean) / sd)
        case "range":
            low = math.log(max(report.low or 0.0, SMALLEST))
            high = math.log(max(report.high or math.inf, SMALLEST))
            inside = ndtr((high - mean) / sd) - ndtr((low - mean) / sd)
            terms = np.log(np.maximum(inside, 1e-300))
        case _:
            terms = -0.5 * ((value - mean) / sd) ** 2 - math.log(sd * math.sqrt(2 * math.pi))
    top = terms.max()
    return float(top + np.log(np.mean(np.exp(terms - top))))
