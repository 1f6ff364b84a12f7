"""What is wrong with a scenario as a whole: one function a fault, all reported at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from itertools import islice

from tiau.faults import Fault
from tiau.scenario.checks import borders, figures, ids, people, places, references, times
from tiau.scenario.model import Scenario
from tiau.scenario.names import Gazetteer, gazetteer

Check = Callable[[Scenario, Gazetteer], Iterator[Fault]]

MOST_OF_A_KIND = 20_000
NAMED = 8
SETTINGS, PLACES, AREAS, ROUTES = "scenario.toml", "places.csv", "areas.csv", "routes.csv"
GROUPS, EVENTS, ACTS, REPORTS, DEPARTURES = "groups.csv", "events.csv", "acts.csv", "reports.csv", "departures.csv"

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
    places.unknown_members: (PLACES, AREAS),
    places.unknown_report_places: (PLACES, AREAS, REPORTS),
    places.unknown_series: (SETTINGS, PLACES, AREAS, GROUPS),
    references.unknown_groups: (GROUPS,),
    references.unknown_report_groups: (GROUPS, REPORTS),
    references.reserved_names: (GROUPS,),
    references.unknown_orders: (ACTS,),
    references.exemptions_without_order: (ACTS,),
    references.softened_by_another: (ACTS,),
    references.groups_of_what_holds_for_all: (ACTS,),
    references.unknown_originals: (REPORTS,),
    references.circles_of_reports: (REPORTS,),
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
    figures.impossible_numbers: (),
    figures.affinities_beyond_reason: (),
    figures.parts_of_people: (),
    figures.figures_without_value: (REPORTS,),
    figures.ranges_without_ends: (REPORTS,),
    figures.low_above_high: (REPORTS,),
    figures.values_outside_their_ends: (REPORTS,),
}
"""Each check and the files without which its answer would be wrong."""

CHECKS: tuple[Check, ...] = tuple(NEEDED)


def check(scenario: Scenario, unreadable: Collection[str] = ()) -> list[Fault]:
    """Return every fault and warning that concerns more than one cell.

    Parameters
    ----------
    scenario : Scenario
        Tables that could not be read may be empty, and settings missing.
    unreadable : collection of str
        Files that could not be read: checks that need them are left out, which a warning says.

    Returns
    -------
    list of Fault
        In the order of `CHECKS`; at most 20,000 of a kind.
    """
    names = gazetteer(scenario)
    faults: list[Fault] = []
    left_out: dict[str, list[str]] = {}
    for function, files in NEEDED.items():
        missing = sorted(set(files) & set(unreadable))
        kind = getattr(function, "__name__", "").replace("_", " ")
        if not missing:
            faults += [replace(fault, kind=kind) for fault in islice(function(scenario, names), MOST_OF_A_KIND)]
        for file in missing:
            left_out.setdefault(file, []).append(kind)
    for file, kinds in left_out.items():
        others = f" and {len(kinds) - NAMED} others" if len(kinds) > NAMED else ""
        problem = f"could not be read in full, so checks were left out: {', '.join(kinds[:NAMED])}{others}"
        faults.append(Fault(file, problem, "correct it, then check again", level="warning"))
    return faults
