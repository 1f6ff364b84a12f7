"""What is wrong with a scenario as a whole: one function a fault, all reported at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from itertools import islice

from tiau.faults import Fault, some_of
from tiau.scenario.checks import (
    borders,
    coordinates,
    countries,
    departures,
    displaced,
    distances,
    events,
    figures,
    ids,
    origins,
    people,
    places,
    readings,
    references,
    revisions,
    times,
    totals,
    triggers,
    twins,
)
from tiau.scenario.model import Scenario

Check = Callable[[Scenario], Iterator[Fault]]

MOST_OF_A_KIND = 20_000
NAMED = 8
SETTINGS, PLACES, AREAS, ROUTES = "scenario.toml", "places.csv", "areas.csv", "routes.csv"
GROUPS, EVENTS, ACTS, REPORTS = "groups.csv", "events.csv", "acts.csv", "reports.csv"
DEPARTURES, DISPLACED, TRIGGERS = "departures.csv", "displaced.csv", "triggers.csv"

NEEDED: dict[Check, tuple[str, ...]] = {
    ids.duplicate_ids: (),
    ids.alike_ids: (),
    ids.ambiguous_aliases: (PLACES,),
    places.unknown_route_ends: (PLACES, AREAS, ROUTES),
    places.unknown_homes: (PLACES, AREAS, GROUPS),
    places.unknown_affinities: (PLACES, AREAS, GROUPS),
    places.unknown_event_places: (PLACES, AREAS, EVENTS),
    places.unknown_act_places: (PLACES, AREAS, ROUTES, ACTS),
    places.unknown_departure_places: (PLACES, AREAS, DEPARTURES),
    displaced.unknown_places_of_displaced: (PLACES, AREAS, DISPLACED),
    places.unknown_members: (PLACES, AREAS),
    places.unknown_report_places: (PLACES, AREAS, REPORTS),
    places.unknown_series: (SETTINGS, PLACES, AREAS, GROUPS),
    references.unknown_groups: (GROUPS,),
    displaced.unknown_groups_of_displaced: (GROUPS, DISPLACED),
    references.unknown_report_groups: (GROUPS, REPORTS),
    references.reserved_names: (GROUPS,),
    references.unknown_orders: (ACTS,),
    references.exemptions_without_order: (ACTS,),
    references.softened_by_another: (ACTS,),
    references.groups_of_what_holds_for_all: (ACTS,),
    references.unknown_originals: (REPORTS,),
    references.copies_that_revise: (REPORTS,),
    references.circles_of_reports: (REPORTS,),
    revisions.revised_before_they_were_known: (REPORTS,),
    times.places_that_close_before_they_open: (PLACES,),
    times.events_that_end_before_they_start: (EVENTS,),
    times.acts_that_end_before_they_start: (ACTS,),
    times.acts_ended_before_they_start: (ACTS,),
    times.periods_that_end_before_they_start: (REPORTS,),
    times.reports_known_too_early: (REPORTS,),
    times.reports_published_after_they_were_known: (REPORTS,),
    times.far_days: (),
    times.too_long_a_period: (SETTINGS,),
    times.not_used: (SETTINGS,),
    borders.missing_crossings: (PLACES, ROUTES),
    borders.crossings_inside: (PLACES, ROUTES),
    borders.routes_to_themselves: (PLACES, ROUTES),
    borders.routes_twice: (PLACES, ROUTES),
    borders.unreachable_places: (PLACES, AREAS, ROUTES, GROUPS),
    borders.no_routes: (ROUTES,),
    people.no_groups: (GROUPS,),
    people.shares_of_places: (PLACES, AREAS, GROUPS),
    people.homes_without_origin: (PLACES, AREAS, GROUPS),
    people.origins_without_people: (PLACES, AREAS, GROUPS),
    people.origins_without_groups: (PLACES, AREAS, GROUPS),
    people.departures_without_home: (PLACES, AREAS, GROUPS, DEPARTURES),
    displaced.displaced_of_nobody: (PLACES, AREAS, GROUPS, DISPLACED),
    triggers.unknown_places_of_triggers: (PLACES, AREAS, TRIGGERS),
    triggers.triggers_without_one_time: (TRIGGERS,),
    triggers.triggers_set_by_nobody: (TRIGGERS,),
    figures.impossible_numbers: (),
    figures.affinities_beyond_reason: (),
    figures.parts_of_people: (),
    figures.acts_without_a_measure: (ACTS,),
    figures.figures_without_value: (REPORTS,),
    figures.ranges_without_ends: (REPORTS,),
    figures.low_above_high: (REPORTS,),
    figures.values_outside_their_ends: (REPORTS,),
}
"""Each check and the files without which its answer would be wrong."""

DOUBTS: dict[Check, tuple[str, ...]] = {
    ids.codes_twice: (PLACES, AREAS),
    ids.own_columns_named_like_ones_of_the_table: (),
    people.people_in_no_group: (PLACES, AREAS, GROUPS),
    origins.refugees_put_at_home: (PLACES, AREAS, GROUPS, REPORTS),
    origins.displaced_inside_abroad: (PLACES, AREAS, GROUPS, REPORTS),
    origins.origins_that_nobody_leaves: (PLACES, AREAS, GROUPS, REPORTS),
    displaced.displaced_where_nothing_is_open: (SETTINGS, PLACES, DISPLACED),
    displaced.people_already_there: (SETTINGS, PLACES, AREAS, REPORTS, DISPLACED),
    borders.closures_away_from_the_border: (PLACES, AREAS, ROUTES, ACTS),
    readings.places_named_like_their_area: (SETTINGS, PLACES, AREAS),
    readings.places_spelled_like_an_area: (PLACES, AREAS, REPORTS),
    coordinates.no_coordinates: (PLACES,),
    coordinates.misplaced_coordinates: (PLACES, ROUTES),
    countries.countries_without_places: (SETTINGS, PLACES),
    countries.regions_of_two_countries: (PLACES,),
    countries.misplaced_countries: (PLACES, ROUTES),
    countries.places_outside_their_country: (PLACES,),
    distances.routes_shorter_than_the_great_circle: (PLACES, ROUTES),
    distances.routes_much_longer_than_the_great_circle: (PLACES, ROUTES),
    twins.places_twice: (PLACES, ROUTES),
    twins.groups_twice: (PLACES, AREAS, GROUPS),
    twins.events_twice: (PLACES, AREAS, EVENTS),
    twins.source_ids_twice: (EVENTS,),
    twins.acts_twice: (PLACES, AREAS, ACTS),
    twins.reports_twice: (PLACES, AREAS, REPORTS),
    revisions.figures_of_one_office: (PLACES, AREAS, REPORTS),
    revisions.parts_twice: (PLACES, AREAS, REPORTS),
    revisions.parts_beside_another_whole: (SETTINGS, PLACES, AREAS, REPORTS),
    revisions.revisions_of_something_else: (PLACES, AREAS, REPORTS),
    revisions.households_without_a_size: (REPORTS,),
    revisions.kinds_of_sources_by_words: (SETTINGS, REPORTS),
    totals.totals_as_rows: (PLACES, GROUPS),
    totals.seats_with_the_people_of_their_area: (PLACES,),
    totals.figures_beyond_the_people: (SETTINGS, PLACES, AREAS, GROUPS, REPORTS, DISPLACED),
    events.no_events: (SETTINGS, GROUPS, EVENTS, DEPARTURES),
    events.no_events_to_the_end: (SETTINGS, PLACES, AREAS, GROUPS, EVENTS, DEPARTURES),
    events.kinds_without_a_rule: (EVENTS,),
    events.events_known_before_they_start: (EVENTS,),
    events.events_that_end_in_another_year: (SETTINGS, EVENTS),
    events.events_where_nobody_lives: (SETTINGS, PLACES, AREAS, GROUPS, EVENTS, DEPARTURES),
    departures.more_departures_than_people: (SETTINGS, PLACES, AREAS, GROUPS, DEPARTURES),
    departures.departures_twice: (SETTINGS, PLACES, AREAS, GROUPS, DEPARTURES),
    departures.departures_beside_their_parts: (SETTINGS, PLACES, AREAS, GROUPS, DEPARTURES),
    departures.missing_days: (SETTINGS, PLACES, AREAS, GROUPS, DEPARTURES),
    departures.days_before_and_after: (SETTINGS, DEPARTURES),
    departures.homes_left_out: (SETTINGS, PLACES, AREAS, GROUPS, EVENTS, DEPARTURES),
}
"""Checks that set tables which may be right each for itself against each other, the globe and the calendar: warnings.

A fault in a file that one stands on is told first, without what follows from it.
"""


def check(scenario: Scenario, unreadable: Collection[str] = (), told: Collection[Fault] = ()) -> list[Fault]:
    """Return every fault and warning that concerns more than one cell, in the order of `NEEDED` and `DOUBTS`.

    There are at most 20,000 of a kind. Tables that could not be read may be empty, and settings missing: checks
    that need such an `unreadable` file are left out, which a warning says. `told` is what is known to be wrong in
    single files.
    """
    faults: list[Fault] = []
    left_out: dict[str, list[str]] = {}

    def run(function: Check, files: Collection[str], wrong: Collection[str]) -> None:
        kind = getattr(function, "__name__", "").replace("_", " ")
        for file in sorted(set(files) & set(unreadable)):
            left_out.setdefault(file, []).append(kind)
        if set(files).isdisjoint(wrong):
            faults.extend(replace(fault, kind=kind) for fault in islice(function(scenario), MOST_OF_A_KIND))

    for function, files in NEEDED.items():
        run(function, files, unreadable)
    wrong = {fault.file for fault in (*told, *faults) if fault.level == "fault"} | set(unreadable)
    for function, files in DOUBTS.items():
        run(function, files, wrong)
    for file, kinds in left_out.items():
        problem = f"could not be read in full, so checks were left out: {some_of(kinds, NAMED, 'others')}"
        faults.append(Fault(file, problem, "correct it, then check again", level="warning"))
    return faults
