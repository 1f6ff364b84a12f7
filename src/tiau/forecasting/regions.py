"""Countries, states and districts of a scenario, and which parts each of them is the sum of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tiau.scenario.model import Scenario
from tiau.scenario.names import key_of
from tiau.scenario.rows import Place

Level = Literal["country", "admin1", "admin2", "area", "place"]
LEVELS: tuple[Level, ...] = ("country", "admin1", "admin2", "area", "place")


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
    """Return countries, then states, then districts by name.

    One that shares its name with a place is left out: the name means the place. A district whose name reaches into
    another state is taken by its places there.
    """
    found: dict[str, Region] = {}
    for depth, level in enumerate(LEVELS[:3]):
        for name in dict.fromkeys(_chain(place)[depth] for place in scenario.places):
            if name and name not in found and key_of(name) not in scenario.names.place_index:
                inside = [place for place in scenario.places if _chain(place)[depth] == name]
                found[name] = Region(level, tuple(dict.fromkeys(_parts(scenario, inside, depth))))
    return found


def place_of(scenario: Scenario, name: str) -> tuple[Level, str]:
    """Return the level of a place or area, and the country it lies in; blank for an area of several."""
    places = [scenario.places[number] for number in scenario.names.members(name)]
    countries = {place.country for place in places}
    country = countries.pop() if len(countries) == 1 else ""
    if key_of(name) in scenario.names.place_index:
        return "place", country
    for depth, level in enumerate(LEVELS[:3]):
        if any(_chain(place)[depth] == name for place in scenario.places):
            return level, country
    return "area", country


def _chain(place: Place) -> tuple[str, str, str, str]:
    return place.country, place.admin1, place.admin2, place.place


def _parts(scenario: Scenario, inside: list[Place], depth: int) -> Iterator[str]:
    here = {place.place for place in inside}
    for place in inside:
        name = next(name for name in _chain(place)[depth + 1 :] if name)
        members = {scenario.places[number].place for number in scenario.names.members(name)}
        yield name if members <= here else place.place
