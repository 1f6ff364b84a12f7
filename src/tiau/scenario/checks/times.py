"""Days in the wrong order, in another century, or outside the scenario's period."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from tiau.faults import Fault, clip
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Report, Row
from tiau.scenario.vocabulary import Period

EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
LONGEST_DAYS = 36_600


def events_that_end_before_they_start(scenario: Scenario) -> Iterator[Fault]:
    """An event that ends before it starts."""
    for event in scenario.events:
        if event.sound("start", "end") and event.end < event.start:
            remedy = f"correct one of the two; start is {event.start}"
            yield Fault("events.csv", "lies before start", remedy, event.number, "end", str(event.end))


def places_that_close_before_they_open(scenario: Scenario) -> Iterator[Fault]:
    """A place that closes before it opens."""
    for place in scenario.places:
        if place.opens and place.closes and place.closes < place.opens and place.sound("opens", "closes"):
            remedy = f"correct one of the two; opens is {place.opens}"
            yield Fault("places.csv", "lies before opens", remedy, place.number, "closes", str(place.closes))


def acts_that_end_before_they_start(scenario: Scenario) -> Iterator[Fault]:
    """An act that ends before it starts."""
    for act in scenario.acts:
        if act.sound("from", "until") and act.until is not None and act.until < act.from_:
            remedy = f"correct one of the two; from is {act.from_}"
            yield Fault("acts.csv", "lies before from", remedy, act.number, "until", str(act.until))


def acts_ended_before_they_start(scenario: Scenario) -> Iterator[Fault]:
    """An act that another one ends on or before its first day: it never holds (a warning)."""
    acts = {act.act: act for act in scenario.acts}
    for act in scenario.acts:
        ended = acts.get(act.ends)
        if ended is None or ended is act or not (act.sound("from", "ends") and ended.sound("from")):
            continue
        if act.from_ <= ended.from_:
            problem = (
                f"begins on {act.from_}, not after the act that it ends ({ended.from_}), which therefore never holds"
            )
            remedy = "move one of the two, or blank ends"
            yield Fault("acts.csv", problem, remedy, act.number, "ends", act.ends, "warning")


def periods_that_end_before_they_start(scenario: Scenario) -> Iterator[Fault]:
    """A report on a period that ends before it starts."""
    for report in scenario.reports:
        if report.sound("as_of") and report.as_of.end < report.as_of.start:
            remedy = "swap the days"
            yield Fault("reports.csv", "ends before it starts", remedy, report.number, "as_of", str(report.as_of))


def reports_known_too_early(scenario: Scenario) -> Iterator[Fault]:
    """A report that was known before the day it speaks of."""
    for report in scenario.reports:
        if report.sound("as_of", "known_on") and report.known_on < report.as_of.start <= report.as_of.end:
            remedy = f"a figure cannot be known ({report.known_on}) before its day; correct one of the two"
            yield Fault("reports.csv", "lies after known_on", remedy, report.number, "as_of", str(report.as_of))


def reports_published_after_they_were_known(scenario: Scenario) -> Iterator[Fault]:
    """A report that was published after the day from which it counts as known (a warning)."""
    for report in scenario.reports:
        published = report.published
        if published and report.sound("published", "known_on") and published.start > report.known_on:
            problem = f"lies after known_on ({report.known_on})"
            remedy = "a forecast would use the figure before it was published: move known_on, unless it was told before"
            yield Fault("reports.csv", problem, remedy, report.number, "published", str(published), "warning")


def far_days(scenario: Scenario) -> Iterator[Fault]:
    """A day before 1900 or after 2199: a slip in the year."""
    columns = {
        "places": ("opens", "closes"),
        "events": ("start", "end", "known_on", "published"),
        "acts": ("from", "until", "known_on"),
        "reports": ("known_on", "published", "as_of"),
        "departures": ("day", "known_on"),
        "triggers": ("by", "on", "set_on"),
    }
    for table, dates in columns.items():
        rows: tuple[Row, ...] = getattr(scenario, table)
        for row in rows:
            for column in dates:
                value = getattr(row, "from_" if column == "from" else column)
                first, last = (value.start, value.end) if isinstance(value, Period) else (value, value)
                if row.sound(column) and value is not None and (first < EARLIEST or last > LATEST):
                    yield Fault(row.file, "lies in another century", "check the year", row.number, column, str(value))


def too_long_a_period(scenario: Scenario) -> Iterator[Fault]:
    """A scenario of more than a hundred years, or in another century."""
    start, end = scenario.settings.start, scenario.settings.end
    for key, day in (("start", start), ("end", end)):
        if not EARLIEST <= day <= LATEST:
            yield Fault("scenario.toml", "lies in another century", "check the year", column=key, cell=str(day))
    if (end - start).days > LONGEST_DAYS:
        problem = f"lies {(end - start).days // 365} years after start"
        yield Fault("scenario.toml", problem, "check the years", column="end", cell=str(end))


def not_used(scenario: Scenario) -> Iterator[Fault]:
    """A row whose time does not touch the period of the scenario (a warning); one for the reports of an office."""
    start, end = scenario.settings.start, scenario.settings.end
    spans: list[tuple[Row, tuple[str, ...], dt.date, dt.date]] = []
    spans += [(row, ("start", "end"), row.start, row.end) for row in scenario.events]
    spans += [(row, ("from", "until"), row.from_, row.until or end) for row in scenario.acts]
    spans += [(row, ("day",), row.day, row.day) for row in scenario.departures]
    for row, columns, first, last in spans:
        if row.sound(*columns) and (first > end or last < start):
            problem = f"lies outside the scenario's period, {start} to {end}"
            yield Fault(row.file, problem, "the row is not used", row.number, columns[0], str(first), "warning")
    yield from _reports_not_used(scenario)


def _reports_not_used(scenario: Scenario) -> Iterator[Fault]:
    """Tell of reports before and after the period: a portal gives years of them, which one warning tells."""
    start, end = scenario.settings.start, scenario.settings.end
    found: dict[tuple[str, bool], list[Report]] = defaultdict(list)
    for report in scenario.reports:
        if report.sound("as_of", "not_scored") and not report.not_scored and not report.as_of.touches(start, end):
            found[report.publisher or report.said_by or report.report, report.as_of.start > end].append(report)
    for (office, after), (first, *others) in found.items():
        problem, remedy = f"lies outside the scenario's period, {start} to {end}", "the row is not used"
        if others:
            days = sorted(day for report in (first, *others) for day in (report.as_of.start, report.as_of.end))
            problem += (
                f", as {len(others):,} more report{'s' if others[1:] else ''} of {clip(office, 40)} "
                f"{'after' if after else 'before'} it, {days[0]} to {days[-1]}"
            )
            remedy = "the rows are not used"
        yield Fault("reports.csv", problem, remedy, first.number, "as_of", str(first.as_of.start), "warning")
