"""The figures of reports as they are set against the model: in persons, parts of one count added up, revised once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from tiau.scenario.counts import counts_in_parts, outdated
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Report
from tiau.scenario.vocabulary import to_cell


@dataclass(frozen=True, slots=True)
class Line:
    """A figure to set against the model.

    Attributes
    ----------
    report : Report
        In persons.
    left_out : str
        Why it does not count, though its row does not say so; blank where it does.
    told : str
        What it was worked out of; blank where it is the figure of a row.
    """

    report: Report
    left_out: str = ""
    told: str = ""


def lines(scenario: Scenario) -> list[Line]:
    """Return every report in the order of reports.csv, and the sum of the parts of a count after the last of them.

    A part that is added up, or whose whole is given, does not count, nor does a report that another one revises, nor
    what carries its figure. A part whose others are not given stands for itself, unless it carries
    one that is added up elsewhere.
    """
    left_out = outdated(scenario.reports)
    live = [report for report in scenario.reports if not report.not_scored and report.report not in left_out]
    sums: dict[str, Line] = {}
    for count in counts_in_parts(live, scenario.names):
        whole = next((report.report for report in count.wholes if _has_figure(report)), "")
        if not whole and len(count.parts) == 1:
            continue
        if not whole:
            added = count.added_up(scenario.values["about_slack"])
            sums[count.parts[-1].report] = Line(added, told=f"the sum of {added.note}")
        for part in count.parts:
            belongs = f"{whole}, which is given as a whole" if whole else f"the sum {count.name}"
            left_out[part.report] = f"part ({part.part}) of {belongs}"
    for report in live:
        if report.part and report.same_as in left_out:
            left_out.setdefault(report.report, f"carries the figure of {report.same_as}, {left_out[report.same_as]}")
    return list(chain.from_iterable(
        filter(None, (_line(report, left_out.get(report.report, "")), sums.get(report.report)))
        for report in scenario.reports
    ))  # fmt: skip


def _has_figure(report: Report) -> bool:
    return report.in_persons.value is not None or report.bound == "range"


def _line(report: Report, left_out: str) -> Line:
    if report.unit == "persons" or left_out:
        return Line(report.in_persons, left_out)
    if report.household_size is None:
        return Line(report.in_persons, "counts households, and their size is not given")
    households = to_cell(report.value) or f"{to_cell(report.low)} to {to_cell(report.high)}"
    return Line(report.in_persons, told=f"{households} households of {to_cell(report.household_size)}")
