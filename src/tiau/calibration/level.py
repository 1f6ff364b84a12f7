"""The level of a scenario: the rate at which people leave, such that half of the figures lie above the run."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass

from tiau.evaluation.level import Level, level
from tiau.faults import wrong_argument
from tiau.progress import Steps, counted, silent
from tiau.results.result import Result
from tiau.scenario.model import Scenario
from tiau.scenario.parameters import BY_NAME
from tiau.scenario.settings import Parameters, Setting
from tiau.simulation import simulate

RATE = "departure_rate"
CLOSE = math.log(1.05)
MOST_RUNS = 8


@dataclass(frozen=True)
class LevelFit:
    """A fitted level.

    Attributes
    ----------
    scenario : Scenario
        With the rate that fits.
    rate, before : float, 1/day per unit of intensity
        The rate that fits, and the one before.
    first, last : Level
        How far the figures lay from the run before, and lie after.
    fitted_until : date
        Last day on which one of the figures became known.
    runs : int
    """

    scenario: Scenario
    rate: float
    before: float
    first: Level
    last: Level
    fitted_until: dt.date
    runs: int


def fit_level(scenario: Scenario, *, members: int = 20, seed: int = 1, steps: Steps = silent) -> LevelFit:
    """Find the departure rate at which the median figure is that of the run; everything else stays as it is.

    The rate is moved by the factor that is missing, then along the line through the last two tries.

    Raises
    ------
    InputError
        If fewer than three figures name a number and can be set beside a run, or departures are given.
    """
    if scenario.departures:
        remedy = "delete departures.csv to have departures modelled"
        raise wrong_argument("scenario", "gives departures, so that no rate is at work", remedy)
    before = scenario.values[RATE]
    tries: list[tuple[float, float]] = []
    rate, first, best = before, None, (math.inf, before)
    last: Level | None = None
    known = scenario.settings.start
    for run in range(MOST_RUNS):
        with steps(f"fitting, run {run + 1}", counted("day")) as progress:
            result = simulate(with_rate(scenario, rate), members=members, seed=seed, progress=progress)
        found = level(result)
        if found is None:
            remedy = "add figures with a value; tiau check says which cannot be placed"
            raise wrong_argument("scenario", "has fewer than three figures that a run can be set beside", remedy)
        missing = math.log(found.factor)
        if abs(missing) < best[0]:
            best, last, known = (abs(missing), rate), found, _known(result)
        first = first or found
        tries.append((math.log(rate), missing))
        rate = _next(tries)
        if abs(missing) < CLOSE or rate == math.exp(tries[-1][0]):
            break
    if first is None or last is None:  # pragma: no cover
        raise AssertionError
    chosen = with_rate(scenario, best[1])
    return LevelFit(chosen, best[1], before, first, last, known, len(tries))


def _next(tries: list[tuple[float, float]]) -> float:
    bounds = BY_NAME[RATE]
    (log_rate, missing), slope = tries[-1], -1.0
    if len(tries) > 1 and (apart := log_rate - tries[-2][0]):
        # More people leave at a higher rate, if fewer than in proportion once many have left.
        slope = min(max((missing - tries[-2][1]) / apart, -2.0), -0.1)
    return min(max(math.exp(log_rate - missing / slope), 1e-9), bounds.upper)


def _known(result: Result) -> dt.date:
    return max(placement.report.known_on for placement in result.placements if placement.counted)


def with_rate(scenario: Scenario, rate: float, why: str = "fitted to the level of the figures") -> Scenario:
    """Return a scenario with another departure rate."""
    settings: Mapping[str, Setting] = {**scenario.settings.parameters, RATE: Setting(value=rate, why=why)}
    changed = scenario.settings.model_copy(update={"parameters": Parameters(settings)})
    return scenario.model_copy(update={"settings": changed})
