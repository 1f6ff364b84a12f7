"""What happens without chance at crossings where acts hold: shares pass, are pushed back, wait or do something else."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.kernels.border import LONGEST_QUEUE
from tiau.engine.kernels.itineraries import LANES, wrapped
from tiau.engine.streams import lean, within

Floats = NDArray[np.float64]
SPECK = 1e-10
NOBODY = 1e-100
SMALLEST = 1e-50


class Queues(NamedTuple):
    """People of up to eight groups of a member who stand at crossings on their way to an option.

    Attributes
    ----------
    waiting : float array (queue, slot, lane), persons
        Who wait since the day that has the slot, to be multiplied by `scale`; see `slot_of`.
    scale, whole : float arrays (queue, lane)
        Where no quota holds as many of all go on waiting: that is noted in `scale` alone. `whole` is how many wait.
    fresh, reach : float arrays (queue, lane), persons and person-days
        Who have come now, and what is left of the day to all of them together.
    overnight, passed, rest : float arrays (queue, lane)
        Who get through in the morning; who have come today and get through, and what is left of the day to each, days.
    """

    waiting: Floats
    scale: Floats
    whole: Floats
    fresh: Floats
    reach: Floats
    overnight: Floats
    passed: Floats
    rest: Floats


class Desk(NamedTuple):
    """Room to reckon in.

    Attributes
    ----------
    allowed, pushed, left, getting : float arrays (lane,)
    refused, irregular : float arrays (route, lane)
    looking, giving_up : float arrays (place, lane)
    """

    allowed: Floats
    pushed: Floats
    left: Floats
    getting: Floats
    refused: Floats
    irregular: Floats
    looking: Floats
    giving_up: Floats


class Shares(NamedTuple):
    """What those do who are refused at a route, as shares of them."""

    wait: float
    other_way: float
    through: float
    give_up: float


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
    new, oldest = slot_of(day), slot_of(day - LONGEST_QUEUE)
    for q in range(gates.size[0]):
        whole, scale = queues.whole[q], queues.scale[q]
        slot, other = queues.waiting[q, oldest], queues.waiting[q, new]
        few = False
        for lane in range(LANES):
            slot[lane] += other[lane]
            other[lane] = 0.0
            few |= (0.0 < whole[lane] < SPECK) | (scale[lane] < SMALLEST)
        if few:
            for lane in range(LANES):
                if 0.0 < whole[lane] < SPECK:
                    those = people.choosing if whole[lane] > NOBODY else people.gave_up
                    those[m, lanes[lane], gates.place[q]] += whole[lane]
                    people.toward[m, gates.option[q]] -= whole[lane]
                    whole[lane] = scale[lane] = 0.0
                if scale[lane] < SMALLEST:
                    for i in range(queues.waiting.shape[1]):
                        queues.waiting[q, i, lane] *= scale[lane]
                    scale[lane] = 1.0


@lean
def call(rows, gates, queues, ahead, start, moving):
    """Call up those who have come to queues now; return whether there are any."""
    found = False
    for q in range(gates.size[0]):
        note = start + rows.fresh + 2 * q
        here, left = ahead[note], ahead[note + 1]
        fresh, reach = queues.fresh[q], queues.reach[q]
        for lane in range(LANES):
            fresh[lane] = here[lane]
            reach[lane] = left[lane]
            here[lane] = left[lane] = 0.0
            moving[lane] -= fresh[lane]
            found |= fresh[lane] > 0.0
    return found


@lean
def ask(m, first, day, lanes, queues, gates, border, passing, crossing, asked):
    """Add to `asked` (crossing, slot) whom acts let pass where a quota holds."""
    for q in range(gates.size[0]):
        r = gates.route[q]
        c = crossing[r]
        if c < 0 or border.quota[c] == np.inf or border.shut[r]:
            continue
        for lane in range(LANES):
            if lanes[lane] < 0:
                continue
            passes = passing[m, border.regime[lanes[lane], r]]
            asked[c, slot_of(day)] += queues.fresh[q, lane] * passes
            if first:
                for slot in range(asked.shape[1]):
                    asked[c, slot] += queues.waiting[q, slot, lane] * queues.scale[q, lane] * passes


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
def settle(m, first, day, lanes, people, queues, gates, border, passage, crossing, served, rules, desk):
    """Settle the attempts of those who stand at crossings: of those who have come now, and at `first` of all others.

    Fills `overnight` at first, `passed` and `rest`.
    """
    for books in (desk.refused, desk.irregular, desk.looking, desk.giving_up):
        for i in range(books.shape[0]):
            for lane in range(LANES):
                books[i, lane] = 0.0
    before = -1
    shares = Shares(0.0, 0.0, 0.0, 0.0)
    for q in range(gates.size[0]):
        fresh, whole, passed, overnight = queues.fresh[q], queues.whole[q], queues.passed[q], queues.overnight[q]
        come = standing = left = 0.0
        for lane in range(LANES):
            come += fresh[lane]
            left += queues.reach[q, lane]
            standing += whole[lane]
            passed[lane] = 0.0
        r = np.int64(gates.route[q])
        if r != before:
            shares, before = _shares_of(m, r, lanes, border, passage, rules, desk), r
        c = np.int64(crossing[r])
        has_quota = c >= 0 and border.quota[c] < np.inf
        if first:
            for lane in range(LANES):
                overnight[lane] = 0.0
            if standing > 0.0:
                if has_quota:
                    _by_age(q, served[c], shares, queues, desk)
                else:
                    _all_alike(q, shares, queues, desk)
                _part(m, q, r, whole, shares, people, gates, desk, overnight)
                for lane in range(LANES):
                    whole[lane] = desk.left[lane]
        if come > 0.0:
            share = served[c, slot_of(day)] if has_quota else 1.0
            for lane in range(LANES):
                desk.getting[lane] = fresh[lane] * desk.allowed[lane] * share
            new, scale, reach, rest = queues.waiting[q, slot_of(day)], queues.scale[q], queues.reach[q], queues.rest[q]
            for lane in range(LANES):
                staying = fresh[lane] * _staying(desk.allowed[lane], desk.pushed[lane], share, shares)
                new[lane] += staying / scale[lane]
                whole[lane] += staying
                rest[lane] = reach[lane] / fresh[lane] if fresh[lane] > 0.0 else left / come
            _part(m, q, r, fresh, shares, people, gates, desk, passed)
    _write_down(m, lanes, people, desk)


@within
def _shares_of(m, r, lanes, border, passage, rules, desk):
    """Fill what acts allow at a route; return what is done by those who are refused."""
    for lane in range(LANES):
        if lanes[lane] >= 0:
            regime = border.regime[lanes[lane], r]
            desk.allowed[lane] = 0.0 if border.shut[r] else passage.passing[m, regime]
            desk.pushed[lane] = passage.pushed[m, regime]
    wait, other_way, irregular = rules.blocked_wait[m], rules.blocked_other_way[m], rules.blocked_irregular[m]
    whole = wait + other_way + irregular + rules.blocked_give_up[m]
    if whole <= 0.0:
        wait = whole = 1.0
    through = irregular * passage.porous[m, r]
    return Shares(
        (wait + irregular - through) / whole, other_way / whole, through / whole, rules.blocked_give_up[m] / whole
    )


@within
def _staying(allowed, pushed, served, shares):
    """Return the share of those who try that goes on waiting, if a share of those whom acts let pass is served."""
    getting = allowed * served
    return allowed - getting + (1.0 - allowed + getting * pushed) * shares.wait


@within
def _all_alike(q, shares, queues, desk):
    """Find who gets in and who goes on waiting of those who have waited over night, where no quota holds."""
    whole, scale = queues.whole[q], queues.scale[q]
    for lane in range(LANES):
        staying = _staying(desk.allowed[lane], desk.pushed[lane], 1.0, shares)
        desk.getting[lane] = whole[lane] * desk.allowed[lane]
        desk.left[lane] = whole[lane] * staying
        scale[lane] *= staying if whole[lane] > 0.0 else 1.0


@within
def _by_age(q, served, shares, queues, desk):
    """Find who gets in and who goes on waiting of those who have waited over night, by how long they have."""
    for lane in range(LANES):
        desk.getting[lane] = desk.left[lane] = 0.0
    for slot in range(served.size):
        for lane in range(LANES):
            n = queues.waiting[q, slot, lane] * queues.scale[q, lane]
            desk.getting[lane] += n * desk.allowed[lane] * served[slot]
            staying = _staying(desk.allowed[lane], desk.pushed[lane], served[slot], shares)
            queues.waiting[q, slot, lane] *= staying
            desk.left[lane] += n * staying


@within
def _part(m, q, r, tried, shares, people, gates, desk, passed):
    """Book what became of people who tried, of whom some are let in and served; fill `passed` with those who go on."""
    refused, irregular = desk.refused[r], desk.irregular[r]
    looking, giving_up = desk.looking[gates.place[q]], desk.giving_up[gates.place[q]]
    away = 0.0
    for lane in range(LANES):
        pushed = desk.getting[lane] * desk.pushed[lane]
        kept_out = tried[lane] * (1.0 - desk.allowed[lane]) + pushed
        through = kept_out * shares.through
        refused[lane] += kept_out
        irregular[lane] += through
        looking[lane] += kept_out * shares.other_way
        giving_up[lane] += kept_out * shares.give_up
        passed[lane] = desk.getting[lane] - pushed + through
        away += kept_out
    people.toward[m, gates.option[q]] -= away * (shares.other_way + shares.give_up)


@within
def _write_down(m, lanes, people, desk):
    """Take what was booked over to the people."""
    for lane in range(LANES):
        g = lanes[lane]
        if g < 0:
            continue
        for r in range(desk.refused.shape[0]):
            people.turned_back[m, g, r] += desk.refused[r, lane]
            people.irregular[m, g, r] += desk.irregular[r, lane]
        for p in range(desk.looking.shape[0]):
            people.choosing[m, g, p] += desk.looking[p, lane]
            people.gave_up[m, g, p] += desk.giving_up[p, lane]


@lean
def go_on(first, queues, gates, end, goal, plan, rows, ahead, start, size, moving):
    """Write into `ahead` what the journeys bring of those who got through: in the morning, and during the day."""
    for q in range(gates.size[0]):
        overnight, passed = queues.overnight[q], queues.passed[q]
        come = waited = 0.0
        for lane in range(LANES):
            waited += overnight[lane] if first else 0.0
            come += passed[lane]
            moving[lane] += passed[lane] + (overnight[lane] if first else 0.0)
        for i in range(plan.from_queue[q], plan.from_queue[q + 1]):
            row = np.int64(plan.passed[i])
            if waited > 0.0:
                note = start + plan.passed_day[i] * rows.whole + row
                here = ahead[wrapped(note, size)]
                for lane in range(LANES):
                    here[lane] += overnight[lane]
                if row >= rows.fresh:
                    here = ahead[wrapped(note + 1, size)]
                    for lane in range(LANES):
                        here[lane] += overnight[lane] * plan.at_end[q]
            if come > 0.0 and (row < rows.night or row >= rows.fresh):
                onward = row < rows.arrive and end[row] != goal[gates.option[q]]
                _note_all(row, plan.time[i], passed, queues.rest[q], rows, ahead, start, size)
                if onward:
                    _note_nights(rows.night + end[row], plan.time[i], passed, queues.rest[q], rows, ahead, start, size)


@within
def _day_of(time, rest):
    """Return the day on which somebody has come so far, who had a rest of the first day left."""
    return 0 if time <= rest else np.int64(math.ceil(time - rest))


@within
def _note_all(row, time, passed, rest, rows, ahead, start, size):
    """Note for each lane what happens when it has come so far."""
    same = _day_of(time, rest[0])
    for lane in range(1, LANES):
        if _day_of(time, rest[lane]) != same:
            same = -1
    if same >= 0 and row < rows.fresh:
        here = ahead[wrapped(start + same * rows.whole + row, size)]
        for lane in range(LANES):
            here[lane] += passed[lane]
        return
    for lane in range(LANES):
        day = _day_of(time, rest[lane])
        left = rest[lane] + day - time
        if row >= rows.fresh:
            # Who stands there as the day ends tries in the morning.
            if left <= 0.0:
                day, left = day + 1, 1.0
            ahead[wrapped(start + day * rows.whole + row + 1, size), lane] += passed[lane] * left
        ahead[wrapped(start + day * rows.whole + row, size), lane] += passed[lane]


@within
def _note_nights(row, time, passed, rest, rows, ahead, start, size):
    """Note who stands at a place overnight as the day ended just when they came there."""
    for lane in range(LANES):
        day = _day_of(time, rest[lane])
        if rest[lane] + day == time:
            ahead[wrapped(start + day * rows.whole + row, size), lane] += passed[lane]
