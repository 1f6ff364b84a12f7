"""The last counts of areas within a run, whenever they became known, beside which a report sets what the run gives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tiau.forecasting.asked import PRESENT
from tiau.forecasting.history import last_reports
from tiau.presentation.words.days import in_words
from tiau.results.areas import Area, chains
from tiau.scenario.network import Network


@dataclass(frozen=True)
class Count:
    """A figure of people present in an area: how many, of which day and place, when it became known, and its id."""

    people: float
    day: dt.date
    place: str
    known: dt.date
    report: str


class LastCounts:
    """The last figure of people present of each area, of a day within a run, as its reports and its chart have it."""

    def __init__(self, network: Network) -> None:
        scenario, names = network.scenario, network.names
        within = tuple(report for report in scenario.reports if report.as_of.end <= scenario.settings.end)
        # By their places, not by their names: a place may be called like the area around it, or be all of an area.
        self._places = chains(scenario)
        self._counts: dict[tuple[int, ...], Count] = {}
        for (quantity, place), report in last_reports(scenario.model_copy(update={"reports": within})).items():
            members = tuple(sorted(names.members(place)))
            earlier = self._counts.get(members)
            if quantity == PRESENT and report.value is not None and (not earlier or earlier.day <= report.as_of.end):
                self._counts[members] = Count(report.value, report.as_of.end, place, report.known_on, report.report)

    def of(self, area: Area) -> Count | None:
        """Return the last figure of an area, None if there is none."""
        return self._counts.get(self._places[area])


def later(latest: Count | None, day: dt.date, origin: dt.date) -> str:
    """Say why a forecast made on `origin` goes on from the count of a day and not from the last one; blank if it does.

    The last one is that of the run, whenever it became known.
    """
    if latest is None or latest.day <= day:
        return ""
    known = f"became known on {in_words(latest.known)}, after it" if latest.known > origin else "is not what it goes by"
    return f"the count of {in_words(latest.day)} {known}"
