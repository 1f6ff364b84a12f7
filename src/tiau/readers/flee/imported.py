"""What is wrong with a scenario whose rules are Flee's, or has no effect under them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tiau.faults import Fault, InputError
from tiau.readers.flee import checks
from tiau.readers.flee.notes import Notes
from tiau.scenario.flee.case import FleeCase
from tiau.scenario.flee.conversion import case_of, scenario_of
from tiau.scenario.model import Scenario

# Where a scenario keeps what a file of Flee's says.
KEPT_IN = {
    "locations.csv": "places.csv", "conflicts.csv": "events.csv", "flood_level.csv": "events.csv",
    "closures.csv": "acts.csv", "location_changes.csv": "acts.csv", "data_layout.csv": "reports.csv",
    "registration_corrections.csv": "reports.csv", "source_data": "reports.csv", "simsetting.yml": "scenario.toml",
    "sim_period.csv": "scenario.toml",
}  # fmt: skip
NOT_USED = "has no effect under Flee's rules"


def examine(scenario: Scenario) -> list[Fault]:
    """Return the faults and warnings of a scenario whose model is "flee", beside those of any scenario.

    Parameters
    ----------
    scenario : Scenario
        Without faults otherwise.
    """
    try:
        case = case_of(scenario)
    except InputError as error:
        return list(error.faults)
    notes = Notes()
    links = tuple(route.number or 0 for route in scenario.routes)
    checks.check(case, checks.Rows(links, (0,) * len(case.corrections)), notes, whole=True)
    found = [_renamed(fault) for fault in (*notes.faults, *notes.warnings)]
    return found if notes.faults else [*found, *_without_effect(scenario, case)]


def _renamed(fault: Fault) -> Fault:
    """Return a fault of a case with the name of the scenario's file; rows and columns are those of routes.csv alone."""
    file = KEPT_IN.get(fault.file, KEPT_IN.get(fault.file.partition("/")[0], fault.file))
    problem, remedy = fault.problem, fault.remedy
    for old, new in KEPT_IN.items():
        if old.endswith(".csv"):
            problem, remedy = problem.replace(old, new), remedy.replace(old, new)
    if file == fault.file:
        return replace(fault, problem=problem, remedy=remedy)
    return replace(fault, file=file, problem=problem, remedy=remedy, row=None, column="")


def _without_effect(scenario: Scenario, case: FleeCase) -> Iterator[Fault]:
    for report in scenario.reports:
        if not dict(report.extra).get("x_file"):
            problem, remedy = f"{NOT_USED}, because x_file is blank", "give the number of a file of counts, such as 1"
            yield Fault(report.file, problem, remedy, report.number, cell=report.report, level="warning")
    for act in scenario.acts:
        if act.effect not in ("close", "statement"):
            problem, remedy = f"is an act of the kind {act.effect}, which {NOT_USED}", "closures alone have one"
            yield Fault(act.file, problem, remedy, act.number, "effect", act.act, "warning")
    try:
        given = scenario_of(case).departures
    except InputError:
        given = scenario.departures
    if [(row.day, row.people) for row in scenario.departures] != [(row.day, row.people) for row in given]:
        problem = f"says something else than the counts, and {NOT_USED}"
        yield Fault("departures.csv", problem, "newcomers come from the counts in reports.csv", level="warning")
    for name in scenario.settings.parameters:
        yield Fault("scenario.toml", NOT_USED, "remove it", column=f"parameters.{name}", level="warning")
