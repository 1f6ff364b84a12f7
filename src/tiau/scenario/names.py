"""Names of a scenario's places and areas: which places a name means, under every alias."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from tiau.scenario.rows import Area, Place


def key_of(name: str) -> str:
    """Return the form in which names are compared: without case, with single spaces."""
    return " ".join(name.lower().split())


class Gazetteer:
    """Places and areas of a scenario by name or alias, without regard to case.

    A place comes before an area of the same name; a row of areas.csv before the country, admin1 or
    admin2 of the same name in places.csv; names before aliases, and of those who share an alias the first row.
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
                index.setdefault(key_of(alias), position)
        # Names come last so that a name is never hidden by an alias of another place.
        index.update({key_of(place.place): position for position, place in enumerate(self.places)})
        return index

    @cached_property
    def _derived(self) -> dict[str, tuple[int, ...]]:
        """Indices of the places of each country, admin1 and admin2."""
        derived: dict[str, list[int]] = {}
        for position, place in enumerate(self.places):
            for name in dict.fromkeys((place.country, place.admin1, place.admin2)):
                if name:
                    derived.setdefault(name, []).append(position)
        return {name: tuple(positions) for name, positions in derived.items()}

    @cached_property
    def area_names(self) -> dict[str, str]:
        """The proper name of each area by lower-case name or alias."""
        names = {key_of(name): name for name in (*self._derived, *(area.area for area in self.areas))}
        for area in self.areas:
            for alias in area.aliases:
                names.setdefault(key_of(alias), area.area)
        return names

    @cached_property
    def area_members(self) -> dict[str, tuple[int, ...]]:
        """Indices of the places of each area by the area's proper name."""
        done: dict[str, tuple[int, ...]] = {}
        for area in self.areas:
            # A row without members says how an area of places.csv is called besides, not that it is empty.
            if area.members or area.area not in self._derived:
                done[area.area] = self._reached(area, done)
        return self._derived | done

    @cached_property
    def _rows(self) -> dict[str, Area]:
        return {area.area: area for area in self.areas}

    def _reached(self, area: Area, done: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
        """Return the places of an area and of the areas in it, each once, however deep and even in a circle."""
        found: dict[int, None] = {}
        seen: set[str] = set()
        todo = list(reversed(area.members))
        while todo:
            name = key_of(todo.pop())
            if name in seen:
                continue
            seen.add(name)
            # The same order as everywhere: places, then names of areas, then their aliases.
            proper = self.area_names.get(name, "")
            if name in self.place_index:
                found[self.place_index[name]] = None
            elif proper in done:
                found.update(dict.fromkeys(done[proper]))
            elif proper in self._rows and self._rows[proper].members:
                todo += reversed(self._rows[proper].members)
            else:
                found.update(dict.fromkeys(self._derived.get(proper, ())))
        return tuple(found)

    @cached_property
    def countries(self) -> frozenset[str]:
        """The countries of the places."""
        return frozenset(place.country for place in self.places)

    def __contains__(self, name: str) -> bool:
        return key_of(name) in self.place_index or key_of(name) in self.area_names

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
        key = key_of(name)
        if key in self.place_index:
            return self.places[self.place_index[key]].place
        return self.area_names.get(key, name)

    def members(self, name: str) -> tuple[int, ...]:
        """Return the indices of the places that a name or alias of a place or area means; none where it is unknown."""
        key = key_of(name)
        if key in self.place_index:
            return (self.place_index[key],)
        area = self.area_names.get(key)
        return self.area_members[area] if area is not None else ()

    def members_of(self, names: Iterable[str]) -> tuple[int, ...]:
        """Return the indices of the places that several names mean, each once."""
        return tuple(dict.fromkeys(position for name in names for position in self.members(name)))

    def unknown_members(self, area: Area) -> tuple[str, ...]:
        """Return those members of an area that name neither a place nor another area."""
        return tuple(name for name in area.members if name not in self or key_of(name) == key_of(area.area))
