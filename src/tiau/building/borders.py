"""Ways over borders: through the crossings that are known, else between neighbours on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tiau.building.crossings import Crossing
from tiau.building.land import Land, Way
from tiau.building.neighbours import Pair, neighbours, on_sphere
from tiau.scenario.countries import country
from tiau.scenario.names import key_of

REACH_KM = 150.0
"""A crossing serves places no further from it, and neighbours on both sides of a border are no further apart."""
NAMED_KM = 50.0
"""A place that a crossing is named after is its end if it lies no further from it."""


@dataclass(frozen=True)
class Border:
    """What is proposed over borders, and what has to be said of it.

    Attributes
    ----------
    ways : tuple of Way
    nations : frozenset of frozenset of str
        Pairs of countries whose crossings are known: other ways between them are not proposed.
    said : tuple of str
    """

    ways: tuple[Way, ...]
    nations: frozenset[frozenset[str]]
    said: tuple[str, ...]


def over_crossings(land: Land, crossings: Sequence[Crossing]) -> Border:
    """Return a way over each crossing that no row has yet, between the nearest places on both sides.

    Where two crossings lie between the same two places, the shorter way stays.
    """
    best: dict[Pair, Way] = {}
    nations: set[frozenset[str]] = set()
    said: list[str] = []
    for crossing in crossings:
        ends, why = _sides(land, crossing)
        if ends is None:
            said.append(f"{crossing.crossing}: {why}")
            continue
        nations.add(frozenset(land.places[end].country for end in ends))
        if {key_of(name) for name in (crossing.crossing, *crossing.aliases)} & land.crossings:
            continue
        if land.joined(*ends):
            said.append(f"{crossing.crossing}: there is a way between {land.told(ends)} already")
            continue
        way = Way(*land.outward(ends), _km(land, crossing, ends), crossing.crossing)
        other = best.setdefault((min(ends), max(ends)), way)
        if other is not way:
            longer, best[min(ends), max(ends)] = (way, other) if way.km >= other.km else (other, way)
            said.append(f"{longer.crossing}: joins {land.told(ends)} as {best[min(ends), max(ends)].crossing} does")
    return Border(tuple(best.values()), frozenset(nations), tuple(said))


def _km(land: Land, crossing: Crossing, ends: Pair) -> float:
    point = on_sphere([crossing.lat], [crossing.lon])[0]
    return float(sum(land.km_from(point, [end])[0] for end in ends))


def _sides(land: Land, crossing: Crossing) -> tuple[Pair | None, str]:
    """Return the places that a crossing joins; None, and why, where there are none."""
    point = on_sphere([crossing.lat], [crossing.lon])[0]
    given = [_nation(land, text) for text in (crossing.country_from, crossing.country_to)]
    for text, nation in zip((crossing.country_from, crossing.country_to), given, strict=True):
        if text and not nation:
            return None, f"no place of the scenario is in {text}"
    first = _nearest(land, point, crossing.from_, given[0], not_in=given[1])
    if first is None:
        return None, f"no place within {REACH_KM:g} km on one side"
    second = _nearest(land, point, crossing.to, given[1], not_in=land.places[first].country)
    if second is None:
        return None, f"no place within {REACH_KM:g} km on the side away from {land.places[first].place}"
    return (first, second), ""


def _nation(land: Land, text: str) -> str:
    """Return the country of places.csv that a name or code means; blank where no place lies there."""
    meant = country(text)
    return next((name for name in land.nations if key_of(name) == key_of(text) or (meant and country(name) == meant)),
                "")  # fmt: skip


def _nearest(land: Land, point: np.ndarray, name: str, nation: str, *, not_in: str) -> int | None:
    """Return the end of a crossing in a country, any other than `not_in` where that is not known."""
    fitting = [
        one for one in land.located
        if (land.places[one].country == nation if nation else land.places[one].country != not_in)
    ]  # fmt: skip
    if not fitting:
        return None
    km = land.km_from(point, fitting)
    named = land.names.place_index.get(key_of(name), -1)
    if named in fitting and km[fitting.index(named)] <= NAMED_KM:
        return named
    nearest = int(np.argmin(km))
    return fitting[nearest] if km[nearest] <= REACH_KM else None


def between_neighbours(land: Land, known: frozenset[frozenset[str]]) -> Iterator[Way]:
    """Yield ways between neighbours on both sides of borders without known crossings."""
    for pair in neighbours(land.points[land.located]):
        ends = land.located[pair[0]], land.located[pair[1]]
        nations = frozenset(land.places[end].country for end in ends)
        if len(nations) == 2 and nations not in known and land.wanted(*ends) and land.km(*ends) <= REACH_KM:
            yield named_after_ends(land, ends)


def named_after_ends(land: Land, ends: Pair) -> Way:
    """Return a way over a border whose crossing is named after its ends, the one that people leave first."""
    start, end = land.outward(ends)
    return Way(start, end, land.km(*ends), f"{land.places[start].place} - {land.places[end].place}")
