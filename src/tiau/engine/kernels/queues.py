"""What happens without chance at crossings where acts hold: shares pass, are pushed back, wait or do something else."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.kernels.border import LONGEST_QUEUE
from tiau.engine.kernels.cohort_list import cohorts_of, put
from tiau.engine.kernels.stages import slot_of
from tiau.engine.streams import compiled, inlined, lean, within

Floats = NDArray[np.float64]
SPECK = 1e-10
NOBODY = 1e-100
SMALLEST = 1e-50


class Fate(NamedTuple):
    """What becomes of people of a group who try to pass: shares of all who try, and of those refused."""

    passing: float
    pushed: float
    wait: float
    other_way: float
    through: float
    give_up: float


@lean
def begin_day(day, people, queues):
    """Begin a day: who waits longer than is told apart counts as one day less.

    Where fewer than a ten-billionth of a person wait they choose again, and where next to nothing of a person does it
    gives up: else shares of shares would go on for ever.
    """
    new, oldest = slot_of(day), slot_of(day - LONGEST_QUEUE)
    for m in range(queues.waiting.shape[0]):
        for q in range(queues.size[0]):
            waiting, whole, scale = queues.waiting[m, q], queues.whole[m, q], queues.scale[m, q]
            for g in range(whole.size):
                waiting[oldest, g] += waiting[new, g]
                waiting[new, g] = 0.0
            for g in range(whole.size):
                if 0.0 < whole[g] < SPECK:
                    those = people.choosing if whole[g] > NOBODY else people.gave_up
                    those[m, g, queues.place[q]] += whole[g]
                    people.toward[m, queues.option[q]] -= whole[g]
                    whole[g] = 0.0
                    scale[g] = 0.0
                if scale[g] < SMALLEST:
                    for slot in range(waiting.shape[0]):
                        waiting[slot, g] *= scale[g]
                    scale[g] = 1.0


@compiled
def settle(first, day, people, cells, stages, queues, border, passage, quota_left, routes, rules):
    """Settle the attempts of those who stand at crossings: of those who have come now, and at `first` of all others.

    Who is let through goes on by a stage if he waited over night, else, with what is left of the day, as a cohort in
    the list, which has room. `quota_left` (member, crossing) is what is left of the day's.
    """
    slots = queues.waiting.shape[2]
    limited = np.flatnonzero(border.quota < np.inf)
    served = np.ones((border.quota.size, slots))
    for m in range(queues.waiting.shape[0]):
        if limited.size:
            _serve(m, first, day, limited, queues, border, passage.passing[m], quota_left[m], routes, served)
        for q in range(queues.size[0]):
            c = routes.crossing[queues.route[q]]
            has_quota = c >= 0 and border.quota[c] < np.inf
            for g in range(people.settled.shape[1]):
                if queues.whole[m, q, g] <= 0.0 and queues.fresh[m, q, g] <= 0.0:
                    continue
                fate = _fate(m, g, queues.route[q], border, passage, rules)
                if first and queues.whole[m, q, g] > 0.0:
                    _try_again(m, q, g, fate, has_quota, served[c], people, stages, queues)
                n = queues.fresh[m, q, g]
                if n > 0.0:
                    share = served[c, slot_of(day)] if has_quota else 1.0
                    passes = _part(m, g, q, n, n * fate.passing * share, fate, people, queues)
                    staying = n * _staying(fate, share)
                    queues.waiting[m, q, slot_of(day), g] += staying / queues.scale[m, q, g]
                    queues.whole[m, q, g] += staying
                    if passes > 0.0:
                        r = queues.route[q]
                        put(
                            cells.size[m], cohorts_of(cells, m), g, queues.option[q], queues.place[q], r,
                            routes.days[g, r], queues.reach[m, q, g] / n, -1, passes,
                        )  # fmt: skip
                        cells.size[m] += 1
                    queues.fresh[m, q, g] = queues.reach[m, q, g] = 0.0


@within
def _try_again(m, q, g, fate, has_quota, served, people, stages, queues):
    """Let those of a group try who have waited over night."""
    whole, scale = queues.whole[m, q, g], queues.scale[m, q, g]
    if has_quota:
        getting = left = 0.0
        waiting = queues.waiting[m, q]
        for slot in range(served.size):
            n = waiting[slot, g] * scale
            getting += n * fate.passing * served[slot]
            waiting[slot, g] *= _staying(fate, served[slot])
            left += waiting[slot, g] * scale
    else:
        getting, left = whole * fate.passing, whole * _staying(fate, 1.0)
        queues.scale[m, q, g] = scale * _staying(fate, 1.0)
    queues.whole[m, q, g] = left
    through = queues.through[q]
    stages.people[m, through, g] += _part(m, g, q, whole, getting, fate, people, queues)
    stages.busy[m, through] = True


@within
def _serve(m, first, day, limited, queues, border, passing, quota_left, routes, served):
    """Fill `served` (crossing, slot): the share of those whom acts let pass that a quota serves, the oldest first."""
    slots = served.shape[1]
    for c in limited:
        served[c] = 0.0
        for q in range(queues.size[0]):
            r = queues.route[q]
            if routes.crossing[r] != c or border.shut[r]:
                continue
            for g in range(queues.fresh.shape[2]):
                passes = passing[border.regime[g, r]]
                served[c, slot_of(day)] += queues.fresh[m, q, g] * passes
                if first:
                    for slot in range(slots):
                        served[c, slot] += queues.waiting[m, q, slot, g] * queues.scale[m, q, g] * passes
        for since in range(day - LONGEST_QUEUE, day + 1):
            slot = slot_of(since)
            allowed = served[c, slot]
            places = min(allowed, quota_left[c])
            quota_left[c] -= places
            served[c, slot] = places / allowed if allowed > 0.0 else 1.0


@inlined
def _fate(m, g, r, border, passage, rules):
    """Return what becomes of people of a group at a route."""
    regime, porous = border.regime[g, r], passage.porous[m, r]
    wait, other_way, irregular = rules.blocked_wait[m], rules.blocked_other_way[m], rules.blocked_irregular[m]
    whole = wait + other_way + irregular + rules.blocked_give_up[m]
    if whole <= 0.0:
        wait = whole = 1.0
    through = irregular * porous
    return Fate(
        0.0 if border.shut[r] else passage.passing[m, regime], passage.pushed[m, regime],
        (wait + irregular - through) / whole, other_way / whole, through / whole,
        rules.blocked_give_up[m] / whole,
    )  # fmt: skip


@inlined
def _staying(fate, served):
    """Return the share of those who try that goes on waiting, if a share of those whom acts let pass is served."""
    getting = fate.passing * served
    return fate.passing - getting + (1.0 - fate.passing + getting * fate.pushed) * fate.wait


@within
def _part(m, g, q, tried, getting, fate, people, queues):
    """Book what became of people who tried, of whom some are let in and served; return how many go on."""
    r, p, k = queues.route[q], queues.place[q], queues.option[q]
    pushed = getting * fate.pushed
    refused = tried * (1.0 - fate.passing) + pushed
    looking, through = refused * fate.other_way, refused * fate.through
    giving_up = refused * fate.give_up
    people.turned_back[m, g, r] += refused
    people.irregular[m, g, r] += through
    people.choosing[m, g, p] += looking
    people.gave_up[m, g, p] += giving_up
    people.toward[m, k] -= looking + giving_up
    return getting - pushed + through
