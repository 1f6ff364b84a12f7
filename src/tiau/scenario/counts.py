"""Which figures of reports count: parts of one count are added up, and a figure that was revised counts no more."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tiau.scenario.names import Gazetteer, key_of
from tiau.scenario.rows import Report

NAMED = 3


def replacements(reports: Iterable[Report]) -> dict[str, str]:
    """Return which report revises which: by the id of one that is revised, that of the revision known last."""
    by_day = sorted(reports, key=lambda report: (report.known_on, report.report))
    return {report.replaces: report.report for report in by_day if report.replaces not in ("", report.report)}


def outdated(reports: Sequence[Report]) -> dict[str, str]:
    """Return why reports count no more, by id: another one revises them, or one that carries the same figure."""
    revised = replacements(reports)
    original = {report.report: report.same_as for report in reports if report.same_as and not report.replaces}
    why = {name: f"replaced by {revision}" for name, revision in revised.items()}
    # Whoever of those that carry one count is revised, the count is.
    of_count = {_carried(name, original): (name, revision) for name, revision in revised.items()}
    for name in {*original, *original.values()}:
        if found := of_count.get(_carried(name, original)):
            why.setdefault(name, f"carries the figure of {found[0]}, replaced by {found[1]}")
    return why


def _carried(name: str, original: Mapping[str, str]) -> str:
    """Return the report whose figure a report carries in the end; of a circle one of those in it."""
    seen = {name}
    while name in original and original[name] not in seen:
        name = original[name]
        seen.add(name)
    return name


@dataclass(frozen=True)
class Count:
    """A count that is given in parts.

    Attributes
    ----------
    parts : tuple of Report
        Of one place, group, origin, quantity and time, said by one office and published by one publisher, each with
        the name of another part.
    wholes : tuple of Report
        The same without a part.
    """

    parts: tuple[Report, ...]
    wholes: tuple[Report, ...]

    @property
    def name(self) -> str:
        """What the sum of the parts is called beside reports."""
        first, more = self.parts[0].report, len(self.parts) - NAMED
        return " + ".join(part.report for part in self.parts) if more <= 0 else f"{first} + {len(self.parts) - 1} parts"

    def added_up(self, about_slack: float) -> Report:
        """Return a report of the sum of the parts, in people, that stands for them.

        `about_slack` is the half width, as a share, of a figure given as `about`. A part without a figure may be of
        anybody. If one of the parts is a copy of another report's, so is the sum.
        """
        firm = {part.bound for part in self.parts if part.value is not None or part.bound == "range"}
        given = [part.in_persons for part in self.parts]
        some_missing = any(part.value is None and part.bound != "range" for part in given)
        figure: dict[str, Any] = {"low": None, "high": None}
        if not some_missing and firm <= {"exact", "about"}:
            figure |= {
                "value": sum(part.value or 0 for part in given),
                "bound": "about" if "about" in firm else "exact",
            }
        else:
            lows, highs = zip(*(interval(part, about_slack) for part in given), strict=True)
            if math.inf in highs:
                figure |= {"value": sum(lows), "bound": "at_least"}
            else:
                figure |= {"value": None, "bound": "range", "low": sum(lows), "high": sum(highs)}
        return given[0].model_copy(update={
            **figure,
            "report": self.name,
            "part": "",
            "known_on": max(part.known_on for part in self.parts),
            "same_as": next((part.same_as for part in self.parts if part.same_as), ""),
            "replaces": "",
            "note": "; ".join(f"{part.report}: {part.part}" for part in self.parts),
        })  # fmt: skip


def interval(report: Report, about_slack: float) -> tuple[float, float]:
    """Return the least and the most that a report allows, persons.

    `about_slack` is the half width, as a share, of a figure given as `about`.
    """
    if report.value is None and report.bound != "range":
        return 0.0, math.inf
    value = report.value or 0.0
    match report.bound:
        case "about":
            return value * (1 - about_slack), value * (1 + about_slack)
        case "at_least":
            return value, math.inf
        case "at_most":
            return 0.0, value
        case "range":
            return report.low or 0.0, math.inf if report.high is None else report.high
        case _:
            return value, value


def counts_in_parts(reports: Iterable[Report], names: Gazetteer) -> list[Count]:
    """Return the counts of which some report gives a part, in the order of their first parts."""
    found: dict[Hashable, list[Report]] = {}
    for report in reports:
        found.setdefault(counted(report, names), []).append(report)
    counts = []
    for rows in found.values():
        ids = {report.report for report in rows}
        # A copy of another part of the same count is no part more.
        parts = tuple(report for report in rows if report.part and report.same_as not in ids)
        if parts:
            counts.append(Count(parts, tuple(report for report in rows if not report.part)))
    return counts


def counted(report: Report, names: Gazetteer) -> Hashable:
    """Return what tells one count from another: of what, where and when, by whom."""
    return (
        names.proper(report.place), names.proper(report.origin) if report.origin else "", report.group, report.quantity,
        report.as_of.start, report.as_of.end, key_of(report.said_by), key_of(report.publisher),
    )  # fmt: skip
