"""Reports that lie outside the band of an area over time, as one sees it drawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from tiau.observations.ledger import Placement
from tiau.results.result import Result
from tiau.scenario.counts import interval
from tiau.scenario.rows import Report


@dataclass(frozen=True)
class Outside:
    """Which independent reports of an area lie above and below its 90% band.

    Attributes
    ----------
    reports : int
        How many there are.
    above, below : tuple of Placement
        Those furthest off first.
    noisy : int
        How many of them lie inside the band of what their source would report.
    """

    reports: int
    above: tuple[Placement, ...]
    below: tuple[Placement, ...]
    noisy: int


def reports_of(result: Result, name: str, quantity: str) -> list[Placement]:
    """Return the placed reports of a quantity of an area that speak of everybody."""
    proper = result.network.names.proper(name)
    return [
        placement for placement in result.placements
        if placement.status == "placed" and placement.report.quantity == quantity and placement.of_everybody
        and result.network.names.proper(placement.report.place) == proper
    ]  # fmt: skip


def middle(report: Report) -> dt.date:
    """Return the day in the middle of a report's period, on which it is drawn."""
    return report.as_of.start + (report.as_of.end - report.as_of.start) / 2


def outside(result: Result, name: str, quantity: str) -> Outside:
    """Set the reports of an area, copies left out, against the band of a quantity that the result keeps of it."""
    counted = [placement for placement in reports_of(result, name, quantity) if placement.counted]
    if result.members < 2 or not counted:
        return Outside(len(counted), (), (), 0)
    low, high = np.quantile(result.area(name, quantity), (0.05, 0.95), axis=1)
    off: dict[str, list[tuple[float, Placement]]] = {"above": [], "below": []}
    for placement in counted:
        least, most = interval(placement.report, 0.0)
        day = min(max(result.network.day_index(middle(placement.report)), 0), low.size - 1)
        if least > high[day]:
            off["above"].append((least / max(high[day], 1.0), placement))
        elif most < low[day]:
            off["below"].append((low[day] / max(most, 1.0), placement))
    above, below = (
        tuple(placement for _, placement in sorted(found, key=lambda one: -one[0])) for found in off.values()
    )
    inside = {fit.placement.report.report for fit in result.fits if fit.verdict == "inside"}
    noisy = sum(placement.report.report in inside for placement in (*above, *below))
    return Outside(len(counted), above, below, noisy)
