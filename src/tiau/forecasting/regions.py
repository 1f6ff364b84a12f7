"""Countries, states and districts of a scenario, and which parts each of them is the sum of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from tiau.results.areas import common
from tiau.scenario.model import Scenario
from tiau.scenario.names import key_of
from tiau.scenario.rows import Place

Level = Literal["country", "admin1", "admin2", "area", "place"]
AREAS: tuple[Level, ...] = ("country", "admin1", "admin2")
LEVELS: tuple[Level, ...] = (*AREAS, "area", "place")


@dataclass(frozen=True)
class Region:
    """A country, a state or a district.

    Attributes
    ----------
    level : {"country", "admin1", "admin2"}
    parts : tuple of str
        Names of the regions and places of the next level in it, which do not overlap.
    """

    level: Level
    parts: tuple[str, ...]


def regions(scenario: Scenario) -> dict[str, Region]:
    """Return countries, then states, then districts by name; one that bears several names of these is the widest.

    One that shares its name with a place is left out: the name means the place. A district whose name reaches into
    another state is taken by its places there.
    """
    depths: dict[str, int] = {}
    for depth in range(len(AREAS)):
        for place in scenario.places:
            depths.setdefault(_chain(place)[depth], depth)
    return {
        name: Region(AREAS[depth], tuple(dict.fromkeys(_parts(scenario, name, depths))))
        for name, depth in depths.items() if name and key_of(name) not in scenario.names.place_index
    }  # fmt: skip


def _parts(scenario: Scenario, region: str, depths: Mapping[str, int]) -> Iterator[str]:
    depth = depths[region]
    inside = [place for place in scenario.places if _chain(place)[depth] == region]
    here = {place.place for place in inside}
    for place in inside:
        name = next(name for name in _chain(place)[depth + 1 :] if name)
        members = {scenario.places[number].place for number in scenario.names.members(name)}
        # A city of the same name as its country is no part that has the country as a part.
        yield name if members <= here and depths.get(name, depth) > depth else place.place


def with_figures(of: Mapping[str, Region], told: Collection[str]) -> frozenset[str]:
    """Return the regions in which something that is less than the whole has a figure.

    Parameters
    ----------
    of : mapping of str to Region
    told : collection of str
        Places and areas with a figure.
    """
    found: set[str] = set()
    for name, region in reversed([*of.items()]):
        if any(part in told or part in found for part in region.parts):
            found.add(name)
    return frozenset(found)


def place_of(scenario: Scenario, name: str) -> tuple[Level, str]:
    """Return the level of a place or area, and the country it lies in; blank for an area of several."""
    level, country, _, _ = whereabouts(scenario, name)
    return level, country


def whereabouts(scenario: Scenario, name: str) -> tuple[Level, str, str, str]:
    """Return the level of a place or area, and the country, state and district that it is or that all of it lies in."""
    level = _level(scenario, name)
    places = [scenario.places[number] for number in scenario.names.members(name)]
    deep = AREAS.index(level) if level in AREAS else len(AREAS)
    country, admin1, admin2 = (common(places, one) if depth <= deep else "" for depth, one in enumerate(AREAS))
    return level, country, admin1, admin2


def _level(scenario: Scenario, name: str) -> Level:
    if key_of(name) in scenario.names.place_index:
        return "place"
    for depth, level in enumerate(AREAS):
        if any(_chain(place)[depth] == name for place in scenario.places):
            return level
    return "area"


def _chain(place: Place) -> tuple[str, str, str, str]:
    return place.country, place.admin1, place.admin2, place.place
