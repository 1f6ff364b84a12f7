"""Figures of people who come from somewhere: set at home, or abroad, where the model has none of them."""

from __future__ import annotations

from collections.abc import Iterator

from tiau.faults import Fault, clip
from tiau.scenario.checks.people import home_places
from tiau.scenario.model import Scenario
from tiau.scenario.names import Gazetteer


def _homes(scenario: Scenario, names: Gazetteer) -> frozenset[int]:
    """Return the places that people leave; none where a home cannot be read."""
    if not all(group.sound("homes") for group in scenario.groups):
        return frozenset()
    found = (position for group in scenario.groups for position in home_places(group, names))
    return frozenset(p for p in found if scenario.places[p].kind == "origin" and scenario.places[p].sound("kind"))


def refugees_put_at_home(scenario: Scenario, names: Gazetteer) -> Iterator[Fault]:
    """A figure of people present or arrived where people leave from: of displaced there, or of refugees (a warning)."""
    homes = _homes(scenario, names)
    countries = {scenario.places[home].country for home in homes}
    for report in scenario.reports:
        at_home = report.quantity in ("present", "registered", "arrived_cumulative") and not report.not_scored
        where = names.members(report.place) if at_home and report.sound("place", "quantity", "origin") else ()
        if homes.isdisjoint(where) or any(scenario.places[p].country not in countries for p in where):
            continue
        name = clip(report.place)
        problem = f"is where people leave: {report.quantity} is read as people displaced inside {name}"
        remedy = (
            "write idp_present if it is that; for refugees from there put this name into origin, and where they are "
            "into place"
        )
        yield Fault("reports.csv", problem, remedy, report.number, "place", report.place, "warning")


def displaced_inside_abroad(scenario: Scenario, names: Gazetteer) -> Iterator[Fault]:
    """A figure of people displaced inside a country that nobody of the scenario leaves (a warning)."""
    countries = {scenario.places[home].country for home in _homes(scenario, names)}
    for report in scenario.reports:
        inside = report.quantity == "idp_present" and not report.not_scored and report.sound("place", "quantity")
        where = names.members(report.place) if inside and countries else ()
        if where and all(scenario.places[p].country not in countries for p in where):
            problem = "lies in no country that people leave, so nobody is displaced inside it"
            remedy = "the report is kept but not placed; for refugees there write present as quantity"
            yield Fault("reports.csv", problem, remedy, report.number, "place", report.place, "warning")


def origins_that_nobody_leaves(scenario: Scenario, names: Gazetteer) -> Iterator[Fault]:
    """A figure of people from somewhere that is no home of any group (a warning)."""
    homes = _homes(scenario, names)
    for report in scenario.reports:
        if report.origin and report.sound("origin") and not report.not_scored and homes:
            where = names.members(report.origin)
            if where and homes.isdisjoint(where):
                problem = "is no home of any group: nobody of the model comes from there"
                remedy = "the report is kept but not compared; correct origin, or the homes in groups.csv"
                yield Fault("reports.csv", problem, remedy, report.number, "origin", report.origin, "warning")
