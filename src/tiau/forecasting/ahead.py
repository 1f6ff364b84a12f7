"""Members conditioned on what was known on a day, run on: what sources would count at places on the days ahead."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from tiau.calibration.evidence import truths
from tiau.calibration.fit import fit
from tiau.engine.members import Members, draw
from tiau.engine.unknowns import drawn
from tiau.faults import wrong_argument
from tiau.forecasting.courses import COURSES, as_known, course
from tiau.forecasting.history import Floats, last_reports
from tiau.observations.ledger import Placement, ledger
from tiau.observations.reporting import FEWEST_PEOPLE
from tiau.results.covered import covered
from tiau.scenario.model import Scenario
from tiau.scenario.network import build
from tiau.scenario.rows import Report
from tiau.scenario.unknown import Unknown
from tiau.scenario.vocabulary import parse_period

EVERY = 7
"""Days between the days ahead on which places are looked at."""


@dataclass(frozen=True)
class Ahead:
    """What conditioned members have at places that there are figures of.

    Attributes
    ----------
    origin : int
        As an ordinal.
    rows : dict of (str, str) to int
        The row of each quantity and place.
    days : float array (day,)
        Days ahead of the origin.
    logs : float array (course, row, day, member)
        Logs of what sources would cover on them, by the courses of `COURSES`.
    seen : float array (row, member)
        The same on the day of the last figure.
    last, since : float arrays (row,)
        The last figure, persons, and the days from it to the origin.
    noise : float array (row,)
        Sd of the log with which a source errs.
    normals : float array (row, member)
        Standard normal numbers for the error of the source.
    """

    origin: int
    rows: dict[tuple[str, str], int]
    days: Floats
    logs: Floats
    seen: Floats
    last: Floats
    since: Floats
    noise: Floats
    normals: Floats


def ahead(scenario: Scenario, origin: dt.date, days: int, *, members: int, seed: int, jobs: int | None = None) -> Ahead:
    """Fit a scenario to what was known on a day and run its members on under each course of events.

    Parameters
    ----------
    scenario : Scenario
    origin : date
    days : int
        How far ahead.
    members : int
        Of each course; they are the same in all.
    seed : int
    jobs : int, optional
        As in `tiau.simulate`.

    Returns
    -------
    Ahead

    Raises
    ------
    InputError
        Where the model has nothing to say: the people who leave are given and those of days ahead are not known, or
        there is too little to fit it to.
    """
    known = as_known(scenario, origin, origin + dt.timedelta(days))
    if known.departures:
        problem = "gives who leaves, and nobody knows that of days to come"
        raise wrong_argument("scenario", problem, "give events in place of departures", scenario.name)
    fitted = fit(known, until=origin, members=members, seed=seed, jobs=jobs)
    last = last_reports(known)
    steps = [*range(0, days, EVERY), days]
    probes = [_probe(report, origin, step) for report in last.values() for step in steps]
    runs = [
        _run(course(fitted.scenario, origin, severity), [*last.values()], probes, members, seed, jobs)
        for severity in COURSES.values()
    ]  # fmt: skip
    placed = runs[0].placed
    kept = [row for row in range(len(last)) if placed[row]]
    logs = np.array([run.logs[len(last) :].reshape(len(last), len(steps), members)[kept] for run in runs])
    found = [list(last)[row] for row in kept]
    reports = [list(last.values())[row] for row in kept]
    return Ahead(
        origin=origin.toordinal(),
        rows={key: row for row, key in enumerate(found)},
        days=np.array(steps, float),
        logs=logs,
        seen=runs[0].logs[: len(last)][kept],
        last=np.array([report.value for report in reports], float),
        since=np.array([_since(report, origin) for report in reports]),
        noise=runs[0].noise[: len(last)][kept],
        normals=np.array([drawn(runs[0].members.key, Unknown("ahead", " ".join(key))) for key in found]),
    )  # fmt: skip


@dataclass(frozen=True)
class _Run:
    members: Members
    logs: Floats
    placed: list[bool]
    noise: Floats


def _run(
    scenario: Scenario, last: list[Report], probes: list[Report], members: int, seed: int, jobs: int | None
) -> _Run:
    """Run members and look at what reports speak of: last ones, then probes."""
    asked = [report.model_copy(update={"report": f"last {number}"}) for number, report in enumerate(last)] + probes
    watched = scenario.model_copy(update={"reports": scenario.reports + tuple(asked)})
    network = build(watched)
    names = {report.report for report in asked}
    placements = tuple(one for one in ledger(network) if one.report.report in names)
    of_members = draw(watched, members=members, seed=seed)
    truth = truths(network, watched, placements, of_members, jobs=jobs)
    logs = np.array([_log(one, row, of_members) for one, row in zip(placements, truth, strict=True)])
    noise = np.array([one.counting.noise for one in placements])
    return _Run(of_members, logs, [one.status == "placed" for one in placements], noise)


def _log(placement: Placement, truth: Floats, members: Members) -> Floats:
    counted = covered(placement, truth, members.parameters, members.key)
    return np.asarray(np.log(np.maximum(counted, FEWEST_PEOPLE)))


def _probe(report: Report, origin: dt.date, step: int) -> Report:
    """Return what the source of a report would be asked so many days ahead."""
    day = origin + dt.timedelta(step)
    return report.model_copy(
        update={"report": f"{report.report} in {step} days", "as_of": parse_period(str(day)), "known_on": day}
    )


def _since(report: Report, origin: dt.date) -> float:
    return origin.toordinal() - (report.as_of.start.toordinal() + report.as_of.end.toordinal()) / 2
