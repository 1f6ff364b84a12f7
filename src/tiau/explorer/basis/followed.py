"""What can be followed on a page: areas, and then every place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from tiau.results.areas import areas_kept
from tiau.scenario.model import Scenario
from tiau.scenario.names import key_of
from tiau.scenario.network import Bools, Network

PLACE, NAMED = "place", "area"
LEVELS = ("country", "admin1", "admin2", NAMED, PLACE)


@dataclass(frozen=True)
class Followed:
    """An area or a place whose people are followed.

    Attributes
    ----------
    name, label : str
        Its own name; a name that nothing else that is followed has.
    level : {"country", "admin1", "admin2", "area", "place"}
    places : tuple of int
        Positions of its places.
    abroad : bool
        Whether all of them lie outside the countries that people leave.
    """

    name: str
    label: str
    level: str
    places: tuple[int, ...]
    abroad: bool


def followed_of(network: Network) -> tuple[Followed, ...]:
    """Return countries, states, districts and named areas, then the places in their order."""
    areas = sorted(_areas(network), key=lambda one: LEVELS.index(one.level))
    places = [
        Followed(place.place, place.place, PLACE, (at,), bool(network.abroad[at]))
        for at, place in enumerate(network.scenario.places)
    ]
    return tuple(_told_apart([*areas, *places]))


def _areas(network: Network) -> Iterator[Followed]:
    """Yield the areas of which results keep members, and then areas with a name that no report speaks of."""
    names, kept = network.names, areas_kept(network)
    chain_of = {row: area for area, row in reversed([*kept.row_of.items()])}
    found: set[tuple[int, ...]] = set()
    for row, name in enumerate(kept.names):
        places = tuple(np.flatnonzero(kept.places[row]).tolist())
        area = chain_of.get(row)
        if places and (area is not None or key_of(name) not in names.place_index):
            found.add(places)
            level, label = (NAMED, name) if area is None else (area.level, area.label)
            yield Followed(name if area is None else area.name, label, level, places, _all_abroad(network, places))
    for named in network.scenario.areas:
        places = tuple(sorted(names.members(named.area)))
        if len(places) > 1 and places not in found:
            found.add(places)
            yield Followed(named.area, named.area, NAMED, places, _all_abroad(network, places))


def _all_abroad(network: Network, places: tuple[int, ...]) -> bool:
    return bool(network.abroad[list(places)].all())


def _told_apart(every: list[Followed]) -> Iterator[Followed]:
    """Yield what is followed with labels of which there is one each."""
    often, taken = Counter(one.label for one in every), set[str]()
    for one in every:
        label = one.label if often[one.label] == 1 else f"{one.label} ({one.level})"
        number = 2
        while label in taken:
            label, number = f"{one.label} ({one.level} {number})", number + 1
        taken.add(label)
        yield replace(one, label=label)


def first_of(network: Network, every: tuple[Followed, ...]) -> int:
    """Return what is followed at first: the place of the series, else the area abroad with the most places."""
    series = network.scenario.settings.series
    if series is not None and (found := named(network.scenario, every, series.place)) is not None:
        return found
    abroad = [at for at, one in enumerate(every) if one.abroad and one.level != PLACE]
    return max(abroad, key=lambda at: (len(every[at].places), -at), default=0)


def named(scenario: Scenario, every: tuple[Followed, ...], name: str) -> int | None:
    """Return the position of what a place or area of a name is followed as; None where it has no places."""
    places, proper = tuple(sorted(scenario.names.members(name))), scenario.names.proper(name)
    same = [at for at, one in enumerate(every) if one.places == places]
    is_place = key_of(name) in scenario.names.place_index
    fitting = [at for at in same if (every[at].level == PLACE) == is_place]
    return next((at for at in fitting if every[at].name == proper), next(iter(fitting or same), None))


def masks_of(every: tuple[Followed, ...], places: int) -> Bools:
    """Return which places each has (followed, place)."""
    found = np.zeros((len(every), places), bool)
    for row, one in enumerate(every):
        found[row, list(one.places)] = True
    return found
