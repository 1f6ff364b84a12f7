"""Reports that lie outside the band of an area over time, as one sees it drawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from tiau.observations.ledger import Placement
from tiau.results.disclosure import shown
from tiau.results.result import Result
from tiau.scenario.counts import interval
from tiau.scenario.rows import Report


@dataclass(frozen=True)
class Missed:
    """A report outside the band.

    Attributes
    ----------
    placement : Placement
    edge : float, persons
        The end of the band that it lies beyond.
    times : float
        How many times the one is the other, above 1; nobody counts as one person.
    """

    placement: Placement
    edge: float
    times: float


@dataclass(frozen=True)
class Outside:
    """Which independent reports of an area lie above and below its 90% band.

    Attributes
    ----------
    reports : int
        How many there are.
    above, below : tuple of Missed
        Those furthest off first.
    noisy : int
        How many of them lie inside the band of what their source would report.
    """

    reports: int
    above: tuple[Missed, ...]
    below: tuple[Missed, ...]
    noisy: int

    @property
    def furthest(self) -> tuple[Missed, ...]:
        """Those above and below, furthest off first."""
        return tuple(sorted((*self.above, *self.below), key=lambda missed: -missed.times))


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


def outside(result: Result, name: str, quantity: str, *, suppress_below: float = 10) -> Outside:
    """Set the reports of an area, copies left out, against the band of a quantity that the result keeps of it.

    The ends of the band are rounded as they may be shown; of one that must not be, the most that it may be counts.
    """
    counted = [placement for placement in reports_of(result, name, quantity) if placement.counted]
    if result.members < 2 or not counted:
        return Outside(len(counted), (), (), 0)
    ends = shown(np.quantile(result.area(name, quantity), (0.05, 0.95), axis=1), suppress_below)
    low, high = np.nan_to_num(ends[0], nan=0.0), np.nan_to_num(ends[1], nan=suppress_below)
    above: list[Missed] = []
    below: list[Missed] = []
    for placement in counted:
        least, most = interval(placement.report, 0.0)
        day = min(max(result.network.day_index(middle(placement.report)), 0), low.size - 1)
        if least > high[day]:
            above.append(Missed(placement, float(high[day]), least / max(high[day], 1.0)))
        elif most < low[day]:
            below.append(Missed(placement, float(low[day]), low[day] / max(most, 1.0)))
    inside = {fit.placement.report.report for fit in result.fits if fit.verdict == "inside"}
    noisy = sum(missed.placement.report.report in inside for missed in (*above, *below))
    above.sort(key=lambda missed: -missed.times)
    below.sort(key=lambda missed: -missed.times)
    return Outside(len(counted), tuple(above), tuple(below), noisy)
