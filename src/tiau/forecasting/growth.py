"""How fast places grow by their own figures: clean steps, own trends, and who arrives in all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tiau.forecasting.history import Floats, Series

TREND_DAYS, TREND_LEAST = 90, 30
ARRIVAL_DAYS, ARRIVAL_LEAST = 60, 20
RECOUNT = 0.12
"""A fall by more than this share in one step is a new registration and no trend."""


def clean_steps(series: Series, end: float, window: int) -> tuple[Floats, float]:
    """Return the changes from figure to figure in the days before an end, and the days that they cover.

    The value at the start of the window is interpolated between the figures around it. Figures of 0 before the first
    that is more are left out: that people are registered for the first time is no trend. A fall that is a new
    registration counts as 0.

    Returns
    -------
    steps : float array (step,), persons
    covered : float, days
    """
    first = end - window
    inside = series.days >= first
    days, people = series.days[inside], series.people[inside]
    before = np.flatnonzero(~inside)
    if before.size and days.size and days[0] > first:
        earlier = before[-1]
        start = 0.0
        if series.people[earlier] > 0:
            start = np.interp(first, [series.days[earlier], days[0]], [series.people[earlier], people[0]])
        days, people = np.r_[first, days], np.r_[start, people]
    registered = np.flatnonzero(people > 0)
    if not registered.size:
        return np.zeros(0), 0.0
    days, people = days[registered[0] :], people[registered[0] :]
    steps = np.diff(people)
    return np.where(steps < -RECOUNT * people[:-1], 0.0, steps), float(days[-1] - days[0])


def own_trend(places: Sequence[Series], ends: Floats) -> Floats:
    """Return how fast each place grew over 90 days before an end of its own (place,), persons a day."""
    found = [clean_steps(series, end, TREND_DAYS) for series, end in zip(places, ends.tolist(), strict=True)]
    return np.array([steps.sum() / max(covered, TREND_LEAST) for steps, covered in found])


def arrivals(places: Sequence[Series], ends: Floats) -> float:
    """Return how many people arrived a day in all over 60 days before each end: the sum of rises over all places."""
    found = [clean_steps(series, end, ARRIVAL_DAYS) for series, end in zip(places, ends.tolist(), strict=True)]
    return float(sum(np.maximum(steps, 0.0).sum() / max(covered, ARRIVAL_LEAST) for steps, covered in found))
