"""Figures of people who come from somewhere: set at home, or abroad, where the model has none of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tiau.faults import Fault, clip
from tiau.scenario.checks.people import home_places
from tiau.scenario.model import Scenario
from tiau.scenario.quantities import FLOWS

_DISPLACED = (
    "people displaced inside {name}",
    "write idp_present if it is that; for refugees from there put this name into origin, and where they are into place",
)
_READ_AT_HOME = {
    "present": _DISPLACED,
    "registered": _DISPLACED,
    "arrived_cumulative": _DISPLACED,
    "returned_cumulative": (
        "people displaced inside {name} who went home from there, not as people who came home to it",
        "put this name into origin too if it is that; for those who came home put it into origin, and where they came "
        "from into place",
    ),
    "crossed_in_period": (
        "people who enter {name} over its border",
        "for people who left put this name into origin, and where they came to into place",
    ),
    "turned_back": (
        "people whom the border of {name} keeps out of it",
        "for people who were turned back on their way out put this name into origin, and where they were refused into "
        "place",
    ),
}
"""How a figure of each quantity is read at a place that people leave, and what else may be meant."""


def homes_of(scenario: Scenario) -> frozenset[int]:
    """Return the places that people leave; none where a home cannot be read."""
    if not all(group.sound("homes") for group in scenario.groups):
        return frozenset()
    found = (position for group in scenario.groups for position in home_places(group, scenario.names))
    return frozenset(p for p in found if scenario.places[p].kind == "origin" and scenario.places[p].sound("kind"))


def refugees_put_at_home(scenario: Scenario) -> Iterator[Fault]:
    """A figure put where people leave from that may be of those who left it, or came home to it (a warning)."""
    homes = homes_of(scenario)
    countries = frozenset(scenario.places[home].country for home in homes)

    @cache
    def countries_at_home(name: str) -> frozenset[str]:
        where = scenario.names.members(name)
        found = frozenset(scenario.places[place].country for place in where)
        return frozenset() if homes.isdisjoint(where) or not found <= countries else found

    @cache
    def left(origin: str) -> frozenset[str]:
        return frozenset(scenario.places[home].country for home in homes.intersection(scenario.names.members(origin)))

    for report in scenario.reports:
        at_home = report.quantity in _READ_AT_HOME and not report.not_scored
        inside = countries_at_home(report.place) if at_home and report.sound("place", "quantity", "origin") else None
        if not inside:
            continue
        # Where two countries flee to each other, people of one are refugees in the other.
        others = not (left(report.origin) if report.origin else countries) <= inside
        told = report.origin and report.quantity == "returned_cumulative"
        if told or (others and (report.origin or report.quantity in FLOWS)):
            continue
        name = clip(report.place)
        reading, remedy = _READ_AT_HOME[report.quantity]
        problem = f"is where people leave: {report.quantity} is read as {reading.format(name=name)}"
        yield Fault("reports.csv", problem, remedy, report.number, "place", report.place, "warning")


def displaced_inside_abroad(scenario: Scenario) -> Iterator[Fault]:
    """A figure of people displaced inside a country that nobody of the scenario leaves (a warning)."""
    countries = {scenario.places[home].country for home in homes_of(scenario)}
    for report in scenario.reports:
        of_homes = report.quantity in ("idp_present", "displaced_in_period") and not report.not_scored
        inside = of_homes and report.sound("place", "quantity")
        where = scenario.names.members(report.place) if inside and countries else ()
        if where and all(scenario.places[p].country not in countries for p in where):
            problem = "lies in no country that people leave, so nobody is displaced inside it"
            refugees = "present" if report.quantity == "idp_present" else "crossed_in_period"
            remedy = f"the report is kept but not placed; for refugees there write {refugees} as quantity"
            yield Fault("reports.csv", problem, remedy, report.number, "place", report.place, "warning")


def origins_that_nobody_leaves(scenario: Scenario) -> Iterator[Fault]:
    """A figure of people from somewhere that is no home of any group (a warning)."""
    homes = homes_of(scenario)
    for report in scenario.reports:
        if report.origin and report.sound("origin") and not report.not_scored and homes:
            where = scenario.names.members(report.origin)
            if where and homes.isdisjoint(where):
                problem = "is no home of any group: nobody of the model comes from there"
                remedy = "the report is kept but not compared; correct origin, or the homes in groups.csv"
                yield Fault("reports.csv", problem, remedy, report.number, "origin", report.origin, "warning")
