"""The areas of which members are kept: those that have a name, and countries, states and districts by their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tiau.scenario.model import Scenario
from tiau.scenario.network import Network
from tiau.scenario.rows import Place

AreaLevel = Literal["country", "admin1", "admin2", "crossing"]
CHAIN: tuple[AreaLevel, ...] = ("country", "admin1", "admin2")


@dataclass(frozen=True)
class Area:
    """A country, a state or a district with what it lies in, or a border crossing with what lies behind it.

    Two of one name in different states are two areas, and a district is another than the place it is named after.
    """

    level: AreaLevel
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    crossing: str = ""

    @property
    def name(self) -> str:
        """Its own name."""
        return str(getattr(self, self.level))

    @property
    def label(self) -> str:
        """Its name behind those of what it lies in."""
        return " / ".join(filter(None, (self.country, self.admin1, self.admin2, self.crossing)))


def chain_of(place: Place, depth: int) -> Area | None:
    """Return what a place lies in, at a depth of `CHAIN`; None if the place does not say."""
    level = CHAIN[depth]
    named = {name: getattr(place, name) for name in CHAIN[: depth + 1]}
    return Area(level, **named) if named[level] else None


def common(places: Sequence[Place], column: str) -> str:
    """Return what places have in common in a column; blank if they differ, or there are none."""
    named = {getattr(place, column) for place in places}
    return str(named.pop()) if len(named) == 1 else ""


def chains(scenario: Scenario) -> dict[Area, tuple[int, ...]]:
    """Return countries, then states, then districts, with the positions of their places."""
    found: dict[Area, list[int]] = {}
    for depth in range(len(CHAIN)):
        for position, place in enumerate(scenario.places):
            if area := chain_of(place, depth):
                found.setdefault(area, []).append(position)
    return {area: tuple(positions) for area, positions in found.items()}


@dataclass(frozen=True)
class KeptAreas:
    """The areas of which members are kept.

    Attributes
    ----------
    names : tuple of str
    regions : int
        The first so many are countries, admin1 and the place of the series, by name.
    places : bool array (area, place)
    row_of : mapping of Area to int
        Where each country, state and district is; one with the places of an area that has a name is kept once.
    """

    names: tuple[str, ...]
    regions: int
    places: NDArray[np.bool_]
    row_of: Mapping[Area, int]


def areas_kept(network: Network) -> KeptAreas:
    """Return the areas whose members are kept."""
    settings, places, names = network.scenario.settings, network.scenario.places, network.names
    regions = [name for p in places for name in (p.country, p.admin1) if name]
    regions += [settings.series.place] if settings.series else []
    named = [name for name in regions if names.members(name)]
    # Regions stand first, so that one array serves quantities kept for all areas and those kept for regions.
    first = dict.fromkeys(names.proper(name) for name in named)
    named += [p.admin2 for p in places if p.admin2]
    named += [r.place for r in network.scenario.reports if names.members(r.place)]
    labels = list(dict.fromkeys(names.proper(name) for name in named))
    members = [tuple(sorted(names.members(name))) for name in labels]
    at = {of: row for row, of in reversed([*enumerate(members)])}
    row_of = {}
    for area, of in chains(network.scenario).items():
        if of not in at:
            at[of] = len(members)
            labels.append(area.label)
            members.append(of)
        row_of[area] = at[of]
    masks = np.zeros((len(members), len(places)), bool)
    for row, of in enumerate(members):
        masks[row, list(of)] = True
    return KeptAreas(tuple(labels), len(first), masks, row_of)


def kept_names(network: Network) -> dict[Area, str]:
    """Return the name under which a result has the members of each country, state and district (`Result.area`).

    That is its own, unless another area or a place is called so.
    """
    kept = areas_kept(network)
    return {area: kept.names[row] for area, row in kept.row_of.items()}
