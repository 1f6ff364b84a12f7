"""What happens without chance at crossings where acts hold: shares pass, are pushed back, wait or do something else."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.kernels.cohort_list import cohorts_of, put
from tiau.engine.streams import compiled, inlined, lean, within

Floats = NDArray[np.float64]
SPECK = 1e-10


class Fate(NamedTuple):
    """What becomes of people of a group who try to pass: shares of all who try, and of those refused."""

    passing: float
    pushed: float
    wait: float
    other_way: float
    through: float
    give_up: float


@lean
def grow_older(people, queues):
    """Begin a day: all who wait have waited a day longer.

    Fewer than a ten-billionth of a person count as having come with those of a day later, and choose again where
    there are none: else shares of shares would go on for ever.
    """
    members, oldest = queues.waiting.shape[0], queues.waiting.shape[2] - 1
    for m in range(members):
        choosing, toward = people.choosing[m], people.toward[m]
        for q in range(queues.size[0]):
            waiting, p, k = queues.waiting[m, q], queues.place[q], queues.option[q]
            for g in range(choosing.shape[0]):
                waiting[oldest, g] += waiting[oldest - 1, g]
            for age in range(oldest - 1, 0, -1):
                for g in range(choosing.shape[0]):
                    waiting[age, g] = waiting[age - 1, g]
            for age in range(oldest, 1, -1):
                for g in range(choosing.shape[0]):
                    few = waiting[age, g] if waiting[age, g] < SPECK else 0.0
                    waiting[age - 1, g] += few
                    waiting[age, g] -= few
            for g in range(choosing.shape[0]):
                waiting[0, g] = 0.0
                if waiting[1, g] < SPECK:
                    choosing[g, p] += waiting[1, g]
                    toward[k] -= waiting[1, g]
                    waiting[1, g] = 0.0


@compiled
def settle(first, people, cells, stages, queues, border, passage, quota_left, routes, rules):
    """Settle the attempts of those who stand at crossings: of those who have come now, and at `first` of all others.

    Who is let through goes on by a stage if he waited over night, else, with what is left of the day, as a cohort in
    the list, which has room. `quota_left` (member, crossing) is what is left of the day's.
    """
    ages = queues.waiting.shape[2]
    limited = np.flatnonzero(border.quota < np.inf)
    served = np.ones((border.quota.size + 1, ages))
    for m in range(queues.waiting.shape[0]):
        if limited.size:
            _serve(m, first, limited, queues, border, passage.passing[m], quota_left[m], routes, served)
        for q in range(queues.size[0]):
            c = routes.crossing[queues.route[q]]
            for g in range(people.settled.shape[1]):
                n = queues.fresh[m, q, g]
                if n > 0.0:
                    fate = _fate(m, g, queues.route[q], border, passage, rules)
                    passes = _part(m, g, q, n, n * fate.passing * served[c, 0], fate, people, queues)
                    queues.waiting[m, q, 0, g] += n * _staying(fate, served[c, 0])
                    if passes > 0.0:
                        r = queues.route[q]
                        put(
                            cells.size[m], cohorts_of(cells, m), g, queues.option[q], queues.place[q], r,
                            routes.days[g, r], queues.reach[m, q, g] / n, -1, passes,
                        )  # fmt: skip
                        cells.size[m] += 1
                    queues.fresh[m, q, g] = queues.reach[m, q, g] = 0.0
            if first:
                _try_again(m, q, served[c], people, stages, queues, border, passage, rules)


@within
def _try_again(m, q, served, people, stages, queues, border, passage, rules):
    """Let those try who have waited over night."""
    waiting = queues.waiting[m, q]
    for g in range(waiting.shape[1]):
        whole = 0.0
        for age in range(1, waiting.shape[0]):
            whole += waiting[age, g]
        if whole <= 0.0:
            continue
        fate = _fate(m, g, queues.route[q], border, passage, rules)
        getting = 0.0
        for age in range(1, waiting.shape[0]):
            getting += waiting[age, g] * served[age]
            waiting[age, g] *= _staying(fate, served[age])
        stages.people[m, queues.through[q], g] += _part(m, g, q, whole, getting * fate.passing, fate, people, queues)


@within
def _serve(m, first, limited, queues, border, passing, quota_left, routes, served):
    """Fill `served` (crossing, age) with the share of those whom acts let pass that a quota serves, the oldest first."""
    groups = queues.fresh.shape[2]
    for c in limited:
        served[c] = 0.0
        for q in range(queues.size[0]):
            r = queues.route[q]
            if routes.crossing[r] != c or border.shut[r]:
                continue
            for g in range(groups):
                passes = passing[border.regime[g, r]]
                served[c, 0] += queues.fresh[m, q, g] * passes
                for age in range(1, served.shape[1] if first else 1):
                    served[c, age] += queues.waiting[m, q, age, g] * passes
        for age in range(served.shape[1] - 1, -1, -1):
            allowed = served[c, age]
            places = min(allowed, quota_left[c])
            quota_left[c] -= places
            served[c, age] = places / allowed if allowed > 0.0 else 1.0


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
    """Return the share of those who try that goes on waiting, where a quota serves a share of those whom acts let pass."""
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
