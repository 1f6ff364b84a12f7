"""How many people of a scenario a figure may be of: one of more people is of a larger whole, or wrong."""

from __future__ import annotations

from tiau.scenario.counts import interval
from tiau.scenario.model import Scenario
from tiau.scenario.quantities import STOCKS
from tiau.scenario.rows import Report

# Some people cross again and again; that everybody does so three times, nobody has reported.
ENTRIES, ENTRIES_A_PERSON = ("arrived_cumulative", "crossed_in_period", "displaced_in_period"), 3


class Living:
    """Who lives at homes, or is displaced already on the first day, counted once for all figures of a scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.slack = scenario.values["about_slack"]
        self._people: dict[tuple[str, str], float] = {}

    def beyond(self, report: Report) -> str:
        """Say that a figure is of more people than there are; blank where it is not, or nobody is counted."""
        entries = report.quantity in ENTRIES
        if not (entries or report.quantity in STOCKS):
            return ""
        least, _ = interval(report.in_persons, self.slack)
        people = self.people(report)
        if not least > people * (ENTRIES_A_PERSON if entries else 1) > 0:
            return ""
        displaced = " or are displaced already" if self.scenario.displaced else ""
        return f"at least {least:,.0f} people, but {people:,.0f} live in all homes that they could leave{displaced}"

    def people(self, report: Report) -> float:
        """Return how many people there are of the groups and the origin of a report."""
        key = (report.group, report.origin)
        if key not in self._people:
            self._people[key] = self._at_home(report) + self._displaced(report)
        return self._people[key]

    def _at_home(self, report: Report) -> float:
        fits = [group.meant_by(report.group) for group in self.scenario.groups]
        homes, at = self.scenario.residents, self.scenario.residents.place
        origin = frozenset(self.scenario.names.members(report.origin) if report.origin else at)
        return sum(count for group, place, count in zip(*homes, strict=True) if fits[group] and place in origin)

    def _displaced(self, report: Report) -> float:
        names, groups = self.scenario.names, self.scenario.groups
        origin = frozenset(names.members(report.origin))
        meant = {name for group in groups if group.meant_by(report.group) for name in (group.group, group.risk_class)}
        return sum(
            row.people for row in self.scenario.displaced
            if row.sound("people", "group", "origin") and (row.group in ("", "all") or row.group in meant)
            and (not report.origin or not row.origin or not origin.isdisjoint(names.members(row.origin)))
        )  # fmt: skip
