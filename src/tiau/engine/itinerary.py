"""The journeys of groups that go the same ways, drawn up while ways and crossings to stop at are the same."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.engine.kernels import itineraries
from tiau.engine.kernels.ends import Ends
from tiau.engine.kernels.itineraries import NOWHERE, Gates, Land, Plan, Rows, Trace
from tiau.engine.known import Known


@dataclass(frozen=True)
class Kind:
    """Groups that have the same ways, speed and crossings to stop at.

    Attributes
    ----------
    land, gates, rows, plan
        See `kernels.itineraries`.
    onward : int array (queue,)
        The journey, place * options + option, that begins where the route ends that people stand before.
    ends : Ends
    limit : int, days
        Later ones are of no interest.
    horizon : int, days
        Within so many days everybody who sets out arrives or stands at a crossing, or the run ends.
    """

    land: Land
    gates: Gates
    rows: Rows
    plan: Plan
    onward: NDArray[np.int64]
    ends: Ends
    limit: int
    horizon: int

    @property
    def standing(self) -> NDArray[np.int64]:
        """The journey, place * options + option, of those who stand at each queue (queue,)."""
        return self.gates.place.astype(np.int64) * self.land.goal.size + self.gates.option

    @property
    def room(self) -> int:
        """For how many queues there are rows."""
        return self.rows.reach - self.rows.fresh

    @property
    def widest(self) -> int:
        """The most nodes that the tree of a place has."""
        return int(np.diff(self.plan.first).max(initial=0))


ROUND = 128
_LAST: Known[Kind] = Known(32)


def kind_of(land: Land, days_left: int) -> Kind:
    """Draw up the journeys of groups; those of the last runs are known.

    Parameters
    ----------
    land : Land
    days_left : int
        Later days are of no interest.
    """
    # Rounded up, so that what begins some days later is the same.
    limit = -(-days_left // ROUND) * ROUND + 1
    return _LAST.of(lambda: _kind_of(land, limit), *land, limit)


def _kind_of(land: Land, limit: int) -> Kind:
    options, places = land.next.shape
    routes, starts = land.end.size, options * places
    gates = gates_of(land)
    queues = gates.place.size
    rows = _rows(routes, options, places, _apart(_roomy(queues)))
    trace = trace_of(places, limit)
    nights, from_queue = np.zeros(starts + queues + 1, np.int64), np.zeros(queues + 1, np.int64)
    room = np.zeros(4, np.int64)
    itineraries.survey(land, rows, gates, trace, room, nights, from_queue)
    nodes, slept, noted, longest = room.tolist()
    plan = Plan(
        node=_nothing(places, options), first=np.zeros(places + 1, np.int64), parent=_ints(nodes), note=_ints(nodes),
        last=_ints(starts), rest=np.zeros(starts), from_queue=from_queue, passed_day=_ints(noted),
        passed=_ints(noted), time=np.zeros(noted), at_end=np.zeros(queues), nights=nights,
        place=_ints(slept), route=_ints(slept), left=np.zeros(slept),
    )  # fmt: skip
    drawn = int(itineraries.draw_up(land, rows, gates, trace, plan, np.full(routes, -1, np.int32)))
    plan = plan._replace(parent=plan.parent[:drawn], note=plan.note[:drawn])
    # Who is on any route as ways change may have all of it before him, and then a journey.
    on_route = math.ceil(min(float(land.days[np.isfinite(land.days)].max(initial=0.0)), limit))
    onward = land.end[gates.route].astype(np.int64) * options + gates.option
    horizon = _roomy(min(longest + on_route, limit) + 3)
    return Kind(land, gates, rows, plan, onward, _ends(plan, rows), limit, horizon)


def gates_of(land: Land) -> Gates:
    """Return the crossings where people stop on their way."""
    options, places = land.next.shape
    stops = (land.next >= 0) & np.append(land.gated, False)[land.next]
    stops[np.arange(options), land.goal] = False
    place, option = (found.astype(np.int32) for found in np.nonzero(stops.T))
    at = _nothing(places, options)
    at[place, option] = np.arange(place.size)
    return Gates(np.array([place.size]), place, option, np.ascontiguousarray(land.next[option, place]), at)


def _roomy(size: int) -> int:
    """Return a size, or a bit more, so that sizes that are nearly the same become the same."""
    step = 1 << max(size.bit_length() - 2, 0)
    return -(-size // step) * step


def _apart(rows: int) -> int:
    """Return for how many rows of lanes to make room, so that the same row of several arrays has lines of a cache.

    Where they lie whole pages of memory apart, or half pages, all would share one or two lines.
    """
    return rows + 21 if rows > 0 and rows % 64 == 0 else rows | 1


def _ends(plan: Plan, rows: Rows) -> Ends:
    """Return the ends of all journeys, by their rows."""
    begun, (places, options) = np.flatnonzero(plan.last >= 0), plan.node.shape
    place, option = np.divmod(begun, options)
    day, row = np.divmod(plan.last[begun].astype(np.int64), rows.whole)
    end = (row * options + option) * (day.max(initial=0) + 1) + day
    order = np.argsort(end * places + place)
    place, option, day, row, begun, end = (of[order] for of in (place, option, day, row, begun, end))
    new = np.ones(begun.size, bool)
    new[1:] = np.diff(end) != 0
    first = np.flatnonzero(new)
    row, day, option = row[first], day[first], option[first]
    reach = np.where(row >= rows.fresh, row + rows.reach - rows.fresh, NOWHERE)
    return Ends(row, reach, day, option, np.append(first, begun.size), place.astype(np.int32), plan.rest[begun])


def trace_of(places: int, limit: int) -> Trace:
    """Return room for one journey of so many days."""
    # A journey takes each route once at most, and is noted a few times each night.
    notes = places + 3 * limit + 4
    return Trace(_ints(notes), _ints(notes), np.zeros(notes), _ints(limit), _ints(limit), np.zeros(limit))


def _rows(routes: int, options: int, places: int, queues: int) -> Rows:
    night = routes + options
    fresh = night + 2 * places + options
    return Rows(
        routes,
        night,
        night + places,
        night + 2 * places,
        fresh,
        fresh + queues,
        fresh + 2 * queues,
    )


def _ints(size: int) -> NDArray[np.int32]:
    return np.zeros(size, np.int32)


def _nothing(*shape: int) -> NDArray[Any]:
    return np.full(shape, -1, np.int32)
