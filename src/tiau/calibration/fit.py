"""A scenario fitted to what was known by a day: what is not known of members, conditioned on figures."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiau.calibration.evidence import Evidence, evidence, predicted
from tiau.calibration.locality import locality
from tiau.calibration.noise import noise_by_class
from tiau.calibration.smoother import left_out, smooth
from tiau.engine.members import keys_of
from tiau.engine.unknowns import Whitened, drawn, unknowns_of
from tiau.evaluation.level import level_of
from tiau.faults import wrong_argument
from tiau.observations.classes import FigureClass
from tiau.observations.sources import usual_noise
from tiau.progress import Steps, counted, silent
from tiau.scenario.model import Scenario
from tiau.scenario.parameters import BY_NAME
from tiau.scenario.posterior import Posterior
from tiau.scenario.unknown import Unknown

Floats = NDArray[np.float64]

FEWEST_FIGURES = 3
RATE = "departure_rate"
ABOUT, MOST_TRIES = math.log(2.0), 4


@dataclass(frozen=True)
class Fit:
    """A fitted scenario.

    Attributes
    ----------
    scenario : Scenario
        With its posterior.
    evidence : Evidence
        What it was fitted to.
    prior, posterior : float arrays (figure, member)
        Logs of what sources cover of each figure, before and after.
    noise : dict of FigureClass to float
        Sd of the log of figures by class.
    levels : list of float
        How many times as many people were reported as the prior had, at first and after each try of another rate.
    """

    scenario: Scenario
    evidence: Evidence
    prior: Floats
    posterior: Floats
    noise: dict[FigureClass, float]
    levels: list[float]


def fit(
    scenario: Scenario, *, until: dt.date, members: int = 200, seed: int = 1, jobs: int | None = None,
    steps: Steps = silent,
) -> Fit:  # fmt: skip
    """Condition the members of a scenario on what was known by a day.

    Twice: the noise of figures is found among members of the prior, then among those that were moved by it.

    Raises
    ------
    InputError
        If fewer than three figures were known that can be set beside a run.
    """
    found = evidence(scenario.without_posterior(), until)
    if len(found.rows) < FEWEST_FIGURES:
        remedy = "add figures with a value, or fit to a later day; tiau check says which cannot be placed"
        raise wrong_argument("until", "leaves fewer than three figures that a run can be set beside", remedy, until)
    unknowns = unknowns_of(found.scenario)
    before = Whitened(keys_of(members, seed)).all(unknowns)
    local = locality(found.network, unknowns, found.figures)
    told = np.flatnonzero(local.any(1))
    unknowns, before, local = tuple(unknowns[row] for row in told), before[told], local[told]
    runs = itertools.count(1)

    def run(numbers: Floats) -> Floats:
        with steps(f"fitting, run {next(runs)}", counted("day")) as progress:
            conditioned = _with(found.scenario, unknowns, numbers, until, seed)
            return predicted(found, conditioned, members=members, seed=seed, jobs=jobs, progress=progress)

    before, prior, levels = _levelled(found, unknowns, before, run)
    usual = {one.figure_class: usual_noise(one.figure_class, scenario.values) for one in found.figures}
    seen, logs, numbers = [prior], prior, before
    for _ in range(2):
        noise = noise_by_class(found.figures, seen, usual)
        sd = _sds(found, noise)
        numbers = smooth(
            before, lambda tried, _: run(tried), found.observed(sd), local, _observation_noise(found, members, seed),
            first=prior,
        )  # fmt: skip
        logs = run(numbers)
        seen = [logs, left_out(logs, found.observed(sd))]
    posterior = Posterior(
        unknowns=unknowns, values=numbers, known_until=until, seed=seed,
        scenario_digest=scenario.without_posterior().digest(),
        noise={kind.name: sd for kind, sd in noise.items()}, figures=len(found.rows),
    )  # fmt: skip
    return Fit(scenario.model_copy(update={"posterior": posterior}), found, prior, logs, noise, levels)


def _levelled(
    found: Evidence, unknowns: tuple[Unknown, ...], numbers: Floats, run: Callable[[Floats], Floats]
) -> tuple[Floats, Floats, list[float]]:
    """Return numbers whose rate of leaving has the level of the figures, what they predict, and how far tries were off.

    A smoother moves numbers by a few of their sds, and a rate that was never fitted may be off by a hundred times.
    """
    logs, levels = run(numbers), []
    row = unknowns.index(Unknown("parameter", RATE)) if Unknown("parameter", RATE) in unknowns else None
    best = numbers, logs
    while (level := level_of(found.figures, np.exp(np.median(logs, axis=1)))) is not None:
        levels.append(level.factor)
        if abs(math.log(level.factor)) <= abs(math.log(min(levels, key=lambda one: abs(math.log(one))))):
            best = numbers, logs
        if row is None or found.scenario.departures or abs(math.log(level.factor)) < ABOUT or len(levels) > MOST_TRIES:
            break
        numbers = numbers.copy()
        numbers[row] += math.log(level.factor) / BY_NAME[RATE].spread
        logs = run(numbers)
    return *best, levels


def _with(scenario: Scenario, unknowns: tuple[Unknown, ...], numbers: Floats, until: dt.date, seed: int) -> Scenario:
    return scenario.model_copy(update={"posterior": Posterior(unknowns, numbers, until, seed)})


def _sds(found: Evidence, noise: dict[FigureClass, float]) -> Floats:
    return np.array([math.hypot(noise[one.figure_class], one.counting.beyond) for one in found.figures])


def _observation_noise(found: Evidence, members: int, seed: int) -> Callable[[int], Floats]:
    key = keys_of(members, seed)
    names = [one.report.report for one in found.figures]
    return lambda step: np.array([drawn(key, Unknown(f"observed {step}", name)) for name in names])
