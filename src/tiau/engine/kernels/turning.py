"""Ways change: whose journey is another from today on, and what was noted of the days that are to come."""

from __future__ import annotations

import numpy as np

from tiau.engine.kernels.itineraries import NOWHERE, follow, wrapped
from tiau.engine.kernels.lanes import LANES, add, clear, holds
from tiau.engine.kernels.parties import journey_of
from tiau.engine.kernels.queues import noted_on
from tiau.engine.kernels.travel import AT_PLACE
from tiau.engine.streams import lean, within

ROUNDING = 1e-12
UNKNOWN, SAME, OTHER = 0, 1, 2


@lean
def differ(land, new, found):
    """Find the journeys (place, option) that are others than in a `new` land, up to their end or first crossing."""
    options, places = land.next.shape
    for k in range(options):
        for p in range(places):
            here = p
            while found[here, k] == UNKNOWN:
                if _differs(k, here, land, new):
                    found[here, k] = OTHER
                elif not _goes_on(k, here, land):
                    found[here, k] = SAME
                else:
                    here = np.int64(land.end[land.next[k, here]])
            last, here = found[here, k], p
            while found[here, k] == UNKNOWN:
                found[here, k] = last
                here = np.int64(land.end[land.next[k, here]])


@within
def _goes_on(k, p, land):
    onto = np.int64(land.next[k, p])
    return p != land.goal[k] and onto >= 0 and not land.gated[onto]


@within
def _differs(k, p, land, new):
    onto = np.int64(land.next[k, p])
    if p == land.goal[k]:
        return land.shut[p] != new.shut[p]
    return onto != new.next[k, p] or (onto >= 0 and land.gated[onto] != new.gated[onto])


@lean
def take_off(m, first, last, ends, lanes, parties, land, rows, gates, trace, ahead, start, size, desk, moving):
    """Take parties from the `first` to before the `last` off what is noted of today and later.

    They are on their way (1, lane) no longer. Of some the `ends` are not noted.
    """
    for i in range(first, last):
        k, p, r = parties.option[m, i], parties.place[m, i], np.int64(parties.route[m, i])
        for lane in range(LANES):
            desk[0, lane] = parties.people[m, i, lanes[lane]] if lanes[lane] >= 0 else 0.0
            moving[0, lane] -= desk[0, lane]
        if r == AT_PLACE and land.next[k, p] < 0:
            # They have stood there overnight, and would have chosen again this morning.
            _less(ahead, start + rows.back + p, desk)
            _less(ahead, start + rows.lost + k, desk)
            continue
        notes, _, rest = follow(k, p, r, parties.left[m, i], 1.0, land, rows, gates, trace)
        for j in range(notes):
            row = trace.row[j]
            if not ends and (row >= rows.fresh or rows.arrive <= row < rows.night):
                continue
            note = wrapped(start + trace.day[j] * rows.whole + row, size)
            _less(ahead, note, desk)
            if row >= rows.fresh:
                for lane in range(LANES):
                    _less_left(ahead, note, note + rows.reach - rows.fresh, lane, desk[0, lane] * rest)
    clear(desk, 0)


@within
def _less(ahead, note, desk):
    """Take those on the desk off a note."""
    for lane in range(LANES):
        ahead[note, lane] = _rest_of(ahead[note, lane], desk[0, lane])


@within
def _less_left(ahead, note, reach, lane, left):
    """Take what is left of the day to people off a note of those who come to a queue, of whom some are left."""
    ahead[reach, lane] = _rest_of(ahead[reach, lane], left) if ahead[note, lane] > 0.0 else 0.0


@within
def _rest_of(noted, people):
    """Return how many are noted without some people; what rounding leaves of nobody is nobody."""
    return noted - people if noted - people > ROUNDING * people else 0.0


@lean
def call_back(
    age, those, passed, rest, then_gates, then_rows, plan, end, goal, gates, rows, ahead, start, size, moving
):  # fmt: skip
    """Take those who got through in the course of a day (queue, lane), so many nights ago, off what is noted.

    They are those of some queues, which have the numbers that they had then; on their way (1, lane) no longer.
    """
    for q in those:
        k = np.int64(then_gates.option[q])
        for i in range(plan.from_queue[q], plan.from_queue[q + 1]):
            row, time = np.int64(plan.passed[i]), plan.time[i]
            if rows.night <= row < then_rows.fresh:
                continue
            for lane in range(LANES):
                n = passed[q, lane]
                day, left = noted_on(row, time, rest[q, lane], then_rows)
                if n <= 0.0 or day < age:
                    continue
                today = start + (day - age) * rows.whole
                if row >= rows.arrive:
                    moving[0, lane] -= n
                elif left == 0.0 and end[row] != goal[k]:
                    night = wrapped(today + rows.night + end[row], size)
                    ahead[night, lane] = _rest_of(ahead[night, lane], n)
                there = row - then_rows.fresh
                at = row if there < 0 else rows.fresh + gates.at[then_gates.place[there], then_gates.option[there]]
                note = wrapped(today + at, size)
                ahead[note, lane] = _rest_of(ahead[note, lane], n)
                if there >= 0:
                    _less_left(ahead, note, note + rows.reach - rows.fresh, lane, n * left)


@lean
def strike_out(m, lanes, changed, parties, land):
    """Take those of some parties whose journey has `changed` out of them."""
    for i in range(parties.size[m]):
        if changed[journey_of(m, i, parties, land)]:
            for lane in range(LANES):
                if lanes[lane] >= 0:
                    parties.people[m, i, lanes[lane]] = 0.0


@lean
def renumber(to, rows, gates, ahead, waiting):
    """Give queues the numbers `to` (queue,) in the same room, where their order stays as it is."""
    many, moved = gates.size[0], 0
    while moved < many and to[moved] == moved:
        moved += 1
    for day in range(0, ahead.shape[0], rows.whole):
        _renumber(to, moved, many, ahead, day + rows.fresh, rows.reach - rows.fresh)
    for slot in range(waiting.shape[0]):
        _renumber(to, moved, many, waiting[slot], 0, 0)


@within
def _renumber(to, moved, many, of, first, beside):
    """Move rows of queues, of which the first are where they are to be, and those that are so far beside them."""
    for q in range(moved, many):
        if to[q] <= q:
            _move(of, first + q, first + to[q] if to[q] != NOWHERE else NOWHERE, beside)
    # Who moves up makes room for those before.
    for q in range(many - 1, moved - 1, -1):
        if to[q] > q:
            _move(of, first + q, first + to[q], beside)


@within
def _move(of, old, new, beside):
    if new == old or not holds(of[old]):
        return
    if new != NOWHERE:
        add(of, new, of, old)
        if beside:
            add(of, new + beside, of, old + beside)
    clear(of, old)
    clear(of, old + beside)


@lean
def hand_on(day, days, rows, gates, ahead, waiting, to, new_rows, new_ahead, new_waiting):
    """Hand on what is noted of so many days from today on, and who waits, to queues of the numbers `to` (queue,)."""
    slots, new_slots = ahead.shape[0] // rows.whole, new_ahead.shape[0] // new_rows.whole
    for t in range(day, day + days):
        old, new = t % slots * rows.whole, t % new_slots * new_rows.whole
        for row in range(rows.fresh):
            _hand_on(new_ahead, new + row, ahead, old + row)
        for q in range(gates.size[0]):
            if to[q] != NOWHERE:
                _hand_on(new_ahead, new + new_rows.fresh + to[q], ahead, old + rows.fresh + q)
                _hand_on(new_ahead, new + new_rows.reach + to[q], ahead, old + rows.reach + q)
    for slot in range(waiting.shape[0]):
        for q in range(gates.size[0]):
            if to[q] != NOWHERE:
                _hand_on(new_waiting[slot], np.int64(to[q]), waiting[slot], q)


@within
def _hand_on(new, i, old, j):
    # Room that nobody needs is not even touched.
    if holds(old[j]):
        add(new, i, old, j)
