"""Counts of a case as reports: every row of every file, on its day."""

from __future__ import annotations

from tiau.flee.case.counts import added
from tiau.flee.case.model import FleeCase
from tiau.scenario.rows import Report
from tiau.scenario.vocabulary import Period


def reports_of(case: FleeCase) -> tuple[Report, ...]:
    """Return a report for each count, in the order of data_layout.csv; files that add up are one figure a day."""
    rows = [
        (label.name, "; ".join(dict.fromkeys(file.file for file in label.files)), case.date(day), people)
        for label in case.labels for day, people in dict.fromkeys(zip(*added(label)[0], strict=True))
    ]  # fmt: skip
    return tuple(
        Report(
            report=f"r{number:06}", known_on=date, as_of=Period(date, date, str(date)), place=name, group="all",
            quantity="present", value=people, bound="exact", said_by=files,
        )
        for number, (name, files, date, people) in enumerate(rows, start=1)
    )  # fmt: skip
