"""A case in Flee's format as a scenario; what the tables have no column for stands in columns that begin with x_."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

import numpy as np

from tiau.faults import Fault, InputError
from tiau.flee.case.counts import TOTAL, Ints, accounts, counts
from tiau.flee.case.kinds import is_camp, kind_of, reported
from tiau.flee.case.model import Attributes, FleeCase, Location
from tiau.scenario.model import Scenario
from tiau.scenario.names import key_of
from tiau.scenario.rows import Act, Area, Departure, Event, Group, Place, Report, Route
from tiau.scenario.settings import Rules, Settings
from tiau.scenario.vocabulary import Kind, Level, Period

LONGEST_CELL = 30_000
SHORTEST_KM, LONGEST_KM = 0.001, 40_000.0
LATEST = dt.date(2199, 12, 31)
EVERYBODY = "everybody"
NATIVE_KINDS: dict[str, Kind] = {
    "camp": "camp", "idpcamp": "camp", "conflict": "origin", "town": "town", "forward": "junction",
    "marker": "junction", "flood_zone": "origin", "": "junction",
}  # fmt: skip
Extra = tuple[tuple[str, str], ...]


def scenario_of(case: FleeCase) -> Scenario:
    """Return a case as a scenario.

    Conflict (or flood) becomes events, one for each spell of equal intensity at a place; closures and changes of kind
    become acts; counts become reports; the newcomers that the counts give become departures.

    Parameters
    ----------
    case : FleeCase

    Returns
    -------
    Scenario
        `case_of` gives the case back, but for its repairs and warnings.

    Raises
    ------
    InputError
        If the format of Tiau cannot say something of it: names with a semicolon or alike but for case, ways from a
        place to itself, two rows of counts for one name.
    """
    faults = [*_names(case), *_self_links(case), *_labels_twice(case)]
    if faults:
        raise InputError(faults)
    places = list(_places(case))
    if case.demographics:
        text = json.dumps(case.demographics, ensure_ascii=False)
        places[0] = places[0].model_copy(update={"extra": tuple(sorted((*places[0].extra, ("x_demographics", text))))})
    origins = tuple(place.place for place in places if place.kind == "origin")
    scenario = Scenario(
        settings=Settings(
            format=1, name=case.name, title=f"{case.name}, a case in the format of Flee", start=case.start,
            end=_day(case, case.days - 1), rules=Rules(model="flee", flee=case.settings),
        ),
        places=tuple(places),
        areas=_areas(case),
        routes=_routes(case),
        groups=_groups(case, origins),
        events=tuple(_events(case)),
        acts=(*_closures(case), *_changes(case)),
        reports=tuple(_reports(case)),
        departures=tuple(_departures(case)) if origins else (),
    )  # fmt: skip
    _require_short_cells(scenario)
    return scenario


def _day(case: FleeCase, day: int) -> dt.date:
    return case.start + dt.timedelta(day)


def _extra(cells: Mapping[str, str]) -> Extra:
    return tuple((f"x_{name}", text) for name, text in cells.items() if text)


def _json(attributes: Attributes) -> str:
    return json.dumps(dict(attributes), ensure_ascii=False) if attributes else ""


def _names(case: FleeCase) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for place in case.locations:
        if ";" in place.name or ";" in place.country:
            problem, remedy = "holds a semicolon, which parts names in Tiau's format", "write it without"
            yield Fault("locations.csv", problem, remedy, cell=place.name)
        other = seen.setdefault(key_of(place.name), place.name)
        if other != place.name:
            remedy = "give one another name"
            yield Fault("locations.csv", f"differs from {other} in case alone", remedy, cell=place.name)


def _self_links(case: FleeCase) -> Iterator[Fault]:
    for link in case.links:
        if link.name1 == link.name2:
            yield Fault("routes.csv", "has a way to itself, which Tiau's format has not", "remove it", cell=link.name1)


def _labels_twice(case: FleeCase) -> Iterator[Fault]:
    for name, times in Counter(label.name for label in case.labels).items():
        if times > 1:
            problem, remedy = "has several rows, which Tiau's format has not", "put all its files into one row"
            yield Fault("data_layout.csv", problem, remedy, column="name", cell=name)


def _places(case: FleeCase) -> tuple[Place, ...]:
    table = case.flood_level or case.conflicts
    column = {name: str(number) for number, name in enumerate(table.names if table else (), start=1)}
    fighting = set()
    if case.conflicts is not None:
        fighting = {case.conflicts.names[c] for c in np.unique(np.nonzero(case.conflicts.values)[1])}
    return tuple(
        _place(place, column.get(place.name, ""), in_conflict=place.name in fighting) for place in case.locations
    )


def _place(place: Location, column: str, *, in_conflict: bool) -> Place:
    camp = is_camp(place)
    kind = NATIVE_KINDS[kind_of(place)]
    if not camp and (in_conflict or "conflict" in place.kind.lower()):
        kind = "origin"
    on_earth = abs(place.x) <= 90 and abs(place.y) <= 180
    return Place(
        place=place.name, country=place.country, admin1=place.region, kind=kind,
        lat=place.x if on_earth else 0.0, lon=place.y if on_earth else 0.0,
        population=None if camp else float(place.people),
        capacity=float(place.people) if camp and place.people > 0 else None,
        extra=_extra({
            "flee_kind": place.kind,
            "conflict_date": str(place.conflict_date or ""),
            "capacity": str(place.people) if camp and place.people < 0 else "",
            "x": "" if on_earth else repr(place.x),
            "y": "" if on_earth else repr(place.y),
            "column": column,
            "attributes": _json(place.attributes),
        }),
    )  # fmt: skip


def _areas(case: FleeCase) -> tuple[Area, ...]:
    """Return the total of the camps as an area, so that its reports have a place."""
    camps = tuple(place.name for place in reported(case))
    known = {key_of(place.name) for place in case.locations}
    wanted = any(label.name == TOTAL for label in case.labels) and TOTAL not in known
    short = len("; ".join(camps)) < LONGEST_CELL
    return (Area(area=TOTAL, members=camps, note="the camps of the case"),) if wanted and camps and short else ()


def _crossings(case: FleeCase) -> list[str]:
    country = {place.name: place.country for place in case.locations}
    return [f"{link.name1} - {link.name2}" if country[link.name1] != country[link.name2] else "" for link in case.links]


def _routes(case: FleeCase) -> tuple[Route, ...]:
    return tuple(
        Route(
            from_=link.name1, to=link.name2, mode="road", crossing=crossing,
            distance_km=min(max(link.km, SHORTEST_KM), LONGEST_KM),
            extra=_extra({
                "km": "" if SHORTEST_KM <= link.km <= LONGEST_KM else repr(link.km),
                "forced_redirection": str(link.forced_redirection or ""),
                "attributes": _json(link.attributes),
            }),
        )
        for link, crossing in zip(case.links, _crossings(case), strict=True)
    )  # fmt: skip


def _groups(case: FleeCase, origins: tuple[str, ...]) -> tuple[Group, ...]:
    if not origins:
        return ()
    homes = origins
    if len("; ".join(origins)) >= LONGEST_CELL:
        country = {place.name: place.country for place in case.locations}
        homes = tuple(dict.fromkeys(country[name] for name in origins))
    return (Group(group=EVERYBODY, risk_class=EVERYBODY, community=EVERYBODY, homes=homes, share=1.0),)


def _events(case: FleeCase) -> Iterator[Event]:
    """Return a row for each spell of equal intensity at a place."""
    table, kind = (case.flood_level, "flood") if case.flood_level is not None else (case.conflicts, "conflict")
    number = 0
    for name, values in zip(table.names, table.values.T, strict=True) if table is not None else ():
        turns = [0, *(np.nonzero(np.diff(values))[0] + 1).tolist(), len(values)]
        for first, after in pairwise(turns):
            if first < after and values[first] > 0:
                number += 1
                start = _day(case, first)
                yield Event(
                    event=f"{kind}-{number:05}", start=start, end=_day(case, after - 1), place=(name,), kind=kind,
                    severity=float(values[first]), known_on=start,
                )  # fmt: skip


def _closures(case: FleeCase) -> Iterator[Act]:
    """Return closures as acts: in force where Tiau's format can say it, otherwise as statements."""
    places = {place.name: place for place in case.locations}
    home = case.locations[0].country
    closable = _closable(case)
    for number, row in enumerate(case.closures, start=1):
        named = (row.name1,) if row.kind == "location" else (row.name1, row.name2)
        where = closable.get((row.kind, frozenset(named)), ())
        in_time = row.start >= 0 and _fits(case, row.start) and (row.end == -1 or row.start < row.end)
        in_time = in_time and (row.end == -1 or _fits(case, row.end))
        inside = row.name1 in places and places[row.name1].country == home
        level: Level = "civil" if inside else "foreign"
        authority = row.name2 if row.kind == "country" else places[row.name1].country if row.name1 in places else home
        start = _day(case, row.start if in_time else 0)
        yield Act(
            act=f"closure-{number:03}", from_=start, known_on=start, authority=authority or home, level=level,
            until=_day(case, row.end - 1) if in_time and row.end != -1 else None,
            effect="close" if where and in_time else "statement", places=where or (case.locations[0].name,),
            enforcement=1.0 if where and in_time else None,
            extra=_extra({
                "closure": row.kind or "unknown", "name1": row.name1, "name2": row.name2,
                "start": "" if in_time else str(row.start), "end": "" if in_time else str(row.end),
            }),
        )  # fmt: skip


def _fits(case: FleeCase, day: int) -> bool:
    return day <= (LATEST - case.start).days


def _closable(case: FleeCase) -> dict[tuple[str, frozenset[str]], tuple[str, ...]]:
    """Return the crossings by what a closure names: two countries, or the two ends of a link; and single places."""
    country = {place.name: place.country for place in case.locations}
    found: dict[tuple[str, frozenset[str]], dict[str, None]] = {}
    for link, crossing in zip(case.links, _crossings(case), strict=True):
        ends = (("country", (country[link.name1], country[link.name2])), ("link", (link.name1, link.name2)))
        for kind, pair in ends if crossing else ():
            found.setdefault((kind, frozenset(pair)), {})[crossing] = None
    closed = {key: tuple(names) for key, names in found.items() if len("; ".join(names)) < LONGEST_CELL}
    return closed | {("location", frozenset((name,))): (name,) for name in country}


def _changes(case: FleeCase) -> Iterator[Act]:
    for number, row in enumerate(case.changes, start=1):
        in_time = row.day >= 0 and _fits(case, row.day)
        start = _day(case, row.day if in_time else 0)
        yield Act(
            act=f"change-{number:03}", from_=start, known_on=start, authority=case.locations[0].country, level="civil",
            effect="statement", places=(row.name,),
            extra=_extra({"new_kind": row.kind, "start": "" if in_time else str(row.day)}),
        )  # fmt: skip


def _reports(case: FleeCase) -> Iterator[Report]:
    """Return every row of every file of counts, in the order of data_layout.csv."""
    wanted: dict[tuple[str, int], list[int]] = {}
    for position, correction in enumerate(case.corrections, start=1):
        wanted.setdefault((correction.name, correction.day), []).append(position)
    number = 0
    for label in case.labels:
        for file, data in enumerate(label.files, start=1):
            for day, people in zip(data.days, data.people, strict=True):
                number += 1
                date = _day(case, day)
                corrections = wanted.pop((label.name, day), [])
                yield Report(
                    report=f"r{number:06}", known_on=date, as_of=Period(date, date, str(date)), place=label.name,
                    group="all", quantity="present", value=float(people), bound="exact", publisher=data.file,
                    extra=_extra({"file": str(file), "corrections": "; ".join(map(str, corrections))}),
                )  # fmt: skip


def _departures(case: FleeCase) -> Iterator[Departure]:
    if case.settings.spawn_mode != "source_data" or not case.labels:
        return
    for day, people in enumerate(newcomers(case, counts(case, hasten=1, days=case.days)).tolist()):
        if people > 0:
            yield Departure(day=_day(case, day), people=float(people))


def newcomers(case: FleeCase, present: Ints) -> Ints:
    """Return how many people set out on each day so that the counts are met; a fall is made up for first.

    Parameters
    ----------
    case : FleeCase
    present : int array (label, day)
        Of `counts`.

    Returns
    -------
    int array (day,)
    """
    return accounts(case, present).coming


def _require_short_cells(scenario: Scenario) -> None:
    tables: Iterable[tuple[Place | Route, ...]] = (scenario.places, scenario.routes)
    faults = [
        Fault(type(row).file, "is too much for a cell", "shorten the attributes", column=name, cell=text)
        for rows in tables for row in rows for name, text in row.extra if len(text) > LONGEST_CELL
    ]  # fmt: skip
    if faults:
        raise InputError(faults)
