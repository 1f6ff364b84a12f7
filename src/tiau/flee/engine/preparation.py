"""Why a run by Flee's rules would stop: every day of its world is tried, without people who move."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tiau.faults import Fault, InputError, number_of
from tiau.flee.case.counts import Ints
from tiau.flee.case.model import FleeCase
from tiau.flee.engine.environment import Environment, links_of
from tiau.flee.engine.newcomers import newcomers_of

CONFLICTS, CHANGES, RULES_FILE = "conflicts.csv", "location_changes.csv", "simsetting.yml"
AWARENESS_FILE = "demographics_floodawareness.csv"


def stops(case: FleeCase, counts: Ints, *, hasten: int) -> list[Fault]:
    """Return everything at which a run would stop, on any day; counts (label, day) are agents of `hasten` people."""
    world = Environment(case, links_of(case), hasten)
    return [*_moving_markers(case, world), *_awareness(case), *_nowhere_to_come_from(case, world, counts, hasten)]


def require_runnable(case: FleeCase, counts: Ints, *, hasten: int) -> None:
    """Raise what `stops` finds, if there is anything, as an InputError."""
    if faults := stops(case, counts, hasten=hasten):
        raise InputError(faults)


def _moving_markers(case: FleeCase, environment: Environment) -> Iterator[Fault]:
    """Find changes that make or unmake a marker: routes are laid out once."""
    markers = {case.locations[place].name for place in np.flatnonzero(environment.marker)}
    problem, remedy = "would make or unmake a marker, which Tiau cannot do", "change it to another kind of place"
    for change in case.changes:
        if "marker" in change.kind.lower() or change.name in markers:
            yield Fault(CHANGES, problem, remedy, cell=change.name)


def _awareness(case: FleeCase) -> Iterator[Fault]:
    """Find degrees of awareness that have no weight, and places where nobody has any."""
    rules = case.settings
    rows = case.demographics.get("floodawareness", ())
    if not rules.flood_forecaster or not rows:
        return
    last = len(rules.flood_awareness_weights) - 1
    for value, _ in rows:
        try:
            known = 0 <= int(float(value)) <= last
        except (ValueError, OverflowError):
            known = False
        if not known:
            remedy = f"give a number from 0 to {last}, or more flood_awareness_weights in {RULES_FILE}"
            yield Fault(AWARENESS_FILE, "has no weight in flood_awareness_weights", remedy, cell=value)
    for place in case.locations:
        if not sum(weight.get(place.name, weight.get("Default", 0.0)) for _, weight in rows) > 0:
            yield Fault(AWARENESS_FILE, "has no weight above 0", "give one of its values a weight", cell=place.name)
            return


def _nowhere_to_come_from(case: FleeCase, environment: Environment, counts: Ints, hasten: int) -> Iterator[Fault]:
    """Find days with newcomers by the counts but no zone of conflict with people; one fault a reason."""
    if case.settings.spawn_mode != "source_data":
        return
    coming = newcomers_of(case, environment, counts).a_day
    population = environment.population.copy()
    found: dict[str, list[int]] = {}
    for day in range(int(np.flatnonzero(coming).max(initial=-1)) + 1):
        environment.begin(day)
        weight = environment.spawn_factor * population
        if coming[day] > 0 and not weight.sum() > 0:
            found.setdefault(_why_nobody(environment), []).append(day)
        elif case.settings.take_from_population and coming[day] > 0:
            population = np.maximum(population - coming[day] * weight / weight.sum(), 0.0)
            population[population < 0.5] = 0.0  # Less than half a person is nobody.
        environment.move(day)
    for why, days in found.items():
        yield _nobody(case, why, days, coming, hasten)


def _why_nobody(environment: Environment) -> str:
    fighting = environment.spawn_factor > 0
    return "no conflict" if not fighting.any() else "left" if environment.population[fighting].any() else "nobody lives"


def _nobody(case: FleeCase, why: str, days: list[int], coming: Ints, hasten: int) -> Fault:
    day = days[0]
    more = f", as on {number_of(len(days) - 1, 'more day')}" if len(days) > 1 else ""
    when = f"on day {day} ({case.date(day)}) {coming[day] * hasten:,} people come by the counts{more}"
    shorter = f", or shorten the run to {day} days in sim_period.csv" if day else ""
    if why == "left":
        problem = f"{when}, but nobody is left in the zones of conflict"
        remedy = "set it to False, or give the zones the people that they had"
        return Fault(RULES_FILE, problem, remedy + shorter, column="spawn_rules.take_from_population")
    if why == "nobody lives":
        remedy = f"give a zone of conflict at least {hasten:,} people, or another zone a conflict by then"
        return Fault("locations.csv", f"{when}, but no zone of conflict has people then", remedy + shorter)
    remedy = "give a zone with people a conflict on each such day"
    return Fault(CONFLICTS, f"{when}, but no location is in conflict then", remedy + shorter, day + 2)
