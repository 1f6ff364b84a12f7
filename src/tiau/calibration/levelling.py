"""The level of a scenario found: the rate at which people leave, such that half of the figures lie above the run."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from tiau.calibration.evidence import Evidence, value_of
from tiau.evaluation.level import level_of
from tiau.faults import wrong_argument
from tiau.scenario.model import Scenario
from tiau.scenario.parameters import BY_NAME
from tiau.scenario.unknown import Unknown

Floats = NDArray[np.float64]

RATE = Unknown("parameter", "departure_rate")
ABOUT, TOO_FAR, MOST_TRIES = math.log(2.0), math.log(5.0), 6


class Levelled(NamedTuple):
    """How far the rate of leaving is moved before anything else is learned.

    Attributes
    ----------
    shift : float
        Added to the numbers of `RATE`.
    levels : list of float
        How many times as many people were reported as the prior had, at first and after each try of another rate.
    """

    shift: float
    levels: list[float]


def levelled(found: Evidence, numbers: Floats, row: int, run: Callable[[Floats], Floats]) -> Levelled:
    """Move the rate where hardly a member has the level of the figures, until the median is within a factor of two.

    A smoother takes it from there. It moves numbers by a few of their sds, and a rate that was never fitted may be off
    by a hundred times: it is moved too where the median is a factor of five off. Tries go by the factor that is
    missing, then along the line through the last two.

    Parameters
    ----------
    found : Evidence
    numbers : float array (unknown, member)
    row : int
        That of `RATE`.
    run : callable
        Takes such numbers, returns logs of what sources cover of each figure (figure, member).

    Raises
    ------
    InputError
        If no rate comes nearer than a factor of five, with what stands in the way.
    """
    spread, centre = BY_NAME[RATE.name].spread, found.scenario.values[RATE.name]
    highest = math.log(BY_NAME[RATE.name].upper / max(centre, 1e-12))
    tries: list[tuple[float, float]] = []
    moved = 0.0
    while True:
        changed = numbers.copy()
        changed[row] += moved / spread
        logs = run(changed)
        level = level_of(found.figures, np.exp(np.median(logs, axis=1)))
        if level is None:
            return Levelled(0.0, [])
        tries.append((moved, math.log(level.factor)))
        # A prior some of whose members have the level is left alone: moved as well it would count figures twice.
        if len(tries) == 1 and abs(tries[-1][1]) < TOO_FAR and _some_reach(found, logs):
            return Levelled(0.0, [level.factor])
        if abs(tries[-1][1]) < ABOUT or found.scenario.departures or len(tries) > MOST_TRIES:
            break
        following = min(_next(tries), highest)
        if abs(following - moved) < ABOUT / 10:
            break
        moved = following
    best = min(tries, key=lambda one: abs(one[1]))
    if abs(best[1]) > TOO_FAR:
        problem = f"has figures that no rate of leaving reaches: {times(math.exp(best[1]))}"
        raise wrong_argument("scenario", problem, _remedy(found, best[1]), found.scenario.name)
    return Levelled(best[0] / spread, [math.exp(missing) for _, missing in tries])


def times(factor: float) -> str:
    """Say by how much the level is off."""
    if factor < 1:
        return f"the scenario has {1 / factor:,.3g} times as many people as were reported"
    return f"{factor:,.3g} times as many people were reported as the scenario has"


def _some_reach(found: Evidence, logs: Floats) -> bool:
    """Whether the level of the figures lies inside the 90% band of those of single members (figure, member)."""
    levels = (level_of(found.figures, np.exp(one)) for one in logs.T)
    low, high = np.quantile([level.factor for level in levels if level is not None], (0.05, 0.95))
    return bool(low <= 1.0 <= high)


def _next(tries: Sequence[tuple[float, float]]) -> float:
    (moved, missing), slope = tries[-1], -1.0
    if len(tries) > 1 and (apart := moved - tries[-2][0]):
        # More people leave at a higher rate, if fewer than in proportion once many have left.
        slope = min(max((missing - tries[-2][1]) / apart, -2.0), -0.25)
    return moved - missing / slope


def _remedy(found: Evidence, missing: float) -> str:
    """Say why no rate reaches the figures, and what to look at."""
    scenario, network = found.scenario, found.network
    homes = np.unique(network.home_place)
    if scenario.departures:
        return "departures.csv gives who leaves, and no rate is at work: look at its numbers, or delete it"
    if missing < 0:
        return "so many are there without anybody leaving: look at displaced.csv and at what the figures count"
    if not scenario.values["background_intensity"] and not _struck(scenario) & set(homes.tolist()):
        return (
            "nothing is known to happen at any home before the last figure: add the events that people left because "
            "of, or fit to what was known by a later day"
        )
    if not _reached(found, homes):
        return "no way leads from homes to where people were counted: add routes (tiau routes)"
    if max(map(value_of, found.figures)) > network.home_people.sum() / 2:
        return "people run out: look at populations, at who lives where (groups.csv), and at whom the figures count"
    return (
        "look at who may leave and where to (groups.csv, routes.csv, acts.csv) and at days and places of events, or "
        "fit to what was known by a later day, departures among it"
    )


def _struck(scenario: Scenario) -> set[int]:
    """Return the places where something happens."""
    return {place for event in scenario.events for place in scenario.names.members_of(event.place)}


def _reached(found: Evidence, homes: NDArray[np.integer[Any]]) -> bool:
    """Whether ways lead from homes to any place that a figure is of."""
    network, size = found.network, len(found.scenario.places)
    ways = coo_matrix((np.ones(network.start.size), (network.start, network.end)), shape=(size, size))
    part = connected_components(ways, directed=False)[1]
    reached = np.isin(part, part[homes])
    return any((one.places & reached).any() for one in found.figures)
