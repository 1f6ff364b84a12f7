"""What happens at a crossing where acts hold: who passes, who is pushed back, what those kept out do."""

from __future__ import annotations

import numpy as np

from tiau.engine.kernels.travel import AT_GATE, AT_PLACE
from tiau.engine.streams import compiled, hypergeometric, inlined, mix, share

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
        group, option, place, route = cells.group[m], cells.option[m], cells.place[m], cells.route[m]
        left, reach, since, count = cells.left[m], cells.reach[m], cells.since[m], cells.people[m]
        queued = 0
        for i in range(cells.size[m]):
            queued += route[i] < 0 or count[i] <= 0.0
        if queued == 0:
            continue
        # A power of two with half its slots free, so that every search ends at a free one.
        table = 16
        while table < 2 * queued:
            table *= 2
        owner = np.full(table, -1, np.int64)
        kept = 0
        for i in range(cells.size[m]):
            n, r = count[i], route[i]
            if n <= 0.0:
                continue
            if r == AT_GATE and since[i] < 0:
                since[i] = day
            if r < 0 and since[i] >= 0:
                since[i] = max(since[i], day - LONGEST_QUEUE)
                g, k, p = group[i], option[i], place[i]
                # The hash only finds the slot; what makes cohorts one is compared below.
                key = mix(mix(np.uint64(p), np.uint64(k)), np.uint64(g))
                slot = np.int64(mix(key, np.uint64(since[i] + 1)) >> np.uint64(8)) & (table - 1)
                first = owner[slot]
                while first >= 0 and not (
                    place[first] == p and option[first] == k and group[first] == g
                    and since[first] == since[i] and route[first] == r
                ):  # fmt: skip
                    slot = (slot + 1) & (table - 1)
                    first = owner[slot]
                if first >= 0:
                    together = count[first] + n
                    reach[first] += (reach[i] - reach[first]) * n / together
                    count[first] = together
                    continue
                owner[slot] = kept
            if kept < i:
                group[kept], option[kept], place[kept], route[kept] = group[i], option[i], place[i], r
                left[kept], reach[kept], since[kept], count[kept] = left[i], reach[i], since[i], n
            kept += 1
        cells.size[m] = kept


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
                # The last takes what is left, so that rounding of expectations leaves nobody unserved.
                taken = (
                    places
                    if waiting <= allowed[j]
                    else hypergeometric(mix(keys[j], QUOTA), allowed[j], waiting, places, chance)
                )
                served[j] = taken
                places -= taken
                waiting -= allowed[j]
    return remaining


@compiled
def gate(day_keys, chance, day, people, cells, names, ways, border, quota_left, routes, rules):
    """Settle the attempts of cohorts that stand at a crossing: pass, be pushed back, or be kept out.

    Those kept out by an order split into waiting, another way, irregular passage where it is porous, and giving
    up; those whom a quota does not serve wait. `quota_left` (member, crossing) is what is left of the day's.
    """
    share_passing, share_pushed, share_porous, days = border.passing, border.pushed, border.porous, routes.days
    following, of_group = ways.next, ways.of_group
    judged, power = border.judged, rules.enforcement_power
    group_keys, place_keys, option_keys = names.group, names.place, names.option
    limited = np.flatnonzero(border.quota < np.inf)
    for m in range(cells.size.size):
        group, option, place, route = cells.group[m], cells.option[m], cells.place[m], cells.route[m]
        left, reach, since, count = cells.left[m], cells.reach[m], cells.since[m], cells.people[m]
        turned_back, irregular, gave_up = people.turned_back[m], people.irregular[m], people.gave_up[m]
        choosing, toward = people.choosing[m], people.toward[m]
        size = cells.size[m]
        standing = np.flatnonzero(route[:size] == AT_GATE)
        onto, names_of = np.empty(standing.size, np.int64), np.empty(standing.size, np.uint64)
        keys, passing = np.empty(standing.size, np.uint64), np.empty(standing.size)
        for j in range(standing.size):
            i = standing[j]
            g, k, p = group[i], option[i], place[i]
            onto[j] = following[of_group[g], k, p]
            # Without the key of the day: the order of a queue must tell nothing about its draws.
            names_of[j] = _cohort_key(np.uint64(0), group_keys[g], place_keys[p], option_keys[k], since[i])
            keys[j] = _cohort_key(day_keys[m], group_keys[g], place_keys[p], option_keys[k], since[i])
            passes = share_passing[g, onto[j]]
            # What an act says in figures holds for every member; estimates are judged anew by each.
            if judged[g, onto[j]]:
                passes **= power[m]
            passing[j] = share(mix(keys[j], PASS), count[i], passes, chance)
        # Where no quota holds, all whom acts let pass are served.
        served = passing.copy()
        for c in limited:
            here = np.flatnonzero(routes.crossing[onto] == c)
            ages = np.minimum(day - since[standing[here]], LONGEST_QUEUE)
            got = np.zeros(here.size)
            order = np.argsort(names_of[here])
            quota_left[m, c] = _serve(quota_left[m, c], ages, passing[here], got, keys[here], order, chance)
            served[here] = got
        wait, other_way = rules.blocked_wait[m], rules.blocked_other_way[m]
        try_irregular, give_up = rules.blocked_irregular[m], rules.blocked_give_up[m]
        for j in range(standing.size):
            i, r, key = standing[j], onto[j], keys[j]
            g, k, p = group[i], option[i], place[i]
            pushed = share(mix(key, PUSH), served[j], share_pushed[g, r], chance)
            refused = count[i] - passing[j] + pushed
            waiting, through = passing[j] - served[j], 0.0
            if refused > 0.0:
                again, looking, through = _kept_out(
                    key, refused, wait, other_way, try_irregular, give_up, share_porous[r], chance
                )
                away = refused - again - through
                turned_back[g, r] += refused
                irregular[g, r] += through
                choosing[g, p] += looking
                gave_up[g, p] += away - looking
                # Who waits is still bound for there, and draws others; who looks elsewhere or gives up is not.
                toward[k] -= away
                waiting += again
            if waiting > 0.0:
                # There is room: the list was doubled, and nobody splits off twice from one cohort.
                group[size], option[size], place[size], route[size] = g, k, p, AT_PLACE
                left[size], reach[size], since[size], count[size] = r, 0.0, since[i], waiting
                size += 1
            count[i] = served[j] - pushed + through
            route[i], left[i], since[i] = r, days[g, r], -1
        cells.size[m] = size


@inlined
def _cohort_key(day_key, group_key, place_key, option_key, since):
    """Return the key of a cohort at a crossing: who, where, bound for what, waiting since when."""
    return mix(mix(mix(mix(day_key, group_key), place_key), option_key), np.uint64(since + 1))


@compiled
def _kept_out(key, refused, wait, other_way, irregular, give_up, porous, chance):
    """Split people who were refused; return who waits, who looks for another way, and who gets through irregularly."""
    whole = wait + other_way + irregular + give_up
    if whole <= 0.0:
        wait = whole = 1.0
    through = irregular * porous
    wait += irregular - through
    again = share(mix(key, WAIT), refused, wait / whole, chance)
    rest, left = refused - again, whole - wait
    looking = share(mix(key, OTHER_WAY), rest, other_way / left if left > 0.0 else 0.0, chance)
    rest, left = rest - looking, left - other_way
    return again, looking, share(mix(key, IRREGULAR), rest, through / left if left > 0.0 else 0.0, chance)


@compiled
def expel(day_keys, chance, people, names, options, expelled, back):
    """Send settled people to the home side of the border, where they choose again; they may come back."""
    members, groups, _ = people.settled.shape
    for m in range(members):
        for g in range(groups):
            # People settle at destinations alone.
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
