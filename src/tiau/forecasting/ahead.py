"""Members conditioned on what was known on a day, run on: what sources would count at places on the days ahead."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tiau.calibration.evidence import logs_covered
from tiau.calibration.fit import fit
from tiau.calibration.gathered import gathered
from tiau.engine.members import Members, draw
from tiau.engine.unknowns import drawn
from tiau.faults import wrong_argument
from tiau.forecasting.asked import asked_of, settling
from tiau.forecasting.courses import as_known, speaks_of
from tiau.forecasting.expected import carried_on
from tiau.forecasting.history import Floats, last_reports, middle_of
from tiau.observations.classes import FigureClass
from tiau.observations.ledger import ledger
from tiau.progress import Steps, counted, silent
from tiau.scenario.model import Scenario
from tiau.scenario.network import build
from tiau.scenario.posterior import Posterior
from tiau.scenario.rows import Event, Report
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
        Logs of what sources would cover on them, by the courses of `COURSES`, and then by what is expected if that is
        given.
    seen : float array (row, member)
        The same on the day of the last figure.
    last, since : float arrays (row,)
        The last figure, persons, and the days from it to the origin; NaN and 0 of areas without one.
    noise : float array (row,)
        Sd of the log with which a source errs on the last of the days.
    normals : float array (row, member)
        Standard normal numbers for the error of the source.
    memory : float array (row,)
        Days after which 1/e of a gap between members and figures is left (`memory_of`).
    learned : Posterior
        What members go by.
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
    memory: Floats
    learned: Posterior


def ahead(
    scenario: Scenario, origin: dt.date, days: int, *, members: int, seed: int, jobs: int | None = None,
    steps: Steps = silent, areas: bool = False, learned: Posterior | None = None,
    expected: tuple[Event, ...] | None = None,
) -> Ahead:  # fmt: skip
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
    steps : callable, optional
        Opens steps that show progress.
    areas : bool
        Whether places and areas abroad are looked at that there are no figures of, and who arrives (`asked_of`).
    learned : Posterior, optional
        What a fit to the same figures learned, in place of another fit.
    expected : tuple of Event, optional
        Events ahead, as one more course.

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
    if not speaks_of(scenario):
        problem = "gives who leaves, and nobody knows that of days to come"
        raise wrong_argument("scenario", problem, "give events in place of departures", scenario.name)
    if learned is None:
        learned = fit(known, until=origin, members=members, seed=seed, jobs=jobs, steps=steps).learned
    last = last_reports(known)
    asked = asked_of(known, origin, last) if areas else last
    on = [*range(0, days, EVERY), days]
    probes = [_probe(report, origin, day) for report in asked.values() for day in on]
    fitted = known.model_copy(update={"posterior": learned})
    run = _run(fitted, origin, expected, [*asked.values()], probes, members, seed, jobs, steps)
    kept = [row for row in range(len(asked)) if run.placed[row]]
    found = {list(asked)[row]: list(asked.values())[row] for row in kept}
    return Ahead(
        origin=origin.toordinal(),
        rows={key: row for row, key in enumerate(found)},
        days=np.array(on, float),
        logs=run.logs[:, len(asked) :].reshape(len(run.logs), len(asked), len(on), members)[:, kept],
        seen=run.logs[0, : len(asked)][kept],
        last=np.array([report.value if key in last else np.nan for key, report in found.items()], float),
        since=np.array([_since(report, origin) for report in found.values()]),
        noise=run.noise[len(asked) :].reshape(len(asked), len(on))[kept, -1],
        normals=np.array([drawn(run.members.key, Unknown("ahead", " ".join(key))) for key in found]),
        memory=run.memory[: len(asked)][kept],
        learned=learned,
    )  # fmt: skip


@dataclass(frozen=True)
class _Run:
    members: Members
    logs: Floats
    placed: list[bool]
    noise: Floats
    memory: Floats


def _run(
    scenario: Scenario, origin: dt.date, expected: tuple[Event, ...] | None, last: list[Report], probes: list[Report],
    members: int, seed: int, jobs: int | None, steps: Steps,
) -> _Run:  # fmt: skip
    """Run members until an origin and on from there in each course, and look at what reports speak of.

    Their logs are (course, report, member), of last ones and then of probes.
    """
    asked = [report.model_copy(update={"report": f"last {number}"}) for number, report in enumerate(last)] + probes
    watched = scenario.model_copy(update={"reports": scenario.reports + tuple(asked)})
    network = build(watched)
    names = {report.report for report in asked}
    placements = tuple(settling(one) for one in ledger(network) if one.report.report in names)
    of_members = draw(watched, members=members, seed=seed)
    with steps("running until the origin", counted("day")) as progress:
        until = max(network.day_index(origin) + 1, 0)
        past = gathered(network, placements, of_members, days=until, jobs=jobs, progress=progress)
    logs = []
    for name, carried in carried_on(watched, origin, expected).items():
        with steps(f"running on, {name}", counted("day")) as progress:
            again = draw(carried, members=members, seed=seed)
            found = gathered(build(carried), placements, again, before=past, jobs=jobs, progress=progress)
            logs.append(logs_covered(placements, found.truths.of, again))
    noise = np.array([one.counting.noise for one in placements])
    memory = np.array([memory_of(one.figure_class, scenario.values) for one in placements])
    return _Run(of_members, np.array(logs), [one.status == "placed" for one in placements], noise, memory)


def memory_of(kind: FigureClass, parameters: Mapping[str, float]) -> float:
    """Return how long gaps between members and figures of a class last, days: as long as what they come of.

    At a district or village that is what draws people there for a while, among those displaced inside what homes send
    for a while. Neither moves a whole state much, where a gap stays.
    """
    if kind.quantity == "inside":
        return parameters["outflow_drift_days"]
    return math.inf if kind.level == "state" else parameters["pull_drift_days"]


def _probe(report: Report, origin: dt.date, step: int) -> Report:
    """Return what the source of a report would be asked so many days ahead."""
    day = origin + dt.timedelta(step)
    return report.model_copy(
        update={"report": f"{report.report} in {step} days", "as_of": parse_period(str(day)), "known_on": day}
    )


def _since(report: Report, origin: dt.date) -> float:
    return origin.toordinal() - middle_of(report)
