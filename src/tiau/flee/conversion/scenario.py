"""A case in Flee's format as a scenario: locations are places, conflicts events, closures acts, counts reports."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from tiau.faults import Fault, InputError
from tiau.flee.case.counts import TOTAL, added
from tiau.flee.case.kinds import is_camp, kind_of, reported
from tiau.flee.case.model import DayTable, FleeCase, Floats, Location
from tiau.flee.conversion.closures import acts_of, countries_of, crossing_of
from tiau.flee.conversion.game import settings_of_the_game
from tiau.flee.conversion.leaving import Leaving, departures_of, leaving_of
from tiau.flee.conversion.losses import losses, on_day_0, span_of
from tiau.flee.engine.course import Course
from tiau.scenario.model import Scenario
from tiau.scenario.names import key_of
from tiau.scenario.rows import Area, Displaced, Event, Group, Place, Report, Route
from tiau.scenario.settings import Settings
from tiau.scenario.vocabulary import Kind, Period

SHORTEST_KM, LONGEST_KM = 0.001, 40_000.0
WEEK = 7
EVERYBODY = "everybody"
AS_IT_IS = "tiau flee runs the case as it is"
HOLDS = "A case in the format of Flee. What its tables say and this scenario does not:"
KINDS: dict[str, Kind] = {
    "camp": "camp", "idpcamp": "camp", "conflict": "origin", "town": "town", "forward": "junction",
    "marker": "junction", "flood_zone": "origin", "": "junction",
}  # fmt: skip


def scenario_of(case: FleeCase) -> Scenario:
    """Return a case as a scenario under our own rules; raise InputError as `convert` does."""
    return convert(case)[0]


def convert(case: FleeCase) -> tuple[Scenario, tuple[Fault, ...]]:
    """Return a case as a scenario, and what of it has no place there: warnings, which its description repeats.

    Conflict (or flood) becomes events, one for each spell of equal intensity at a place and week; closures become
    acts; counts become reports; the newcomers that the counts give become departures from the zones in conflict.

    Raises
    ------
    InputError
        If names would mean something else: with a semicolon, alike but for case, or twice in data_layout.csv.
    """
    if faults := [*_names(case), *_labels_twice(case)]:
        raise InputError(faults)
    leaving = leaving_of(case)
    kinds = _kinds(case, leaving)
    departures = departures_of(case, leaving)
    lost = losses(case, leaving, kinds)
    scenario = Scenario(
        settings=Settings(
            format=2,
            name=case.name,
            title=f"{case.name}, a case in the format of Flee",
            start=case.start,
            end=case.date(case.days - 1),
            description="\n".join([HOLDS, *(f"- {fault}" for fault in lost)]) if lost else "",
            parameters=settings_of_the_game(capacity=any(map(is_limited, case.locations))) if departures else {},
        ),
        places=tuple(
            _place(place, kind, sent).model_copy(update=_camp_days(case, leaving, number) if kind == "camp" else {})
            for number, (place, kind, sent) in enumerate(
                zip(case.locations, kinds, leaving.people.sum(0).tolist(), strict=True)
            )
        ),
        areas=_areas(case),
        routes=tuple(_routes(case)),
        groups=_groups(case, kinds),
        events=tuple(_events(case, leaving.world)),
        acts=tuple(acts_of(case)),
        reports=_reports(case),
        departures=departures,
        displaced=_displaced(leaving, case, kinds),
    )
    return scenario, lost


def _names(case: FleeCase) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for place in case.locations:
        if ";" in place.name or ";" in place.country:
            problem = "holds a semicolon, which parts names in a scenario"
            yield Fault("locations.csv", problem, f"write it without; {AS_IT_IS}", cell=place.name)
        other = seen.setdefault(key_of(place.name), place.name)
        if other != place.name:
            problem = f"differs from {other} in case alone"
            yield Fault("locations.csv", problem, f"give one another name; {AS_IT_IS}", cell=place.name)


def _labels_twice(case: FleeCase) -> Iterator[Fault]:
    for name, times in Counter(label.name for label in case.labels).items():
        if times > 1:
            problem = "has several rows, of which Flee compares the first"
            remedy = f"put all its files into one row; {AS_IT_IS}"
            yield Fault("data_layout.csv", problem, remedy, column="name", cell=name)


def _kinds(case: FleeCase, leaving: Leaving) -> list[Kind]:
    """Return what each location is all the time: an origin if people set out there or there is fighting, or a camp."""
    table, world = case.flood_level, leaving.world
    flooded = {table.names[column] for column in np.flatnonzero(table.values.any(0))} if table else set()
    found: list[Kind] = []
    for number, place in enumerate(case.locations):
        struck = world.conflict[:, number].any() or place.name in flooded or "conflict" in place.kind.lower()
        camp = is_camp(place) or world.camp[:, number].any()
        origin = leaving.people[:, number].any() or (struck and not camp)
        found.append("origin" if origin else "camp" if camp else KINDS[kind_of(place)])
    return found


def _place(place: Location, kind: Kind, sent: float) -> Place:
    on_earth = abs(place.x) <= 90 and abs(place.y) <= 180
    people = 0 if is_camp(place) else max(place.people, 0)
    raised = sent > people
    return Place(
        place=place.name,
        country=place.country,
        admin1=place.region,
        kind=kind,
        lat=place.x if on_earth else 0.0,
        lon=place.y if on_earth else 0.0,
        population=None if kind == "camp" else max(float(people), sent),
        capacity=float(place.people) if is_limited(place) else None,
        estimated=raised,
        note=f"population {people:,} in the case, fewer than set out" if raised else "",
    )


def is_limited(place: Location) -> bool:
    """Whether a location is a camp whose capacity is given."""
    return is_camp(place) and place.people > 0


def _camp_days(case: FleeCase, leaving: Leaving, number: int) -> dict[str, dt.date]:
    """Return the day on which a camp opens and the one on which it closes, where it is one for a time alone."""
    first, after = span_of(leaving.world.camp[:, number])
    # A camp that is shut from the first day on has not been opened yet.
    name = case.locations[number].name
    shut = [row.end for row in case.closures if row.kind == "location" and row.name1 == name and row.start == 0]
    first = max(first, *(end for end in shut if end < after), 0)
    days = {"opens": first} if first else {}
    days |= {"closes": after} if after < case.days else {}
    return {name: case.date(day) for name, day in days.items()}


def _displaced(leaving: Leaving, case: FleeCase, kinds: list[Kind]) -> tuple[Displaced, ...]:
    """Return a row for each location where people are on the first day; none where nobody has a home."""
    there = zip(case.locations, on_day_0(case, leaving), strict=True)
    known = "origin" in kinds
    return tuple(Displaced(place=place.name, people=float(people)) for place, people in there if people and known)


def _areas(case: FleeCase) -> tuple[Area, ...]:
    """Return the total of the camps as an area, so that its reports have a place."""
    camps = tuple(place.name for place in reported(case))
    known = {key_of(place.name) for place in case.locations}
    wanted = camps and TOTAL not in known and any(label.name == TOTAL for label in case.labels)
    return (Area(area=TOTAL, members=camps, note="the camps of the case"),) if wanted else ()


def _routes(case: FleeCase) -> Iterator[Route]:
    country = countries_of(case)
    for link in case.links:
        # Where a way leads back to where it begins, nobody is brought anywhere.
        if link.name1 != link.name2:
            km = min(max(link.km, SHORTEST_KM), LONGEST_KM)
            crossing = crossing_of(link, country)
            yield Route(from_=link.name1, to=link.name2, distance_km=km, mode="road", crossing=crossing)


def _groups(case: FleeCase, kinds: list[Kind]) -> tuple[Group, ...]:
    homes = tuple(place.name for place, kind in zip(case.locations, kinds, strict=True) if kind == "origin")
    everybody = {"group": EVERYBODY, "risk_class": EVERYBODY, "community": EVERYBODY}
    return (Group(**everybody, homes=homes, share=1.0),) if homes else ()


def _events(case: FleeCase, world: Course) -> Iterator[Event]:
    """Return a row for each spell of equal intensity at a place and week, known when the week is over."""
    kind, table = ("flood", case.flood_level) if case.settings.spawn_mode == "flood" else ("conflict", case.conflicts)
    number = 0
    for name, values in _intensities(case, world, table):
        weeks = np.arange(0, len(values), WEEK)
        turns = [*np.union1d(weeks, np.flatnonzero(np.diff(values)) + 1).tolist(), len(values)]
        for first, after in pairwise(turns):
            if first < after and values[first] > 0:
                number += 1
                # Not at the end of the spell, which would tell that it is over.
                known = case.date(min(first - first % WEEK + WEEK, len(values)) - 1)
                # A severity is that of an event as a whole, an intensity that of each day.
                yield Event(
                    event=f"{kind}-{number:05}", start=case.date(first), end=case.date(after - 1), known_on=known,
                    place=(name,), kind=kind, severity=float(values[first]) * (after - first),
                )  # fmt: skip


def _intensities(case: FleeCase, world: Course, table: DayTable | None) -> Iterator[tuple[str, Floats]]:
    """Yield what the table says of each location day by day; where it says nothing, what follows from its kind."""
    column = {name: number for number, name in enumerate(table.names if table else ())}
    for number, place in enumerate(case.locations):
        values = world.conflict[:, number]
        if table is not None and place.name in column:
            said = table.values[: case.days, column[place.name]]
            values = np.where(said > 0, said, values)
        yield place.name, values


def _reports(case: FleeCase) -> tuple[Report, ...]:
    """Return a report for each count, in the order of data_layout.csv; files that add up are one figure a day."""
    rows = [
        (label.name, "; ".join(dict.fromkeys(file.file for file in label.files)), case.date(day), people)
        for label in case.labels for day, people in dict.fromkeys(zip(*added(label)[0], strict=True))
    ]  # fmt: skip
    return tuple(
        Report(
            report=f"r{number:06}", known_on=date, as_of=Period(date, date, str(date)), place=name, group="all",
            quantity="present", value=people, bound="exact", said_by=files,
            source_kind="register",
        )
        for number, (name, files, date, people) in enumerate(rows, start=1)
    )  # fmt: skip
