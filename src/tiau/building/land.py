"""The places of a scenario as points on the globe, with the ways that there are already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tiau.building.neighbours import Pair, Points, on_sphere
from tiau.scenario.checks.borders import ends_of
from tiau.scenario.geography import EARTH_KM, located
from tiau.scenario.model import Scenario
from tiau.scenario.names import Gazetteer, key_of
from tiau.scenario.rows import Place


@dataclass(frozen=True, slots=True)
class Way:
    """A way that is proposed between two places.

    Attributes
    ----------
    start, end : int
        Indices of places.
    km : float
        Along great circles.
    crossing : str
        Blank inside a country.
    """

    start: int
    end: int
    km: float
    crossing: str = ""

    @property
    def ends(self) -> Pair:
        """Both ends, in the order of places.csv."""
        return min(self.start, self.end), max(self.start, self.end)


class Land:
    """Where places lie, and which of them are joined.

    Parameters
    ----------
    scenario : Scenario
        Settings, places, areas and routes are used.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.places: tuple[Place, ...] = scenario.places
        self.names: Gazetteer = scenario.names
        self.points: Points = on_sphere([place.lat for place in self.places], [place.lon for place in self.places])
        home = scenario.settings.countries.home
        self.home = frozenset(home or (place.country for place in self.places if place.kind == "origin"))
        ends = [pair for route in scenario.routes if (pair := ends_of(route, self.names))]
        self.pairs: frozenset[Pair] = frozenset((min(pair), max(pair)) for pair in ends)
        self.crossings = frozenset(key_of(route.crossing) for route in scenario.routes if route.crossing)
        self._with_way = frozenset(end for pair in self.pairs for end in pair)

    @cached_property
    def located(self) -> list[int]:
        """Indices of the places that have coordinates."""
        return [position for position, place in enumerate(self.places) if located(place)]

    @cached_property
    def nations(self) -> dict[str, list[int]]:
        """The places that have coordinates by country."""
        found: dict[str, list[int]] = {}
        for position in self.located:
            found.setdefault(self.places[position].country, []).append(position)
        return found

    def joined(self, one: int, other: int) -> bool:
        """Whether there is a way between two places already, in either direction."""
        return (min(one, other), max(one, other)) in self.pairs

    def wanted(self, one: int, other: int) -> bool:
        """Whether a way may be proposed: one end has none yet. What was taken out by hand is not put back."""
        return not {one, other} <= self._with_way

    def km(self, one: int, other: int) -> float:
        """Return the great-circle distance between two places."""
        return float(self.km_from(self.points[one], [other])[0])

    def km_from(self, point: NDArray[np.float64], places: Sequence[int]) -> NDArray[np.float64]:
        """Return the great-circle distances of places from a point."""
        chord = np.linalg.norm(self.points[list(places)] - point, axis=1)
        return 2 * EARTH_KM * np.arcsin(np.minimum(chord / 2, 1))  # type: ignore[no-any-return]

    def outward(self, ends: Pair) -> Pair:
        """Return two places of different countries, the one that people leave first."""
        first, second = ends
        leave = [self.places[end].country in self.home for end in ends]
        return (second, first) if leave[1] and not leave[0] else (first, second)

    def told(self, ends: Pair) -> str:
        """Return two places in words."""
        return " and ".join(self.places[end].place for end in ends)
