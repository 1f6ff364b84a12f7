"""Reports of one count: parts and their whole, figures that revise others, and those of which it is not said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator

from tiau.faults import Fault, clip, some_of
from tiau.scenario.counts import counted, counts_in_parts, interval, outdated
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Report
from tiau.scenario.source_kinds import kind_of
from tiau.scenario.vocabulary import to_cell

_TELLS_A_COUNT = ("place", "origin", "group", "quantity", "as_of", "said_by", "publisher", "part")
_FIGURE = ("value", "low", "high", "bound", "unit", "household_size")
NAMED = 3


def _that_count(scenario: Scenario) -> list[Report]:
    """Return the reports whose figures can be told, and that are neither revised nor left out by themselves."""
    gone = outdated(scenario.reports)
    return [
        report for report in scenario.reports
        if report.report not in gone and not report.not_scored and report.sound(*_TELLS_A_COUNT, *_FIGURE, "report")
    ]  # fmt: skip


def revised_before_they_were_known(scenario: Scenario) -> Iterator[Fault]:
    """A report that revises one which was known later."""
    by_id = {report.report: report for report in scenario.reports}
    for report in scenario.reports:
        revised = by_id.get(report.replaces, report)
        if report.sound("known_on", "replaces") and revised.sound("known_on") and report.known_on < revised.known_on:
            problem = f"was known on {revised.known_on}, after this report ({report.known_on}) that revises it"
            remedy = "correct one of the two days; or let the later one replace the earlier"
            yield Fault("reports.csv", problem, remedy, report.number, "replaces", report.replaces)


def revisions_of_something_else(scenario: Scenario) -> Iterator[Fault]:
    """A report that revises a figure of another place, group, quantity or time (a warning)."""
    by_id = {report.report: report for report in scenario.reports}
    for report in scenario.reports:
        revised = by_id.get(report.replaces)
        if revised is None or not (report.sound(*_TELLS_A_COUNT) and revised.sound(*_TELLS_A_COUNT)):
            continue
        names = scenario.names
        said = [
            (names.proper(r.place), names.proper(r.origin), r.group, r.quantity, (r.as_of.start, r.as_of.end))
            for r in (report, revised)
        ]  # fmt: skip
        columns = ("place", "origin", "group", "quantity", "as_of")
        if others := [column for column, one, two in zip(columns, *said, strict=True) if one != two]:
            problem = f"is of another {' and '.join(others)}, and counts no more from {report.known_on} on"
            remedy = "name the report whose figure this one sets right; a later figure of the same thing replaces none"
            yield Fault("reports.csv", problem, remedy, report.number, "replaces", report.replaces, "warning")


def figures_of_one_office(scenario: Scenario) -> Iterator[Fault]:
    """Different exact figures of one thing and time by one office: parts of a count, or revisions (a warning)."""
    found: dict[Hashable, list[Report]] = defaultdict(list)
    for report in _that_count(scenario):
        plain = report.bound == "exact" and report.value is not None and not report.part and not report.same_as
        if plain and (report.said_by or report.publisher):
            found[(counted(report, scenario.names), report.unit)].append(report)
    for reports in found.values():
        first, *others = reports
        if len({report.value for report in reports}) < len(reports) or not others:
            continue
        listed = some_of(
            [f"{clip(r.report, 40)}{_row(r)} says {to_cell(r.value)}" for r in reports[:-1]], NAMED, "more"
        )
        last = reports[-1]
        problem = f"is of the same place, group, days and office as another figure: {listed}; all count"
        if len({report.known_on for report in reports}) == len(reports):
            earlier = max((r for r in reports if r.known_on < last.known_on), key=lambda r: r.known_on, default=first)
            remedy = (
                f"if it revises that one, write {clip(earlier.report, 40)} in replaces of the one known later; if they "
                "are parts of one count, write of what each is in part"
            )
        else:
            remedy = (
                "if they are parts of one count (by cause, by kind of site), write of what each is in part: they are "
                "added up; if one revises another, name that one in replaces"
            )
        yield Fault("reports.csv", problem, remedy, last.number, "value", to_cell(last.value), "warning")


def parts_twice(scenario: Scenario) -> Iterator[Fault]:
    """A part of a count that is given twice: both are added (a warning)."""
    for count in counts_in_parts(_that_count(scenario), scenario.names):
        first: dict[str, Report] = {}
        for part in count.parts:
            other = first.setdefault(part.part.casefold(), part)
            if other is not part:
                problem = f"is given by {clip(other.report, 40)}{_row(other)} already: both are added up"
                remedy = "name that one in replaces if this one revises it, in same_as if it carries it"
                yield Fault("reports.csv", problem, remedy, part.number, "part", part.part, "warning")


def parts_beside_another_whole(scenario: Scenario) -> Iterator[Fault]:
    """A whole that its own parts do not add up to (a warning)."""
    slack = scenario.values["about_slack"]
    for count in counts_in_parts(_that_count(scenario), scenario.names):
        added = count.added_up(slack)
        for whole in count.wholes:
            (low, high), (least, most) = (interval(report.in_persons, slack) for report in (added, whole))
            # Parts may be missing, and are rounded one by one.
            if low > most + len(count.parts):
                problem = (
                    f"is less than its parts together ({count.name}: {low:,.0f}); the whole counts, its parts are shown"
                )
                remedy = "check the figures; what belongs to another count has no part here"
                yield Fault("reports.csv", problem, remedy, whole.number, "value", to_cell(whole.value), "warning")
            elif high + len(count.parts) < least:
                problem = f"is more than its parts together ({count.name}: {high:,.0f}): a part may be missing"
                remedy = "add it if it is known; the whole counts, its parts are shown"
                yield Fault("reports.csv", problem, remedy, whole.number, "value", to_cell(whole.value), "warning")


def households_without_a_size(scenario: Scenario) -> Iterator[Fault]:
    """Households whose size is not given, or a size of no households (a warning)."""
    for report in scenario.reports:
        if not report.sound("unit", "household_size") or report.not_scored:
            continue
        if report.unit == "households" and report.household_size is None:
            problem = "is blank for a figure of households: how many people they are is not known"
            remedy = "the report is kept but not scored; give the people in one household, by its source or a census"
            yield Fault("reports.csv", problem, remedy, report.number, "household_size", level="warning")
        elif report.unit == "persons" and report.household_size is not None:
            problem = "is not used: the figure is one of persons"
            remedy = "write households in unit if it counts them; otherwise leave it blank"
            cell = to_cell(report.household_size)
            yield Fault("reports.csv", problem, remedy, report.number, "household_size", cell, "warning")


def kinds_of_sources_by_words(scenario: Scenario) -> Iterator[Fault]:
    """Reports that do not say of which kind their source is: words tell, once for all of them (a warning)."""
    blank = [report for report in scenario.reports if not report.source_kind and report.sound("source_kind", "said_by")]
    if not blank:
        return
    kinds = Counter(kind_of(report) for report in blank)
    values = scenario.values
    told = []
    for kind, number in kinds.most_common():
        coverage, delay = values[f"coverage_{kind}"], round(values[f"delay_{kind}_days"])
        differs = [f"counts {coverage:.0%} of people"] * (coverage != 1) + [f"{delay} days late"] * (delay != 0)
        told.append(f"{number:,} {kind}" + (f" ({', '.join(differs)})" if differs else ""))
    some = f"is blank in {len(blank):,} of {len(scenario.reports):,} reports" if len(blank) > 1 else "is blank"
    problem = f"{some}: the words of said_by and publisher tell the kind of source, {', '.join(told)}"
    remedy = "write register (an authority that counts), agency (UN and the like), media or other"
    yield Fault("reports.csv", problem, remedy, blank[0].number, "source_kind", level="warning")


def _row(report: Report) -> str:
    return f" (row {report.number})" if report.number else ""
