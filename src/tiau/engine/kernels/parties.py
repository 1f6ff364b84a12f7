"""Where those are who are on their way without chance, one by one: for other ways, for a state, and from there on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.kernels.border import LONGEST_QUEUE
from tiau.engine.kernels.itineraries import follow, wrapped
from tiau.engine.kernels.lanes import LANES, add, add_times, holds
from tiau.engine.kernels.queues import slot_of
from tiau.engine.kernels.travel import AT_PLACE
from tiau.engine.streams import lean, within

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


class Parties(NamedTuple):
    """People of all groups who are on their way to an option from the same place; member m has `size[m]` of them.

    Attributes
    ----------
    size : int array (member,)
    option, place, route, left, since : arrays (member, party)
        As in `cohorts.Cells`; who waits has the route that they wait for in `left`.
    people : float array (member, party, group), persons
    """

    size: NDArray[np.int64]
    option: Ints
    place: Ints
    route: Ints
    left: Floats
    since: Ints
    people: Floats


@within
def _put(parties, m, k, p, r, left, since):
    """Add a party without people; there is room for it. Returns which it is."""
    i = parties.size[m]
    parties.option[m, i], parties.place[m, i], parties.route[m, i] = k, p, r
    parties.left[m, i], parties.since[m, i] = left, since
    parties.size[m] = i + 1
    return i


@lean
def set_out(m, age, lanes, morning, goal, plan, parties):
    """Add those who set out on a morning as they are so many nights later."""
    weights = morning.weights
    places, options = weights.shape
    for p in range(places):
        if not holds(morning.choosers[p]):
            continue
        for k in range(options):
            night = plan.nights[p * options + k] + age - 1
            if weights[p, k] > 0.0 and p != goal[k] and night < plan.nights[p * options + k + 1]:
                i = _put(parties, m, k, plan.place[night], plan.route[night], plan.left[night], -1)
                for lane in range(LANES):
                    if lanes[lane] >= 0:
                        there = morning.choosers[p, lane] * weights[p, k] * morning.drawn_to[k, lane]
                        parties.people[m, i, lanes[lane]] = there


@lean
def let_through(m, age, lanes, overnight, gates, starts, plan, parties):
    """Add those (queue, lane) whom queues let through on a morning as they are so many nights later."""
    for q in range(gates.size[0]):
        night = plan.nights[starts + q] + age - 1
        if night < plan.nights[starts + q + 1] and holds(overnight[q]):
            i = _put(parties, m, gates.option[q], plan.place[night], plan.route[night], plan.left[night], -1)
            for lane in range(LANES):
                if lanes[lane] >= 0:
                    parties.people[m, i, lanes[lane]] = overnight[q, lane]


@lean
def let_through_by_day(m, age, lanes, passed, rest, gates, land, rows, trace, parties):
    """Add those (queue, lane) who got through in the course of a day as they are so many nights later."""
    for q in range(gates.size[0]):
        k, p, r = gates.option[q], gates.place[q], np.int64(gates.route[q])
        for lane in range(LANES):
            if passed[q, lane] > 0.0:
                _, nights, _ = follow(k, p, r, land.days[r], rest[q, lane], land, rows, gates, trace)
                if age <= nights:
                    j = age - 1
                    i = _put(parties, m, k, trace.place[j], trace.route[j], trace.left[j], -1)
                    parties.people[m, i, lanes[lane]] = passed[q, lane]


@lean
def stand(m, day, lanes, queues, gates, parties):
    """Add those who wait in queues at the end of a day."""
    for q in range(gates.size[0]):
        for slot in range(queues.waiting.shape[0]):
            waiting = queues.waiting[slot, q]
            if holds(waiting):
                since = day - (day - slot) % (LONGEST_QUEUE + 1)
                i = _put(parties, m, gates.option[q], gates.place[q], AT_PLACE, float(gates.route[q]), since)
                for lane in range(LANES):
                    if lanes[lane] >= 0:
                        parties.people[m, i, lanes[lane]] = waiting[lane] * queues.scale[q, lane]


@lean
def go_on(m, age, lanes, earlier, land, rows, gates, trace, parties):
    """Add those who were taken up on a morning as they are so many nights later."""
    for i in range(earlier.size[m]):
        k, p, r = earlier.option[m, i], earlier.place[m, i], np.int64(earlier.route[m, i])
        if not _anybody(m, i, lanes, earlier) or _waits(m, i, earlier, land):
            continue
        if r == AT_PLACE and land.next[k, p] < 0:
            continue
        _, nights, _ = follow(k, p, r, earlier.left[m, i], 1.0, land, rows, gates, trace)
        if age <= nights:
            j = age - 1
            added = _put(parties, m, k, trace.place[j], trace.route[j], trace.left[j], -1)
            for lane in range(LANES):
                if lanes[lane] >= 0:
                    parties.people[m, added, lanes[lane]] = earlier.people[m, i, lanes[lane]]


@lean
def take_up(
    m, day, lanes, parties, people, land, rows, gates, trace, queues, ahead, start, size, desk, moving
):  # fmt: skip
    """Take up parties on a morning: they choose again, wait, or are on their way (1, lane), as `ahead` is to say."""
    for i in range(parties.size[m]):
        if not _anybody(m, i, lanes, parties):
            continue
        k, p, r = parties.option[m, i], parties.place[m, i], np.int64(parties.route[m, i])
        here = parties.people[m, i]
        if _waits(m, i, parties, land):
            q = gates.at[p, k]
            slot = slot_of(max(parties.since[m, i], day - LONGEST_QUEUE))
            for lane in range(LANES):
                if lanes[lane] >= 0:
                    queues.waiting[slot, q, lane] += here[lanes[lane]]
                    queues.whole[q, lane] += here[lanes[lane]]
            continue
        if r == AT_PLACE and land.next[k, p] < 0:
            for lane in range(LANES):
                if lanes[lane] >= 0:
                    people.choosing[m, lanes[lane], p] += here[lanes[lane]]
                    people.toward[m, k] -= here[lanes[lane]]
            continue
        for lane in range(LANES):
            desk[0, lane] = here[lanes[lane]] if lanes[lane] >= 0 else 0.0
        notes, _, rest = follow(k, p, r, parties.left[m, i], 1.0, land, rows, gates, trace)
        add(moving, 0, desk, 0)
        for j in range(notes):
            note = wrapped(start + trace.day[j] * rows.whole + trace.row[j], size)
            add(ahead, note, desk, 0)
            if trace.row[j] >= rows.fresh:
                add_times(ahead, note + rows.reach - rows.fresh, desk, 0, rest)


@within
def _anybody(m, i, lanes, parties):
    found = False
    for lane in range(LANES):
        if lanes[lane] >= 0:
            found |= parties.people[m, i, lanes[lane]] > 0.0
    return found


@within
def _waits(m, i, parties, land):
    """Tell whether a party keeps its place in the queue of the crossing that it waits at: that of this one alone."""
    k, p = parties.option[m, i], parties.place[m, i]
    onto = np.int64(land.next[k, p])
    return (
        parties.route[m, i] == AT_PLACE and parties.since[m, i] >= 0 and onto >= 0 and parties.left[m, i] == onto
        and land.gated[onto]
    )  # fmt: skip
