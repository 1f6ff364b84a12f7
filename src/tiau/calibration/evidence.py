"""The figures that a scenario is fitted to, and what members would report of them."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiau.calibration.gathered import truths
from tiau.calibration.smoother import Observed
from tiau.engine.members import Members, draw
from tiau.faults import number_of, some_of, wrong_argument
from tiau.observations.classes import FigureClass
from tiau.observations.ledger import Placement, ledger
from tiau.observations.reporting import FEWEST_PEOPLE
from tiau.observations.sources import usual_noise
from tiau.progress import Progress
from tiau.results.covered import covered
from tiau.scenario.model import Scenario
from tiau.scenario.network import Network, build

Floats = NDArray[np.float64]

SLACK = 2.0
"""Variances of figures count so many times: what the smoother takes for sure from few members is a tenth too sure."""
FEWEST = 3
REASONS_TOLD = 3


@dataclass(frozen=True)
class Evidence:
    """What was known by a day.

    Attributes
    ----------
    scenario : Scenario
        As it was known, cut to the last day that a figure looks at.
    network : Network
    placements : tuple of Placement
        Of all its reports.
    rows : list of int
        Positions of those that count.
    """

    scenario: Scenario
    network: Network
    placements: tuple[Placement, ...]
    rows: list[int]

    @property
    def figures(self) -> list[Placement]:
        """The reports that count."""
        return [self.placements[row] for row in self.rows]

    @property
    def usual_noise(self) -> dict[FigureClass, float]:
        """Sd of the logs of the classes that there are figures of, before anything was learned of it."""
        values = self.scenario.values
        return {one.figure_class: usual_noise(one.figure_class, values) for one in self.figures}

    def sds(self, noise: Mapping[FigureClass, float]) -> Floats:
        """Return the sd of the log of each figure (figure,), that of its class being given."""
        return np.array([math.hypot(noise[one.figure_class], one.counting.beyond) for one in self.figures])

    def observed(self, noise: Mapping[FigureClass, float]) -> Observed:
        """Return what was reported, the sd of the logs of figures of a class being given."""
        sd = self.sds(noise)
        values = np.array([value_of(placement) for placement in self.figures])
        side = np.array([_side(placement) for placement in self.figures], np.int8)
        return Observed(np.log(values), side, SLACK * (sd**2 + 1.0 / values))


def evidence(scenario: Scenario, until: dt.date) -> Evidence:
    """Return what of a scenario was known by a day and can be set beside a run."""
    known = scenario.known_by(until)
    rows, placements = _counting(known)
    if rows:
        last = max(min(placements[row].report.as_of.end, known.settings.end) for row in rows)
        known = known.until(max(last, known.settings.start))
        rows, placements = _counting(known)
    return Evidence(known, build(known), placements, rows)


def last_known(scenario: Scenario) -> dt.date:
    """Return the day by which everything was known that a fit goes by: figures that count, and what happened."""
    rows, placements = _counting(scenario)
    happened = (row.known for row in (*scenario.events, *scenario.acts, *scenario.departures))
    known = [*(placements[row].report.known_on for row in rows), *(day for day in happened if day is not None)]
    return max(known, default=scenario.settings.end)


def require_figures(found: Evidence, scenario: Scenario, until: dt.date) -> None:
    """Refuse a fit to fewer than three figures.

    Raises
    ------
    InputError
        That says on which day there are enough, or why figures cannot be set beside a run.
    """
    if len(found.rows) >= FEWEST:
        return
    problem = f"{number_of(len(found.rows), 'figure')} that a run can be set beside, and a fit takes {FEWEST} or more"
    rows, placements = _counting(scenario)
    if len(rows) >= FEWEST:
        enough = sorted(placements[row].report.known_on for row in rows)[FEWEST - 1]
        raise wrong_argument("until", f"leaves {problem}", f"by {enough} there are {FEWEST}", until)
    why = Counter(f"{one.status}: {one.reason}" for one in placements if one.status != "placed")
    told = some_of([f"{count:,} {reason}" for reason, count in why.most_common()], REASONS_TOLD, "other reasons")
    remedy = f"of its {number_of(len(placements), 'report')} {told}" if why else "add reports with a value"
    raise wrong_argument("scenario", f"has {problem}", f"{remedy}; tiau check says more" if why else remedy)


def _counting(scenario: Scenario) -> tuple[list[int], tuple[Placement, ...]]:
    placements = ledger(build(scenario))
    rows = [row for row, placement in enumerate(placements) if placement.counted and value_of(placement) > 0]
    return rows, placements


def value_of(placement: Placement) -> float:
    """Return the figure of a report, persons; of a range the middle in logs."""
    report = placement.report
    if report.bound == "range":
        return math.sqrt(max(report.low or FEWEST_PEOPLE, FEWEST_PEOPLE) * (report.high or report.low or 0.0))
    return report.value or 0.0


def _side(placement: Placement) -> int:
    return {"at_least": 1, "at_most": -1}.get(placement.report.bound, 0)


def predicted(
    found: Evidence, scenario: Scenario, *, members: int, seed: int, jobs: int | None = None,
    progress: Progress | None = None,
) -> Floats:  # fmt: skip
    """Run a scenario and return the logs of what sources cover of each figure that counts (figure, member)."""
    drawn = draw(scenario, members=members, seed=seed)
    truth = truths(found.network, found.placements, drawn, jobs=jobs, progress=progress)
    return logs_covered(found.figures, truth[found.rows], drawn)


def logs_covered(placements: Sequence[Placement], truth: Floats, drawn: Members) -> Floats:
    """Return the logs of what sources cover (report, member), `truth` being what reports speak of, persons."""
    counted = [covered(one, of, drawn.parameters, drawn.key) for one, of in zip(placements, truth, strict=True)]
    return np.log(np.maximum(counted, FEWEST_PEOPLE))
