"""From the inputs of an earlier forecast to those of a new one, one group of them after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from tiau.calibration.evidence import evidence
from tiau.forecasting.courses import as_known
from tiau.forecasting.delivery import kept
from tiau.forecasting.expected import is_file
from tiau.forecasting.rows_changed import News, without_prose
from tiau.readers.tables import read_table
from tiau.scenario.model import Scenario
from tiau.scenario.posterior import Posterior
from tiau.scenario.rows import TABLES, Event, Report

STEPS = {
    "version": "the earlier inputs with this version of Tiau",
    "settings": "members, seed and course of events",
    "fit": "a posterior that came with the earlier scenario left aside, and the scenario fitted",
    "tables": "places, areas, routes, groups, parameters",
    "days": "the days gone by, without any news of them, and how many days lie ahead",
    "events": "events",
    "acts": "acts",
    "withdrawn reports": "reports that are gone",
    "revised reports": "reports with other cells, or that another one replaces",
    "new reports": "reports that were not there",
    "posterior": "a posterior that the new scenario came with in place of a fit",
}
"""The steps in their order, and what each of them puts in the place of what was."""


@dataclass(frozen=True, eq=False)
class State:
    """What a forecast is made from.

    Attributes
    ----------
    scenario : Scenario
        As it was known on some day, without a posterior.
    origin : date
    horizon : int, days
    events : str or Path
        The course of events, or a table of those that are expected.
    members, seed : int
    given : Posterior or None
        That it goes by in place of a fit.
    """

    scenario: Scenario
    origin: dt.date
    horizon: int
    events: str | Path
    members: int
    seed: int
    given: Posterior | None

    @cached_property
    def fit_key(self) -> tuple[Any, ...]:
        """What a fit of it hangs on."""
        known = as_known(self.scenario, self.origin, self._end)
        return _digest(evidence(known, self.origin).scenario), self.members, self.seed

    @cached_property
    def key(self) -> tuple[Any, ...]:
        """What its forecast hangs on."""
        known = as_known(self.scenario, self.origin, self._end)
        posterior = None if self.given is None else self.given.values.tobytes()
        events = read_table(Path(self.events), Event).rows if is_file(self.events) else self.events
        return _digest(known), self.origin, self.horizon, repr(events), self.members, self.seed, posterior

    @property
    def _end(self) -> dt.date:
        return self.origin + dt.timedelta(self.horizon)

    def going_by(self, learned: Posterior | None) -> Scenario:
        """Return the scenario until the last day ahead, with a posterior that was fitted to what it knows, or none."""
        settings = self.scenario.settings.model_copy(update={"end": self._end})
        known = self.scenario.model_copy(update={"settings": settings})
        return known if learned is None else kept(known, replace(learned, known_until=self.origin))


def _digest(scenario: Scenario) -> str:
    """Return a digest of what moves numbers in a scenario."""
    tables = {
        row_type.file.removesuffix(".csv"): tuple(map(without_prose, scenario.table(row_type))) for row_type in TABLES
    }
    plain = scenario.settings.model_copy(
        update={"title": "", "description": "", "licence": "", "fitted_until": None, "series": None}
    )
    return scenario.model_copy(update={**tables, "settings": plain}).digest()


def state_of(
    scenario: Scenario,
    origin: dt.date,
    *,
    horizon: int,
    events: str | Path,
    members: int,
    seed: int,
    given: Posterior | None,
) -> State:
    """Return what a forecast of a scenario is made from on a day."""
    known = scenario.known_by(origin).without_posterior()
    # What is set beside runs plays no part, and may name what another state of the scenario does not have.
    settings = known.settings.model_copy(update={"series": None})
    alone = known.model_copy(update={"settings": settings, "triggers": ()})
    return State(alone, origin, horizon, events, members, seed, given)


def chain(before: State, after: State, found: News) -> Iterator[tuple[str, State]]:
    """Yield each step with the state after it; the first is the state before, the last the state after.

    Parameters
    ----------
    before, after : State
    found : News
        How what they know differs.
    """
    yield "version", before
    state = replace(before, members=after.members, seed=after.seed, events=after.events)
    yield "settings", state
    if before.given != after.given:
        state = replace(state, given=None)
    yield "fit", state
    state = replace(state, scenario=_with_tables(state.scenario, after.scenario))
    yield "tables", state
    state = replace(state, origin=after.origin, horizon=after.horizon)
    yield "days", state
    for table in ("events", "acts"):
        state = _updated(state, **{table: getattr(after.scenario, table)})
        yield table, state
    for step, reports in _by_reports(before.scenario.reports, after.scenario.reports, found):
        state = _updated(state, reports=reports)
        yield step, state
    yield "posterior", after


def _updated(state: State, **tables: Any) -> State:  # noqa: ANN401
    return replace(state, scenario=state.scenario.model_copy(update=tables))


def _with_tables(before: Scenario, after: Scenario) -> Scenario:
    """Return a scenario with the events, acts and reports of one and everything else of another."""
    return after.model_copy(update={"events": before.events, "acts": before.acts, "reports": before.reports})


def _by_reports(
    before: Sequence[Report], after: Sequence[Report], found: News
) -> Iterator[tuple[str, tuple[Report, ...]]]:
    """Yield the reports after each step that changes them."""
    gone = {report.report for report in found.reports.gone}
    stay = tuple(report for report in before if report.report not in gone)
    yield "withdrawn reports", _closed(stay)
    revised = {new.report: new for _, new in found.reports.revised}
    known = {report.report for report in stay}
    arrived = (report for name, report in revised.items() if name not in known)
    yield "revised reports", _closed((*(revised.get(report.report, report) for report in stay), *arrived))
    yield "new reports", tuple(after)


def _closed(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Return reports of which none points at one that is not among them."""
    here = {"", *(report.report for report in reports)}
    blanks = [
        {column: "" for column in ("same_as", "replaces") if getattr(report, column) not in here} for report in reports
    ]
    return tuple(
        report.model_copy(update=blank) if blank else report for report, blank in zip(reports, blanks, strict=True)
    )
