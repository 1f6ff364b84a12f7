"""Results for maps: places where a test puts them, with the people and flows that it says, without a run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

import toys
from tiau.results.result import Result
from tiau.scenario.network import build
from tiau.scenario.rows import Place

NOTHING = np.zeros((0, 0, 0))


def place(name, lon, lat, kind="camp", country="India", **columns):
    population = 1000 if kind == "origin" else None
    return Place(place=name, kind=kind, country=country, lat=lat, lon=lon, population=population, **columns)


def result(places, people, flows=()):
    """A result of one day with people present by place, and flows (start, end, people) by the names of their ends.

    Of the places at least one is an origin.
    """
    routes = [toys.way(start, end, 50, one_way=True) for start, end, _ in flows]
    homes = tuple(one.place for one in places if one.kind == "origin")
    scenario = toys.scenario(places, routes, [toys.group(homes=homes)], days=1)
    network = build(scenario)
    present = np.array([people.get(one.place, 0) for one in places], float)
    travelled = np.array([count for _, _, count in flows], float)
    return Result(
        network=network, members=1, seed=1, chance=True, places={}, everybody=np.tile(present, (5, 1, 1)),
        flow=np.tile(travelled, (5, 1, 1)), on_the_way=NOTHING, area_names=(), regions=0, areas={}, crossings=NOTHING,
        entries_by_class=NOTHING, totals={}, placements=(), truth=np.zeros((0, 1)), figures=np.zeros((0, 1)),
        parameters={}, seconds=0.0,
    )  # fmt: skip


def with_people(known, people):
    """The same result with other people present by place."""
    present = np.array([people.get(name, 0) for name in known.network.place_names], float)
    return replace(known, everybody=np.tile(present, (5, 1, 1)))


def chin(**people):
    """Two towns in Myanmar and two in India, with names, people and flows as they might be."""
    places = [
        place("Falam", 93.68, 22.91, "origin", "Myanmar", admin1="Chin"),
        place("Rihkhawdar", 93.39, 23.35, "town", "Myanmar", admin1="Chin"),
        place("Zokhawthar", 93.38, 23.36, admin1="Mizoram"),
        place("Champhai", 93.32, 23.47, admin1="Mizoram"),
    ]
    flows = [("Falam", "Rihkhawdar", 9000), ("Rihkhawdar", "Zokhawthar", 8000), ("Zokhawthar", "Champhai", 3000)]
    return result(places, {"Rihkhawdar": 1500, "Zokhawthar": 2500, "Champhai": 12340, **people}, flows)
