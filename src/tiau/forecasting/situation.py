"""What methods know of a panel on the day of a forecast, worked out once for all of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from tiau.forecasting import growth
from tiau.forecasting.history import Bools, Floats, Panel
from tiau.scenario.known import rows_known
from tiau.scenario.model import Scenario

YEAR_QUARTER = 90


@dataclass(frozen=True)
class Situation:
    """A panel and what is worked out of it.

    Attributes
    ----------
    panel : Panel
    scenario : Scenario
        For places, ways and, by the day on which they were known, events. Its reports are not looked at.
    by_report : bool
        Whether growth is that up to the last figure of each place, not that up to the day of the forecast: of places
        that nobody has counted for long it says how fast they grew, not that nothing happens there.
    """

    panel: Panel
    scenario: Scenario
    by_report: bool = False

    @cached_property
    def at_reports(self) -> Situation:
        """The same with growth up to the last figure of each place."""
        return replace(self, by_report=True)

    @property
    def _ends(self) -> Floats:
        """The end of the time over which growth is seen (place,), ordinals."""
        return self.panel.origin - (self.since_report if self.by_report else np.zeros(self.count))

    @property
    def last(self) -> Floats:
        """The last figure of each place (place,), persons."""
        return self.panel.last

    @cached_property
    def since_report(self) -> Floats:
        """Days since the last figure of each place (place,)."""
        return np.array([self.panel.origin - series.days[-1] for series in self.panel.series])

    @cached_property
    def total(self) -> float:
        """The sum of the last figures, persons."""
        return float(self.last.sum())

    @property
    def count(self) -> int:
        """Number of places."""
        return len(self.panel.series)

    @cached_property
    def own_trend(self) -> Floats:
        """How fast each place grew (place,), persons a day."""
        return growth.own_trend(self.panel.series, self._ends)

    @cached_property
    def arrivals(self) -> float:
        """How many people arrive in all, persons a day."""
        return growth.arrivals(self.panel.series, self._ends)

    @cached_property
    def root_share(self) -> Floats:
        """The share of each place in the sum of square roots (place,)."""
        roots = np.sqrt(self.last)
        return np.asarray(roots / max(roots.sum(), 1.0))

    @property
    def empty(self) -> Bools:
        """Which places have nobody by their last figure (place,): most of them have only been named so far."""
        return np.asarray(self.last == 0)

    @cached_property
    def usual(self) -> float:
        """A usual size of a place, persons: the geometric mean of the mean of all and the median of filled ones."""
        filled = self.last[~self.empty]
        return float(np.sqrt(self.total / self.count * np.median(filled))) if filled.size else 0.0

    @property
    def growing(self) -> float:
        """Arrivals in 90 days as a share of all people."""
        return YEAR_QUARTER * self.arrivals / max(self.total, 1.0)

    @property
    def age(self) -> int:
        """Days since the start of the scenario."""
        return self.panel.age

    def struck(self) -> tuple[int, ...]:
        """Return the indices of places where something happened that was known on the day."""
        events = rows_known(self.scenario.events, dt.date.fromordinal(self.panel.origin))
        names = dict.fromkeys(name for event in events for name in event.place)
        return self.scenario.names.members_of(names)
