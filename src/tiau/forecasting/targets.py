"""What a forecast is scored on: the figure nearest to the day that it speaks of, at that figure's own date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tiau.forecasting.history import Floats, Panel, Series

NEAR = 1 / 6
"""A figure is a target of a horizon if it lies within this share of it."""


@dataclass(frozen=True)
class Targets:
    """The figures that forecasts of a panel for one horizon are scored on.

    Attributes
    ----------
    rows : int array (target,)
        Positions in the panel's series.
    lead : float array (target,), days
        From the origin to the figure.
    people : float array (target,), persons
    """

    rows: np.ndarray[tuple[int], np.dtype[np.int64]]
    lead: Floats
    people: Floats


def targets_of(panel: Panel, horizon: float, truth: Mapping[str, Series]) -> Targets:
    """Return the targets of a panel's places for a horizon in days, by the series of each place."""
    found: list[tuple[int, float, float]] = []
    for row, place in enumerate(panel.places):
        if place not in truth:
            continue
        lead = truth[place].days - panel.origin
        away = np.abs(lead - horizon)
        nearest = int(np.argmin(away))
        # Of two that are equally near the earlier one.
        if away[nearest] <= horizon * NEAR:
            found.append((row, float(lead[nearest]), float(truth[place].people[nearest])))
    rows, leads, people = zip(*found, strict=True) if found else ((), (), ())
    return Targets(np.array(rows, np.int64), np.array(leads, float), np.array(people, float))


def all_targets_of(panel: Panel, row: int, truth: Mapping[str, Series], least: float, most: float) -> Targets:
    """Return all figures of one place with a lead between two, in days, as targets; for fits."""
    series = truth[panel.places[row]]
    lead = series.days - panel.origin
    inside = (lead > least) & (lead <= most)
    return Targets(np.full(int(inside.sum()), row), lead[inside], series.people[inside])
