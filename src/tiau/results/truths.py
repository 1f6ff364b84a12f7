"""What reports speak of, seen in members day by day until the one figure of each report is known."""

from __future__ import annotations

import copy
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from tiau.observations.ledger import Placement, value_from

Floats = NDArray[np.float64]


def watched_by_day(placements: tuple[Placement, ...], days: int) -> list[list[int]]:
    """Return the positions of the reports that look at each day."""
    watched: list[list[int]] = [[] for _ in range(days)]
    for row, placement in enumerate(placements):
        if placement.status == "placed":
            # What happened in a period is the count at its end less that of the evening before.
            for day in range(max(placement.first - 1, 0), placement.last + 1):
                watched[day].append(row)
    return watched


class Truths:
    """Gathers what each report speaks of.

    Parameters
    ----------
    placements : tuple of Placement
        The ledger.
    members, days : int

    Attributes
    ----------
    of : float array (report, member), persons
        NaN where a report is not placed, or its last day has not passed.
    """

    def __init__(self, placements: tuple[Placement, ...], *, members: int, days: int) -> None:
        self._placements, self._watched = placements, watched_by_day(placements, days)
        self.of = np.full((len(placements), members), np.nan)
        # From the evening before its period on, as long as a report waits for the end of it.
        self._series = {
            row: np.zeros((placement.last - placement.first + 2, members))
            for row, placement in enumerate(placements) if placement.status == "placed"
        }  # fmt: skip

    def take(self, day: int, shown: Iterable[Floats]) -> None:
        """Take what the reports that look at a day see on it, each (member,)."""
        for row, values in zip(self._watched[day], shown, strict=True):
            placement = self._placements[row]
            self._series[row][day - placement.first + 1] = values
            if placement.last == day:
                series = self._series.pop(row)
                self.of[row] = value_from(placement, series[1:], series[0])

    def copy(self) -> Truths:
        """Return what was seen so far, to go on from more than once."""
        other = copy.copy(self)
        other.of, other._series = self.of.copy(), {row: series.copy() for row, series in self._series.items()}
        return other

    def take_over(self, earlier: Truths, days: int) -> str:
        """Take what another one has seen until a day; return what it has not looked at, or an empty text."""
        before = {placement.report: row for row, placement in enumerate(earlier._placements)}
        for row, placement in enumerate(self._placements):
            if row in self._series and max(placement.first - 1, 0) < days:
                other = before.get(placement.report, -1)
                if other < 0 or earlier._placements[other].last != placement.last:
                    return "reports"
                if placement.last < days:
                    del self._series[row]
                    self.of[row] = earlier.of[other]
                else:
                    self._series[row] = earlier._series[other].copy()
        return ""
