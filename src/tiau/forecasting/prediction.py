"""A forecast of a scenario: members conditioned on what was known run on, re-based, added up over areas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from tiau.arguments import require_whole
from tiau.calibration.evidence import last_known
from tiau.faults import Fault, number_of, wrong_argument
from tiau.forecasting.ahead import Ahead, ahead
from tiau.forecasting.asked import ARRIVED, PRESENT
from tiau.forecasting.by_figures import by_figures
from tiau.forecasting.courses import COURSES, as_known
from tiau.forecasting.expected import EXPECTED, MIXED, Expected, is_file, read_expected
from tiau.forecasting.fitted import fitted_to
from tiau.forecasting.forecast_result import Forecast
from tiau.forecasting.history import History, all_known, last_reports
from tiau.forecasting.joint import Joint
from tiau.forecasting.mechanism import WEIGHTS
from tiau.forecasting.predicted import ARRIVALS
from tiau.forecasting.regions import regions
from tiau.forecasting.trigger_answers import answers
from tiau.forecasting.triggers import asked
from tiau.loading import opened
from tiau.progress import Steps, counted, silent
from tiau.results.periods import days_ahead
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Trigger
from tiau.scenario.vocabulary import as_day

__all__ = ["MIXED", "Forecast", "forecast"]

HORIZON, MEMBERS, SEED = 90, 200, 1


def forecast(
    scenario: Scenario | str | Path, *, origin: dt.date | str | None = None, horizon: int = HORIZON,
    events: str | Path = MIXED, members: int = MEMBERS, seed: int = SEED, jobs: int | None = None,
    steps: Steps = silent,
    triggers: str | Trigger | Iterable[str | Trigger] = (), record: bool = False,
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
    events : str or Path
        `holds`: what happened in the last 90 days happens again; `escalates`: twice as severe; `subsides`: nothing
        happens any more; `mixed`: a mixture of the three; or a table with the columns of events.csv, of what is
        expected in place of them.
    members : int
        10 or more.
    seed : int
    jobs : int, optional
        As in `tiau.simulate`.
    steps : callable, optional
        Opens steps that show progress.
    triggers : str, Trigger, or an iterable of them, optional
        Thresholds to be told of besides those of the scenario, such as "Champhai district > 10000 within 90 days".
    record : bool
        Whether such forecasts too are judged on past days for them, beside other methods, about a minute for each day.

    Returns
    -------
    Forecast

    Raises
    ------
    InputError
        If nobody was counted by the origin, there are too few figures for a fit, who leaves is given in place of
        events, a word is unknown, a table of events has faults, or a trigger cannot be asked.
    ValueError
        If a number is out of bounds.
    """
    require_whole(horizon=horizon, members=members, seed=seed, jobs=jobs)
    table = Path(events) if is_file(events) else None
    known = opened(scenario)
    day = starting_day(known, origin)
    _require_known(known, day)
    expected = None if table is None else read_expected(table, known, day, day + dt.timedelta(horizon))
    wanted = asked(known, day, horizon, triggers)
    found = ahead(
        known,
        day,
        horizon,
        members=members,
        seed=seed,
        jobs=jobs,
        steps=steps,
        areas=True,
        learned=fitted_to(known, day),
        expected=None if expected is None else expected.events,
    )
    made = _added_up(known, day, found, seed, str(events), expected)
    with steps("judging triggers", counted("past day")) as progress:
        return replace(made, triggers=answers(made, wanted, known, record=record, progress=progress))


def starting_day(scenario: Scenario, origin: dt.date | str | None) -> dt.date:
    """Return the day that a scenario is forecast from, which may be given."""
    if origin is not None:
        return as_day(origin, "origin")
    return min(max(last_known(scenario), all_known(scenario)), scenario.settings.end)


def known_later(scenario: Scenario) -> Iterator[Fault]:
    """Warn of reports that became known after the last day of a scenario: no forecast from that day uses them."""
    end = scenario.settings.end
    if later := [report.known_on for report in scenario.reports if report.known_on > end]:
        problem = f"has {number_of(len(later), 'report')} that became known after {end}, the scenario's last day"
        remedy = f"no forecast from that day uses them: set end = {max(later)} in scenario.toml"
        yield Fault("reports.csv", problem, remedy, level="warning")


def _added_up(
    scenario: Scenario, origin: dt.date, found: Ahead, seed: int, events: str, expected: Expected | None
) -> Forecast:  # fmt: skip
    """Return the forecast that members give: figures and areas, then who arrives there."""
    horizon = int(found.days[-1])
    known = as_known(scenario, origin, origin + dt.timedelta(horizon))
    areas, days = regions(known), days_ahead(origin, horizon)
    figures = by_figures(scenario, origin, (0, *days), found.logs.shape[-1], seed)
    joint = Joint(found, areas, (0, *days), figures)
    told = last_reports(known)
    stocks = [key for key in found.rows if key in told or (key[0] == PRESENT and key[1] in areas)]
    if not stocks:
        problem = "has no stock figure of a place that the model has people at"
        raise wrong_argument("scenario", problem, "add reports of people present", scenario.name)
    arriving = [place for quantity, place in stocks if quantity == PRESENT and (ARRIVED, place) in found.rows]
    last = [float(found.last[found.rows[key]]) for key in stocks]
    of_figures = [origin - dt.timedelta(round(float(found.since[found.rows[key]]))) for key in stocks]
    none = [None] * len(arriving)
    return Forecast(
        name=scenario.name,
        origin=origin,
        events=events if expected is None else expected.file,
        rows=(*stocks, *((ARRIVALS, place) for place in arriving)),
        last=np.array([*last, *(np.nan for _ in arriving)]),
        days=days,
        draws=np.array([*(joint.stock(*key) for key in stocks), *map(joint.arrivals, arriving)]),
        weights=_weights(events, expected is not None),
        seed=seed,
        scenario=scenario,
        last_days=(*(None if np.isnan(of) else day for of, day in zip(last, of_figures, strict=True)), *none),
        parts={place: joint.parts(place) for place in joint.twice},
        learned=found.learned,
        expected=expected,
    )


def _weights(events: str, expected: bool) -> dict[str, float]:
    """Return how much each course weighs, what is expected last if there is such a table."""
    if expected:
        return {**dict.fromkeys(COURSES, 0.0), EXPECTED: 1.0}
    return {name: WEIGHTS[name] if events == MIXED else float(events == name) for name in COURSES}


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
