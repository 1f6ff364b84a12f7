"""How far simulated camps are from counted ones: Flee's measures with their roundings, and a scaled error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from tiau.flee.case.model import Floats

Naive = Literal["flat", "sloped", "ratio"]

NAIVE: tuple[Naive, ...] = ("flat", "sloped", "ratio")
EARLY_DAY, TRAINING_DAY = 7, 30
DIGITS = 4


def rescaled(simulated: Floats, data: Floats) -> Floats:
    """Return simulated counts scaled on each day to the total of the data, both (day, camp).

    They are all zero where nobody is simulated.
    """
    total = simulated.sum(1, keepdims=True)
    return simulated * np.where(total > 0, data.sum(1, keepdims=True), 0.0) / np.where(total > 0, total, 1.0)


def difference(simulated: Floats, data: Floats) -> Floats:
    """Return the relative difference of each day (day,): that of both (day, camp) over the total of the data.

    Absolute differences are rounded to four digits and totals below 1 count as 1, as Flee does.
    """
    return np.asarray(_absolute(simulated, data).sum(1) / _totals(data))


def averaged_difference(simulated: Floats, data: Floats) -> float:
    """Return the averaged relative difference, Flee's "Error (normal)"; 0 to 2 where totals agree."""
    return float(difference(simulated, data).mean())


def averaged_difference_rescaled(simulated: Floats, data: Floats) -> float:
    """Return the averaged relative difference after rescaling each day to the true total: "Error (rescaled)"."""
    return float(difference(rescaled(simulated, data), data).mean())


@dataclass(frozen=True)
class CampErrors:
    """Means over days, camp by camp.

    Attributes
    ----------
    absolute, absolute_rescaled : float array (camp,), agents
        Of absolute differences as simulated, and after rescaling to the true total.
    share : float array (camp,)
        Of absolute differences over the total of the data; they add up to the averaged relative difference.
    """

    absolute: Floats
    absolute_rescaled: Floats
    share: Floats


def camp_errors(simulated: Floats, data: Floats) -> CampErrors:
    """Return the errors of each camp, both (day, camp)."""
    absolute = _absolute(simulated, data)
    return CampErrors(
        absolute=absolute.mean(0),
        absolute_rescaled=_absolute(rescaled(simulated, data), data).mean(0),
        share=(absolute / _totals(data)[:, None]).mean(0),
    )


def mase_of_flee(simulated: Floats, data: Floats, *, day: int, naive: Naive) -> Floats:
    """Return Flee's mean absolute scaled error of each camp, with its peculiarities.

    The error of the rescaled counts over all days, the training days among them, is divided by the error of a naive
    model over the days after `day`. The sloped model grows by the count of that day every day.

    Parameters
    ----------
    simulated, data : float array (day, camp)
    day : int
        The day whose count the naive model knows: 7 or 30.
    naive : {"flat", "sloped", "ratio"}
        The count stays; it grows; its share of the total stays.

    Returns
    -------
    float array (camp,)
        nan or inf where the naive model makes no error, or the run is too short to have one.
    """
    if len(data) <= day:
        return np.full(data.shape[1], np.nan)
    number = np.arange(len(data), dtype=np.float64)[:, None]
    totals = data.sum(1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        if naive == "flat":
            guess = np.broadcast_to(data[day], data.shape)
        elif naive == "sloped":
            # Whether the early day counted anybody switches the slope of the later day off too.
            guess = np.where(data[EARLY_DAY] > 0, number * data[day], 0.0)
        else:
            guess = totals * (data[day] / totals[day])
        later = slice(day + 1, None)
        scale = np.abs(data - guess)[later].sum(0) / np.float64(len(data[later]))
        error: Floats = np.abs(data - rescaled(simulated, data)).mean(0)
        return np.asarray((error / scale).round(DIGITS))


def total_mase_of_flee(of_camp: Floats, data: Floats) -> float:
    """Return Flee's total of errors (camp,): their mean weighted by the people-days of each camp in the data."""
    weights = data.sum(0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return float((of_camp * weights).sum() / weights.sum())


def mase(simulated: Floats, data: Floats, *, day: int) -> float:
    """Return the absolute error over that of counts that stay as on `day`, both of the same later days.

    Parameters
    ----------
    simulated, data : float array (day, camp)
        As simulated, not rescaled: the naive model does not know the true totals either.
    day : int

    Returns
    -------
    float
        Below 1 is better than the counts of that day; nan without later days or where they all stay the same.
        Errors are added over camps before they are divided (Hyndman and Koehler 2006, relative measures).
    """
    later = slice(day + 1, None)
    if len(data[later]) == 0:
        return float("nan")
    scale = np.abs(data[later] - data[day]).sum()
    return float(np.abs(simulated - data)[later].sum() / scale) if scale > 0 else float("nan")


def _absolute(simulated: Floats, data: Floats) -> Floats:
    return np.abs(simulated - data).round(DIGITS)


def _totals(data: Floats) -> Floats:
    return np.asarray(np.maximum(data.sum(1), 1.0))
