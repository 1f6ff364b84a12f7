"""What happens at a crossing where acts hold: who passes, who is pushed back, what those kept out do."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.kernels.cohort_list import cohorts_of, move_up, put
from tiau.engine.kernels.travel import AT_GATE, AT_PLACE
from tiau.engine.streams import binomial, compiled, hypergeometric, inlined, mix, share, within

PASS, PUSH, WAIT, OTHER_WAY, IRREGULAR, QUOTA = (np.uint64(number) for number in range(1, 7))
# Who has waited longer comes first anyway, and the classes by day of joining stay few.
LONGEST_QUEUE = 60


@compiled
def join_queues(cells, day):
    """Join cohorts that stand at the same place for the same destination since the same day.

    Those of 60 days and more are one class. Who tries together goes on together, with the mean of what is left
    of the day.
    """
    for m in range(cells.size.size):
        row, kept, queued = cohorts_of(cells, m), 0, 0
        for i in range(cells.size[m]):
            queued += row.route[i] < 0 or row.people[i] <= 0.0
        if queued == 0:
            continue
        # A power of two with half its slots free, so that every search ends at a free one.
        table = 16
        while table < 2 * queued:
            table *= 2
        owner = np.full(table, -1, np.int64)
        for i in range(cells.size[m]):
            if row.people[i] <= 0.0:
                continue
            if row.route[i] == AT_GATE and row.since[i] < 0:
                row.since[i] = day
            if row.route[i] < 0 and row.since[i] >= 0:
                row.since[i] = max(row.since[i], day - LONGEST_QUEUE)
                slot = _slot_of(i, row, owner)
                if owner[slot] >= 0:
                    _join(i, owner[slot], row)
                    continue
                owner[slot] = kept
            move_up(i, kept, row)
            kept += 1
        cells.size[m] = kept


@within
def _slot_of(i, row, owner):
    """Return the slot whose owner a cohort may join, or a free one."""
    # The hash only finds the slot; what makes cohorts one is compared below.
    key = mix(mix(np.uint64(row.place[i]), np.uint64(row.option[i])), np.uint64(row.group[i]))
    slot = np.int64(mix(key, np.uint64(row.since[i] + 1)) >> np.uint64(8)) & (owner.size - 1)
    first = owner[slot]
    while first >= 0 and not (
        row.place[first] == row.place[i] and row.option[first] == row.option[i] and row.group[first] == row.group[i]
        and row.since[first] == row.since[i] and row.route[first] == row.route[i]
    ):  # fmt: skip
        slot = (slot + 1) & (owner.size - 1)
        first = owner[slot]
    return slot


@within
def _join(i, first, row):
    """Add a cohort to the one that stands there already."""
    n = row.people[i]
    together = row.people[first] + n
    row.reach[first] += (row.reach[i] - row.reach[first]) * n / together
    row.people[first] = together


@compiled
def _serve(left, ages, allowed, served, keys, order):
    """Serve a queue: the oldest day of joining first, within a day hypergeometrically.

    `allowed` and `served` (cell,) are the people whom acts let pass and those whom the quota serves; `order` lists
    cells by their names alone, so that the order tells nothing about the draws.
    """
    remaining = left
    for age in range(LONGEST_QUEUE, -1, -1):
        waiting = 0.0
        for j in range(allowed.size):
            if ages[j] == age:
                waiting += allowed[j]
        if waiting <= 0.0:
            continue
        places = min(waiting, remaining)
        remaining -= places
        for j in order:
            if ages[j] == age:
                taken = hypergeometric(mix(keys[j], QUOTA), allowed[j], waiting, places, True)
                served[j] = taken
                places -= taken
                waiting -= allowed[j]
    return remaining


class Attempts(NamedTuple):
    """Cohorts of a member that stand at crossings: where in the list, onto which route, keys, and who may pass.

    `name` is the key without the day: the order of a queue must tell nothing about its draws.
    """

    standing: NDArray[np.int64]
    onto: NDArray[np.int64]
    name: NDArray[np.uint64]
    key: NDArray[np.uint64]
    passing: NDArray[np.float64]


@compiled
def gate(day_keys, day, people, cells, names, ways, border, passage, quota_left, routes, rules):
    """Settle the attempts of cohorts that stand at a crossing: pass, be pushed back, or be kept out.

    Those kept out by an order split into waiting, another way, irregular passage where it is porous, and giving
    up; those whom a quota does not serve wait. `quota_left` (member, crossing) is what is left of the day's.
    """
    limited = np.flatnonzero(border.quota < np.inf)
    for m in range(cells.size.size):
        row = cohorts_of(cells, m)
        standing = np.flatnonzero(row.route[: cells.size[m]] == AT_GATE)
        tries = Attempts(
            standing, np.empty(standing.size, np.int64), np.empty(standing.size, np.uint64),
            np.empty(standing.size, np.uint64), np.empty(standing.size),
        )  # fmt: skip
        for j in range(standing.size):
            _try(j, tries, day_keys[m], row, names, ways, border, passage.passing[m])
        # Where no quota holds, all whom acts let pass are served.
        served = tries.passing.copy()
        for c in limited:
            here = np.flatnonzero(routes.crossing[tries.onto] == c)
            ages = np.minimum(day - row.since[standing[here]], LONGEST_QUEUE)
            got = np.zeros(here.size)
            order = np.argsort(tries.name[here])
            quota_left[m, c] = _serve(quota_left[m, c], ages, tries.passing[here], got, tries.key[here], order)
            served[here] = got
        for j in range(standing.size):
            waiting = _let_through(j, tries, served[j], m, row, people, border.regime, passage, routes, rules)
            if waiting > 0.0:
                i = standing[j]
                # There is room: the list was doubled, and nobody splits off twice from one cohort.
                put(
                    cells.size[m], row, row.group[i], row.option[i], row.place[i], AT_PLACE, tries.onto[j], 0.0,
                    row.since[i], waiting,
                )  # fmt: skip
                cells.size[m] += 1
            row.since[standing[j]] = -1


@within
def _try(j, tries, day_key, row, names, ways, border, passing):
    """Draw who of a cohort may pass by the acts that hold."""
    i = tries.standing[j]
    g, k, p = row.group[i], row.option[i], row.place[i]
    onto = tries.onto[j] = ways.next[ways.of_group[g], k, p]
    who, where, goal = names.group[g], names.place[p], names.option[k]
    tries.name[j] = _cohort_key(np.uint64(0), who, where, goal, row.since[i])
    tries.key[j] = _cohort_key(day_key, who, where, goal, row.since[i])
    passes = 0.0 if border.shut[onto] else passing[border.regime[g, onto]]
    tries.passing[j] = binomial(mix(tries.key[j], PASS), row.people[i], passes)


@within
def _let_through(j, tries, served, m, row, people, regime, passage, routes, rules):
    """Put on the route who of a cohort gets through; return how many go on waiting."""
    i, r, key = tries.standing[j], tries.onto[j], tries.key[j]
    g, k, p = row.group[i], row.option[i], row.place[i]
    pushed = binomial(mix(key, PUSH), served, passage.pushed[m, regime[g, r]])
    refused = row.people[i] - tries.passing[j] + pushed
    waiting, through = tries.passing[j] - served, 0.0
    if refused > 0.0:
        again, looking, through = _kept_out(
            key, refused, rules.blocked_wait[m], rules.blocked_other_way[m], rules.blocked_irregular[m],
            rules.blocked_give_up[m], passage.porous[m, r],
        )  # fmt: skip
        away = refused - again - through
        people.turned_back[m, g, r] += refused
        people.irregular[m, g, r] += through
        people.choosing[m, g, p] += looking
        people.gave_up[m, g, p] += away - looking
        # Who waits is still bound for there, and draws others; who looks elsewhere or gives up is not.
        people.toward[m, k] -= away
        waiting += again
    row.people[i] = served - pushed + through
    row.route[i], row.left[i] = r, routes.days[g, r]
    return waiting


@inlined
def _cohort_key(day_key, group_key, place_key, option_key, since):
    """Return the key of a cohort at a crossing: who, where, bound for what, waiting since when."""
    return mix(mix(mix(mix(day_key, group_key), place_key), option_key), np.uint64(since + 1))


@compiled
def _kept_out(key, refused, wait, other_way, irregular, give_up, porous):
    """Split people who were refused; return who waits, who looks for another way, and who gets through irregularly."""
    whole = wait + other_way + irregular + give_up
    if whole <= 0.0:
        wait = whole = 1.0
    through = irregular * porous
    wait += irregular - through
    again = binomial(mix(key, WAIT), refused, wait / whole)
    rest, left = refused - again, whole - wait
    looking = binomial(mix(key, OTHER_WAY), rest, other_way / left if left > 0.0 else 0.0)
    rest, left = rest - looking, left - other_way
    return again, looking, binomial(mix(key, IRREGULAR), rest, through / left if left > 0.0 else 0.0)


@compiled
def expel(day_keys, chance, people, names, options, expelled, back):
    """Send settled people to the home side of the border, where they choose again; they may come back."""
    members, groups, _ = people.settled.shape
    for m in range(members):
        for g in range(groups):
            # People settle at destinations alone.
            for k in range(options.place.size):
                p = options.place[k]
                if expelled[m, g, p] > 0.0 and people.settled[m, g, p] > 0.0:
                    key = mix(mix(day_keys[m], names.group[g]), names.place[p])
                    x = share(key, people.settled[m, g, p], expelled[m, g, p], chance)
                    people.settled[m, g, p] -= x
                    people.toward[m, k] -= x
                    people.expelled[m, g, p] += x
                    people.choosing[m, g, back[p]] += x


@compiled
def register(day_keys, chance, people, names, registering, registers, act_keys):
    """Register settled people, so many a day by each act, each of those not registered yet as likely as another."""
    members, groups, places = people.settled.shape
    acts, group_order, place_order = np.argsort(act_keys), names.group_order, names.place_order
    group_keys, place_keys = names.group, names.place
    for m in range(members):
        settled, registered = people.settled[m], people.registered[m]
        for g in range(groups):
            for p in range(places):
                # Some of the registered may have left since yesterday.
                registered[g, p] = min(registered[g, p], settled[g, p])
        for a in acts:
            unregistered = 0.0
            for g in range(groups):
                for p in range(places):
                    unregistered += registering[a, g, p] * (settled[g, p] - registered[g, p])
            amount = min(registers[a], unregistered)
            # In the order of names: a chain of draws must not depend on the order of rows.
            for g in group_order:
                group_key = mix(day_keys[m], group_keys[g])
                for p in place_order:
                    if amount <= 0.0:
                        break
                    here = registering[a, g, p] * (settled[g, p] - registered[g, p])
                    if here > 0.0:
                        key = mix(mix(group_key, place_keys[p]), act_keys[a])
                        x = hypergeometric(key, here, unregistered, amount, chance)
                        registered[g, p] += x
                        amount -= x
                        unregistered -= here
