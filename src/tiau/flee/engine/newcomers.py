"""Who comes on each day: what the counts of a case say, and what conflicts and floods say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tiau.faults import Fault
from tiau.flee.case.counts import Ints, accounts
from tiau.flee.case.model import FleeCase, Floats
from tiau.flee.engine.environment import Environment, attribute


@dataclass(frozen=True)
class Newcomers:
    """Newcomers by the counts of a case; in agents.

    Attributes
    ----------
    reported : int array (camp,)
        Locations that are camps at the start; in a flood-driven case all.
    data : int array (day, camp)
        What the counts say of them.
    a_day : int array (day,)
        Who comes and is shared over the zones of conflict.
    at_camps : int array (place,)
        Who is there at the start.
    taken_off : int array (place,)
        By how much capacity is lowered at the start.
    raw, debt : int arrays (day,)
        Flee's columns "raw UNHCR refugee count" and "refugee_debt".
    """

    reported: Ints
    data: Ints
    a_day: Ints
    at_camps: Ints
    taken_off: Ints
    raw: Ints
    debt: Ints


def newcomers_of(case: FleeCase, environment: Environment, counts: Ints) -> Newcomers:
    """Work out the newcomers of a case as it is before the first day; counts (label, day) are agents."""
    rules = case.settings
    days, places = counts.shape[1], len(case.locations)
    # Of labels that stand there twice Flee takes the first.
    row = {label.name: number for number, label in reversed(list(enumerate(case.labels)))}
    by_flood = rules.spawn_mode == "flood"
    reported = np.arange(places) if by_flood else np.flatnonzero(environment.camp)
    data = np.zeros((days, reported.size), np.int64)
    for column, place in enumerate(reported):
        name = case.locations[place].name
        if name in row:
            data[:, column] = counts[row[name]]
    at_start = data[0].copy() if days else np.zeros(reported.size, np.int64)
    given = rules.spawn_mode == "source_data"
    at_camps, taken_off = np.zeros(places, np.int64), np.zeros(places, np.int64)
    if not rules.empty_camps_on_day0:
        at_camps[reported] = at_start if rules.insert_day0 else 0
        camps = np.flatnonzero(environment.camp)
        already = [int(attribute(case.locations[place], "initial_idps")) for place in camps]
        at_camps[camps] += np.array(already, np.int64)
    if rules.insert_day0 and given:
        for name, number in row.items():
            there = environment.index.get(name, -1)
            if there >= 0 and environment.capacity[there] > 0:
                # Flee lowers capacity by the count of day 0 although those people are inserted too.
                taken_off[there] = counts[number, 0]
    if rules.empty_camps_on_day0 and given:
        data = data - at_start
        counts = counts - counts[:, :1]
    nobody = np.zeros(days, np.int64)
    a_day, raw, debt = accounts(case, counts) if given else (nobody, nobody, nobody)
    return Newcomers(reported, data, a_day, at_camps, taken_off, raw, debt)


def nobody_to_come(day: int, people: float) -> Fault:
    """Return the fault of newcomers who have nowhere to come from."""
    return Fault(
        "conflicts.csv",
        f"on day {day} there are {people:.0f} newcomers, but no zone of conflict with people to come from",
        "give zones a population in locations.csv and a conflict by then",
        row=day + 2,
    )


def by_conflict(environment: Environment, population: Floats) -> tuple[Floats, bool]:
    """Return newcomers by place of a conflict-driven case (member, place), and whether they are means to draw from."""
    rules = environment.rules
    fighting = np.maximum(environment.conflict, 0.0)
    rate = rules.amounts[0] if rules.amounts else (0.01 if rules.amount_mode == "pop_ratio" else 500.0)
    if rules.amount_mode == "pop_ratio":
        return np.trunc(rate * population * fighting), False
    amount = np.broadcast_to(np.trunc(rate) * fighting, population.shape)
    return (amount, True) if rules.amount_mode == "poisson" else (np.trunc(amount), False)


def by_flood(environment: Environment, population: Floats) -> tuple[Floats, bool]:
    """Return newcomers by place of a flood-driven case (member, place), and whether they are means to draw from."""
    rules = environment.rules
    default = (0.0, 0.1, 0.2, 0.5, 0.9) if rules.amount_mode == "pop_ratio" else (0.0, 100.0, 200.0, 300.0, 500.0)
    amounts = rules.amounts or default
    level = np.interp(environment.flood, np.arange(len(amounts)), amounts)
    level = np.where(environment.flood > 0, level, 0.0)
    if rules.amount_mode == "pop_ratio":
        return np.trunc(level * population), False
    return np.broadcast_to(np.trunc(level), population.shape), rules.amount_mode == "poisson"
