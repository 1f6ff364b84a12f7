"""The last counts of areas that were known at the end of a run, beside which a report sets what the run gives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tiau.forecasting.asked import PRESENT
from tiau.forecasting.history import last_reports
from tiau.results.areas import Area, kept_names
from tiau.scenario.network import Network


@dataclass(frozen=True)
class Count:
    """A figure of people present in an area: how many, and the day that it is of."""

    people: float
    day: dt.date


class LastCounts:
    """The last figure of people present of each area, by what was known on the last day of a run."""

    def __init__(self, network: Network) -> None:
        # Not by their own names: a place may be called like the area around it.
        self._names = kept_names(network)
        known = network.scenario.known_by(network.scenario.settings.end)
        self._reports = last_reports(known)

    def of(self, area: Area) -> Count | None:
        """Return the last figure of an area, None if there is none."""
        report = self._reports.get((PRESENT, self._names[area]))
        return None if report is None or report.value is None else Count(report.value, report.as_of.end)
