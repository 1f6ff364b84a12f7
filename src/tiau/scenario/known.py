"""What was known on a day: tables without the rows that were known later, and without what points at those."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TypeVar

from tiau.scenario.rows import Act, Report, Row

RowT = TypeVar("RowT", bound=Row)

SOFTENING = ("exempt", "admit", "corridor")


def rows_known(rows: tuple[RowT, ...], day: dt.date) -> tuple[RowT, ...]:
    """Return the rows of a table that were known on a day."""
    return tuple(row for row in rows if row.known is None or row.known <= day)


def acts_known(acts: tuple[Act, ...], day: dt.date) -> tuple[Act, ...]:
    """Return the acts that were known on a day.

    What softens an order that nobody knew of goes with it: alone it would soften every other order of its authority.
    """
    known = rows_known(acts, day)
    everything = {act.act for act in acts}
    while True:
        hidden = everything - {act.act for act in known}
        kept = tuple(act for act in known if act.softens not in hidden or act.effect not in SOFTENING)
        if len(kept) == len(known):
            return tuple(_without(act, hidden) for act in known)
        known = kept


def _without(act: Act, hidden: set[str]) -> Act:
    blank = {column: "" for column in ("softens", "ends") if getattr(act, column) in hidden}
    return act.model_copy(update=blank) if blank else act


def reports_known(reports: tuple[Report, ...], day: dt.date) -> tuple[Report, ...]:
    """Return the reports that were known on a day.

    Of several that carry the figure of one that was not known, the one known first stands for it, so that the figure
    still counts once.
    """
    known = rows_known(reports, day)
    here = {report.report for report in known}
    hidden = {report.report: report for report in reports if report.report not in here}
    ends = {report.report: _end_of(report.same_as, hidden) for report in known if report.same_as in hidden}
    first: dict[str, str] = {}
    for report in sorted(known, key=lambda report: (report.known_on, report.report)):
        if end := ends.get(report.report):
            first.setdefault(end, end if end in here else report.report)

    def as_known(report: Report) -> Report:
        if report.report not in ends:
            return report
        original = first[ends[report.report]]
        return report.model_copy(update={"same_as": "" if original == report.report else original})

    return tuple(map(as_known, known))


def _end_of(name: str, hidden: Mapping[str, Report]) -> str:
    """Return where a chain of copies leads that were not known: a report that was, or the last that was not."""
    seen: set[str] = set()
    while name in hidden and hidden[name].same_as and name not in seen:
        seen.add(name)
        name = hidden[name].same_as
    return name
