"""Where those are who are on their way without chance, one by one: for other ways, for a state, and from there on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.kernels.border import LONGEST_QUEUE
from tiau.engine.kernels.itineraries import follow, wrapped
from tiau.engine.kernels.lanes import LANES, add, add_times, holds
from tiau.engine.kernels.queues import noted_on, slot_of
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
def set_out(m, age, lanes, journeys, morning, goal, plan, parties):
    """Add those who set out on a morning as they are so many nights later, of some journeys: place * options + option.

    The journeys are in order.
    """
    weights, options = morning.weights, goal.size
    p, anybody = -1, False
    for start in journeys:
        while start >= (p + 1) * options:
            p += 1
            anybody = holds(morning.choosers[p])
        k, night = start - p * options, plan.nights[start] + age - 1
        if anybody and night < plan.nights[start + 1] and weights[p, k] > 0.0 and p != goal[k]:
            i = _put(parties, m, k, plan.place[night], plan.route[night], plan.left[night], -1)
            for lane in range(LANES):
                if lanes[lane] >= 0:
                    there = morning.choosers[p, lane] * weights[p, k] * morning.drawn_to[k, lane]
                    parties.people[m, i, lanes[lane]] = there


@lean
def let_through(m, age, lanes, wanted, overnight, gates, onward, plan, parties):
    """Add those (queue, lane) whom queues let through on a morning as they are so many nights later."""
    starts = wanted.size
    for q in range(gates.size[0]):
        if not wanted[onward[q]]:
            continue
        night = plan.nights[starts + q] + age - 1
        if night < plan.nights[starts + q + 1] and holds(overnight[q]):
            i = _put(parties, m, gates.option[q], plan.place[night], plan.route[night], plan.left[night], -1)
            for lane in range(LANES):
                if lanes[lane] >= 0:
                    parties.people[m, i, lanes[lane]] = overnight[q, lane]


@lean
def let_through_by_day(m, age, lanes, wanted, passed, rest, gates, onward, end, rows, plan, parties):
    """Add those (queue, lane) who got through in the course of a day as they are so many nights later."""
    for q in range(gates.size[0]):
        if not wanted[onward[q]]:
            continue
        for lane in range(LANES):
            if passed[q, lane] > 0.0:
                i = _by_the_way(m, q, age, rest[q, lane], gates, end, rows, plan, parties)
                if i >= 0:
                    parties.people[m, i, lanes[lane]] = passed[q, lane]


@within
def _by_the_way(m, q, age, rest, gates, end, rows, plan, parties):
    """Add a party without people where somebody is so many nights after a queue; return which, or -1 if nowhere."""
    p, stands = np.int64(gates.place[q]), False
    for i in range(plan.from_queue[q], plan.from_queue[q + 1]):
        row, time = np.int64(plan.passed[i]), plan.time[i]
        if rows.night <= row < rows.fresh:
            continue
        day, left = noted_on(row, time, rest, rows)
        if day >= age:
            if stands or row >= rows.arrive:
                return _put(parties, m, gates.option[q], p, AT_PLACE, 0.0, -1)
            return _put(parties, m, gates.option[q], p, row, time - rest - (age - 1), -1)
        if row < rows.arrive:
            p, stands = np.int64(end[row]), day == age - 1 and left == 0.0
    return -1


@lean
def stand(m, day, lanes, those, queues, gates, parties):
    """Add those who wait in some of the queues at the end of a day."""
    for q in those:
        for slot in range(queues.waiting.shape[0]):
            waiting = queues.waiting[slot, q]
            if holds(waiting):
                since = day - (day - slot) % (LONGEST_QUEUE + 1)
                i = _put(parties, m, gates.option[q], gates.place[q], AT_PLACE, float(gates.route[q]), since)
                for lane in range(LANES):
                    if lanes[lane] >= 0:
                        parties.people[m, i, lanes[lane]] = waiting[lane] * queues.scale[q, lane]


@lean
def go_on(m, age, lanes, wanted, earlier, land, rows, gates, trace, parties):
    """Add those who were taken up on a morning as they are so many nights later."""
    for i in range(earlier.size[m]):
        k, p, r = earlier.option[m, i], earlier.place[m, i], np.int64(earlier.route[m, i])
        if (
            not wanted[journey_of(m, i, earlier, land)]
            or not _anybody(m, i, lanes, earlier)
            or _waits(m, i, earlier, land)
        ):
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
def journey_of(m, i, parties, land):
    """Return the number of the journey, place * options + option, of a party, or of where its route ends."""
    p, r = np.int64(parties.place[m, i]), np.int64(parties.route[m, i])
    return (p if r == AT_PLACE else np.int64(land.end[r])) * land.goal.size + parties.option[m, i]


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
