"""What a scenario says on a day that it did not say on an earlier one: rows that are new, revised or gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from tiau.scenario.model import Scenario
from tiau.scenario.rows import Act, Event, Report, Row

RowT = TypeVar("RowT", bound=Row)

PROSE = ("note", "extra", "source", "url")
"""Columns that move no number."""
TABLES = ("places", "areas", "routes", "groups", "departures", "displaced")
"""Tables without a part of their own."""


@dataclass(frozen=True)
class RowsChanged(Generic[RowT]):
    """How a table changed.

    Attributes
    ----------
    new : tuple of Row
    revised : tuple of (Row, Row)
        As it was and as it is: the same row with other cells, or another that replaces it.
    gone : tuple of Row
    """

    new: tuple[RowT, ...]
    revised: tuple[tuple[RowT, RowT], ...]
    gone: tuple[RowT, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.revised or self.gone)


@dataclass(frozen=True)
class News:
    """How what was known changed.

    Attributes
    ----------
    reports : RowsChanged of Report
    late : frozenset of str
        New reports that were known on the earlier day already, but were not there.
    events : RowsChanged of Event
    acts : RowsChanged of Act
    tables : tuple of str
        Other tables that changed, and `parameters` and `start`.
    """

    reports: RowsChanged[Report]
    late: frozenset[str]
    events: RowsChanged[Event]
    acts: RowsChanged[Act]
    tables: tuple[str, ...]


def without_prose(row: RowT) -> RowT:
    """Return a row without what moves no number, so that a note which is mended changes nothing."""
    blank = {column: () if column == "extra" else "" for column in PROSE if column in type(row).model_fields}
    return row.model_copy(update=blank)


def news(before: Scenario, after: Scenario, earlier: dt.date, later: dt.date) -> News:
    """Return how what is known of a scenario differs between two days, of each of which there may be other tables."""
    was, now = before.known_by(earlier), after.known_by(later)
    reports = _reports_changed(changed(was.reports, now.reports, "report"), before, after)
    tables = [name for name in TABLES if _said(getattr(was, name)) != _said(getattr(now, name))]
    tables += ["parameters"] if was.values != now.values else []
    tables += ["start"] if was.settings.start != now.settings.start else []
    return News(
        reports, frozenset(report.report for report in reports.new if report.known_on <= earlier),
        changed(was.events, now.events, "event"), changed(was.acts, now.acts, "act"), tuple(tables),
    )  # fmt: skip


def changed(before: Sequence[RowT], after: Sequence[RowT], column: str) -> RowsChanged[RowT]:
    """Return how a table changed whose rows are known by a column."""
    was = {getattr(row, column): row for row in before}
    now = {getattr(row, column): row for row in after}
    return RowsChanged(
        tuple(row for name, row in now.items() if name not in was),
        tuple((was[name], row) for name, row in now.items() if name in was and _differ(was[name], row)),
        tuple(row for name, row in was.items() if name not in now),
    )


def _differ(one: Row, other: Row) -> bool:
    return without_prose(one) != without_prose(other)


def _said(rows: Sequence[Row]) -> list[Row]:
    return [without_prose(row) for row in rows]


def _reports_changed(found: RowsChanged[Report], before: Scenario, after: Scenario) -> RowsChanged[Report]:
    """Return how reports changed: one that replaces another which was known revises it.

    Whose figure a report carries, and which it replaces, hangs on which others are known: a row that stands in both
    tables alike is not revised.
    """
    written = [{row.report: row for row in scenario.reports} for scenario in (before, after)]
    same = {name for name, row in written[0].items() if name in written[1] and not _differ(row, written[1][name])}
    arrived = {row.report: row for row in found.new}
    revising = {}
    for name, row in arrived.items():
        # A revision of a revision revises what was known, too.
        seen = {name}
        while row.replaces in arrived and row.replaces not in seen:
            row = arrived[row.replaces]
            seen.add(row.report)
        if row.replaces and row.replaces in written[0]:
            revising[name] = written[0][row.replaces]
    return RowsChanged(
        tuple(row for name, row in arrived.items() if name not in revising),
        (
            *(pair for pair in found.revised if pair[0].report not in same),
            *((old, arrived[name]) for name, old in revising.items()),
        ),
        found.gone,
    )
