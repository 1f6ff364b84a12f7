"""Reports as intervals, compared with each other: what the figure of one forbids of another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tiau.observations.ledger import Placement
from tiau.scenario.counts import interval
from tiau.scenario.network import Network
from tiau.scenario.quantities import CUMULATIVE, QUANTITIES, STOCKS
from tiau.scenario.rows import Report

DAILY_FLOOR = 50.0
"""Persons that any stock may change by in a day, however small it is."""
APART = 2.0
"""Figures that could both be true and are further apart than this factor are different pictures."""
NEAR_DAYS = 5
"""Days between figures that are set beside each other as pictures of the same time."""

_ROUNDING = 1e-6

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


def family(report: Report) -> str:
    """Return the family of quantities that a report's figure is compared in as a picture."""
    return QUANTITIES[report.quantity].family or report.quantity


def figures(report: Report) -> tuple[float, float]:
    """Return the figure that a report names, whatever its bound: the ends of a range, twice the same otherwise."""
    value = report.value or 0.0
    return interval(report, 0.0) if report.bound == "range" else (value, value)


class Claims:
    """Reports as arrays over reports, to set one beside all others.

    Parameters
    ----------
    placements : sequence of Placement
        Of known places, groups and origins, with a figure.
    network : Network
    about_slack : float
        Half width, as a share, of a figure given as `about`.
    daily_change : float
        The largest change of a stock in a day, as a share of its larger figure.
    """

    def __init__(
        self, placements: Sequence[Placement], network: Network, about_slack: float, daily_change: float
    ) -> None:
        self.placements = placements
        self.network = network
        self.daily_change = daily_change
        reports = [placement.report for placement in placements]
        self.quantity = _codes(report.quantity for report in reports)
        self.family = _codes(family(report) for report in reports)
        self.arrived = np.array([report.quantity == "arrived_cumulative" for report in reports], bool)
        self.first = np.array([report.as_of.start.toordinal() for report in reports], float)
        self.last = np.array([report.as_of.end.toordinal() for report in reports], float)
        # A stock is a mean over its period and so stands for the middle of it; every other figure is true at the end.
        stock = np.array([report.quantity in STOCKS for report in reports], bool)
        self.day = np.where(stock, (self.first + self.last) / 2, self.last)
        self.low, self.high = np.array([interval(report, about_slack) for report in reports]).reshape(-1, 2).T
        self.figure_low, self.figure_high = np.array([figures(report) for report in reports]).reshape(-1, 2).T
        # Hundreds of reports share a few places and groups: sets are compared once for each scope, not for each pair.
        keys = [(e.report.place, e.report.group, e.report.origin, e.places.tobytes()) for e in placements]
        # Reversed, so that the first report of a scope is its head.
        heads = {key: row for row, key in reversed(list(enumerate(keys)))}
        index = {key: scope for scope, key in enumerate(heads)}
        self._scope = np.array([index[key] for key in keys], int)
        self._heads = [placements[row] for row in heads.values()]

    @cached_property
    def _inside(self) -> tuple[Bools, Bools]:
        """Which scopes lie inside which: by place, group and origin; by place, of the same group and origin."""
        names, reports = self.network.names, [placement.report for placement in self._heads]
        places = set(self.network.place_names)
        origins = np.ones((len(reports), len(places)), bool)
        for row, report in enumerate(reports):
            if report.origin:
                origins[row] = np.isin(np.arange(len(places)), names.members(report.origin))
        place = _subsets(
            np.array([placement.places for placement in self._heads]),
            np.array([names.proper(report.place) not in places for report in reports]),
        )
        group = _subsets(
            np.array([placement.groups for placement in self._heads]),
            np.array([report.group == "all" for report in reports]),
        )
        origin = _subsets(origins, np.array([not report.origin for report in reports]))
        return place & group & origin, place & group & group.T & origin & origin.T

    def inside(self, row: int, *, same_people: bool = False) -> Bools:
        """Return the reports that speak of all that a report speaks of (report,); perhaps of a wider place only."""
        return np.asarray(self._inside[same_people][self._scope[row]][self._scope])

    def days_between(self, row: int) -> Floats:
        """Return the days between the period of a report and those of all (report,).

        The means of a stock over two periods differ by no more than this times its largest change in a day:
        the distance between their days on average, with half a day to be safe where one lies inside the other.
        """
        start, end = self.first - self.first[row], self.last - self.last[row]
        apart = np.abs(start) + np.abs(end)
        nested = (start**2 + end**2) / (2 * np.maximum(apart, 1)) + 0.5
        return np.asarray(np.where(start * end >= 0, apart / 2, nested))

    def change(self, row: int) -> Floats:
        """Return by how much a stock may change between the period of a report and those of all (report,), persons."""
        return self.days_between(row) * max(self.daily_change * float(self.low[row]), DAILY_FLOOR)

    def impossible(self, row: int) -> Bools:
        """Return the reports that allow less of the whole than a report says, at least, of a part (report,)."""
        quantity = self.placements[row].report.quantity
        bound = self.quantity == self.quantity[row]
        until_then = self.last[row] <= self.last
        most = self.high
        if quantity in STOCKS:
            # Stocks may rise and fall between two days, but not faster than people can move.
            most = np.where(bound, most + self.change(row), most)
        elif quantity in CUMULATIVE:
            bound = bound & until_then
        else:
            # What crosses in a period crosses in every longer one around it.
            bound = bound & until_then & (self.first <= self.first[row])
        # Counts since the start know nothing of who came before it.
        since_start = self.first[row] >= self.network.scenario.settings.start.toordinal()
        if quantity == "present" or (quantity == "crossed_in_period" and since_start):
            # Who was there on the first day is present, and never arrived.
            there = self._there_before(row) if quantity == "present" else 0.0
            most = np.where(bound, most, most + there)
            bound = bound | (self.arrived & until_then)
        return np.asarray(bound & (self.low[row] > most + _ROUNDING) & self.inside(row))

    def _there_before(self, row: int) -> float:
        """Return how many people of displaced.csv a report may speak of, persons."""
        placement = self.placements[row]
        staying = self.network.displaced
        return float(staying[np.ix_(placement.groups, placement.places)].sum())

    def far_below(self, row: int) -> Bools:
        """Return the reports of about the same days, place or a wider one, with a far lower figure (report,)."""
        report = self.placements[row].report
        near = np.abs(self.day - self.day[row]) <= NEAR_DAYS
        if report.quantity not in (*STOCKS, *CUMULATIVE):
            near = (self.first == self.first[row]) & (self.last == self.last[row])
        # An upper limit names no figure: whatever lies below it agrees with it.
        if report.bound == "at_most":
            return np.zeros(len(near), bool)
        far = self.figure_low[row] > APART * self.figure_high
        return np.asarray(near & far & (self.family == self.family[row]) & self.inside(row, same_people=True))

    def rule(self, row: int, other: int) -> str:
        """Say in plain words why a report makes another one impossible."""
        part, whole = self.placements[row].report, self.placements[other].report
        days = self.days_between(row)[other]
        words = []
        if part.quantity != whole.quantity:
            present = part.quantity == "present"
            words.append(
                "who is present has arrived or was there at the start"
                if present
                else "who entered is among all who arrived"
            )
        elif part.quantity in STOCKS and days:
            span = "one day" if days == 1 else f"{days:.0f} days"
            words.append(f"in {span} a change of {self.change(row)[other]:,.0f} at most is allowed for")
        elif part.quantity in CUMULATIVE and self.last[row] < self.last[other]:
            words.append("a count since the start never falls")
        if not self.inside(other)[row]:
            if part.place != whole.place:
                words.append(f"{part.place} is part of {whole.place}")
            if part.group != whole.group:
                words.append(f"{part.group} are part of {whole.group}")
            if part.origin != whole.origin:
                words.append(f"people from {part.origin} are part of those from {whole.origin or 'anywhere'}")
        return "; ".join(words) or "two figures of the same thing at the same time"


def _codes(words: Iterable[str]) -> NDArray[np.int_]:
    codes: dict[str, int] = {}
    return np.array([codes.setdefault(word, len(codes)) for word in words], int)


def _subsets(masks: Bools, wide: Bools) -> Bools:
    """Return which sets lie inside which (set, set).

    What is `wide` in the world (an area, everybody) is in nothing narrow, even if it has the same members here.
    """
    # One product of matrices in place of a loop over pairs; whole numbers below 2**24 are exact in float32.
    counts = masks.astype(np.float32)
    outside = counts @ (1 - counts).T
    return np.asarray((outside == 0) & ~(wide[:, None] & ~wide))
