"""Reports that cannot both be true, and reports that can but tell different stories."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.observations.ledger import Entry
from tiau.scenario.model import Report
from tiau.scenario.network import Network
from tiau.scenario.parameters import values
from tiau.scenario.vocabulary import CUMULATIVE, STOCKS

DAILY_FLOOR = 50.0
"""Persons that any stock may change by in a day, however small it is."""
APART = 2.0
"""Compatible figures further apart than this factor are different pictures."""
NEAR_DAYS = 5
"""Days between figures that are set beside each other as pictures of the same time."""

FAMILY = {"present": "displaced people", "arrived_cumulative": "displaced people"}
_ROUNDING = 1e-6

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Contradiction:
    """Two reports such that no path of the truth satisfies both.

    Attributes
    ----------
    higher, lower : Entry
        The least that `higher` allows is more than `lower` allows.
    rule : str
        Why, in plain words.
    factor : float
        The least that `higher` allows over the most that `lower` allows.
    """

    higher: Entry
    lower: Entry
    rule: str
    factor: float

    @property
    def entries(self) -> tuple[Entry, Entry]:
        """The two, in the order of their days; of the same day the higher first."""
        turned = self.lower.report.as_of.end < self.higher.report.as_of.end
        return (self.lower, self.higher) if turned else (self.higher, self.lower)


@dataclass(frozen=True)
class DifferentPictures:
    """Reports of nearly the same time that are far apart, and linked by pairs that could both be true.

    Attributes
    ----------
    entries : tuple of Entry
        In the order of their days.
    place : str
        The widest place that they speak of.
    first, last : date
    lowest, highest : float, persons
    """

    entries: tuple[Entry, ...]
    place: str
    first: dt.date
    last: dt.date
    lowest: float
    highest: float


@dataclass(frozen=True)
class Disagreements:
    """All contradictions and different pictures of a ledger, in the order of days."""

    contradictions: tuple[Contradiction, ...]
    pictures: tuple[DifferentPictures, ...]


def disagreements(entries: Sequence[Entry], network: Network) -> Disagreements:
    """Find the reports that cannot both be true, and those that could but are far apart.

    Parameters
    ----------
    entries : sequence of Entry
        The ledger. Reports that are not scored, or of an unknown place or group, take no part.
    network : Network

    Returns
    -------
    Disagreements
    """
    parameter = values(network.scenario.settings.parameters)
    slack = parameter["about_slack"]
    found, independent = _copies([entry for entry in entries if _comparable(entry, network)], slack)
    claims = _Claims(independent, network, slack, parameter["largest_daily_change"])
    far: list[tuple[int, int]] = []
    for row in range(len(independent)):
        impossible = claims.impossible(row)
        found += [claims.contradiction(row, other) for other in np.flatnonzero(impossible)]
        far += [(row, other) for other in np.flatnonzero(claims.far_above(row) & ~impossible)]
    pictures = [claims.picture(rows) for rows in _linked(far)]
    return Disagreements(
        tuple(sorted(found, key=lambda c: [(e.report.as_of.end, e.report.report) for e in c.entries])),
        tuple(sorted(pictures, key=lambda p: (p.first, p.last, p.entries[0].report.report))),
    )


def interval(report: Report, about_slack: float) -> tuple[float, float]:
    """Return the least and the most that a report allows.

    Parameters
    ----------
    report : Report
    about_slack : float
        Half width, as a share, of a figure given as `about`.

    Returns
    -------
    tuple of float, persons
    """
    value = report.value or 0.0
    match report.bound:
        case "about":
            return value * (1 - about_slack), value * (1 + about_slack)
        case "at_least":
            return value, np.inf
        case "at_most":
            return 0.0, value
        case "range":
            return report.low or 0.0, np.inf if report.high is None else report.high
        case _:
            return value, value


def _comparable(entry: Entry, network: Network) -> bool:
    origin_known = not entry.report.origin or bool(network.names.members(entry.report.origin))
    group_known = bool(entry.groups.any()) or entry.report.group == "all"
    return entry.status != "not scored" and bool(entry.places.any()) and group_known and origin_known


def _family(report: Report) -> str:
    return FAMILY.get(report.quantity, report.quantity)


def _copies(entries: list[Entry], slack: float) -> tuple[list[Contradiction], list[Entry]]:
    """Set copies beside their originals; return those that differ, and the reports that stand for themselves.

    A copy stands for itself where it speaks of something else than its original (another quantity, place or
    group) or of days well after it, as a register does that is not kept up to date.
    """
    by_name = {entry.report.report: entry for entry in entries}
    differ, independent = [], []
    for entry in entries:
        report, original = entry.report, by_name.get(entry.report.same_as)
        if original is None or not _same_subject(entry, original) or report.value is None:
            independent.append(entry)
            continue
        low, high = sorted((report.value, original.report.value or report.value))
        if low * (1 + slack) < high * (1 - slack):
            both = (entry, original) if high == report.value else (original, entry)
            rule = f"{report.report} is given as a copy of {original.report.report}, with another figure"
            differ.append(Contradiction(*both, rule, high / low if low else np.inf))
        elif (
            report.quantity != original.report.quantity
            or abs((report.as_of.end - original.report.as_of.end).days) > NEAR_DAYS
        ):
            independent.append(entry)
    return differ, independent


def _same_subject(entry: Entry, other: Entry) -> bool:
    return (
        _family(entry.report) == _family(other.report)
        and entry.report.origin == other.report.origin
        and bool((entry.places == other.places).all() and (entry.groups == other.groups).all())
    )


def _inside(masks: Bools, wide: Bools) -> Bools:
    """Return which sets lie inside which (set, set).

    What is `wide` in the world (an area, everybody) is in no narrow set, even if it has the same members here.
    """
    counts = masks.astype(np.float32)
    outside = counts @ (1 - counts).T
    return np.asarray((outside == 0) & ~(wide[:, None] & ~wide))


class _Claims:
    """The reports as arrays over reports; what they speak of as indices into the distinct scopes."""

    def __init__(self, entries: Sequence[Entry], network: Network, slack: float, daily_change: float) -> None:
        self.entries = entries
        self.network = network
        self.daily_change = daily_change
        reports = [entry.report for entry in entries]
        self.quantity = _codes(report.quantity for report in reports)
        self.family = _codes(_family(report) for report in reports)
        self.arrived = np.array([report.quantity == "arrived_cumulative" for report in reports], bool)
        self.first = np.array([report.as_of.start.toordinal() for report in reports], float)
        self.last = np.array([report.as_of.end.toordinal() for report in reports], float)
        stock = np.array([report.quantity in STOCKS for report in reports], bool)
        self.day = np.where(stock, (self.first + self.last) / 2, self.last)
        self.low, self.high = np.array([interval(report, slack) for report in reports]).reshape(-1, 2).T
        named = [
            interval(report, 0.0) if report.bound == "range" else (report.value or 0.0,) * 2 for report in reports
        ]  # fmt: skip
        self.figure_low, self.figure_high = np.array(named).reshape(-1, 2).T
        # The rows of the scopes: entries that stand for all others of the same places, groups and origin.
        keys = [(e.report.place, e.report.group, e.report.origin, e.places.tobytes()) for e in entries]
        distinct = {key: row for row, key in reversed(list(enumerate(keys)))}
        order = {key: index for index, key in enumerate(distinct)}
        self.scope = np.array([order[key] for key in keys], int)
        self._heads = [entries[row] for row in distinct.values()]

    @cached_property
    def _relations(self) -> tuple[Bools, Bools]:
        """Scope in scope: in place, group and origin; and in place, of the same group and origin."""
        names, reports = self.network.names, [entry.report for entry in self._heads]
        places = set(self.network.place_names)
        origins = np.ones((len(reports), len(self.network.scenario.places)), bool)
        for row, report in enumerate(reports):
            if report.origin:
                origins[row] = np.isin(np.arange(origins.shape[1]), names.members(report.origin))
        place = _inside(
            np.array([entry.places for entry in self._heads]),
            np.array([names.proper(report.place) not in places for report in reports]),
        )
        group = _inside(
            np.array([entry.groups for entry in self._heads]), np.array([report.group == "all" for report in reports])
        )
        origin = _inside(origins, np.array([not report.origin for report in reports]))
        return place & group & origin, place & group & group.T & origin & origin.T

    def _scopes(self, row: int, relation: int) -> Bools:
        return np.asarray(self._relations[relation][self.scope[row]][self.scope])

    def days_between(self, row: int) -> Floats:
        """Return the days between the days of a report and those of each, on average (report,).

        The mean of a stock that changes by at most 1 a day differs by no more between the two periods.
        """
        at_start = self.first - self.first[row]
        at_end = self.last - self.last[row]
        total = np.abs(at_start) + np.abs(at_end)
        crossing = (at_start**2 + at_end**2) / (2 * np.maximum(total, 1))
        return np.where(at_start * at_end >= 0, total / 2, crossing)

    def slack(self, row: int) -> Floats:
        """Return by how much a stock may have changed between a report and each (report,), persons."""
        return self.days_between(row) * max(self.daily_change * float(self.low[row]), DAILY_FLOOR)

    def impossible(self, row: int) -> Bools:
        """Return which reports allow less than the least that a report says of a part of the same (report,)."""
        quantity = self.entries[row].report.quantity
        same = self.quantity == self.quantity[row]
        until_then = self.last[row] <= self.last
        most = self.high
        if quantity in STOCKS:
            bound = same
            most = np.where(same, most + self.slack(row), most)
        elif quantity in CUMULATIVE:
            bound = same & until_then
        else:
            bound = same & until_then & (self.first <= self.first[row])
        since_start = self.first[row] >= self.network.scenario.settings.start.toordinal()
        if quantity == "present" or (quantity == "crossed_in_period" and since_start):
            bound = bound | (self.arrived & until_then)
        return np.asarray(bound & (self.low[row] > most + _ROUNDING) & self._scopes(row, 0))

    def far_above(self, row: int) -> Bools:
        """Return the reports of the same time and place, or a wider place, whose figure is far below (report,)."""
        report = self.entries[row].report
        near = np.abs(self.day - self.day[row]) <= NEAR_DAYS
        if report.quantity not in (*STOCKS, *CUMULATIVE):
            near = (self.first == self.first[row]) & (self.last == self.last[row])
        if report.bound == "at_most":
            return np.zeros(len(near), bool)
        far = self.figure_low[row] > APART * self.figure_high
        return np.asarray(near & far & (self.family == self.family[row]) & self._scopes(row, 1))

    def contradiction(self, row: int, other: int) -> Contradiction:
        """Say why two reports contradict each other."""
        part, whole = self.entries[row].report, self.entries[other].report
        days = self.days_between(row)[other]
        words = []
        if part.quantity == "present" != whole.quantity:
            words.append("whoever is present has arrived")
        elif part.quantity != whole.quantity:
            words.append("entries of a period are among those since the start")
        elif part.quantity in STOCKS and days:
            words.append(f"a change of {self.slack(row)[other]:,.0f} in {days:.3g} days is the most allowed for")
        elif part.quantity in CUMULATIVE and self.last[row] < self.last[other]:
            words.append("a cumulative figure never falls")
        if not self._relations[0][self.scope[other], self.scope[row]]:
            pairs = ((part.place, whole.place), (part.group, whole.group), (part.origin, whole.origin or "anywhere"))
            words += [f"{a} is part of {b}" for a, b in pairs if a != b and a]
        rule = "; ".join(words) or "two figures of the same thing at the same time"
        high = float(self.high[other])
        return Contradiction(self.entries[row], self.entries[other], rule, self.low[row] / high if high else np.inf)

    def picture(self, rows: list[int]) -> DifferentPictures:
        """Put linked reports together."""
        rows = sorted(rows, key=lambda row: (self.day[row], row))
        entries = tuple(self.entries[row] for row in rows)
        return DifferentPictures(
            entries=entries,
            place=max(entries, key=lambda entry: int(entry.places.sum())).report.place,
            first=min(entry.report.as_of.start for entry in entries),
            last=max(entry.report.as_of.end for entry in entries),
            lowest=float(self.figure_low[rows].min()),
            highest=float(self.figure_high[rows].max()),
        )


def _codes(words: Iterable[str]) -> NDArray[Any]:
    codes: dict[str, int] = {}
    return np.array([codes.setdefault(word, len(codes)) for word in words], int)


def _linked(pairs: list[tuple[int, int]]) -> list[list[int]]:
    """Return the groups of rows that pairs hang together."""
    group: dict[int, list[int]] = {}
    for a, b in pairs:
        one, other = group.setdefault(a, [a]), group.setdefault(b, [b])
        if one is not other:
            if len(one) < len(other):
                one, other = other, one
            one += other
            group.update(dict.fromkeys(other, one))
    return list({id(rows): rows for rows in group.values()}.values())
