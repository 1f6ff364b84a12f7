"""A forecast of a scenario: members conditioned on what was known run on, as quantiles and joint samples by week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tiau.arguments import require_whole
from tiau.calibration.evidence import last_known
from tiau.evaluation.forecasts import interval_levels
from tiau.faults import Fault, nearest, number_of, wrong_argument
from tiau.forecasting.ahead import Ahead, ahead
from tiau.forecasting.courses import COURSES
from tiau.forecasting.history import Floats, History
from tiau.forecasting.mechanism import WEIGHTS, rebased, weighted
from tiau.loading import opened
from tiau.progress import Steps, silent
from tiau.scenario.model import Scenario
from tiau.scenario.posterior import Posterior
from tiau.scenario.vocabulary import as_day

if TYPE_CHECKING:
    from pandas import DataFrame

MIXED = "mixed"
HORIZON, MEMBERS, SEED = 90, 200, 1
EVERY = 7


@dataclass(frozen=True, repr=False)
class Forecast:
    """How many people sources would count, where, on days ahead.

    Attributes
    ----------
    name : str
        Of the scenario.
    origin : date
    events : str
        Which course, or `mixed`.
    rows : tuple of (str, str)
        Quantity and place or area.
    last : float array (row,)
        The last figure known, persons; NaN where there is none.
    days : tuple of int
        Days ahead: weeks, the horizon, and what else was asked for.
    quantiles : float array (row, day, level), persons
        At `interval_levels()`.
    samples : float array (row, day, member), persons
        A member is one course of everything: sums over places and differences over days are its own.
    learned : Posterior
        What members went by.
    """

    name: str
    origin: dt.date
    events: str
    rows: tuple[tuple[str, str], ...]
    last: Floats
    days: tuple[int, ...]
    quantiles: Floats
    samples: Floats
    learned: Posterior

    def table(self) -> DataFrame:
        """Return medians and 90% ranges by row and day as a table."""
        from pandas import DataFrame

        cells = [
            (target, place, self.origin + dt.timedelta(day), *self.range(row, number))
            for row, (target, place) in enumerate(self.rows) for number, day in enumerate(self.days)
        ]  # fmt: skip
        return DataFrame(cells, columns=["target", "location", "target_end_date", "p05", "median", "p95"])

    def range(self, row: int, day: int) -> tuple[float, float, float]:
        """Return the 5% quantile, the median and the 95% quantile of a row on a day, by position."""
        low, middle, high = np.searchsorted(interval_levels(), (0.05 - 1e-9, 0.5 - 1e-9, 0.95 - 1e-9))
        of = self.quantiles[row, day]
        return float(of[low]), float(of[middle]), float(of[high])

    def __repr__(self) -> str:
        return f"<Forecast of {self.name} from {self.origin}, {self.days[-1]} days, {len(self.rows)} series>"


def forecast(
    scenario: Scenario | str | Path, *, origin: dt.date | str | None = None, horizon: int = HORIZON,
    events: str = MIXED, members: int = MEMBERS, seed: int = SEED, jobs: int | None = None, steps: Steps = silent,
    also: Collection[dt.date] = (),
) -> Forecast:  # fmt: skip
    """Forecast what will be counted at places and areas, by what was known on a day.

    The scenario is fitted to that, unless it comes with a posterior that was.

    Parameters
    ----------
    scenario : Scenario, str or Path
        A scenario, or the name or folder of one.
    origin : date or str, optional
        The day that it is forecast from; by default the last of the scenario, or on which something became known.
    horizon : int
        Days ahead.
    events : str
        `holds`: what happened in the last 90 days happens again; `escalates`: twice as severe; `subsides`: nothing
        happens any more; `mixed`: a mixture of the three.
    members : int
        10 or more.
    seed : int
    jobs : int, optional
        As in `tiau.simulate`.
    steps : callable, optional
        Opens steps that show progress.
    also : collection of date
        Days beside those by week that are forecast too, where they lie within the horizon.

    Returns
    -------
    Forecast

    Raises
    ------
    InputError
        If nobody was counted by the origin, there are too few figures for a fit, who leaves is given in place of
        events, or a word is unknown.
    ValueError
        If a number is out of bounds.
    """
    require_whole(horizon=horizon, members=members, seed=seed, jobs=jobs)
    if events not in (MIXED, *COURSES):
        remedy = nearest(events, (MIXED, *COURSES)) or f"choose from {', '.join((MIXED, *COURSES))}"
        raise wrong_argument("events", "is no course of events", remedy, events)
    known = opened(scenario)
    day = starting_day(known, origin)
    _require_known(known, day)
    found = ahead(
        known,
        day,
        horizon,
        members=members,
        seed=seed,
        jobs=jobs,
        steps=steps,
        areas=True,
        learned=_learned(known, day),
    )
    weights = [WEIGHTS[name] if events == MIXED else float(events == name) for name in COURSES]
    asked = {(other - day).days for other in also}
    days = tuple(sorted({*range(EVERY, horizon, EVERY), horizon, *(asked & {*range(1, horizon)})}))
    quantiles, samples = _distributions(found, days, weights)
    return Forecast(known.name, day, events, tuple(found.rows), found.last, days, quantiles, samples, found.learned)


def starting_day(scenario: Scenario, origin: dt.date | str | None) -> dt.date:
    """Return the day that a scenario is forecast from, which may be given."""
    return min(last_known(scenario), scenario.settings.end) if origin is None else as_day(origin, "origin")


def known_later(scenario: Scenario) -> Iterator[Fault]:
    """Warn of reports that became known after the last day of a scenario: no forecast from that day uses them."""
    end = scenario.settings.end
    if later := [report.known_on for report in scenario.reports if report.known_on > end]:
        last = max(later)
        problem = f"became known after {end}, the scenario's last day, until {last}, and a forecast from that day does"
        problem = f"has {number_of(len(later), 'report')} that {problem} not use them"
        yield Fault("reports.csv", problem, f"set end = {last} in scenario.toml", level="warning")


def _distributions(found: Ahead, days: Sequence[int], weights: Sequence[float]) -> tuple[Floats, Floats]:
    """Return quantiles (row, day, level) and samples (row, day, member), persons; each member has one course."""
    levels = interval_levels()
    members = found.logs.shape[-1]
    # As many members have a course as it weighs; which ones has nothing to do with what they are.
    course = np.searchsorted(np.cumsum(weights) - 1e-9, (np.arange(members) + 0.5) / members)
    quantiles, samples = [], []
    for row in range(len(found.rows)):
        people = [np.exp(rebased(found, row, float(day))) for day in days]
        quantiles.append([weighted(of, weights, levels) for of in people])
        samples.append([of[course, np.arange(members)] for of in people])
    return np.array(quantiles), np.array(samples)


def _learned(scenario: Scenario, origin: dt.date) -> Posterior | None:
    """Return the posterior of a scenario if it was fitted to just what was known on an origin, else None."""
    learned = scenario.posterior
    if learned is None or learned.known_until > origin:
        return None
    nothing_new = last_known(scenario.known_by(origin)) <= learned.known_until
    return learned if nothing_new and learned.scenario_digest == scenario.without_posterior().digest() else None


def _require_known(scenario: Scenario, origin: dt.date) -> None:
    """Refuse an origin before anybody is counted, and one after the last day of which it is told what happened."""
    history = History(scenario)
    if history.first_known is None:
        raise wrong_argument("scenario", "counts nobody", "add reports of stocks", scenario.name)
    history.require_known("origin", origin.toordinal())
    if origin > scenario.settings.end:
        end = scenario.settings.end
        problem = f"lies after {scenario.name}, which ends on {end}: what happened since then is not told"
        raise wrong_argument("origin", problem, "give an earlier day, or a later end in scenario.toml", origin)
