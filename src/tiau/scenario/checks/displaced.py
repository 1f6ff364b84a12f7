"""People who are displaced already on the first day: who they are, where they stay, and whether they are forgotten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tiau.faults import Fault, Suggestions, clip
from tiau.scenario.checks.origins import homes_of
from tiau.scenario.checks.places import ADD, NEITHER
from tiau.scenario.checks.references import groups_named
from tiau.scenario.counts import interval, outdated
from tiau.scenario.model import Scenario
from tiau.scenario.names import key_of
from tiau.scenario.vocabulary import to_cell

# A figure of the end of a year or month is known as one of the day before the first.
BEFORE = dt.timedelta(31)


def unknown_places_of_displaced(scenario: Scenario) -> Iterator[Fault]:
    """People displaced at something that is no place, or from something that is neither a place nor an area."""
    names = scenario.names
    places = (name for place in scenario.places for name in (place.place, *place.aliases))
    own = Suggestions(places, "add it to places.csv")
    anything = Suggestions(names, ADD)
    for row in scenario.displaced:
        if row.sound("place") and key_of(row.place) not in names.place_index:
            remedy = "it is an area: write a row for each place in it" if row.place in names else own(row.place)
            yield Fault(row.file, "is not a place", remedy, row.number, "place", row.place)
        if row.origin and row.sound("origin") and row.origin not in names:
            yield Fault(row.file, NEITHER, anything(row.origin), row.number, "origin", row.origin)


def unknown_groups_of_displaced(scenario: Scenario) -> Iterator[Fault]:
    """People displaced of a group that groups.csv does not have."""
    allowed = groups_named(scenario)
    suggest = Suggestions(allowed, "add it to groups.csv")
    for row in scenario.displaced:
        if row.group and row.sound("group") and row.group not in allowed:
            yield Fault(row.file, "is not a group", suggest(row.group), row.number, "group", row.group)


def displaced_of_nobody(scenario: Scenario) -> Iterator[Fault]:
    """People displaced whose origin is no home of their group: nobody of the model comes from there."""
    homes, names = homes_of(scenario), scenario.names
    for row in scenario.displaced if homes else ():
        if not row.origin or not row.sound("origin", "group") or row.origin not in names:
            continue
        groups = [group for group in scenario.groups if group.meant_by(row.group)]
        lived_in = homes.intersection(names.members_of(home for group in groups for home in group.homes))
        if groups and lived_in.isdisjoint(names.members(row.origin)):
            who = "any group" if row.group in ("", "all") else clip(row.group, 40)
            problem = f"is no home of {who}: nobody of the model comes from there"
            remedy = "correct origin, or the homes in groups.csv; leave out people who fled from elsewhere"
            yield Fault(row.file, problem, remedy, row.number, "origin", row.origin)


def displaced_where_nothing_is_open(scenario: Scenario) -> Iterator[Fault]:
    """People displaced on the first day at a place that is not open on it (a warning)."""
    start = scenario.settings.start
    for row in scenario.displaced:
        for position in scenario.names.members(row.place)[:1] if row.sound("place") else ():
            place = scenario.places[position]
            if not place.sound("opens", "closes"):
                continue
            if (place.opens and place.opens > start) or (place.closes and place.closes < start):
                when = f"opens on {place.opens}" if place.opens and place.opens > start else f"closed on {place.closes}"
                problem = f"is not open on the first day, {start}: it {when}"
                remedy = "correct the day in places.csv, or the place"
                yield Fault(row.file, problem, remedy, row.number, "place", row.place, "warning")


def people_already_there(scenario: Scenario) -> Iterator[Fault]:
    """A report of displaced people on the first day where the model begins with none (a warning)."""
    start, names = scenario.settings.start, scenario.names
    gone = outdated(scenario.reports)
    there = {place for row in scenario.displaced for place in names.members(row.place)}
    for report in scenario.reports:
        counts = not (report.same_as or report.not_scored or report.report in gone)
        if report.quantity not in ("present", "idp_present") or not counts:
            continue
        if not report.sound("place", "quantity", "as_of", "value", "low", "bound", "unit"):
            continue
        where = names.members(report.place)
        least, _ = interval(report.in_persons, 0.0)
        if least > 0 and where and there.isdisjoint(where) and start - BEFORE <= report.as_of.end <= start:
            problem = (
                f"people were there by {report.as_of.end}, and the model begins on {start} with nobody displaced there"
            )
            remedy = "give them in displaced.csv (place, group, people, origin)"
            yield Fault("reports.csv", problem, remedy, report.number, "value", to_cell(report.value), "warning")
