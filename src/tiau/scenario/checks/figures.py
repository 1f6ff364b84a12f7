"""Numbers that cannot be, or that contradict each other in a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tiau.faults import Fault, clip
from tiau.scenario.model import Scenario
from tiau.scenario.rows import TABLES, Row
from tiau.scenario.vocabulary import to_cell

PEOPLE_ON_EARTH = 1e10
LONGEST_ROUTE_KM = 40_100
LARGEST_AFFINITY = 20
RANGES: dict[str, tuple[tuple[str, float, float], ...]] = {
    "places": (("population", 0, PEOPLE_ON_EARTH), ("capacity", 0.001, PEOPLE_ON_EARTH)),
    "routes": (("distance_km", 0.001, LONGEST_ROUTE_KM),),
    "groups": (("departure_multiplier", 0, 1e6), ("speed_factor", 0.001, 1000)),
    "events": (
        ("severity", 0, 1e6),
        ("fatalities", 0, 1e7),
        ("date_precision_days", 0, 3_660),
        ("place_precision_km", 0, 20_100),
    ),
    "acts": (("amount", 0, 1e12),),
    "reports": (
        ("value", 0, PEOPLE_ON_EARTH),
        ("low", 0, PEOPLE_ON_EARTH),
        ("high", 0, PEOPLE_ON_EARTH),
        ("household_size", 1, 100),
    ),
    "displaced": (("people", 0, PEOPLE_ON_EARTH),),
    "departures": (("people", 0, PEOPLE_ON_EARTH),),
    "triggers": (("threshold", 1, PEOPLE_ON_EARTH), ("within_days", 1, 1_096)),
}
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+")
_MEASURES = {"quota": "amount", "fence": "enforcement", "push_back": "enforcement", "expel": "enforcement"}
_THREE_DECIMALS = re.compile(r"(0|[0-9]{4,})\.[0-9]{3}")


def impossible_numbers(scenario: Scenario) -> Iterator[Fault]:
    """A number that no place, route, group, event or report can have."""
    for table, columns in RANGES.items():
        rows: tuple[Row, ...] = getattr(scenario, table)
        for row in rows:
            for column, least, most in columns:
                value = getattr(row, column)
                if row.sound(column) and value is not None and not least <= value <= most:
                    remedy = f"give a number from {least:g} to {most:,.0f}"
                    yield Fault(row.file, "cannot be right", remedy, row.number, column, to_cell(value))


def affinities_beyond_reason(scenario: Scenario) -> Iterator[Fault]:
    """A weight of affinity so large that nothing else would count."""
    for group in scenario.groups:
        for name, weight in group.affinity if group.sound("affinity") else ():
            if abs(weight) > LARGEST_AFFINITY:
                remedy = (
                    f"weights are logarithms: give -{LARGEST_AFFINITY} to {LARGEST_AFFINITY}, most lie between -3 and 3"
                )
                cell = f"{clip(name)}={weight:g}"
                yield Fault("groups.csv", "is too large a weight", remedy, group.number, "affinity", cell)


def parts_of_people(scenario: Scenario) -> Iterator[Fault]:
    """Counts of people with a decimal point: it separates thousands, or a count is not whole (warnings)."""
    for row_type in TABLES:
        for column in row_type.counts:
            pointed = list(_with_a_point(scenario.table(row_type), column))
            # 20000.000 is in no groups of thousands: a program wrote all with three decimals. 12.5 tells nothing.
            three_decimals = any(_THREE_DECIMALS.fullmatch(text) for _, text, _ in pointed)
            asked = [found for found in pointed if _THOUSANDS.fullmatch(found[1]) and not three_decimals]
            sound = [found for found in asked if found[0].sound(column)]
            yield from [_read_as_decimal(column, len(sound), *found) for found in sound[:1]]
            for row, text, value in pointed:
                if row.sound(column) and not value.is_integer() and (three_decimals or not _THOUSANDS.fullmatch(text)):
                    remedy = "it is read with a decimal point; write thousands without a separator"
                    problem = "is not a whole number of people"
                    yield Fault(row.file, problem, remedy, row.number, column, to_cell(value), "warning")


def _with_a_point(rows: Iterable[Row], column: str) -> Iterator[tuple[Row, str, float]]:
    """Iterate over rows whose count has a point, with its text, if somebody wrote it, and its value."""
    for row in rows:
        value, text = getattr(row, column), row.written(column)
        if text or not (value is None or float(value).is_integer()):
            yield row, text, value or 0.0


def _read_as_decimal(column: str, count: int, row: Row, text: str, value: float) -> Fault:
    others = f", and so {'is' if count == 2 else 'are'} {count - 1:,} more of the column" if count > 1 else ""
    problem = f"is read as {to_cell(value)}, with a decimal point{others}"
    thousands = text.replace(".", "")
    remedy = f"write {thousands} if the point separates thousands, {to_cell(float(round(value)))} if it does not"
    return Fault(row.file, problem, remedy, row.number, column, text, "warning")


def acts_without_a_measure(scenario: Scenario) -> Iterator[Fault]:
    """An act without the number that it changes something by (a warning)."""
    for act in scenario.acts:
        column = _MEASURES.get(act.effect, "")
        if column and act.sound("effect", column) and getattr(act, column) is None:
            remedy = "give it, with estimated = yes if it is a guess; or write statement as effect"
            problem = f"is blank: the {act.effect} changes nothing"
            yield Fault("acts.csv", problem, remedy, act.number, column, level="warning")


def figures_without_value(scenario: Scenario) -> Iterator[Fault]:
    """A report without a value that is no range and does not say why it is not scored (a warning)."""
    for report in scenario.reports:
        excused = report.bound == "range" or report.not_scored
        if report.value is None and not excused and report.sound("value", "bound"):
            problem = f"is blank, but bound is {report.bound}"
            remedy = "the report is kept but not scored; give the figure, or say in not_scored why there is none"
            yield Fault("reports.csv", problem, remedy, report.number, "value", level="warning")


def ranges_without_ends(scenario: Scenario) -> Iterator[Fault]:
    """A range without its low or high end."""
    for report in scenario.reports:
        if report.sound("bound") and report.bound == "range" and not report.not_scored:
            for column in ("low", "high"):
                if report.sound(column) and getattr(report, column) is None:
                    remedy = "give both ends; or choose at_least or at_most with a value"
                    yield Fault("reports.csv", "is blank, but bound is range", remedy, report.number, column)


def low_above_high(scenario: Scenario) -> Iterator[Fault]:
    """A report whose low end lies above its high end."""
    for report in scenario.reports:
        low, high = report.low, report.high
        if low is not None and high is not None and low > high and report.sound("low", "high"):
            yield Fault(
                "reports.csv", "lies above high", f"swap them; high is {high:g}", report.number, "low", f"{low:g}"
            )


def values_outside_their_ends(scenario: Scenario) -> Iterator[Fault]:
    """A report whose value does not lie between its low and high end (a warning)."""
    for report in scenario.reports:
        if report.value is None or not report.sound("value", "low", "high"):
            continue
        low = report.low if report.low is not None else 0.0
        high = report.high if report.high is not None else PEOPLE_ON_EARTH
        if low <= high and not low <= report.value <= high:
            problem = f"does not lie between low and high ({low:g} to {high:g})"
            cell = to_cell(report.value)
            yield Fault("reports.csv", problem, "check the three", report.number, "value", cell, "warning")
