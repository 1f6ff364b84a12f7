"""Names of places and areas that no row of places.csv or areas.csv knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tiau.faults import Fault, Suggestions
from tiau.scenario.checks.references import groups_named
from tiau.scenario.model import Scenario
from tiau.scenario.names import Gazetteer, key_of
from tiau.scenario.rows import Row

ADD = "add it to places.csv or areas.csv"
NEITHER = "is neither a place nor an area"


def _unknown(
    names: Gazetteer, cells: Iterable[tuple[Row, str, Iterable[str]]], also: Iterable[str] = ()
) -> Iterator[Fault]:
    also = frozenset(also)
    suggest = Suggestions([*names, *also], ADD)
    problem = f"{NEITHER} nor a crossing" if also else NEITHER
    for row, column, found in cells:
        if row.sound(column):
            for name in found:
                if name not in names and name not in also:
                    yield Fault(row.file, problem, suggest(name), row.number, column, name)


def unknown_route_ends(scenario: Scenario) -> Iterator[Fault]:
    """An end of a route that is not a place."""
    own = (name for place in scenario.places for name in (place.place, *place.aliases))
    suggest = Suggestions(own, "add it to places.csv")
    for route in scenario.routes:
        for column, name in (("from", route.from_), ("to", route.to)):
            if route.sound(column) and key_of(name) not in scenario.names.place_index:
                remedy = "it is an area; name a place in it" if name in scenario.names else suggest(name)
                yield Fault("routes.csv", "is not a place", remedy, route.number, column, name)


def unknown_homes(scenario: Scenario) -> Iterator[Fault]:
    """A home of a group that is neither a place nor an area."""
    yield from _unknown(scenario.names, ((group, "homes", group.homes) for group in scenario.groups))


def unknown_affinities(scenario: Scenario) -> Iterator[Fault]:
    """An affinity of a group to something that is neither a place nor an area."""
    cells = ((group, "affinity", [name for name, _ in group.affinity]) for group in scenario.groups)
    yield from _unknown(scenario.names, cells)


def unknown_event_places(scenario: Scenario) -> Iterator[Fault]:
    """A place of an event that is neither a place nor an area."""
    yield from _unknown(scenario.names, ((event, "place", event.place) for event in scenario.events))


def unknown_act_places(scenario: Scenario) -> Iterator[Fault]:
    """A place of an act that is neither a place nor an area nor a crossing."""
    if not all(route.sound("crossing") for route in scenario.routes):
        return
    crossings = [route.crossing for route in scenario.routes if route.crossing]
    yield from _unknown(scenario.names, ((act, "places", act.places) for act in scenario.acts), crossings)


def unknown_departure_places(scenario: Scenario) -> Iterator[Fault]:
    """A place of given departures that is neither a place nor an area."""
    yield from _unknown(scenario.names, ((row, "place", [row.place]) for row in scenario.departures if row.place))


def unknown_members(scenario: Scenario) -> Iterator[Fault]:
    """A member of an area that is neither a place nor another area."""
    suggest = Suggestions(scenario.names, ADD)
    for area in scenario.areas:
        for name in scenario.names.unknown_members(area) if area.sound("members") else ():
            itself = key_of(name) == key_of(area.area)
            problem = "is the area itself" if itself else "is neither a place nor another area"
            remedy = "name its places" if itself else suggest(name)
            yield Fault("areas.csv", problem, remedy, area.number, "members", name)


def unknown_report_places(scenario: Scenario) -> Iterator[Fault]:
    """A report on something that is neither a place nor an area, and gives no reason for it (a warning)."""
    suggest = Suggestions(scenario.names)
    for report in scenario.reports:
        if report.not_scored:
            continue
        for column, name, kept in (
            ("place", report.place, "the report is kept but not placed"),
            ("origin", report.origin, "the report is kept"),
        ):
            if name and report.sound(column) and name not in scenario.names:
                remedy = f"{kept}; {suggest(name)}".rstrip("; ")
                yield Fault("reports.csv", NEITHER, remedy, report.number, column, name, "warning")


def unknown_series(scenario: Scenario) -> Iterator[Fault]:
    """A series of figures of a place or group that is not known."""
    series = scenario.settings.series
    if series is None:
        return
    if series.place not in scenario.names:
        remedy = Suggestions(scenario.names, "name a place or an area")(series.place)
        yield Fault("scenario.toml", NEITHER, remedy, column="series.place", cell=series.place)
    groups = groups_named(scenario)
    if series.group not in groups:
        remedy = Suggestions(groups, "name a group, a risk class or all")(series.group)
        yield Fault("scenario.toml", "is not a group", remedy, column="series.group", cell=series.group)
