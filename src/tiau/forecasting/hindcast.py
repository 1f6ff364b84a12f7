"""Forecasts made again on past days with what was known then, set beside what came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from tiau.arguments import require_whole
from tiau.calibration.budget import require_enough
from tiau.evaluation.forecasts import energy_score
from tiau.evaluation.scores import fair_crps
from tiau.faults import Fault, InputError, wrong_argument
from tiau.forecasting import mechanism
from tiau.forecasting.constants import Constants, stored
from tiau.forecasting.history import Floats, History
from tiau.forecasting.methods import USUAL, Method, named
from tiau.forecasting.origins import EVERY, Moment, moments, origins
from tiau.forecasting.outcome import CaseHindcast, Hindcast, Target, Together
from tiau.forecasting.quantiles import COUNT, joint
from tiau.forecasting.summary import summary
from tiau.forecasting.targets import Targets
from tiau.loading import opened
from tiau.progress import Progress
from tiau.scenario.model import Scenario
from tiau.scenario.vocabulary import as_day

HORIZONS = (30, 90, 180)
DRAWS = 100
"""Joint draws of a panel, for scores of all its places together."""


def hindcast(
    scenarios: Scenario | str | Path | Iterable[Scenario | str | Path],
    *,
    horizons: Sequence[int] = HORIZONS,
    methods: Iterable[str] | None = None,
    every: int = EVERY,
    first: dt.date | str | None = None,
    members: int = mechanism.MEMBERS,
    seed: int = mechanism.SEED,
    progress: Progress | None = None,
) -> Hindcast:
    """Forecast stock figures again from past days, by what was known on each, and set that beside what came.

    Parameters
    ----------
    scenarios : Scenario, str, Path, or an iterable of them
        Each a scenario, or the name or folder of one, or a case folder of Flee's.
    horizons : sequence of int
        Days ahead. What is scored is the figure nearest to that day within a sixth of the horizon.
    methods : iterable of str, optional
        Names of methods; all but slow ones by default. The reference, `trend`, is always among them.
    every : int
        Days between the days from which it is forecast.
    first : date or str, optional
        The first of these days; by default so many days after the start, once anybody is counted.
    members, seed : int
        Of the model of movements: members that are fitted and run on, 10 or more.
    progress : callable, optional
        Called with the number of past days done and in all.

    Returns
    -------
    Hindcast

    Raises
    ------
    InputError
        If a scenario is wrong, has nothing to start from or to score on, or a method is unknown.
    ValueError
        If a number is out of bounds.
    """
    for horizon in horizons:
        require_whole(horizon=horizon)
    require_whole(every=every, members=members, seed=seed)
    require_enough(members)
    days = tuple(dict.fromkeys(map(int, horizons)))
    if not days:
        raise wrong_argument("horizons", "is empty", "give days such as 30,90,180")
    chosen = named(USUAL if methods is None else methods, members, seed)
    given = [scenarios] if isinstance(scenarios, Scenario | str | Path) else list(scenarios)
    if not given:
        raise wrong_argument("scenarios", "is empty", "name a scenario or a case")
    begin = None if first is None else as_day(first, "first").toordinal()
    cases = _cases(given, days, chosen, every, begin, progress)
    return Hindcast(tuple(cases), chosen, days, every, tuple(summary(cases, chosen, days, every)), members, seed)


def _cases(
    given: Sequence[Scenario | str | Path], horizons: Sequence[int], methods: Mapping[str, Method], every: int,
    first: int | None, progress: Progress | None,
) -> list[CaseHindcast]:  # fmt: skip
    """Return the hindcast of each scenario; raise InputError with the faults of all."""
    loaded, cases, faults = list[Scenario](), list[CaseHindcast](), list[Fault]()
    for source in given:
        try:
            loaded.append(opened(source))
        except InputError as error:
            faults += error.faults
    before, total = 0, sum(len(origins(History(scenario), every, first)) for scenario in loaded)

    def told(done: int, _: int) -> None:
        if progress:
            progress(before + done, total)

    for scenario in loaded:
        try:
            constants = stored().constants_for(scenario)
            cases.append(of_case(scenario, constants, horizons, methods, every, first, told))
        except InputError as error:
            faults += error.faults
        before += len(origins(History(scenario), every, first))
    if faults:
        raise InputError(faults)
    return cases


def of_case(
    scenario: Scenario,
    constants: Constants,
    horizons: Sequence[int] = HORIZONS,
    methods: Mapping[str, Method] = USUAL,
    every: int = EVERY,
    first: int | None = None,
    progress: Progress | None = None,
) -> CaseHindcast:
    """Return the hindcast of one scenario with some constants, else as `hindcast` does.

    `progress` is called with the number of past days done and in all. Raise InputError where there is nothing to start
    from or to score on.
    """
    history = History(scenario)
    _require_figures(history, first)
    targets: list[Target] = []
    quantiles: dict[str, list[Floats]] = {name: [] for name in methods}
    together: list[Together] = []
    for moment in moments(history, every, first, progress):
        for horizon in horizons:
            found = moment.targets(horizon)
            if not found.rows.size:
                continue
            targets += _targets(moment, horizon, found)
            forecasts = forecast(moment, found, methods, constants)
            for name, of_method in forecasts.items():
                quantiles[name].append(of_method)
            together.append(_together(moment, horizon, found, forecasts))
    if not targets:
        problem = "has no figure near any of the horizons from the days that it is forecast from"
        raise _nothing(history, problem, "give other horizons, or an earlier first day")
    if not any(target.observed for target in targets):
        problem = "counts nobody in any of the figures that forecasts are scored on, and scores are shares of people"
        raise _nothing(history, problem, "give other horizons, or another first day")
    joined = {name: np.concatenate(parts) if parts else np.zeros((0, COUNT)) for name, parts in quantiles.items()}
    return CaseHindcast(
        scenario.name, constants.left_out, tuple(targets), joined, tuple(together), history.never_reported
    )


def forecast(
    moment: Moment, targets: Targets, methods: Mapping[str, Method], constants: Constants
) -> dict[str, Floats]:
    """Return the quantiles of some methods for the targets of a panel (target, level)."""
    # All places are forecast, as a method may look at all of them; of those without a target the lead is any.
    lead = np.full(len(moment.panel.series), float(targets.lead.mean()))
    lead[targets.rows] = targets.lead
    return {name: method.forecast(moment.now, lead, constants)[targets.rows] for name, method in methods.items()}


def _targets(moment: Moment, horizon: int, found: Targets) -> list[Target]:
    panel = moment.panel
    return [
        Target(
            panel.origin, horizon, panel.name, panel.places[row], moment.in_main, lead, people, float(panel.last[row]),
            panel.age,
        )
        for row, lead, people in zip(found.rows.tolist(), found.lead.tolist(), found.people.tolist(), strict=True)
    ]  # fmt: skip


def _together(moment: Moment, horizon: int, found: Targets, forecasts: Mapping[str, Floats]) -> Together:
    panel = moment.panel
    about = f"{moment.history.scenario.name}\n{panel.origin}\n{horizon}"
    names = [panel.places[row] for row in found.rows]
    energy, total = {}, {}
    for name, quantiles in forecasts.items():
        draws = joint(quantiles, names, about, DRAWS)
        energy[name] = energy_score(draws, found.people)
        total[name] = float(fair_crps(draws.sum(axis=0)[None], found.people.sum()[None])[0])
    return Together(panel.origin, horizon, panel.name, moment.in_main, len(names), energy, total)


def _require_figures(history: History, first: int | None) -> None:
    """Refuse a scenario without a figure to start from and a later one, and a first day before anybody is counted."""
    known = sum(series.days.size for places in history.truth.values() for series in places.values())
    if known < 2:
        said = "no figure" if not known else "one figure in all"
        problem = f"has {said} of how many people are somewhere, and a hindcast needs one to start from and a later one"
        raise _nothing(history, problem, "add reports of stocks")
    if history.first_known is None:
        raise _nothing(history, "counts nobody on any day of its period", "add reports of stocks")
    if first is not None:
        history.require_known("first", first)


def _nothing(history: History, problem: str, remedy: str) -> InputError:
    return wrong_argument("scenarios", problem, remedy, history.scenario.name)
