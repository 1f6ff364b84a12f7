"""Fits to figures whose truth is known: a member of the prior takes the place of what happened, and is looked for."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.calibration import fit as fitting
from tiau.calibration.gathered import truths
from tiau.engine.keys import name_key
from tiau.engine.members import Members, draw, figure_normals, keys_of
from tiau.engine.streams import uniform
from tiau.engine.unknowns import Whitened
from tiau.faults import InputError
from tiau.observations.ledger import Placement, ledger
from tiau.observations.reporting import figures
from tiau.results.covered import covered
from tiau.scenario.model import Scenario
from tiau.scenario.network import build
from tiau.scenario.rows import Report
from tiau.scenario.unknown import Unknown

Floats = NDArray[np.float64]
Done = dict[str, Any]

FIRST_TRUTH = 1_000_000
"""Seeds of truths begin here, far from those of fits."""
TWO_SIDED = ("exact", "about")


@dataclass(frozen=True)
class Truth:
    """A member of the prior, and the scenario with the figures that it would have had.

    Attributes
    ----------
    number : int
    scenario : Scenario
    figures : dict of str to float
        What would have been reported, by report.
    """

    number: int
    scenario: Scenario
    figures: dict[str, float]

    def of(self, unknown: Unknown) -> float:
        """Return the true number of an unknown."""
        return float(Whitened(keys_of(1, FIRST_TRUTH + self.number)).of(unknown)[0])


def truth_of(scenario: Scenario, number: int) -> Truth:
    """Return what would have been reported had a member of the prior been true."""
    prior = scenario.without_posterior()
    placements, found = reported(prior, draw(prior, members=1, seed=FIRST_TRUTH + number))
    value = {one.report.report: float(of[0]) for one, of in zip(placements, found, strict=True) if one.counted}
    # A copy carries the figure of its original, as it did.
    rows = tuple(_as_reported(report, value.get(report.same_as or report.report)) for report in prior.reports)
    return Truth(number, prior.model_copy(update={"reports": rows}), value)


def _as_reported(report: Report, value: float | None) -> Report:
    """Return a report with the figure of the truth.

    A bound keeps its number, so that which figures are bounds tells nothing; it turns round where it does not hold.
    """
    if value is None:
        return report
    if report.bound in TWO_SIDED:
        return report.model_copy(update={"value": value})
    low, high = (report.low, report.high) if report.bound == "range" else (report.value, report.value)
    if report.bound == "range" and (low or 0.0) <= value <= (high or np.inf):
        return report
    above = value >= (high or np.inf)
    return report.model_copy(update={"bound": "at_least" if above else "at_most", "value": high if above else low})


def reported(scenario: Scenario, members: Members) -> tuple[tuple[Placement, ...], Floats]:
    """Run members and return the placements of reports, and what would be reported of each (report, member)."""
    network = build(scenario)
    placements = ledger(network)
    truth = truths(network, placements, members, jobs=1)
    found = [
        figures(
            one.report, covered(one, people, members.parameters, members.key),
            figure_normals(members, one.report.report), one.counting.noise,
        )
        for one, people in zip(placements, truth, strict=True)
    ]  # fmt: skip
    return placements, np.array(found)


def looked_for(name: str, truth: Truth, until: dt.date, members: int, seed: int) -> Done | None:
    """Fit to what was known of a truth by a day; return where it lies among members, None where too little was known.

    Numbers from 0 to 1, uniform where a fit is calibrated: of each unknown with the sd of the posterior, and of each
    figure of a day after `until`.
    """
    own = seed * 1000 + truth.number
    try:
        found = fitting.fit(truth.scenario, until=until, members=members, seed=own, jobs=1)
    except InputError:
        return None
    learned = found.scenario.posterior
    assert learned is not None

    def place(value: float, others: Floats, *of: str) -> float:
        return place_of(value, others, name, str(seed), str(truth.number), *of)

    told = {label(one): [place(truth.of(one), values, label(one)), float(np.std(values, ddof=1))]
            for one, values in zip(learned.unknowns, learned.values, strict=True)}  # fmt: skip
    placements, later = reported(found.scenario, draw(found.scenario, members=members, seed=own))
    outcomes = {
        f"{one.figure_class.name}: {one.report.report}": place(truth.figures[one.report.report], row, one.report.report)
        for one, row in zip(placements, later, strict=True)
        if one.counted and one.report.bound in TWO_SIDED and one.report.as_of.start > until < one.report.known_on
    }  # fmt: skip
    return {"name": name, "truth": truth.number, "figures": len(found.evidence.rows), "told": told,
            "outcomes": outcomes, "noise": {kind.name: sd for kind, sd in found.noise.items()},
            "levels": found.levels}  # fmt: skip


def place_of(value: float, others: Floats, *names: str) -> float:
    """Return the place of a value among others, from 0 to 1; among equal ones at random, keyed by names."""
    below, equal = int((others < value).sum()), int((others == value).sum())
    key = np.uint64(name_key("place", *names))
    return float((below + uniform(key) * (equal + 1)) / (others.size + 1))


def label(unknown: Unknown) -> str:
    """Return an unknown in words."""
    day = f" {unknown.day}" if unknown.day else ""
    return f"{unknown.kind} {unknown.name}{day}"


def kept(path: Path) -> list[Done]:
    """Return what a file holds of fits that were done."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def keep(path: Path, rows: Iterator[Done]) -> None:
    """Append each row to a file as it is done, so that what was stopped can go on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for row in rows:
        with path.open("a", encoding="utf-8") as file:
            print(json.dumps(row), file=file)
