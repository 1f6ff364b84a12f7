"""Reports that cannot both be true, and reports that can but tell different stories."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from tiau.observations.claims import NEAR_DAYS, Claims, family, figures
from tiau.observations.ledger import Placement
from tiau.scenario.network import Network

MOST_COMPARED = 1000


@dataclass(frozen=True, eq=False)
class Contradiction:
    """Two reports such that no path of the truth satisfies both.

    Attributes
    ----------
    higher, lower : Placement
        The least that `higher` allows is more than `lower` allows.
    rule : str
        Why, in plain words.
    factor : float
        The least that `higher` allows over the most that `lower` allows on its own days.
    """

    higher: Placement
    lower: Placement
    rule: str
    factor: float

    @property
    def placements(self) -> tuple[Placement, Placement]:
        """The two in the order of their days; of the same day the higher first."""
        turned = self.lower.report.as_of.end < self.higher.report.as_of.end
        return (self.lower, self.higher) if turned else (self.higher, self.lower)


@dataclass(frozen=True, eq=False)
class DifferentPictures:
    """Reports linked by pairs that could both be true, but are far apart for nearly the same days.

    Attributes
    ----------
    placements : tuple of Placement
        In the order of their days.
    place : str
        The widest place that they speak of.
    first, last : date
    lowest, highest : float, persons
    """

    placements: tuple[Placement, ...]
    place: str
    first: dt.date
    last: dt.date
    lowest: float
    highest: float

    @property
    def factor(self) -> float:
        """The highest figure over the lowest."""
        return self.highest / self.lowest if self.lowest else np.inf


@dataclass(frozen=True, eq=False)
class Disagreements:
    """All contradictions and different pictures of a ledger, in the order of days.

    `compared` is False, and there are none, where reports are too many to set each beside every other.
    """

    contradictions: tuple[Contradiction, ...]
    pictures: tuple[DifferentPictures, ...]
    compared: bool = True


def disagreements(placements: Sequence[Placement], network: Network) -> Disagreements:
    """Find the reports that cannot both be true, and those that could but are far apart.

    Reports of the ledger that are not scored, or of a place, group or origin without people here, take no part; more
    than 1,000 are not compared.
    """
    if len(placements) > MOST_COMPARED:
        return Disagreements((), (), compared=False)
    parameter = network.scenario.values
    slack = parameter["about_slack"]
    found, independent = _set_beside_originals(
        [placement for placement in placements if _comparable(placement, network)], slack
    )
    claims = Claims(independent, network, slack, parameter["largest_daily_change"])
    far: list[tuple[int, int]] = []
    for row in range(len(independent)):
        impossible = claims.impossible(row)
        found += [_contradiction(claims, row, int(other)) for other in np.flatnonzero(impossible)]
        far += [(row, int(other)) for other in np.flatnonzero(claims.far_below(row) & ~impossible)]
    pictures = [_pictures([independent[row] for row in rows]) for rows in _linked(far)]
    return Disagreements(
        tuple(sorted(found, key=lambda c: [(e.report.as_of.end, e.report.report) for e in c.placements])),
        tuple(sorted(pictures, key=lambda p: (p.first, p.last, p.placements[0].report.report))),
    )


def _comparable(placement: Placement, network: Network) -> bool:
    report = placement.report
    origin_known = not report.origin or bool(network.names.members(report.origin))
    group_known = bool(placement.groups.any()) or report.group == "all"
    return placement.status != "not scored" and bool(placement.places.any()) and group_known and origin_known


def _set_beside_originals(placements: Iterable[Placement], slack: float) -> tuple[list[Contradiction], list[Placement]]:
    """Return the copies that differ from their originals, and the reports that stand for themselves.

    A copy stands for itself where it speaks of something else than its original (another quantity, place or
    group), or of days well after it, as a register does that is not kept up to date.
    """
    by_name = {placement.report.report: placement for placement in placements}
    differ, independent = [], []
    for placement in by_name.values():
        report, original = placement.report, by_name.get(placement.report.same_as)
        if original is None or not _same_subject(placement, original):
            independent.append(placement)
            continue
        # Rounding in a copy is no contradiction, so both ends get the slack of "about".
        lower, higher = sorted((placement, original), key=lambda one: figures(one.report))
        high, low = figures(higher.report)[0] * (1 - slack), figures(lower.report)[1] * (1 + slack)
        apart = abs((report.as_of.end - original.report.as_of.end).days)
        if high > low:
            rule = f"{report.report} is given as a copy of {original.report.report}, with another figure"
            differ.append(Contradiction(higher, lower, rule, high / low if low else np.inf))
        # A copy as good as its original would only repeat each of the contradictions of the original.
        elif report.quantity != original.report.quantity or apart > NEAR_DAYS:
            independent.append(placement)
    return differ, independent


def _same_subject(placement: Placement, other: Placement) -> bool:
    return (
        family(placement.report) == family(other.report)
        and placement.report.origin == other.report.origin
        and bool((placement.places == other.places).all() and (placement.groups == other.groups).all())
    )


def _contradiction(claims: Claims, row: int, other: int) -> Contradiction:
    high = float(claims.high[other])
    factor = float(claims.low[row]) / high if high else np.inf
    return Contradiction(claims.placements[row], claims.placements[other], claims.rule(row, other), factor)


def _pictures(placements: list[Placement]) -> DifferentPictures:
    placements = sorted(placements, key=lambda placement: (placement.report.as_of.end, placement.report.report))
    named = [figures(placement.report) for placement in placements]
    return DifferentPictures(
        placements=tuple(placements),
        place=max(placements, key=lambda placement: int(placement.places.sum())).report.place,
        first=min(placement.report.as_of.start for placement in placements),
        last=max(placement.report.as_of.end for placement in placements),
        lowest=min(low for low, _ in named),
        highest=max(high for _, high in named),
    )


def _linked(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the groups of rows that pairs link."""
    group: dict[int, list[int]] = {}
    for a, b in pairs:
        larger, smaller = group.setdefault(a, [a]), group.setdefault(b, [b])
        if larger is not smaller:
            # Smaller into larger keeps long chains of pairs from costing the square of their length.
            if len(larger) < len(smaller):
                larger, smaller = smaller, larger
            larger += smaller
            group.update(dict.fromkeys(smaller, larger))
    return list({id(rows): rows for rows in group.values()}.values())
