"""Plain guesses for a case in Flee's format, without a model: a count for each day and camp, and what it knows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tiau.flee.case.counts import corrected
from tiau.flee.case.model import FleeCase, Floats

LEADS = (30, 90, 180)
DRIFT = 30
CLOSE = 0.02
TOTALS = "totals"


@dataclass(frozen=True)
class Baseline:
    """A guess without a model.

    Attributes
    ----------
    name : str
    values : float array (day, camp), agents
        nan on the days before `first`.
    first : int
        The first day that has a guess.
    knows : str
        What of the data it has seen.
    leaks : bool
        Whether it has seen the very counts that it is to guess, beyond their daily total.
    """

    name: str
    values: Floats
    first: int
    knows: str
    leaks: bool = False


def baselines(case: FleeCase, *, camps: tuple[str, ...], data: Floats, hasten: int) -> tuple[Baseline, ...]:
    """Return every baseline that a case has data for (day, camp), agents.

    Shares of the known total by capacity and by the largest count; new arrivals split evenly and by distance; the last
    count of each camp 30, 90 and 180 days before, and its drift over the last 30 days.
    """
    total, largest = TOTALS, data.max(0)
    found = []
    capacity = capacities(case, camps)
    if capacity.sum() > 0:
        found.append(Baseline("total, shared by capacity", _shared(data, capacity), 0, f"{total}; capacities"))
    if largest.sum() > 0:
        found.append(Baseline("total, shared by largest count", _shared(data, largest), 0, "every count", True))
    even, near = np.ones(data.shape), gravity(case, camps, len(data))
    found.append(Baseline("new arrivals, shared evenly", _arriving(data, even), 0, total))
    if near is not None:
        found.append(
            Baseline("new arrivals, shared by distance", _arriving(data, near), 0, f"{total}; conflicts, roads")
        )
    last = last_counts(case, camps=camps, days=len(data), hasten=hasten)
    for lead in LEADS:
        if len(data) > lead:
            when = f"{lead} days ago"
            found.append(Baseline(f"last count {when}", _later(last, lead), lead, f"counts until {when}"))
    if len(data) > 2 * DRIFT:
        drifted = np.maximum(2 * _later(last, DRIFT) - _later(last, 2 * DRIFT), 0)
        name = f"last count {DRIFT} days ago, and drift"
        found.append(Baseline(name, drifted, 2 * DRIFT, f"counts until {DRIFT} days ago"))
    return tuple(found)


def capacities(case: FleeCase, camps: tuple[str, ...]) -> Floats:
    """Return the capacity of each camp in people (camp,), as locations.csv gives it; 0 for other kinds of places."""
    people = {place.name: place.people for place in case.locations if "camp" in place.kind.lower()}
    return np.array([max(people.get(camp, 0), 0) for camp in camps], dtype=np.float64)


def answers(case: FleeCase, camps: tuple[str, ...], data: Floats, hasten: int) -> int:
    """Return how many capacities are within 2% of the largest count ever, so that they say where people will be."""
    largest = data.max(0) * hasten
    return int((np.abs(capacities(case, camps) - largest) <= CLOSE * np.maximum(largest, 1)).sum())


def last_counts(case: FleeCase, *, camps: tuple[str, ...], days: int, hasten: int) -> Floats:
    """Return for each day the last count made of each camp, not interpolated.

    Returns
    -------
    float array (day, camp), agents
        Whole agents, after Flee's registration corrections, which know later counts; 0 for a camp without counts.
        As in Flee, the last count is the one before the first row of a later day, in the order of the file.
    """
    series, _ = corrected(case, hasten)
    of_name = {label.name: found for label, found in reversed(list(zip(case.labels, series, strict=True)))}
    columns = [_last(*of_name[camp], days) if camp in of_name else np.zeros(days) for camp in camps]
    last = np.array(columns, dtype=np.float64).reshape(len(camps), days).T
    return last - last[0] if case.settings.empty_camps_on_day0 else last


def _last(dates: list[int], people: list[float], days: int) -> Floats:
    rows = np.searchsorted(np.maximum.accumulate(np.array(dates[1:], dtype=np.float64)), np.arange(days), side="right")
    return np.trunc(np.array(people, dtype=np.float64)[rows])


def gravity(case: FleeCase, camps: tuple[str, ...], days: int) -> Floats | None:
    """Return how strongly camps draw new arrivals by distance alone.

    Each place in conflict sends people in proportion to its population times the intensity, and each camp draws them
    in inverse proportion to the distance by the shortest roads; closures do not count.

    Returns
    -------
    float array (day, camp) or None
        Shares, with a sum of 1 on each day; None where no place is ever in conflict or no camp can be reached.
    """
    weights = _sending(case, days)
    reach = _nearness(case, camps)
    pull = weights @ reach
    some = pull.sum(1) > 0
    if not some.any():
        return None
    # A day without conflict takes the shares of the day before it, or of the first that has any.
    source = np.maximum.accumulate(np.where(some, np.arange(days), int(np.argmax(some))))
    return np.asarray(pull[source] / pull[source].sum(1, keepdims=True))


def _sending(case: FleeCase, days: int) -> Floats:
    """Return population times intensity (day, location) of the places in conflict."""
    people = np.array([0 if "camp" in place.kind.lower() else place.people for place in case.locations], np.float64)
    weights = np.zeros((days, len(people)))
    if case.conflicts is None:
        return weights
    position = {place.name: number for number, place in enumerate(case.locations)}
    for name, column in zip(case.conflicts.names, case.conflicts.values.T, strict=True):
        if name in position:
            known = column[:days]
            weights[: len(known), position[name]] = np.maximum(known, 0) * people[position[name]]
    return weights


def _nearness(case: FleeCase, camps: tuple[str, ...]) -> Floats:
    """Return 1 over the kilometres by the shortest roads (location, camp), at least 1 km; 0 where there are none."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    position = {place.name: number for number, place in enumerate(case.locations)}
    shortest: dict[tuple[int, int], float] = {}
    for link in case.links:
        pair = (position[link.name1], position[link.name2])
        pair = (min(pair), max(pair))
        shortest[pair] = min(max(link.km, 1.0), shortest.get(pair, np.inf))
    if not shortest:
        return np.zeros((len(position), len(camps)))
    ends = np.array(list(shortest)).T
    roads = coo_array((list(shortest.values()), (ends[0], ends[1])), shape=(len(position), len(position)))
    km = dijkstra(roads.tocsr(), directed=False, indices=[position[camp] for camp in camps])
    return np.asarray((1 / np.maximum(km, 1.0)).T)


def _shared(data: Floats, weights: Floats) -> Floats:
    """Split the total of each day by fixed weights (camp,)."""
    return np.asarray(data.sum(1, keepdims=True) * weights / weights.sum())


def _arriving(data: Floats, weights: Floats) -> Floats:
    """Keep the people of the first day and split new arrivals by weights (day, camp); as in Flee, nobody leaves."""
    highest = np.maximum.accumulate(data.sum(1))
    new = np.diff(highest, prepend=highest[:1])[:, None]
    return np.asarray(data[0] + np.cumsum(new * weights / weights.sum(1, keepdims=True), axis=0))


def _later(values: Floats, days: int) -> Floats:
    """Move values (day, camp) to later days; nan where there is none."""
    return np.concatenate([np.full((min(days, len(values)), values.shape[1]), np.nan), values[:-days]])
