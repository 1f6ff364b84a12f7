"""What is wrong with a scenario whose rules are Flee's, or has no effect under them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tiau.faults import Fault, InputError
from tiau.flee.case.conversion import case_of, scenario_of
from tiau.flee.case.model import FleeCase
from tiau.flee.reading import checks
from tiau.readers.notes import Notes
from tiau.scenario.model import Scenario
from tiau.scenario.vocabulary import to_cell

# Where a scenario keeps what a file of Flee's says.
KEPT_IN = {
    "locations.csv": "places.csv", "conflicts.csv": "events.csv", "flood_level.csv": "events.csv",
    "closures.csv": "acts.csv", "location_changes.csv": "acts.csv", "data_layout.csv": "reports.csv",
    "registration_corrections.csv": "reports.csv", "source_data": "reports.csv", "simsetting.yml": "scenario.toml",
    "sim_period.csv": "scenario.toml", "demographics_floodawareness.csv": "places.csv",
}  # fmt: skip
# Columns that the way back reads, beside those that begin with x_.
READ = {"places": ("kind", "country", "lat", "lon", "population", "capacity"), "routes": ("distance_km",)}
AS_FLEE = "a column that begins with x_ says so, or Flee's format cannot say it"
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
    others = ((0,) * len(table) for table in (case.corrections, case.labels, case.changes))
    checks.check(case, checks.Rows(links, *others), notes, whole=True)
    found = [_renamed(fault) for fault in (*notes.faults, *notes.warnings)]
    return found if notes.faults else [*found, *_without_effect(scenario, case)]


def _renamed(fault: Fault) -> Fault:
    """Return a fault of a case with the name of the scenario's file; rows and columns are those of routes.csv alone."""
    file = KEPT_IN.get(fault.file, KEPT_IN.get(fault.file.partition("/")[0], fault.file))
    problem, remedy = fault.problem, fault.remedy
    for old, new in KEPT_IN.items():
        if old.endswith(".csv"):
            problem, remedy = problem.replace(old, new), remedy.replace(old, new)
    remedy = remedy.replace(", and its file", ", with a number in x_file")
    if file == fault.file:
        return replace(fault, problem=problem, remedy=remedy)
    return replace(fault, file=file, problem=problem, remedy=remedy, row=None, column="")


def _without_effect(scenario: Scenario, case: FleeCase) -> Iterator[Fault]:
    """Warn of what a case does not take up: it says something else once it is a scenario again."""
    try:
        again = scenario_of(case)
    except InputError:
        return
    for table, columns in READ.items():
        for row, other in zip(getattr(scenario, table), getattr(again, table), strict=True):
            for column in columns:
                value, read = getattr(row, column), getattr(other, column)
                if (value or 0) != (read or 0):
                    problem = f"is read as {to_cell(read) or 'blank'}" if value else f"is blank, and read as {read}"
                    yield Fault(row.file, problem, AS_FLEE, row.number, column, to_cell(value), "warning")
    yield from _acts(scenario, again)
    for report in scenario.reports:
        if not dict(report.extra).get("x_file"):
            problem, remedy = f"{NOT_USED}, because x_file is blank", "give the number of a file of counts, such as 1"
            yield Fault(report.file, problem, remedy, report.number, cell=report.report, level="warning")
    if [(row.day, row.people) for row in scenario.departures] != [(row.day, row.people) for row in again.departures]:
        problem = f"says something else than the counts, and {NOT_USED}"
        yield Fault("departures.csv", problem, "newcomers come from the counts in reports.csv", level="warning")
    for name in scenario.settings.parameters:
        yield Fault("scenario.toml", NOT_USED, "remove it", column=f"parameters.{name}", level="warning")


def _acts(scenario: Scenario, again: Scenario) -> Iterator[Fault]:
    taken_up = {(act.from_, act.until, act.extra): act for act in again.acts}
    for act in scenario.acts:
        other = taken_up.get((act.from_, act.until, act.extra))
        if other is not None:
            same = (act.effect, set(act.places)) == (other.effect, set(other.places))
            problem, remedy = f"is changed in effect or places, which {NOT_USED}", "change x_closure, x_name1, x_name2"
        else:
            same = act.effect == "close" or any(name.startswith("x_") for name, _ in act.extra)
            problem, remedy = f"is an act of the kind {act.effect}, which {NOT_USED}", "closures alone have one"
        if not same:
            yield Fault(act.file, problem, remedy, act.number, cell=act.act, level="warning")
        elif act.groups or act.admit_share or act.enforcement not in (None, 1.0):
            problem = "closes in part or to some, and to everybody under Flee's rules"
            yield Fault(act.file, problem, "nothing to do if it is meant so", act.number, cell=act.act, level="warning")
