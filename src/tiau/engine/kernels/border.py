"""What happens at a crossing where acts hold: who passes, who is pushed back, what those kept out do."""

from __future__ import annotations

import numpy as np

from tiau.engine.kernels.travel import AT_GATE, AT_PLACE
from tiau.engine.streams import compiled, hypergeometric, inlined, mix, share

PASS, PUSH, WAIT, OTHER_WAY, IRREGULAR = np.uint64(1), np.uint64(2), np.uint64(3), np.uint64(4), np.uint64(5)
LONGEST_QUEUE = 60


@inlined
def _append(cells, m, source, people):
    """Add a copy of a cohort with other people in it and return its index."""
    i = cells.size[m]
    cells.group[m, i] = cells.group[m, source]
    cells.option[m, i] = cells.option[m, source]
    cells.place[m, i] = cells.place[m, source]
    cells.route[m, i] = cells.route[m, source]
    cells.left[m, i] = cells.left[m, source]
    cells.reach[m, i] = cells.reach[m, source]
    cells.since[m, i] = cells.since[m, source]
    cells.people[m, i] = people
    cells.size[m] = i + 1
    return i


@compiled
def join_queues(cells, day):
    """Join cohorts that stand at the same place for the same destination since the same day.

    Those of 60 days and more are one class. Who tries together goes on together, with the mean of what is left
    of the day.
    """
    for m in range(cells.size.size):
        queued = 0
        for i in range(cells.size[m]):
            queued += cells.route[m, i] < 0 or cells.people[m, i] <= 0.0
        if queued == 0:
            continue
        table = 16
        while table < 2 * queued:
            table *= 2
        owner = np.full(table, -1, np.int64)
        kept = 0
        for i in range(cells.size[m]):
            n, r, reach = cells.people[m, i], cells.route[m, i], cells.reach[m, i]
            if n <= 0.0:
                continue
            if r == AT_GATE and cells.since[m, i] < 0:
                cells.since[m, i] = day
            if r < 0 and cells.since[m, i] >= 0:
                cells.since[m, i] = max(cells.since[m, i], day - LONGEST_QUEUE)
                slot = _cohort_hash(cells, m, i) & (table - 1)
                while owner[slot] >= 0 and not _same_queue(cells, m, owner[slot], i):
                    slot = (slot + 1) & (table - 1)
                first = owner[slot]
                if first >= 0:
                    together = cells.people[m, first] + n
                    cells.reach[m, first] += (reach - cells.reach[m, first]) * n / together
                    cells.people[m, first] = together
                    continue
                owner[slot] = kept
            if kept == i:
                kept += 1
                continue
            cells.group[m, kept] = cells.group[m, i]
            cells.option[m, kept] = cells.option[m, i]
            cells.place[m, kept] = cells.place[m, i]
            cells.route[m, kept] = r
            cells.left[m, kept] = cells.left[m, i]
            cells.reach[m, kept] = reach
            cells.since[m, kept] = cells.since[m, i]
            cells.people[m, kept] = n
            kept += 1
        cells.size[m] = kept


@inlined
def _cohort_hash(cells, m, i):
    """Return a small hash of a waiting cohort."""
    key = mix(np.uint64(cells.place[m, i]), np.uint64(cells.option[m, i]))
    key = mix(mix(key, np.uint64(cells.group[m, i])), np.uint64(cells.since[m, i] + 1))
    return np.int64(key >> np.uint64(8))


@inlined
def _same_queue(cells, m, i, j):
    """Whether two cohorts stand at the same place for the same destination since the same day."""
    return (
        cells.place[m, i] == cells.place[m, j] and cells.option[m, i] == cells.option[m, j]
        and cells.group[m, i] == cells.group[m, j] and cells.since[m, i] == cells.since[m, j]
        and cells.route[m, i] == cells.route[m, j]
    )  # fmt: skip


@compiled
def _serve(left, ages, allowed, served, keys, order, chance):
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
                taken = (
                    places if waiting <= allowed[j] else hypergeometric(keys[j], allowed[j], waiting, places, chance)
                )
                served[j] = taken
                places -= taken
                waiting -= allowed[j]
    return remaining


@compiled
def gate(day_keys, chance, day, people, cells, names, options, ways, border, quota_left, routes, speed, rules):
    """Settle the attempts of cohorts that stand at a crossing: pass, be pushed back, or be kept out.

    Those kept out by an order split into waiting, another way, irregular passage where it is porous, and giving
    up; those whom a quota does not serve wait. `quota_left` (member, crossing) is what is left of the day's.
    """
    limited = False
    for c in range(border.quota.size):
        limited = limited or border.quota[c] < np.inf
    for m in range(cells.size.size):
        count = cells.size[m]
        if not limited:
            for i in range(count):
                if cells.route[m, i] == AT_GATE:
                    n = _passing(day_keys, chance, cells, m, i, names, ways, border, rules)
                    _settle(day_keys, chance, people, cells, m, i, n, n, names, ways, border, routes, speed, rules)
            continue
        passing = np.zeros(count)
        for i in range(count):
            if cells.route[m, i] == AT_GATE:
                passing[i] = _passing(day_keys, chance, cells, m, i, names, ways, border, rules)
        served = passing.copy()
        for c in range(border.quota.size):
            if border.quota[c] < np.inf:
                _serve_crossing(
                    day_keys, chance, day, cells, m, c, count, names, ways, routes, passing, served, quota_left
                )
        for i in range(count):
            if cells.route[m, i] == AT_GATE:
                n = passing[i]
                _settle(day_keys, chance, people, cells, m, i, n, served[i], names, ways, border, routes, speed, rules)


@inlined
def _passing(day_keys, chance, cells, m, i, names, ways, border, rules):
    """Draw how many of a cohort pass the orders in one attempt."""
    g = cells.group[m, i]
    r = ways.next[ways.of_group[g], cells.option[m, i], cells.place[m, i]]
    key = mix(_key(day_keys[m], cells, m, i, names), PASS)
    p = border.passing[g, r]
    if border.judged[g, r]:
        p **= rules.enforcement_power[m]
    return share(key, cells.people[m, i], p, chance)


@inlined
def _key(day_key, cells, m, i, names):
    """Return the key of a cohort at a crossing: who, where, bound for what, waiting since when."""
    key = mix(mix(day_key, names.group[cells.group[m, i]]), names.place[cells.place[m, i]])
    return mix(mix(key, names.option[cells.option[m, i]]), np.uint64(cells.since[m, i] + 1))


@compiled
def _serve_crossing(day_keys, chance, day, cells, m, crossing, count, names, ways, routes, passing, served, quota_left):
    """Let the quota of one crossing serve its queue."""
    chosen = np.empty(count, np.int64)
    found = 0
    for i in range(count):
        if cells.route[m, i] == AT_GATE:
            r = ways.next[ways.of_group[cells.group[m, i]], cells.option[m, i], cells.place[m, i]]
            if routes.crossing[r] == crossing:
                chosen[found] = i
                found += 1
    ages, allowed = np.empty(found, np.int64), np.empty(found)
    got, keys, by_name = np.zeros(found), np.empty(found, np.uint64), np.empty(found, np.uint64)
    for j in range(found):
        i = chosen[j]
        ages[j] = min(day - cells.since[m, i], LONGEST_QUEUE)
        allowed[j] = passing[i]
        keys[j] = mix(_key(day_keys[m], cells, m, i, names), np.uint64(6))
        by_name[j] = _key(np.uint64(0), cells, m, i, names)
    quota_left[m, crossing] = _serve(quota_left[m, crossing], ages, allowed, got, keys, np.argsort(by_name), chance)
    for j in range(found):
        served[chosen[j]] = got[j]


@inlined
def _settle(day_keys, chance, people, cells, m, i, passing, served, names, ways, border, routes, speed, rules):
    """Send one cohort's people on: over the border, back into the queue, or away from it."""
    g, k, p = cells.group[m, i], cells.option[m, i], cells.place[m, i]
    r = ways.next[ways.of_group[g], k, p]
    key = _key(day_keys[m], cells, m, i, names)
    pushed = share(mix(key, PUSH), served, border.pushed[g, r], chance)
    refused = cells.people[m, i] - passing + pushed
    waiting, crossing = passing - served, 0.0
    if refused > 0.0:
        people.turned_back[m, g, r] += refused
        wait, other, irregular = rules.blocked_wait[m], rules.blocked_other_way[m], rules.blocked_irregular[m]
        whole = wait + other + irregular + rules.blocked_give_up[m]
        if whole <= 0.0:
            wait = whole = 1.0
        through = irregular * border.porous[r]
        wait += irregular - through
        again = share(mix(key, WAIT), refused, wait / whole, chance)
        rest, left = refused - again, whole - wait
        looking = share(mix(key, OTHER_WAY), rest, other / left if left > 0.0 else 0.0, chance)
        rest, left = rest - looking, left - other
        crossing = share(mix(key, IRREGULAR), rest, through / left if left > 0.0 else 0.0, chance)
        people.choosing[m, g, p] += looking
        people.gave_up[m, g, p] += rest - crossing
        people.toward[m, k] -= looking + rest - crossing
        people.irregular[m, g, r] += crossing
        waiting += again
    if waiting > 0.0:
        j = _append(cells, m, i, waiting)
        cells.reach[m, j] = 0.0
        cells.route[m, j] = AT_PLACE
        cells.left[m, j] = r
    over = served - pushed + crossing
    cells.people[m, i] = over
    cells.route[m, i] = r
    cells.left[m, i] = routes.days[r] / speed[g]
    cells.since[m, i] = -1


@compiled
def expel(day_keys, chance, people, names, options, expelled, back):
    """Send settled people to the home side of the border, where they choose again; they may come back."""
    members, groups, _ = people.settled.shape
    for m in range(members):
        for g in range(groups):
            for k in range(options.place.size):
                p = options.place[k]
                if expelled[g, p] > 0.0 and people.settled[m, g, p] > 0.0:
                    key = mix(mix(day_keys[m], names.group[g]), names.place[p])
                    x = share(key, people.settled[m, g, p], expelled[g, p], chance)
                    people.settled[m, g, p] -= x
                    people.toward[m, k] -= x
                    people.expelled[m, g, p] += x
                    people.choosing[m, g, back[p]] += x


@compiled
def register(day_keys, chance, people, names, registering, registers, act_keys):
    """Register settled people, so many a day by each act, each of those not registered yet as likely as another."""
    members, groups, places = people.settled.shape
    for m in range(members):
        for g in range(groups):
            for p in range(places):
                if people.registered[m, g, p] > people.settled[m, g, p]:
                    people.registered[m, g, p] = people.settled[m, g, p]
        for a in np.argsort(act_keys):
            unregistered = 0.0
            for g in range(groups):
                for p in range(places):
                    unregistered += registering[a, g, p] * (people.settled[m, g, p] - people.registered[m, g, p])
            amount = min(registers[a], unregistered)
            for g in names.group_order:
                for p in names.place_order:
                    here = registering[a, g, p] * (people.settled[m, g, p] - people.registered[m, g, p])
                    if here <= 0.0 or amount <= 0.0:
                        continue
                    key = mix(mix(mix(day_keys[m], names.group[g]), names.place[p]), act_keys[a])
                    x = hypergeometric(key, here, unregistered, amount, chance)
                    people.registered[m, g, p] += x
                    amount -= x
                    unregistered -= here
