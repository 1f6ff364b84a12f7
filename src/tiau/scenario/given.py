"""Departures that are given instead of modelled, by the homes that they leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tiau.faults import clip
from tiau.scenario.model import Scenario
from tiau.scenario.names import Gazetteer
from tiau.scenario.network import homes_of
from tiau.scenario.rows import Departure

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Series:
    """Departures from the same homes, however these are named, on days of the period, in the order of the file."""

    name: str
    homes: frozenset[int]
    rows: list[Departure] = field(default_factory=list)


@dataclass(frozen=True)
class Given:
    """What departures.csv gives: its series, and the place, and the number of people of each home."""

    series: tuple[Series, ...]
    place: Sequence[int]
    people: Sequence[float]


def by_largest_remainder(people: float, weight: Floats) -> Floats:
    """Share people over places or homes in proportion to a weight, in whole persons."""
    exact = people * weight / weight.sum()
    whole: Floats = np.floor(exact)
    largest = np.argsort(whole - exact, kind="stable")[: round(people - whole.sum())]
    whole[largest] += 1
    return whole


def _positions(numbers: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for position, number in enumerate(numbers):
        found[number].append(position)
    return found


def given_departures(scenario: Scenario, names: Gazetteer) -> Given:
    """Return the departures that are given by home; none where a group or place that they stand on has a fault."""
    groups = scenario.groups
    if not all(group.sound("group", "risk_class", "homes", "share") for group in groups):
        return Given((), (), ())
    home_group, home_place, home_people = (array.tolist() for array in homes_of(scenario, names))
    if not all(scenario.places[place].sound("place", "kind", "population") for place in home_place):
        return Given((), (), ())
    at_place, of_group = _positions(home_place), _positions(home_group)
    settings = scenario.settings
    series: dict[frozenset[int], Series] = {}
    meant: dict[tuple[str, str], Series] = {}
    for row in scenario.departures:
        if not (settings.start <= row.day <= settings.end and row.sound("day", "group", "place", "people")):
            continue
        key = (row.group, row.place)
        if key not in meant:
            leave = {index for index, group in enumerate(groups) if group.meant_by(row.group)}
            if row.place:
                there = (home for place in names.members(row.place) for home in at_place.get(place, ()))
                homes = frozenset(home for home in there if home_group[home] in leave)
            else:
                homes = frozenset(home for group in leave for home in of_group.get(group, ()))
            who = "" if row.group in ("", "all") else clip(row.group, 40)
            where = clip(row.place, 40)
            name = " of ".join(text for text in (who, where) if text) or "everybody"
            meant[key] = series.setdefault(homes, Series(name, homes))
        meant[key].rows.append(row)
    return Given(tuple(one for one in series.values() if one.homes), home_place, home_people)
