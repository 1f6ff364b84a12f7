"""What happens without chance at crossings where acts hold: shares pass, are pushed back, wait or do something else."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.kernels.border import LONGEST_QUEUE
from tiau.engine.kernels.itineraries import wrapped
from tiau.engine.kernels.lanes import LANES, add, add_times, clear, multiply
from tiau.engine.streams import lean, within

Floats = NDArray[np.float64]
SPECK = 1e-10
NOBODY = 1e-100
SMALLEST = 1e-50


class Queues(NamedTuple):
    """People of up to eight groups of a member who stand at crossings on their way to an option.

    Attributes
    ----------
    waiting : float array (slot, queue, lane), persons
        Who wait since the day that has the slot, to be multiplied by `scale`; see `slot_of`.
    scale, whole : float arrays (queue, lane)
        Where no quota holds as many of all go on waiting: that is noted in `scale` alone. `whole` is how many wait.
    fresh, reach : float arrays (queue, lane), persons and person-days
        Who have come now, and what is left of the day to all of them together.
    overnight, passed, rest : float arrays (queue, lane)
        Who get through in the morning; who have come now and get through, and what is left of the day to each, days.
    tried : float array (queue, lane), persons
    """

    waiting: Floats
    scale: Floats
    whole: Floats
    fresh: Floats
    reach: Floats
    overnight: Floats
    passed: Floats
    rest: Floats
    tried: Floats


class Rates(NamedTuple):
    """What becomes of those who try at a queue under a law: shares of them, and of those who are refused.

    Attributes
    ----------
    allowed, pushed : float arrays (queue, lane)
    stay, stay_new, through, refused : float arrays (queue, lane)
        Who goes on waiting of those who have waited over night, and of the others; who gets through; who is refused.
        Where a quota holds they change nothing: that is settled by how long people have waited.
    wait, other_way, irregular, give_up : float arrays (queue,)
    limited : int array (any,)
        Queues where a quota holds.
    """

    allowed: Floats
    pushed: Floats
    stay: Floats
    stay_new: Floats
    through: Floats
    refused: Floats
    wait: Floats
    other_way: Floats
    irregular: Floats
    give_up: Floats
    limited: NDArray[np.int64]


class Books(NamedTuple):
    """What is booked of a round; empty before and after.

    Attributes
    ----------
    refused, irregular : float arrays (route, lane), persons
    looking, giving_up : float arrays (place, lane), persons
    away : float array (option,), persons
        Who are no longer bound for it.
    desk : float array (1, lane)
        Room to reckon in.
    """

    refused: Floats
    irregular: Floats
    looking: Floats
    giving_up: Floats
    away: Floats
    desk: Floats


@within
def slot_of(day):
    """Return the slot of those who wait since a day; the day before the longest that is told apart has the same."""
    return day % (LONGEST_QUEUE + 1)


@lean
def grow_older(m, day, lanes, people, queues, gates):
    """Begin a day: who waits longer than is told apart counts as one day less.

    Where fewer than a ten-billionth of a person wait they choose again, and where next to nothing of a person does it
    gives up: else shares of shares would go on for ever.
    """
    new, oldest = queues.waiting[slot_of(day)], queues.waiting[slot_of(day - LONGEST_QUEUE)]
    for q in range(gates.size[0]):
        add(oldest, q, new, q)
        clear(new, q)
        whole, scale = queues.whole[q], queues.scale[q]
        rare = False
        for lane in range(LANES):
            rare |= (whole[lane] > 0.0) & (whole[lane] < SPECK) | (scale[lane] < SMALLEST)
        if not rare:
            continue
        for lane in range(LANES):
            if 0.0 < whole[lane] < SPECK:
                those = people.choosing if whole[lane] > NOBODY else people.gave_up
                those[m, lanes[lane], gates.place[q]] += whole[lane]
                people.toward[m, gates.option[q]] -= whole[lane]
                whole[lane] = scale[lane] = 0.0
            if scale[lane] < SMALLEST:
                for slot in range(queues.waiting.shape[0]):
                    queues.waiting[slot, q, lane] *= scale[lane]
                scale[lane] = 1.0


@lean
def call_up(queues, gates, rows, ahead, start, moving):
    """Call up who has come to queues now, and is on the way (1, lane) no longer; tell whether anybody has."""
    found = False
    for q in range(gates.size[0]):
        come, left = ahead[start + rows.fresh + q], ahead[start + rows.reach + q]
        for lane in range(LANES):
            found |= come[lane] > 0.0
            queues.fresh[q, lane], queues.reach[q, lane] = come[lane], left[lane]
            moving[0, lane] -= come[lane]
        clear(ahead, start + rows.fresh + q)
        clear(ahead, start + rows.reach + q)
    return found


@lean
def ask(first, day, queues, gates, rates, crossing, asked):
    """Add to `asked` (crossing, slot) whom acts let pass where a quota holds."""
    for q in rates.limited:
        c = crossing[gates.route[q]]
        for lane in range(LANES):
            passes = rates.allowed[q, lane]
            asked[c, slot_of(day)] += queues.fresh[q, lane] * passes
            if first:
                for slot in range(asked.shape[1]):
                    asked[c, slot] += queues.waiting[slot, q, lane] * queues.scale[q, lane] * passes


@lean
def serve(day, quota, left, asked):
    """Make of `asked` (crossing, slot) the share that a quota serves, the oldest first; `left` is what it has left."""
    for c in range(quota.size):
        if quota[c] == np.inf:
            continue
        for since in range(day - LONGEST_QUEUE, day + 1):
            slot = slot_of(since)
            allowed = asked[c, slot]
            places = min(allowed, left[c])
            left[c] -= places
            asked[c, slot] = places / allowed if allowed > 0.0 else 1.0


@lean
def settle(first, many, some, whole, scale, new, rates):
    """Settle the attempts of those who stand at so many crossings, where no quota holds, all arrays in one row.

    `some` are queues; `whole`, `scale`, and who waits since today, `new`, are of them.
    """
    if first:
        for i in range(many * LANES):
            some.tried[i] = whole[i]
            some.overnight[i] = whole[i] * rates.through[i]
            whole[i] *= rates.stay[i]
            scale[i] *= rates.stay[i]
    else:
        for i in range(many * LANES):
            some.tried[i] = 0.0
    for i in range(many * LANES):
        n = some.fresh[i]
        staying = n * rates.stay_new[i]
        some.tried[i] += n
        some.passed[i] = n * rates.through[i]
        whole[i] += staying
        # Of nobody who waits the scale may have become 0.
        new[i] += staying / max(scale[i], SMALLEST * SMALLEST)


@lean
def settle_by_age(first, day, queues, gates, rates, crossing, served, books):
    """Settle the attempts where a quota holds: shares of those whom acts let pass are `served` (crossing, slot)."""
    for q in rates.limited:
        c = crossing[gates.route[q]]
        here = served[c, slot_of(day)]
        for lane in range(LANES):
            allowed, pushed, scale = rates.allowed[q, lane], rates.pushed[q, lane], queues.scale[q, lane]
            getting = left = waited = 0.0
            if first:
                for slot in range(served.shape[1]):
                    n = queues.waiting[slot, q, lane] * scale
                    staying = _staying(allowed, pushed, served[c, slot], rates.wait[q])
                    queues.waiting[slot, q, lane] *= staying
                    waited += n
                    getting += n * allowed * served[c, slot]
                    left += n * staying
                queues.whole[q, lane] = left
            come = queues.fresh[q, lane]
            staying = come * _staying(allowed, pushed, here, rates.wait[q])
            queues.waiting[slot_of(day), q, lane] += staying / scale
            queues.whole[q, lane] += staying
            new = come * allowed * here
            refused = (waited + come) * (1.0 - allowed) + (getting + new) * pushed
            if first:
                queues.overnight[q, lane] = getting * (1.0 - pushed) + rates.irregular[q] * (
                    waited * (1.0 - allowed) + getting * pushed
                )
            queues.passed[q, lane] = new * (1.0 - pushed) + rates.irregular[q] * (come * (1.0 - allowed) + new * pushed)
            books.desk[0, lane] = refused
        _book(q, gates, rates, books)


@within
def _staying(allowed, pushed, served, wait):
    """Return the share of those who try that goes on waiting, if a share of those whom acts let pass is served."""
    getting = allowed * served
    return allowed - getting + (1.0 - allowed + getting * pushed) * wait


@lean
def book(m, lanes, people, queues, gates, rates, books):
    """Book who was refused, and what they do; empties the books for that."""
    for q in range(gates.size[0]):
        multiply(books.desk, 0, queues.tried, q, rates.refused, q, 1.0)
        _book(q, gates, rates, books)
    for k in range(books.away.size):
        people.toward[m, k] -= books.away[k]
        books.away[k] = 0.0
    for lane in range(LANES):
        g = lanes[lane]
        for r in range(books.refused.shape[0]):
            if g >= 0 and books.refused[r, lane] > 0.0:
                people.turned_back[m, g, r] += books.refused[r, lane]
                people.irregular[m, g, r] += books.irregular[r, lane]
            books.refused[r, lane] = books.irregular[r, lane] = 0.0
        for p in range(books.looking.shape[0]):
            if g >= 0:
                people.choosing[m, g, p] += books.looking[p, lane]
                people.gave_up[m, g, p] += books.giving_up[p, lane]
            books.looking[p, lane] = books.giving_up[p, lane] = 0.0


@within
def _book(q, gates, rates, books):
    """Book those refused at a queue, who are on the desk."""
    r, p = np.int64(gates.route[q]), np.int64(gates.place[q])
    add(books.refused, r, books.desk, 0)
    add_times(books.irregular, r, books.desk, 0, rates.irregular[q])
    add_times(books.looking, p, books.desk, 0, rates.other_way[q])
    add_times(books.giving_up, p, books.desk, 0, rates.give_up[q])
    refused = 0.0
    for lane in range(LANES):
        refused += books.desk[0, lane]
    books.away[gates.option[q]] += refused * (rates.other_way[q] + rates.give_up[q])


@lean
def go_on(first, queues, gates, end, goal, plan, rows, ahead, start, size, moving):
    """Write into `ahead` what the journeys bring of those who got through: in the morning, and during the day.

    They are on their way (1, lane) again. Returns whether any may come to another queue today.
    """
    again = False
    for q in range(gates.size[0]):
        come = waited = 0.0
        for lane in range(LANES):
            waited += queues.overnight[q, lane] if first else 0.0
            come += queues.passed[q, lane]
        passed, rest = queues.passed[q], queues.rest[q]
        latest, earliest = _rests(q, come, queues)
        if waited > 0.0:
            add(moving, 0, queues.overnight, q)
        if come > 0.0:
            add(moving, 0, queues.passed, q)
        for i in range(plan.from_queue[q], plan.from_queue[q + 1]):
            row, time = np.int64(plan.passed[i]), plan.time[i]
            again |= row >= rows.fresh and (plan.passed_day[i] == 0 or time <= latest)
            if waited > 0.0:
                note = wrapped(start + plan.passed_day[i] * rows.whole + row, size)
                add(ahead, note, queues.overnight, q)
                if row >= rows.fresh:
                    add_times(ahead, note + rows.reach - rows.fresh, queues.overnight, q, plan.at_end[q])
            if come <= 0.0:
                continue
            day = _day_of(time, earliest)
            if row < rows.night and day == _day_of(time, latest):
                add(ahead, wrapped(start + day * rows.whole + row, size), queues.passed, q)
                tie = earliest + day == time
            else:
                tie = row < rows.arrive
                if row < rows.night or row >= rows.fresh:
                    _each(row, time, passed, rest, rows, ahead, start, size)
            if tie and row < rows.arrive and end[row] != goal[gates.option[q]]:
                _sleep(rows.night + end[row], time, passed, rest, rows, ahead, start, size)
    return again


@within
def _rests(q, come, queues):
    """Find what is left of the day to those who got through; return the longest and the shortest rest."""
    longest, shortest = 0.0, 2.0
    if come > 0.0:
        for lane in range(LANES):
            if queues.fresh[q, lane] > 0.0:
                rest = queues.reach[q, lane] / queues.fresh[q, lane]
                queues.rest[q, lane] = rest
                longest, shortest = max(longest, rest), min(shortest, rest)
    return longest, shortest


@within
def _day_of(time, rest):
    """Return the day on which somebody has come so far, who had a rest of the first day left."""
    return 0 if time <= rest else np.int64(math.ceil(time - rest))


@within
def noted_on(row, time, rest, rows):
    """Return the day on which is noted that somebody has come so far, and what is left of it."""
    day = _day_of(time, rest)
    left = rest + day - time
    # Who stands at a crossing as the day ends tries in the morning.
    return (day + 1, 1.0) if row >= rows.fresh and left <= 0.0 else (day, left)


@within
def _each(row, time, passed, rest, rows, ahead, start, size):
    """Note for each lane what happens when it has come so far."""
    for lane in range(LANES):
        if passed[lane] <= 0.0:
            continue
        day, left = noted_on(row, time, rest[lane], rows)
        note = wrapped(start + day * rows.whole + row, size)
        if row >= rows.fresh:
            ahead[note + rows.reach - rows.fresh, lane] += passed[lane] * left
        ahead[note, lane] += passed[lane]


@within
def _sleep(row, time, passed, rest, rows, ahead, start, size):
    """Note who stands at a place overnight as the day ended just when they came there."""
    for lane in range(LANES):
        day = _day_of(time, rest[lane])
        if passed[lane] > 0.0 and rest[lane] + day == time:
            ahead[wrapped(start + day * rows.whole + row, size), lane] += passed[lane]
