"""The same event in two catalogues is one: which pairs are, by day, place, kind and dead, and which one is kept."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from tiau.readers.exports.findings import FoundEvent
from tiau.scenario.event_kinds import perhaps_same_kind
from tiau.scenario.geography import EARTH_KM, great_circle_km
from tiau.scenario.severity import severity_by_rule

DAYS_APART = 2
"""Catalogues put one event on its day or on that of the report; beyond what each says of its own days."""
KM_APART = 6.0
"""Catalogues put one event on a town or on its suburb or camp: El Geneina and Ardamata lie 5 km apart."""
KNOWN_TO_DAYS, KNOWN_TO_KM = 7, 25.0
"""Events whose days or places are known no better are copies of none: many others would fit."""
TIMES_THE_DEAD, MORE_DEAD = 3.0, 5.0
"""One event may have three times the dead of the other, or five more where they are few."""
CHUNK, NEAREST = 20_000, 8

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class SameEvent:
    """Two entries of catalogues that are one event.

    Attributes
    ----------
    kept, other : FoundEvent
        `kept` has the better known days and place; of equal ones the one of which it is known since when it was known.
    reasons : str
        In words: "same day, same place, armed clash and state-based conflict, 18 and 21 dead".
    """

    kept: FoundEvent
    other: FoundEvent
    reasons: str


@dataclass(frozen=True, slots=True)
class _Table:
    """Events of one catalogue as arrays, in the order of their spots and first days.

    Attributes
    ----------
    at : array of int
        Position among the events that were given.
    start, end : array of int
        Days.
    fewest, best, most : array of float, persons
        Dead; NaN where they are not known.
    spot : array of int
        Position in `spots`.
    spots : array of float, degrees
        Latitude and longitude of each distinct point.
    kind : array of int
        Position in `kinds`.
    kinds : tuple of str
    """

    at: Integers
    start: Integers
    end: Integers
    fewest: Floats
    best: Floats
    most: Floats
    spot: Integers
    spots: Floats
    kind: Integers
    kinds: tuple[str, ...]


def same_events(events: Sequence[FoundEvent]) -> list[SameEvent]:
    """Return which events of different catalogues are one.

    Two are one where their days overlap or lie two days apart at most, their points 6 km at most, their kinds can mean
    the same, and the dead of one are at most three times those of the other, or five more; of a range of dead the
    nearest number counts, and a number that is not known fits any. Each event is one with one other at most: the
    pairs with the nearest days, dead and points go first. Events known to more than a week, or to a division or country
    alone, take no part, nor do those without violence.

    Parameters
    ----------
    events : sequence of FoundEvent
        Each once: newer versions and copies of one id are sorted out before.

    Returns
    -------
    list of SameEvent
        In the order in which the events that are kept were given.
    """
    by_source: dict[str, list[int]] = {}
    for position, event in enumerate(events):
        by_source.setdefault(event.source, []).append(position)
    if len(by_source) < 2:
        return []
    tables = [_table(events, positions) for positions in by_source.values()]
    candidates = [found for one, other in combinations(tables, 2) for found in _candidates(one, other)]
    pairs = [_pair(events[one], events[other]) for one, other in _one_to_one(candidates)] if candidates else []
    order = {id(event): position for position, event in enumerate(events)}
    return sorted(pairs, key=lambda pair: order[id(pair.kept)])


def _table(events: Sequence[FoundEvent], positions: Sequence[int]) -> _Table:
    """Return the events that can be told from others: by days, a point and violence."""
    at = [position for position in positions if _tells(events[position])]
    chosen = [events[position] for position in at]
    numbers = np.array([_numbers(event) for event in chosen], dtype=np.float64).reshape(len(at), 7)
    spots, spot = np.unique(numbers[:, 5:], axis=0, return_inverse=True)
    kinds, kind = _coded(event.kind for event in chosen)
    order = np.lexsort((numbers[:, 0], spot.ravel()))
    start, end = numbers[order, :2].astype(np.int64).T
    fewest, best, most = numbers[order, 2:5].T
    return _Table(np.array(at, dtype=np.int64)[order], start, end, fewest, best, most, spot.ravel()[order], spots,
                  kind[order], kinds)  # fmt: skip


def _tells(event: FoundEvent) -> bool:
    spot = event.spot
    return (
        spot.lat is not None
        and spot.lon is not None
        and spot.tier in ("", "place", "point")
        and (event.end - event.start).days < KNOWN_TO_DAYS
        and (event.place_precision_km or 0.0) <= KNOWN_TO_KM
        and _violent(event.kind)
    )


@cache
def _violent(kind: str) -> bool:
    return severity_by_rule(kind, None) > 0


def _numbers(event: FoundEvent) -> tuple[float, ...]:
    """Return days, fewest, best and most dead, and the point."""
    dead = [number for number in (event.low, event.fatalities, event.high) if number is not None] or [math.nan]
    best = math.nan if event.fatalities is None else event.fatalities
    days = event.start.toordinal(), event.end.toordinal()
    return (*days, min(dead), best, max(dead), event.spot.lat or 0.0, event.spot.lon or 0.0)


def _coded(values: Iterator[T] | Sequence[T]) -> tuple[tuple[T, ...], Integers]:
    """Return distinct values, and which of them each is."""
    codes: dict[T, int] = {}
    found = np.array([codes.setdefault(value, len(codes)) for value in values], dtype=np.int64)
    return tuple(codes), found


def _candidates(one: _Table, other: _Table) -> Iterator[tuple[Floats, Integers]]:
    """Iterate over pairs that may be one event: how far the events of each differ, and the positions of both."""
    base, asking = (one, other) if len(one.at) >= len(other.at) else (other, one)
    if not len(asking.at):
        return
    alike = np.array([[perhaps_same_kind(kind, known) for known in base.kinds] for kind in asking.kinds])
    near, near_km, first, last = _near_spots(asking.spots, base.spots)
    # Events of one spot follow each other by their days: those of some days are a slice.
    span = int(base.start.max() + asking.end.max()) + 10
    sorted_by = base.spot * span + base.start
    for begin in range(0, len(asking.at), CHUNK):
        query = np.arange(begin, min(begin + CHUNK, len(asking.at)))
        of, pair = _expanded(query, first[asking.spot[query]], last[asking.spot[query]])
        corner = near[pair] * span
        low = np.searchsorted(sorted_by, corner + asking.start[of] - DAYS_APART - KNOWN_TO_DAYS)
        high = np.searchsorted(sorted_by, corner + asking.end[of] + DAYS_APART, side="right")
        for part in _parts(high - low):
            line, found = _expanded(np.arange(part.start, part.stop), low[part], high[part])
            yield _scored(asking, of[line], base, found, near_km[pair[line]], alike)


def _parts(counts: Integers) -> Iterator[slice]:
    """Part counts so that each part has about a million, which bounds memory where much happens at one town."""
    total = np.cumsum(counts)
    cuts = np.searchsorted(total, np.arange(1_000_000, int(total[-1]) if len(total) else 0, 1_000_000))
    edges = [0, *np.unique(cuts + 1).tolist(), len(counts)]
    return (slice(a, b) for a, b in pairwise(edges) if a < b)


def _near_spots(spots: Floats, others: Floats) -> tuple[Integers, Floats, Integers, Integers]:
    """Return the other spots near each spot, how far they are, and from where to where those of a spot stand."""
    pairs: Any = cKDTree(_on_globe(spots)).sparse_distance_matrix(
        cKDTree(_on_globe(others)), KM_APART, output_type="ndarray"
    )
    pairs = pairs[np.argsort(pairs["i"], kind="stable")]
    first = np.searchsorted(pairs["i"], np.arange(len(spots)))
    last = np.searchsorted(pairs["i"], np.arange(len(spots)), side="right")
    return pairs["j"], pairs["v"], first, last


def _on_globe(spots: Floats) -> Floats:
    """Return points in km from the middle of the globe: near ones are as far apart as over the ground."""
    lat, lon = np.radians(spots).T
    return EARTH_KM * np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))


def _expanded(labels: Integers, first: Integers, last: Integers) -> tuple[Integers, Integers]:
    """Return each label once for each number from its first up to its last, and these numbers."""
    counts = last - first
    starts = np.cumsum(counts) - counts
    return np.repeat(labels, counts), np.arange(counts.sum()) - np.repeat(starts - first, counts)


def _scored(
    asking: _Table, of: Integers, base: _Table, found: Integers, km: Floats, alike: npt.NDArray[np.bool_]
) -> tuple[Floats, Integers]:
    """Return the pairs whose days, kinds and dead fit, at most eight of an event, and how far they differ."""
    days = np.maximum(0, np.maximum(asking.start[of] - base.end[found], base.start[found] - asking.end[of]))
    lower = np.fmin(asking.most[of], base.most[found])
    upper = np.fmax(asking.fewest[of], base.fewest[found])
    unknown = np.isnan(asking.most[of]) | np.isnan(base.most[found])
    dead_fit = unknown | (upper <= TIMES_THE_DEAD * lower) | (upper - lower <= MORE_DEAD)
    fits = (days <= DAYS_APART) & alike[asking.kind[of], base.kind[found]] & dead_fit
    of, found, days, km = of[fits], found[fits], days[fits], km[fits]
    # A day apart weighs as much as twice the dead; what is not known as much as half of it.
    times = np.abs(np.log2((asking.best[of] + 1) / (base.best[found] + 1)))
    score = days + np.nan_to_num(times, nan=0.5) + km / (2 * KM_APART)
    order = np.lexsort((score, of))
    of, found, score = of[order], found[order], score[order]
    few = np.arange(len(of)) - np.searchsorted(of, of) < NEAREST
    return score[few], np.sort(np.column_stack((asking.at[of[few]], base.at[found[few]])), axis=1)


def _one_to_one(candidates: Sequence[tuple[Floats, Integers]]) -> Iterator[tuple[int, int]]:
    """Take the pairs that differ least first, each event once."""
    score, pairs = (np.concatenate(arrays) for arrays in zip(*candidates, strict=True))
    taken: set[int] = set()
    for one, other in pairs[np.lexsort((pairs[:, 1], pairs[:, 0], score))].tolist():
        if one not in taken and other not in taken:
            taken |= {one, other}
            yield one, other


def _pair(one: FoundEvent, other: FoundEvent) -> SameEvent:
    kept, copy = sorted((one, other), key=_how_rough)
    km = great_circle_km(kept.spot.lat or 0, kept.spot.lon or 0, copy.spot.lat or 0, copy.spot.lon or 0)
    gap = max((kept.start - copy.end).days, (copy.start - kept.end).days, 0)
    days = "same day" if (kept.start, kept.end) == (copy.start, copy.end) else _days(gap)
    place = "same place" if km < 0.5 else f"{km:.0f} km apart"
    dead = " and ".join("?" if event.fatalities is None else f"{event.fatalities:g}" for event in (kept, copy))
    return SameEvent(kept, copy, f"{days}, {place}, {kept.kind} and {copy.kind}, {dead} dead")


def _days(gap: int) -> str:
    return f"{gap} day{'s' * (gap > 1)} apart" if gap else "days that overlap"


def _how_rough(event: FoundEvent) -> tuple[float, float, bool, str]:
    return (
        (event.end - event.start).days,
        event.place_precision_km or 0.0,
        event.known_on is None,
        event.source,
    )
