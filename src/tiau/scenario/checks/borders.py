"""Routes: crossings where borders are, ways that stand twice, places that nobody can reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tiau.faults import Fault, clip
from tiau.scenario.model import Scenario
from tiau.scenario.names import Gazetteer, key_of
from tiau.scenario.rows import Route


def ends_of(route: Route, names: Gazetteer) -> tuple[int, int] | None:
    """Return the places at the ends of a route; None where one of them is not known."""
    ends = [names.place_index.get(key_of(end)) for end in (route.from_, route.to)]
    if ends[0] is None or ends[1] is None or not route.sound("from", "to"):
        return None
    return ends[0], ends[1]


def _countries(route: Route, scenario: Scenario) -> set[str]:
    """Return the countries of a route's ends; none where one of them is not known."""
    ends = ends_of(route, scenario.names)
    if ends is None or not all(scenario.places[end].sound("country") for end in ends):
        return set()
    return {scenario.places[end].country for end in ends}


def missing_crossings(scenario: Scenario) -> Iterator[Fault]:
    """A route over a border without a crossing."""
    for route in scenario.routes:
        countries = _countries(route, scenario)
        if len(countries) == 2 and route.sound("crossing") and not route.crossing:
            remedy = f"name the crossing between {' and '.join(clip(name) for name in sorted(countries))}"
            yield Fault("routes.csv", "is blank on a route over a border", remedy, route.number, "crossing")


def crossings_inside(scenario: Scenario) -> Iterator[Fault]:
    """A crossing on a route inside a country."""
    for route in scenario.routes:
        countries = _countries(route, scenario)
        if len(countries) == 1 and route.sound("crossing") and route.crossing:
            remedy = f"both ends are in {clip(countries.pop())}: leave it blank, or correct a country in places.csv"
            yield Fault("routes.csv", "lies inside a country", remedy, route.number, "crossing", route.crossing)


def routes_to_themselves(scenario: Scenario) -> Iterator[Fault]:
    """A route from a place to itself."""
    for route in scenario.routes:
        ends = ends_of(route, scenario.names)
        if ends is not None and ends[0] == ends[1]:
            remedy = "name the other end, or delete the row"
            yield Fault("routes.csv", "is where the route begins", remedy, route.number, "to", route.to)


def routes_twice(scenario: Scenario) -> Iterator[Fault]:
    """Two routes between the same places (a warning)."""
    seen: dict[tuple[int, int], Route] = {}
    for route in scenario.routes:
        ends = ends_of(route, scenario.names)
        if ends is None or ends[0] == ends[1]:
            continue
        ways = [ends] if route.one_way else [ends, (ends[1], ends[0])]
        first = next((seen[way] for way in ways if way in seen), None)
        if first is not None:
            after = f", after row {first.number}" if first.number else ""
            problem = f"is the end of a second way from {clip(route.from_)}{after}"
            remedy = "delete one unless there are two ways"
            yield Fault("routes.csv", problem, remedy, route.number, "to", route.to, "warning")
        for way in ways:
            seen.setdefault(way, route)


def unreachable_places(scenario: Scenario) -> Iterator[Fault]:
    """A reception place or camp that no way leads to from any home (a warning)."""
    homes = {position for group in scenario.groups for position in scenario.names.members_of(group.homes)}
    todo = [position for position in homes if scenario.places[position].kind == "origin"]
    if not todo or not scenario.routes:
        return
    following: dict[int, list[int]] = defaultdict(list)
    for route in scenario.routes:
        ends = ends_of(route, scenario.names)
        if ends is None:
            return
        following[ends[0]].append(ends[1])
        if not route.one_way:
            following[ends[1]].append(ends[0])
    reached = set(todo)
    while todo:
        new = [end for end in following[todo.pop()] if end not in reached]
        reached.update(new)
        todo += new
    for position, place in enumerate(scenario.places):
        if place.kind in ("reception", "camp") and place.sound("kind", "place") and position not in reached:
            problem = "cannot be reached from any home: nobody will arrive there"
            yield Fault(
                "places.csv", problem, "add a way to it in routes.csv", place.number, "place", place.place, "warning"
            )


def closures_away_from_the_border(scenario: Scenario) -> Iterator[Fault]:
    """A place that is closed, though no way over a border leads into it: it shuts nothing (a warning)."""
    names = scenario.names
    ways = [(route, ends) for route in scenario.routes if (ends := ends_of(route, names)) is not None]
    if len(ways) < len(scenario.routes) or not all(route.sound("crossing") for route in scenario.routes):
        return
    at_a_crossing = {end for route, ends in ways if route.crossing for end in ends}
    crossings = {key_of(route.crossing) for route, _ in ways if route.crossing}
    for act in scenario.acts:
        if act.effect != "close" or not act.sound("effect", "places"):
            continue
        for name in act.places:
            position = names.place_index.get(key_of(name))
            if position is not None and position not in at_a_crossing and key_of(name) not in crossings:
                problem = "has no way over a border, and close is of crossings: the act shuts nothing there"
                remedy = (
                    "for a camp that opens later or is closed down write opens or closes in places.csv; for a border "
                    "name a crossing, or a place or area that one leads into"
                )
                yield Fault("acts.csv", problem, remedy, act.number, "places", name, "warning")


def no_routes(scenario: Scenario) -> Iterator[Fault]:
    """A scenario without routes (a warning)."""
    if not scenario.routes:
        yield Fault("routes.csv", "has no rows", "nobody can travel; tiau routes proposes ways", level="warning")
