"""What a map shows of a result: places with people, and ways with those who travelled them, as they may be told."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tiau.results.disclosure import shown
from tiau.results.variables import MEDIAN
from tiau.scenario.countries import country
from tiau.scenario.geography import located
from tiau.scenario.network import Network

if TYPE_CHECKING:
    from tiau.results.result import Result

People = int | None
"""Persons, rounded; None where there are some, but too few to be told."""


@dataclass(frozen=True)
class Mark:
    """A place on the map.

    Attributes
    ----------
    name, country, admin1 : str
    lon, lat : float, degrees
    located : bool
        Whether it has coordinates.
    abroad : bool
        Whether it lies outside the countries that people leave.
    people : int or None, persons
        Displaced people present on the last day, the median.
    passed : int, persons
        How many came there or left from there over the ways, whichever is more.
    left, used : bool
        Whether it is a home that people leave; whether they leave it, pass it or stay there.
    """

    name: str
    country: str
    admin1: str
    lon: float
    lat: float
    located: bool
    abroad: bool
    people: People
    passed: int
    left: bool
    used: bool

    @property
    def weight(self) -> tuple[int, int, str]:
        """What puts places in order, the most important first, by nothing but what may be told."""
        return (-(self.people or 0), -self.passed, self.name)


def people_of(mark: Mark, below: int) -> str:
    """Return the people of a place as they may be told."""
    return f"<{below}" if mark.people is None else f"{mark.people:,}"


@dataclass(frozen=True)
class Flow:
    """People who travelled from one place to another until the last day, by whatever way between the two."""

    start: int
    end: int
    people: People


@dataclass(frozen=True)
class Content:
    """What a map shows.

    Attributes
    ----------
    marks : tuple of Mark
        In the order of places.csv.
    flows : tuple of Flow
        `start` and `end` are numbers of marks; those that nobody travelled have 0 people.
    left : tuple of str
        Names of the countries that people leave.
    countries : dict of str to str
        The name of each country that places lie in, by its code (ISO 3166-1 alpha-3), as far as that is known.
    day : date
        The last day.
    below : int, persons
        Smaller counts are not told.
    """

    marks: tuple[Mark, ...]
    flows: tuple[Flow, ...]
    left: tuple[str, ...]
    countries: Mapping[str, str]
    day: dt.date
    below: int


def content(result: Result, suppress_below: int) -> Content:
    """Take what a map shows from a result; counts are rounded to multiples of `suppress_below`, smaller ones hidden."""
    people = [_told(count) for count in shown(result.everybody[MEDIAN, -1], suppress_below)]
    return _content(result.network, people, _flows(result, suppress_below), suppress_below)


def without_people(network: Network) -> Content:
    """Return what a map shows before anything was run: places and lands, and nobody anywhere."""
    return _content(network, [0] * len(network.place_names), (), 0)


def _content(network: Network, people: Sequence[People], flows: tuple[Flow, ...], below: int) -> Content:
    came, went = _sums(flows, "end"), _sums(flows, "start")
    travelled = {end for flow in flows if flow.people != 0 for end in (flow.start, flow.end)}
    homes = set(network.home_place.tolist())
    used = travelled | homes | {at for at, count in enumerate(people) if count != 0}
    marks = tuple(
        Mark(place.place, place.country, place.admin1, place.lon, place.lat, located(place), bool(network.abroad[at]),
             people[at], max(came[at], went[at]), at in homes, at in used)
        for at, place in enumerate(network.scenario.places)
    )  # fmt: skip
    left = tuple(dict.fromkeys(network.countries[at] for at in network.country[network.home_place]))
    return Content(marks, flows, left, _codes(network.countries), network.scenario.settings.end, below)


def _flows(result: Result, below: int) -> tuple[Flow, ...]:
    """Return the flow from each place to each other: what ways between the same two say, added as it may be told."""
    network = result.network
    between: dict[tuple[int, int], list[People]] = defaultdict(list)
    told = map(_told, shown(result.flow[MEDIAN, -1], below))
    for start, end, people in zip(network.start.tolist(), network.end.tolist(), told, strict=True):
        between[start, end].append(people)
    return tuple(Flow(*ends, _added(counts)) for ends, counts in between.items())


def _told(count: float) -> People:
    return None if math.isnan(count) else int(count)


def _added(counts: list[People]) -> People:
    """Add counts of which some may be hidden: where nothing else is there the sum is hidden too."""
    known = sum(count for count in counts if count is not None)
    return None if known == 0 and None in counts else known


def _sums(flows: Iterable[Flow], end: str) -> dict[int, int]:
    sums: dict[int, int] = defaultdict(int)
    for flow in flows:
        sums[getattr(flow, end)] += flow.people or 0
    return sums


def _codes(names: Iterable[str]) -> dict[str, str]:
    return {known.iso3: name for name in names if (known := country(name)) is not None}
