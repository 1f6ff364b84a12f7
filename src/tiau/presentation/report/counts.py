"""The last counts of areas within a run, whenever they became known, beside which a report sets what the run gives."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tiau.forecasting.asked import PRESENT
from tiau.forecasting.history import COMING_TO, in_order
from tiau.presentation.words.days import in_words
from tiau.presentation.words.listing import listed
from tiau.results.areas import Area, chains
from tiau.scenario.network import Network
from tiau.scenario.rows import Place

Places = tuple[int, ...]

NAMED = 3
"""Of more places that were counted together it is said how many they are."""


@dataclass(frozen=True)
class Count:
    """A figure of people present in an area: how many, of which day and place, when it became known, and its id."""

    people: float
    day: dt.date
    place: str
    known: dt.date
    reports: tuple[str, ...]


class LastCounts:
    """The last figure of people present of each area, of a day within a run, as its reports and its chart have it.

    Where all camps of an area were counted on one day, it is the sum.
    """

    def __init__(self, network: Network) -> None:
        scenario, names = network.scenario, network.names
        # By their places, not by their names: a place may be called like the area around it, or be all of an area.
        self._places = chains(scenario)
        self._camps = {at: place for at, place in enumerate(scenario.places) if place.kind in COMING_TO}
        self._counts: dict[tuple[dt.date, dt.date], dict[Places, Count]] = defaultdict(dict)
        within = tuple(report for report in scenario.reports if report.as_of.end <= scenario.settings.end)
        for report in in_order(scenario.model_copy(update={"reports": within})):
            if report.quantity == PRESENT and report.value is not None:
                whole = names.proper(report.place)
                found = Count(report.value, report.as_of.end, whole, report.known_on, (report.report,))
                period = report.as_of.end, report.as_of.start
                self._counts[period][tuple(sorted(names.members(report.place)))] = found

    def of(self, area: Area) -> Count | None:
        """Return the last figure of an area, None if nobody counted all of it on one day."""
        places = self._places[area]
        for (day, _), counts in sorted(self._counts.items(), reverse=True):
            camps = {at for at in places if at in self._camps and _open(self._camps[at], day)}
            if found := counts.get(places) or _added(places, camps, counts):
                return found
        return None


def _open(place: Place, day: dt.date) -> bool:
    return (place.opens is None or place.opens <= day) and (place.closes is None or day < place.closes)


def _added(places: Iterable[int], camps: set[int], counts: Mapping[Places, Count]) -> Count | None:
    """Add the counts of parts of an area that do not overlap, wide ones first; None if a camp is in none of them."""
    around, taken, parts = set(places), set[int](), list[Count]()
    for of, count in sorted(counts.items(), key=lambda one: (-len(one[0]), one[0])):
        if around.issuperset(of) and taken.isdisjoint(of):
            taken |= set(of)
            parts.append(count)
    if not camps or not camps <= taken:
        return None
    named = listed(sorted(count.place for count in parts)) if len(parts) <= NAMED else f"{len(parts)} places"
    together = " together" if len(parts) > 1 else ""
    known, reports = max(count.known for count in parts), tuple(name for count in parts for name in count.reports)
    return Count(sum(count.people for count in parts), parts[0].day, f"{named}{together}", known, reports)


def later(latest: Count | None, day: dt.date, origin: dt.date) -> str:
    """Say why a forecast made on `origin` goes on from the count of a day and not from the last one; blank if it does.

    The last one is that of the run, whenever it became known.
    """
    if latest is None or latest.day <= day:
        return ""
    known = f"became known on {in_words(latest.known)}, after it" if latest.known > origin else "is not what it goes by"
    return f"the count of {in_words(latest.day)} {known}"
