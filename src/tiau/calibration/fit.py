"""A scenario fitted to what was known by a day: what is not known of members, conditioned on figures."""

from __future__ import annotations

import datetime as dt
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tiau.arguments import require_whole
from tiau.calibration.budget import MOST, PILOT, Pace, affordable, require_enough
from tiau.calibration.evidence import Evidence, evidence, last_known, predicted, require_figures
from tiau.calibration.levelling import RATE, Levelled, levelled
from tiau.calibration.locality import locality
from tiau.calibration.noise import noise_by_class
from tiau.calibration.smoother import STEPS, left_out, smooth, widened
from tiau.engine.members import keys_of
from tiau.engine.unknowns import Whitened, drawn, unknowns_of
from tiau.loading import opened
from tiau.observations.classes import FigureClass
from tiau.progress import Progress, Steps, counted, silent
from tiau.scenario.model import Scenario
from tiau.scenario.posterior import Posterior
from tiau.scenario.unknown import Unknown
from tiau.scenario.vocabulary import as_day

Floats = NDArray[np.float64]

ROUNDS = 2
IDLE = 40
"""Numbers that change nothing: what they lose of their spread is lost by chance alone, for want of members."""
HARDLY = 0.1
"""How far members move in the root mean square of their numbers, sds of the prior, where nothing was learned."""
RUNS = 1 + ROUNDS * STEPS
"""Runs of a fit: that of the prior, and in each round all steps but the first, which has the prior's, and a last."""


@dataclass(frozen=True, repr=False)
class Fit:
    """A fitted scenario.

    Attributes
    ----------
    scenario : Scenario
        With its posterior.
    evidence : Evidence
        What it was fitted to.
    prior, posterior : float arrays (figure, member)
        Logs of what sources cover of each figure, before and after; the prior's with the level that was found.
    noise : dict of FigureClass to float
        Sd of the log of figures by class.
    levels : list of float
        How many times as many people were reported as the prior had, at first and after each try of another rate.
    by_chance : float
        Share of its sd that a number keeps which changes nothing, so that figures tell nothing of it; what is lost so
        is given back to all.
    seconds : float
        That it took.
    chosen : bool
        Whether the number of members was chosen by the time that they take.
    """

    scenario: Scenario
    evidence: Evidence
    prior: Floats
    posterior: Floats
    noise: dict[FigureClass, float]
    levels: list[float]
    by_chance: float = 1.0
    seconds: float = 0.0
    chosen: bool = False

    @property
    def learned(self) -> Posterior:
        """The posterior of the scenario."""
        assert self.scenario.posterior is not None
        return self.scenario.posterior

    def __repr__(self) -> str:
        learned = self.learned
        return (
            f"<Fit of {self.scenario.name}: {len(self.evidence.rows):,} figures known until {learned.known_until}, "
            f"{learned.members:,} members, seed {learned.seed}>"
        )


def fit(
    scenario: Scenario | str | Path, *, until: dt.date | str | None = None, members: int | None = None,
    minutes: float = 3.0, seed: int = 1, jobs: int | None = None, steps: Steps = silent,
) -> Fit:  # fmt: skip
    """Condition the members of a scenario on what was known by a day.

    First the level: how many people leave at all. Then everything that is not known, twice: the noise of figures is
    found among members of the prior, then among those that were moved by it.

    Parameters
    ----------
    scenario : Scenario, str or Path
        Without faults, as `tiau.load` returns it, or what that takes. A posterior that it has is left aside.
    until : date or str, optional
        Last day on which something was known that is used; by default all is.
    members : int, optional
        Of each run, 10 or more; by default as many, from 50 to 200, as `minutes` are enough for.
    minutes : float
    seed : int
        The same seed and members give the same numbers.
    jobs : int, optional
        As in `tiau.simulate`.
    steps : callable, optional
        Opens steps that show progress.

    Returns
    -------
    Fit
        Its `scenario` runs conditioned.

    Raises
    ------
    InputError
        If fewer than three figures were known that can be set beside a run, no rate of leaving comes near them, or
        members are fewer than 10.
    ValueError
        If `members`, `seed` or `jobs` is no whole number within its bounds.
    """
    require_whole(members=members, seed=seed, jobs=jobs)
    if members is not None:
        require_enough(members)
    begun = time.monotonic()
    prior = opened(scenario).without_posterior()
    day = last_known(prior) if until is None else as_day(until, "until")
    found = evidence(prior, day)
    require_figures(found, prior, day)
    fitting = _Fitting(found, day, seed, jobs, steps)
    level = fitting.level(min(PILOT, members or MOST))
    chosen = members or affordable(60 * minutes - (time.monotonic() - begun), RUNS, fitting.pace)
    before = fitting.numbers(chosen, level.shift)
    logs, after, noise, numbers, by_chance = fitting.conditioned(before)
    # What hardly moved is left to the prior, which draws it as well: half of a file of megabytes.
    moved = np.flatnonzero(np.sqrt(np.mean((numbers - fitting.numbers(chosen, 0.0)) ** 2, axis=1)) > HARDLY)
    posterior = Posterior(
        unknowns=tuple(fitting.unknowns[row] for row in moved), values=numbers[moved], known_until=day, seed=seed,
        scenario_digest=prior.digest(), prior_digest=prior.prior_digest(),
        noise={kind.name: sd for kind, sd in noise.items()}, figures=len(found.rows),
    )  # fmt: skip
    return Fit(
        prior.model_copy(update={"posterior": posterior}), found, logs, after, noise, level.levels, by_chance,
        time.monotonic() - begun, members is None,
    )  # fmt: skip


@dataclass
class _Fitting:
    """What the runs of a fit share."""

    found: Evidence
    until: dt.date
    seed: int
    jobs: int | None
    steps: Steps
    pace: float = 0.0
    runs: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        unknowns = unknowns_of(self.found.scenario)
        local = locality(self.found.network, unknowns, self.found.figures)
        told = np.flatnonzero(local.any(1))
        self.unknowns, self.local = tuple(unknowns[row] for row in told), local[told]

    def numbers(self, members: int, shift: float) -> Floats:
        """Return the numbers of the prior (unknown, member), the rate of leaving moved by so much."""
        found = Whitened(keys_of(members, self.seed)).all(self.unknowns)
        found[self.unknowns.index(RATE)] += shift
        return found

    def level(self, members: int) -> Levelled:
        """Find the rate of leaving by a few members, and how long one of them takes."""
        tries = itertools.count(1)

        def run(numbers: Floats) -> Floats:
            with self.steps(f"finding the level, run {next(tries)}", counted("day")) as progress:
                paced = Pace(progress)
                logs = self._predicted(numbers, paced)
            self.pace = paced.seconds / members
            return logs

        return levelled(self.found, self.numbers(members, 0.0), self.unknowns.index(RATE), run)

    def conditioned(self, before: Floats) -> tuple[Floats, Floats, dict[FigureClass, float], Floats, float]:
        """Return what members predict before and after, the noise of figures, what was learned, and what by chance."""
        usual = self.found.usual_noise
        prior = logs = self.run(before)
        seen, noise, count, by_chance = [prior], usual, len(before), 1.0
        key = keys_of(before.shape[1], self.seed)
        idle = np.array([drawn(key, Unknown("idle", str(number))) for number in range(IDLE)])
        numbers = before = np.concatenate([before, idle])
        local = np.concatenate([self.local, np.ones((IDLE, self.local.shape[1]))])
        disturbance = disturbances(self.found, key)
        for _ in range(ROUNDS):
            noise = noise_by_class(self.found.figures, seen, usual)
            observed = self.found.observed(noise)
            numbers = smooth(
                before, lambda tried, _: self.run(tried[:count]), observed, local, disturbance, first=prior
            )  # fmt: skip
            by_chance = float(np.mean(numbers[count:].std(1) / idle.std(1)))
            numbers[:count] = widened(numbers[:count], before[:count], by_chance)
            logs = self.run(numbers[:count])
            seen = [logs, left_out(logs, observed)]
        return prior, logs, noise, numbers[:count], by_chance

    def run(self, numbers: Floats) -> Floats:
        """Return logs of what sources cover of each figure (figure, member)."""
        with self.steps(f"fitting, run {next(self.runs)} of {RUNS}", counted("day")) as progress:
            return self._predicted(numbers, progress)

    def _predicted(self, numbers: Floats, progress: Progress) -> Floats:
        learned = Posterior(self.unknowns, numbers, self.until, self.seed)
        scenario, members = self.found.scenario.model_copy(update={"posterior": learned}), numbers.shape[1]
        return predicted(self.found, scenario, members=members, seed=self.seed, jobs=self.jobs, progress=progress)


def disturbances(found: Evidence, key: NDArray[np.uint64]) -> Callable[[int], Floats]:
    """Return what gives each step the standard normal errors of figures (figure, member), by member and report."""
    names = [one.report.report for one in found.figures]
    return lambda step: np.array([drawn(key, Unknown(f"observed {step}", name)) for name in names])
