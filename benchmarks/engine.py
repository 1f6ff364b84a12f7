"""How fast the engine is, and what grows with what: synthetic networks, and each phase of mizoram-2021.

    python benchmarks/engine.py [--quick]

Compare ratios within one run, never seconds between machines. One thread; a member-day is one day of one member.
The network is a square grid of roads, 1,000 km across whatever the number of places, so that a finer grid has
shorter roads, of which people walk more in a day; every second place is a home; 20 camps abroad lie around it. A
cell is an occupied cohort: a home with people, settled or trapped people of a group at a place, or a cohort on the
way. Peak memory is that of the engine: what all members share, their state, and passing copies.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from tiau.engine.audit import head_count
from tiau.engine.batch import Batch, Model, batch_of
from tiau.engine.members import draw
from tiau.engine.start import model_of
from tiau.engine.streams import mixed
from tiau.loading import load
from tiau.scenario.model import Scenario
from tiau.scenario.network import build
from tiau.scenario.parameters import BY_NAME
from tiau.scenario.rows import Event, Group, Place, Route

START = dt.date(2021, 1, 1)
ACROSS_KM = 1000.0
CAMPS = 20
DAYS, FIRST_TIMED = 30, 10
# About one in a hundred of those at home leaves each day.
PARAMETERS = {"departure_rate": 0.01, "event_memory_days": 20.0, "return_rate": 0.005, "quiet_intensity": 1.0}


@dataclass
class Case:
    """What one network took."""

    places: int
    people: float
    members: int
    options: int = 0
    stages: dict[str, float] = field(default_factory=dict)
    seconds: Counter[str] = field(default_factory=Counter)
    cells: float = 0.0
    moving: float = 0.0
    sizes: dict[str, float] = field(default_factory=dict)
    peak: float = math.nan

    @property
    def member_days(self) -> int:
        """Number of member-days that were timed."""
        return self.members * (DAYS - FIRST_TIMED)

    @property
    def microseconds(self) -> float:
        """Microseconds a member-day."""
        return 1e6 * self.seconds.total() / self.member_days

    @property
    def links(self) -> float:
        """Roads that a cohort walks in a day."""
        return BY_NAME["road_km_per_day"].default * math.isqrt(self.places) / ACROSS_KM

    @property
    def in_travel(self) -> float:
        """Nanoseconds a moving cell in the travel phase."""
        return 1e9 * self.seconds["travel"] / max(self.moving, 1)

    def row(self) -> list[str]:
        """Return the case as a row of the table."""
        return [
            f"{self.places:,}", f"{self.people:.0e}", f"{self.options:,}", f"{self.members}",
            f"{self.people / self.microseconds * 1e6:.1e}", f"{self.microseconds:,.0f}",
            f"{self.cells / self.member_days:,.0f}", f"{self.moving / self.member_days:,.0f}",
            f"{1e9 * self.seconds.total() / self.cells:.0f}",
            f"{self.in_travel:.0f}", f"{self.links:.0f}", f"{self.in_travel / self.links:.0f}", f"{self.peak:,.0f}",
        ]  # fmt: skip


COLUMNS = (
    "places", "people", "options", "members", "person-days/s", "us/member-day", "cells", "moving", "ns/cell",
    "ns/moving in travel", "links/day", "ns/link", "peak MB",
)  # fmt: skip


def grid(places: int, people: float, *, stay_inside: float = 0.0) -> Scenario:
    """Return a square grid of roads with homes, and camps around it."""
    side = math.isqrt(places)
    homes = [node for node in range(side * side) if (node // side + node % side) % 2 == 0]
    shares = np.diff(np.floor(np.linspace(0, people, len(homes) + 1)))
    living = dict(zip(homes, np.random.default_rng(1).permutation(shares), strict=True))
    nodes = [
        Place(
            place=f"n{node}", country="Home", lat=0, lon=0, kind="origin" if node in living else "junction",
            population=living.get(node),
        )
        for node in range(side * side)
    ]  # fmt: skip
    km = ACROSS_KM / side
    pairs = [(node, node + 1) for node in range(side * side) if node % side < side - 1]
    pairs += [(node, node + side) for node in range(side * (side - 1))]
    roads = [Route(from_=f"n{a}", to=f"n{b}", distance_km=km, mode="road") for a, b in pairs]
    rim = [*range(side), *range(2 * side - 1, side * side, side), *range(side * side - 2, side * (side - 1) - 1, -1)]
    rim += [*range(side * (side - 2), 0, -side)]
    for camp in range(CAMPS):
        gate = rim[camp * len(rim) // CAMPS]
        nodes.append(Place(place=f"c{camp}", country="Abroad", lat=0, lon=0, kind="camp"))
        roads.append(Route(from_=f"n{gate}", to=f"c{camp}", distance_km=30, mode="road", crossing=f"g{camp}"))
    events = [
        Event(event=f"e{day}", start=day, end=day, place=("Home",), kind="clash", severity=0.3, known_on=day)
        for day in (START + dt.timedelta(number) for number in range(0, DAYS, 5))
    ]
    chosen = {name: {"value": value, "why": "benchmark"} for name, value in PARAMETERS.items()}
    chosen["stay_inside"] = {"value": stay_inside, "why": "benchmark"}
    settings = {
        "format": 1, "name": "grid", "title": "Grid", "start": START, "end": START + dt.timedelta(DAYS - 1),
        "parameters": chosen,
    }  # fmt: skip
    group = Group(group="people", risk_class="people", community="people", homes=("Home",), share=1)
    return Scenario.model_validate(
        {"settings": settings, "places": nodes, "routes": roads, "groups": [group], "events": events}
    )


def cells_of(batch: Batch) -> tuple[int, int]:
    """Return how many cells are occupied, and how many of them are on the way, summed over members."""
    people, moving = batch.people, int(batch.cells.size.sum())
    standing = sum(np.count_nonzero(column) for column in (people.home, people.settled, people.trapped))
    return standing + moving, moving


def timed_day(batch: Batch, day: int, seconds: Counter[str]) -> None:
    """Take a batch through a day as `advance` does, and time its phases."""
    keys = np.empty_like(batch.keys)
    for phase in batch.model.phases:
        begun = time.perf_counter()
        mixed(batch.keys, np.array([day, phase.key], np.uint64), keys)
        phase.run(batch, keys, day)
        seconds[phase.name] += time.perf_counter() - begun


def megabytes(arrays: Iterable[object]) -> float:
    """Return the size of arrays."""
    return sum(array.nbytes for array in arrays if isinstance(array, np.ndarray)) / 1e6


def sizes_of(model: Model, batch: Batch) -> dict[str, float]:
    """Return what takes memory, in MB."""
    ways = {id(way): way for way in model.ways}.values()
    weights = getattr(batch, "base", None)
    return {
        "ways": sum(megabytes(way) for way in ways),
        "slots": megabytes([getattr(model, "slots", None)]),
        "people": megabytes(batch.people),
        "cohorts": megabytes(batch.cells),
        "weights": megabytes([weights]),
    }


def measured(places: int, people: float, members: int, *, stay_inside: float = 0.0) -> Case:
    """Run one network."""
    case = Case(places, people, members)
    marks = [time.perf_counter()]
    scenario = grid(places, people, stay_inside=stay_inside)
    marks.append(time.perf_counter())
    network = build(scenario)
    marks.append(time.perf_counter())
    drawn = draw(scenario, members=members, seed=1)
    model = model_of(network, drawn)
    marks.append(time.perf_counter())
    tracemalloc.start()
    batch = batch_of(model, drawn)
    case.options = model.options.place.size
    head = head_count(batch)
    for day in range(DAYS):
        if day >= FIRST_TIMED:
            cells, moving = cells_of(batch)
            case.cells, case.moving = case.cells + cells, case.moving + moving
        timed_day(batch, day, case.seconds if day >= FIRST_TIMED else Counter())
    traced = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    marks.append(time.perf_counter())
    assert np.array_equal(head_count(batch), head)
    names = ("scenario", "network", "model", f"{DAYS} days")
    case.stages = {name: b - a for name, (a, b) in zip(names, pairwise(marks), strict=True)}
    case.sizes = sizes_of(model, batch)
    case.peak = traced + case.sizes["ways"] + case.sizes["slots"]
    return case


def table(title: str, columns: Iterable[str], rows: list[list[str]]) -> None:
    """Print a plain table."""
    every = [list(columns), *rows]
    widths = [max(len(row[i]) for row in every) for i in range(len(every[0]))]
    print(f"\n{title}")
    for row in every:
        print("  ".join(text.rjust(width) for text, width in zip(row, widths, strict=True)))


def ratios(cases: list[Case], name: str) -> None:
    """Print, from each case to the next, by what its inputs, its time and its cells grew."""
    rows = []
    for a, b in pairwise(cases):
        grew = getattr(b, name) / getattr(a, name)
        slower, more = b.microseconds / a.microseconds, (b.cells / b.member_days) / (a.cells / a.member_days)
        rows.append([
            f"{getattr(a, name):,.0f} to {getattr(b, name):,.0f}", f"{grew:.1f}", f"{slower:.2f}", f"{more:.2f}",
            f"{slower / more:.2f}", f"{math.log(slower) / math.log(grew):.2f}",
        ])  # fmt: skip
    table(
        f"growth with {name} (ratios; exponent = log time / log {name})",
        (name, "x", "time", "cells", "time per cell", "exponent"), rows,
    )  # fmt: skip


def by_phase(members: int, days: int) -> None:
    """Print the time of each phase of mizoram-2021."""
    scenario = load("mizoram-2021")
    drawn = draw(scenario, members=members, seed=1)
    model = model_of(build(scenario), drawn)
    batch = batch_of(model, drawn)
    seconds: Counter[str] = Counter()
    days = min(days, scenario.days)
    cells = moving = 0
    for day in range(days):
        timed_day(batch, day, seconds)
        here, on_the_way = cells_of(batch)
        cells, moving = cells + here, moving + on_the_way
    each = 1e6 / (members * days)
    rows = [[name, f"{taken * each:.1f}", f"{100 * taken / seconds.total():.0f}%"] for name, taken in seconds.items()]
    rows.append(["all", f"{seconds.total() * each:.1f}", "100%"])
    table(f"mizoram-2021, {members} members, {days} days", ("phase", "us/member-day", "share"), rows)
    all_cells = 1e9 * seconds.total() / cells
    travelling = 1e9 * seconds["travel"] / max(moving, 1)
    print(f"cells a member-day {cells * each / 1e6:,.0f}, of them moving {moving * each / 1e6:,.0f}")
    print(f"{all_cells:.0f} ns/cell, {travelling:.0f} ns/moving cell in travel")


def show_sizes(title: str, cases: list[Case]) -> None:
    """Print where time outside the days and memory go."""
    rows = [
        [f"{c.places:,}", f"{c.people:.0e}", *(f"{s:.2f}" for s in c.stages.values()),
         *(f"{size:,.1f}" for size in c.sizes.values())]
        for c in cases
    ]  # fmt: skip
    heads = [f"{name} s" for name in cases[0].stages] + [f"{name} MB" for name in cases[0].sizes]
    table(title, ("places", "people", *heads), rows)


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description="Benchmark of the engine.")
    parser.add_argument("--quick", action="store_true", help="smaller networks, fewer days")
    quick = parser.parse_args().quick
    measured(100, 1e4, 2)

    counts = (1e4, 1e6, 1e9) if quick else (1e4, 1e5, 1e6, 1e7, 1e8, 1e9)
    by_people = [measured(1000, people, 4 if quick else 8) for people in counts]
    table("people, at 1,000 places", COLUMNS, [case.row() for case in by_people])
    ratios(by_people, "people")

    sizes = (100, 1000, 10_000) if quick else (100, 1000, 10_000, 100_000)
    for people in (1e6,) if quick else (1e6, 1e9):
        by_places = [measured(places, people, max(1, min(16, 8000 // places))) for places in sizes]
        table(f"places, at {people:.0e} people", COLUMNS, [case.row() for case in by_places])
        ratios(by_places, "places")
        show_sizes("time outside the days and memory", by_places)

    inside = [measured(places, 1e6, 1, stay_inside=1.0) for places in ((100, 1000) if quick else (100, 1000, 4000))]
    table("people may also stay inside: every home is an option", COLUMNS, [case.row() for case in inside])
    ratios(inside, "places")
    show_sizes("time outside the days and memory, staying inside", inside)

    by_phase(100, 60 if quick else 578)
    if sys.platform != "win32":
        import resource

        unit = 1e6 if sys.platform == "darwin" else 1e3
        print(f"\npeak memory of the whole process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit:,.0f} MB")


if __name__ == "__main__":
    main()
