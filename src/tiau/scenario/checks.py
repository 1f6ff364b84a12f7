"""What is wrong with a scenario as a whole: one function a fault, all reported at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from tiau.faults import Fault, nearest
from tiau.scenario.model import Row, Scenario
from tiau.scenario.names import Gazetteer, gazetteer

R = TypeVar("R", bound=Row)
Check = Callable[[Scenario, Gazetteer], Iterator[Fault]]


def check(scenario: Scenario) -> list[Fault]:
    """Return every fault and warning that concerns more than one cell.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    list of Fault
        In the order of `CHECKS`.
    """
    names = gazetteer(scenario)
    return [fault for function in CHECKS for fault in function(scenario, names)]


def _rows(rows: Iterable[R]) -> Iterator[tuple[int, R]]:
    return enumerate(rows, start=2)


def duplicate_ids(scenario: Scenario, names: Gazetteer) -> Iterator[Fault]:
    """A place, group, event, act or report that stands twice."""
    columns = (
        ("places", "place"),
        ("groups", "group"),
        ("events", "event"),
        ("acts", "act"),
        ("reports", "report"),
    )
    for table, column in columns:
        seen: set[str] = set()
        for line, row in _rows(getattr(scenario, table)):
            name = getattr(row, column)
            if name.lower() in seen:
                yield Fault(f"{table}.csv", "stands twice", "give each a name of its own", line, column, name)
            seen.add(name.lower())


def unknown_places(scenario: Scenario, names: Gazetteer) -> Iterator[Fault]:
    """A name that is neither a place nor an area; in reports a warning."""
    for line, route in _rows(scenario.routes):
        for column, name in (("from", route.from_), ("to", route.to)):
            if " ".join(name.lower().split()) not in names.place_index:
                remedy = nearest(name, (place.place for place in scenario.places)) or "add it to places.csv"
                yield Fault("routes.csv", "is not a place", remedy, line, column, name)
    crossings = {route.crossing for route in scenario.routes if route.crossing}
    cells: list[tuple[str, str, int, Iterable[str]]] = []
    cells += [("groups.csv", "homes", line, row.homes) for line, row in _rows(scenario.groups)]
    affinities = [(line, [n for n, _ in row.affinity]) for line, row in _rows(scenario.groups)]
    cells += [("groups.csv", "affinity", line, found) for line, found in affinities]
    cells += [("events.csv", "place", line, row.place) for line, row in _rows(scenario.events)]
    cells += [("acts.csv", "places", line, row.places) for line, row in _rows(scenario.acts)]
    cells += [("departures.csv", "place", line, [row.place]) for line, row in _rows(scenario.departures) if row.place]
    for file, column, line, found in cells:
        for name in found:
            if name not in names and name not in crossings:
                remedy = nearest(name, names) or "add it to places.csv or areas.csv"
                yield Fault(file, "is neither a place nor an area", remedy, line, column, name)
    for line, area in _rows(scenario.areas):
        for name in names.unknown_members(area):
            yield Fault(
                "areas.csv",
                "is neither a place nor another area",
                nearest(name, names),
                line,
                "members",
                name,
            )
    for line, report in _rows(scenario.reports):
        if report.place not in names:
            remedy = f"the report is kept but not placed; {nearest(report.place, names)}".rstrip("; ")
            yield Fault(
                "reports.csv",
                "is neither a place nor an area",
                remedy,
                line,
                "place",
                report.place,
                "warning",
            )


def unknown_groups(scenario: Scenario, names: Gazetteer) -> Iterator[Fault]:
    """A group that groups.csv does not have, in acts or departures."""
    allowed = {name for group in scenario.groups for name in (group.group, group.risk_class)} | {"all"}
    cells = [("acts.csv", "groups", line, act.groups) for line, act in _rows(scenario.acts)]
    cells += [("departures.csv", "group", line, (row.group,)) for line, row in _rows(scenario.departures) if row.group]
    for file, column, line, found in cells:
        for name in found:
            if name not in allowed:
                yield Fault(
                    file,
                    "is not a group",
                    nearest(name, allowed) or "add it to groups.csv",
                    line,
                    column,
                    name,
                )


def ends_before_start(scenario: Scenario, names: Gazetteer) -> Iterator[Fault]:
    """An event or act that ends before it starts; a report dated before what it speaks of."""
    for line, event in _rows(scenario.events):
        if event.end < event.start:
            yield Fault("events.csv", "lies before start", "correct one of the two", line, "end", str(event.end))
    for line, act in _rows(scenario.acts):
        if act.until is not None and act.until < act.from_:
            yield Fault("acts.csv", "lies before from", "correct one of the two", line, "until", str(act.until))
    for line, report in _rows(scenario.reports):
        if report.as_of.end < report.as_of.start:
            yield Fault("reports.csv", "ends before it starts", "swap the days", line, "as_of", str(report.as_of))
        elif report.as_of.start > report.known_on:
            remedy = "a figure cannot be known before its day"
            yield Fault("reports.csv", "lies after known_on", remedy, line, "as_of", str(report.as_of))


def border_crossings(scenario: Scenario, names: Gazetteer) -> Iterator[Fault]:
    """A border route without a crossing, or a crossing inside a country."""
    for line, route in _rows(scenario.routes):
        ends = [names.members(end) for end in (route.from_, route.to)]
        if not all(ends):
            continue
        countries = {scenario.places[end[0]].country for end in ends}
        if len(countries) == 2 and not route.crossing:
            yield Fault("routes.csv", "is blank on a route over a border", "name the crossing", line, "crossing")
        if len(countries) == 1 and route.crossing:
            remedy = "leave it blank, or correct the country of one end"
            yield Fault("routes.csv", "lies inside a country", remedy, line, "crossing", route.crossing)


def shares_of_places(scenario: Scenario, names: Gazetteer) -> Iterator[Fault]:
    """Groups whose shares of a place's people sum to more than one."""
    total: dict[int, float] = {}
    for group in scenario.groups:
        for position in dict.fromkeys(p for home in group.homes for p in names.members(home)):
            total[position] = total.get(position, 0.0) + group.share
    for position, share in total.items():
        if share > 1 + 1e-9:
            name = scenario.places[position].place
            problem = f"the groups with a home in {name} have shares that sum to {share:g}"
            yield Fault("groups.csv", problem, "make them sum to 1 or less", column="share")


def not_used(scenario: Scenario, names: Gazetteer) -> Iterator[Fault]:
    """A row whose time does not touch the period of the scenario (a warning)."""
    start, end = scenario.settings.start, scenario.settings.end
    spans = [("events.csv", "start", line, row.start, row.end) for line, row in _rows(scenario.events)]
    spans += [("acts.csv", "from", line, row.from_, row.until or end) for line, row in _rows(scenario.acts)]
    spans += [("reports.csv", "as_of", line, row.as_of.start, row.as_of.end) for line, row in _rows(scenario.reports)]
    for file, column, line, first, last in spans:
        if first > end or last < start:
            remedy = "the row is not used"
            yield Fault(file, "lies outside the scenario's period", remedy, line, column, str(first), "warning")


CHECKS: tuple[Check, ...] = (
    duplicate_ids,
    unknown_places,
    unknown_groups,
    ends_before_start,
    border_crossings,
    shares_of_places,
    not_used,
)
