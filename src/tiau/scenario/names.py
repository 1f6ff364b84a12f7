"""Names of a scenario's places and areas: which places a name means, under every alias."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from tiau.scenario.model import Area, Place, Scenario


def _key(name: str) -> str:
    return " ".join(name.lower().split())


class Gazetteer:
    """Places and areas of a scenario by name or alias, without regard to case.

    A place comes before an area of the same name; a row of areas.csv before the country, admin1 or
    admin2 of the same name in places.csv.

    Parameters
    ----------
    places : iterable of Place
    areas : iterable of Area
    """

    def __init__(self, places: Iterable[Place], areas: Iterable[Area]) -> None:
        self.places = tuple(places)
        self.areas = tuple(areas)

    @cached_property
    def place_index(self) -> dict[str, int]:
        """Index of each place by lower-case name or alias."""
        index: dict[str, int] = {}
        for position, place in enumerate(self.places):
            for alias in place.aliases:
                index.setdefault(_key(alias), position)
        index.update({_key(place.place): position for position, place in enumerate(self.places)})
        return index

    @cached_property
    def area_members(self) -> dict[str, tuple[int, ...]]:
        """Indices of the places of each area by the area's proper name."""
        derived: dict[str, list[int]] = {}
        for position, place in enumerate(self.places):
            for name in dict.fromkeys((place.country, place.admin1, place.admin2)):
                if name:
                    derived.setdefault(name, []).append(position)
        members = {name: tuple(positions) for name, positions in derived.items()}
        for area in self.areas:
            members[area.area] = ()
        for area in self.areas:
            members[area.area] = self._expand(area, members, {area.area})
        return members

    def _expand(self, area: Area, members: dict[str, tuple[int, ...]], seen: set[str]) -> tuple[int, ...]:
        rows = {_key(name): row for row in self.areas for name in (row.area, *row.aliases)}
        proper = {_key(name): name for name in members}
        found: dict[int, None] = {}
        for name in area.members:
            key = _key(name)
            if key in self.place_index:
                found[self.place_index[key]] = None
            elif key in rows and rows[key].area not in seen:
                nested = self._expand(rows[key], members, seen | {rows[key].area})
                found.update(dict.fromkeys(nested))
            elif key in proper:
                found.update(dict.fromkeys(members[proper[key]]))
        return tuple(found)

    @cached_property
    def area_names(self) -> dict[str, str]:
        """The proper name of each area by lower-case name or alias."""
        names = {_key(name): name for name in self.area_members}
        for area in self.areas:
            for alias in area.aliases:
                names.setdefault(_key(alias), area.area)
        return names

    @cached_property
    def countries(self) -> frozenset[str]:
        """The countries of the places."""
        return frozenset(place.country for place in self.places)

    def __contains__(self, name: str) -> bool:
        return _key(name) in self.place_index or _key(name) in self.area_names

    def __iter__(self) -> Iterator[str]:
        """Iterate over every name and alias that a cell may use."""
        for place in self.places:
            yield place.place
            yield from place.aliases
        yield from self.area_members
        for area in self.areas:
            yield from area.aliases

    def proper(self, name: str) -> str:
        """Return the proper name of a place or area; the name itself where it is unknown."""
        key = _key(name)
        if key in self.place_index:
            return self.places[self.place_index[key]].place
        return self.area_names.get(key, name)

    def members(self, name: str) -> tuple[int, ...]:
        """Return the indices of the places that a name means; none where it is unknown.

        Parameters
        ----------
        name : str
            Name or alias of a place or an area.

        Returns
        -------
        tuple of int
            Positions in the table of places.
        """
        key = _key(name)
        if key in self.place_index:
            return (self.place_index[key],)
        area = self.area_names.get(key)
        return self.area_members[area] if area is not None else ()

    def unknown_members(self, area: Area) -> tuple[str, ...]:
        """Return those members of an area that name neither a place nor another area."""
        return tuple(name for name in area.members if name not in self or _key(name) == _key(area.area))


def gazetteer(scenario: Scenario) -> Gazetteer:
    """Return the gazetteer of a scenario's places and areas."""
    return Gazetteer(scenario.places, scenario.areas)
