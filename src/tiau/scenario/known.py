"""What was known on a day: tables without the rows that were known later, and without what points at those."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from tiau.scenario.rows import Act, Report, Row
from tiau.scenario.vocabulary import SOFTENING

RowT = TypeVar("RowT", bound=Row)


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
    still counts once. What that one carries itself nobody knew. A revision that was not known leaves the figure that
    it revises later on as it was.
    """
    known = rows_known(reports, day)
    here = {report.report for report in known}
    first: dict[str, str] = {}
    for report in sorted(known, key=lambda report: (report.known_on, report.report)):
        if report.same_as and report.same_as not in here:
            first.setdefault(report.same_as, report.report)

    def as_known(report: Report) -> Report:
        original = first.get(report.same_as)
        changes = {} if original is None else {"same_as": "" if original == report.report else original}
        changes |= {"replaces": ""} if report.replaces and report.replaces not in here else {}
        return report.model_copy(update=changes) if changes else report

    return tuple(map(as_known, known))
