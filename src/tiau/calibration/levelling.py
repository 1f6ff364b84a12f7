"""The level of a scenario found: the rate at which people leave, such that half of the figures lie above the run."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from tiau.calibration.evidence import Evidence
from tiau.evaluation.level import OFF, level_of
from tiau.scenario.parameters import BY_NAME
from tiau.scenario.unknown import Unknown

Floats = NDArray[np.float64]
Why = Literal["", "given", "nothing happens", "no way", "run out", "others", "fewer"]

RATE = Unknown("parameter", "departure_rate")
ABOUT, MOST_TRIES = math.log(2.0), 6


class Levelled(NamedTuple):
    """How far the rate of leaving is moved before anything else is learned.

    Attributes
    ----------
    shift : float
        Added to the numbers of `RATE`.
    levels : list of float
        How many times as many people were reported as the prior had, at first and after each try of another rate.
    unreached : str
        Why no rate reaches the figures; blank where one does.
    """

    shift: float
    levels: list[float]
    unreached: Why


def levelled(found: Evidence, numbers: Floats, row: int, run: Callable[[Floats], Floats]) -> Levelled:
    """Try rates until the median figure is within a factor of two, which a smoother can take from there.

    It moves numbers by a few of their sds, and a rate that was never fitted may be off by a hundred times. Tries go by
    the factor that is missing, then along the line through the last two.

    Parameters
    ----------
    found : Evidence
    numbers : float array (unknown, member)
    row : int
        That of `RATE`.
    run : callable
        Takes such numbers, returns logs of what sources cover of each figure (figure, member).
    """
    spread, centre = BY_NAME[RATE.name].spread, found.scenario.values[RATE.name]
    highest = math.log(BY_NAME[RATE.name].upper / max(centre, 1e-12))
    tries: list[tuple[float, float]] = []
    moved = 0.0
    while True:
        changed = numbers.copy()
        changed[row] += moved / spread
        level = level_of(found.figures, np.exp(np.median(run(changed), axis=1)))
        if level is None:
            return Levelled(0.0, [], "")
        tries.append((moved, math.log(level.factor)))
        if abs(tries[-1][1]) < ABOUT or found.scenario.departures or len(tries) > MOST_TRIES:
            break
        following = min(_next(tries), highest)
        if abs(following - moved) < ABOUT / 10:
            break
        moved = following
    best = min(tries, key=lambda one: abs(one[1]))
    unreached = _why(found, best[1]) if abs(best[1]) > math.log(OFF) else ""
    return Levelled(best[0] / spread, [math.exp(missing) for _, missing in tries], unreached)


def _next(tries: Sequence[tuple[float, float]]) -> float:
    (moved, missing), slope = tries[-1], -1.0
    if len(tries) > 1 and (apart := moved - tries[-2][0]):
        # More people leave at a higher rate, if fewer than in proportion once many have left.
        slope = min(max((missing - tries[-2][1]) / apart, -2.0), -0.25)
    return moved - missing / slope


def _why(found: Evidence, missing: float) -> Why:
    """Say why no rate reaches the figures."""
    scenario, network = found.scenario, found.network
    if scenario.departures:
        return "given"
    if missing < 0:
        return "fewer"
    homes = np.unique(network.home_place)
    struck = {place for event in scenario.events for place in scenario.names.members_of(event.place)}
    if not scenario.values["background_intensity"] and not struck & set(homes.tolist()):
        return "nothing happens"
    size = len(scenario.places)
    ways = coo_matrix((np.ones(network.start.size), (network.start, network.end)), shape=(size, size))
    part = connected_components(ways, directed=False)[1]
    abroad = [one for one in found.figures if (one.places & network.abroad).any()]
    reached = np.isin(part, part[homes])
    if abroad and not any((one.places & reached).any() for one in abroad):
        return "no way"
    most = max(one.report.value or one.report.low or 0.0 for one in found.figures)
    return "run out" if most > network.home_people.sum() / 2 else "others"
