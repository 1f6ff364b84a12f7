"""Who sets out in a case on each day and from where, as rows of departures.csv."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tiau.flee.case.counts import counts, known_on
from tiau.flee.case.model import FleeCase, Floats
from tiau.flee.engine.course import Course, course_of
from tiau.flee.engine.environment import Environment, links_of
from tiau.flee.engine.newcomers import Newcomers, newcomers_of
from tiau.scenario.largest_remainder import by_largest_remainder
from tiau.scenario.rows import Departure


@dataclass(frozen=True)
class Leaving:
    """Who sets out in a case.

    Attributes
    ----------
    world : Course
        Of the case, day by day.
    newcomers : Newcomers
        By the counts, in people.
    people : float array (day, place), whole persons
        The newcomers of each day where they set out.
    placeless : float array (day,), persons
        Newcomers of days on which no zone is in conflict; they set out from all that ever are.
    """

    world: Course
    newcomers: Newcomers
    people: Floats
    placeless: Floats


def leaving_of(case: FleeCase) -> Leaving:
    """Share the newcomers of each day over the zones in conflict by population times intensity, as Flee does.

    Nobody where newcomers do not come from counts.
    """
    environment = Environment(case, links_of(case), 1)
    newcomers = newcomers_of(case, environment, counts(case, hasten=1, days=case.days))
    world = course_of(case, environment)
    population = environment.population
    people, placeless = np.zeros_like(world.weight), np.zeros(case.days)
    left = population.copy()
    ever = np.where(world.weight.any(0), population, 0.0)
    for day in np.flatnonzero(newcomers.a_day):
        weight = world.weight[day] * left / np.maximum(population, 1.0)
        if not weight.any():
            weight, placeless[day] = ever, newcomers.a_day[day]
        if weight.any():
            people[day] = by_largest_remainder(float(newcomers.a_day[day]), weight)
        if case.settings.take_from_population:
            left = np.maximum(left - people[day], 0.0)
    return Leaving(world, newcomers, people, placeless)


def departures_of(case: FleeCase, leaving: Leaving) -> tuple[Departure, ...]:
    """Return a row for each zone and day from its first conflict on, 0 where nobody sets out; none without counts."""
    if case.settings.spawn_mode != "source_data" or not case.labels:
        return ()
    begun = np.logical_or.accumulate((leaving.world.weight > 0) | (leaving.people > 0))
    known = known_on(case, case.days).tolist()
    return tuple(
        Departure(
            day=case.date(day), place=case.locations[zone].name, people=float(leaving.people[day, zone]),
            known_on=case.date(known[day]) if known[day] > day else None,
        )
        for day, zone in np.argwhere(begun).tolist()
    )  # fmt: skip
