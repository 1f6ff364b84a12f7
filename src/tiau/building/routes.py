"""Ways and groups that a scenario folder lacks, proposed from its places: every row an estimate to be corrected."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tiau.building.borders import between_neighbours, named_after_ends, over_crossings
from tiau.building.crossings import read_crossings
from tiau.building.land import Land, Way
from tiau.building.merging.tables import EditedTable
from tiau.building.merging.writing import replaced
from tiau.building.neighbours import Pair, links, neighbours
from tiau.faults import InputError, wrong_argument
from tiau.readers.native import no_places, read_draft
from tiau.scenario.checks.borders import unreachable_places
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Group, Route

DETOUR = 1.3
"""Road kilometres for each of the great circle: a judgement; country means of Ballou et al. (2002,
doi:10.1016/S0965-8564(01)00044-1) lie from 1.1 to 2.1, most below 1.5."""
LEAST, MOST = 1.0, 5.0
SHORTEST_KM = 0.1
READ = ("scenario.toml", "places.csv", "areas.csv", "routes.csv", "groups.csv")


@dataclass(frozen=True)
class Proposal:
    """Rows that are proposed, and what has to be said of them.

    Attributes
    ----------
    folder : Path
    routes : tuple of Route
    groups : tuple of Group
    said : tuple of str
        Choices that were made, and crossings without a way.
    unreachable : tuple of str
        Places that no way leads to, and why.
    """

    folder: Path
    routes: tuple[Route, ...]
    groups: tuple[Group, ...]
    said: tuple[str, ...]
    unreachable: tuple[str, ...]

    def write(self) -> None:
        """Add the rows to routes.csv and groups.csv: to both, or, where anything fails, to none.

        Raises
        ------
        InputError
            If the folder cannot be written, or a table would be too long to be read again.
        """
        if not (self.routes or self.groups):
            return
        with replaced(self.folder, "folder") as partial:
            for row_type, rows in ((Route, self.routes), (Group, self.groups)):
                table = EditedTable(self.folder, row_type)
                for number, row in enumerate(rows):
                    table.put(f"\0proposed {number}", row.cells())
                if table.changed:
                    table.write(partial / table.file)
                    table.require_sound()


def propose(folder: Path, *, detour: float = DETOUR) -> Proposal:
    """Work out which ways and groups a scenario folder lacks; nothing is written.

    Between places of a country, ways join neighbours, and whatever parts are left. Over borders they go through the
    crossings of crossings.csv; between countries without one, neighbours no more than 150 km apart are joined. Rows
    that are there stay, and places that have ways get none but to places without.

    Parameters
    ----------
    folder : Path
        A scenario folder.
    detour : float
        Road kilometres for each of the great circle.

    Raises
    ------
    InputError
        If the folder is no scenario, has no places, or has faults in its places, areas, routes or groups.
    """
    if not LEAST <= detour <= MOST:
        raise wrong_argument("detour", "is out of bounds", f"give a number from {LEAST:g} to {MOST:g}", f"{detour:g}")
    scenario = _readable(folder)
    land = Land(scenario)
    inside = [way for nation in land.nations.values() for way in _inside(land, nation)]
    border = over_crossings(land, read_crossings(folder))
    over = [*border.ways, *between_neighbours(land, border.nations)]
    far = list(_joining(land, [*inside, *over]))
    said = [f"{land.told(way.ends)}: joined over {way.km * detour:,.0f} km, as nothing nearer is known" for way in far]
    routes = tuple(_route(land, way, detour) for way in (*inside, *over, *far))
    groups = () if scenario.groups else tuple(civilians(scenario))
    lost = tuple(_lost(scenario, routes, groups, land))
    return Proposal(folder, routes, groups, (*said, *border.said), lost)


def _readable(folder: Path) -> Scenario:
    """Return the scenario of a folder if all can be relied on that ways are made of."""
    try:
        draft = read_draft(folder)
    except InputError as error:
        raise InputError([replace(fault, file="folder") for fault in error.faults]) from None
    if draft.unfilled:
        raise InputError([no_places(folder)])
    if faults := [fault for fault in draft.faults if fault.level == "fault" and fault.file in READ]:
        raise InputError(faults)
    return draft.scenario


def _inside(land: Land, nation: list[int]) -> Iterator[Way]:
    """Yield ways between the places of a country."""
    points = land.points[nation]
    there = {place: number for number, place in enumerate(nation)}
    pairs = [(there[i], there[j]) for i, j in land.pairs if i in there and j in there]
    new = [pair for pair in neighbours(points) if land.wanted(nation[pair[0]], nation[pair[1]])]
    for i, j in [*new, *links(points, [*pairs, *new])]:
        yield Way(nation[i], nation[j], land.km(nation[i], nation[j]))


def _joining(land: Land, ways: list[Way]) -> Iterator[Way]:
    """Yield the shortest ways between countries that nothing joins."""
    there = {place: number for number, place in enumerate(land.located)}
    pairs = [*land.pairs, *(way.ends for way in ways)]
    known = [(there[i], there[j]) for i, j in pairs if i in there and j in there]
    for i, j in links(land.points[land.located], known):
        ends: Pair = land.located[i], land.located[j]
        if land.places[ends[0]].country != land.places[ends[1]].country:
            yield named_after_ends(land, ends)


def _route(land: Land, way: Way, detour: float) -> Route:
    how = f"proposed by tiau routes: great circle x {detour:g} (judgement), road assumed"
    # Upwards, so that no way is shorter than the great circle.
    km = max(math.ceil(way.km * detour * 10) / 10, SHORTEST_KM)
    return Route(
        from_=land.places[way.start].place, to=land.places[way.end].place, distance_km=km, mode="road",
        crossing=way.crossing, source=how, estimated=True,
    )  # fmt: skip


def civilians(scenario: Scenario) -> Iterator[Group]:
    """Yield a group of civilians for each admin 1 with homes: everybody who lives there."""
    homes: dict[tuple[str, str], list[int]] = {}
    for position, place in enumerate(scenario.places):
        if place.kind == "origin":
            homes.setdefault((place.country, place.admin1), []).append(position)
    for (nation, admin1), positions in homes.items():
        community = admin1 or nation
        # The name of an area may be that of a place too, or of an area elsewhere: then each home is named.
        inside = scenario.names.members(community)
        origins = [one for one in inside if scenario.places[one].kind == "origin"]
        named = (community,) if origins == positions else tuple(scenario.places[one].place for one in positions)
        alone = sum(name == admin1 for _, name in homes) == 1 or not admin1
        yield Group(
            group=f"{community} civilians" if alone else f"{community} ({nation}) civilians", risk_class="civilians",
            community=community if alone else f"{community} ({nation})", homes=named, share=1.0,
            source="proposed by tiau routes: everybody who lives there", estimated=True,
        )  # fmt: skip


def _lost(scenario: Scenario, routes: tuple[Route, ...], groups: tuple[Group, ...], land: Land) -> Iterator[str]:
    """Yield the places that no way leads to, and why."""
    without = set(range(len(land.places))) - set(land.located)
    for position in sorted(without):
        place = land.places[position]
        if not any(position in pair for pair in land.pairs):
            yield f"{place.place}: has no coordinates (places.csv row {place.number})"
    whole = Scenario.model_construct(
        None, settings=scenario.settings, places=scenario.places, areas=scenario.areas,
        routes=(*scenario.routes, *routes), groups=scenario.groups or groups,
    )  # fmt: skip
    by_row = {place.number: position for position, place in enumerate(land.places)}
    for fault in unreachable_places(whole):
        if by_row[fault.row] not in without:
            yield f"{land.places[by_row[fault.row]].place}: one-way rows of routes.csv lead away from it alone"
