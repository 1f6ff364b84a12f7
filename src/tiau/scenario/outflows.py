"""Departures that are given instead of modelled, by the homes that they leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tiau.faults import clip
from tiau.scenario.names import Gazetteer
from tiau.scenario.residents import Residents
from tiau.scenario.rows import Departure, Group, Place


@dataclass(frozen=True)
class Outflow:
    """Departures from the same homes, however these are named, in the order of the file."""

    name: str
    homes: frozenset[int]
    rows: list[Departure] = field(default_factory=list)


def _positions(numbers: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for position, number in enumerate(numbers):
        found[number].append(position)
    return found


def outflows_of(
    departures: Iterable[Departure],
    groups: Sequence[Group],
    places: Sequence[Place],
    names: Gazetteer,
    residents: Residents,
) -> tuple[Outflow, ...]:
    """Return departures by the homes that they leave; none where a group or place that they stand on has a fault."""
    if not all(group.sound("group", "risk_class", "homes", "share") for group in groups):
        return ()
    if not all(places[place].sound("place", "kind", "population") for place in residents.place):
        return ()
    at_place, of_group = _positions(residents.place), _positions(residents.group)
    by_homes: dict[frozenset[int], Outflow] = {}
    meant: dict[tuple[str, str], Outflow] = {}
    for row in departures:
        if not row.sound("day", "group", "place", "people"):
            continue
        key = (row.group, row.place)
        if key not in meant:
            leave = {index for index, group in enumerate(groups) if group.meant_by(row.group)}
            if row.place:
                there = (home for place in names.members(row.place) for home in at_place.get(place, ()))
                homes = frozenset(home for home in there if residents.group[home] in leave)
            else:
                homes = frozenset(home for group in leave for home in of_group.get(group, ()))
            who = "" if row.group in ("", "all") else clip(row.group, 40)
            where = clip(row.place, 40)
            name = " of ".join(text for text in (who, where) if text) or "everybody"
            meant[key] = by_homes.setdefault(homes, Outflow(name, homes))
        meant[key].rows.append(row)
    return tuple(outflow for outflow in by_homes.values() if outflow.homes)
