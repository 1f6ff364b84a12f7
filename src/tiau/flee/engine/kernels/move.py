"""Flee's day on counts: who sets out, how far they get, what they remember of it.

Kernels unpack the tables once: an array taken out of a tuple within a loop costs more than a draw.
"""

from __future__ import annotations

import math

import numpy as np

from tiau.engine.streams import lean, mix, share
from tiau.flee.engine.kernels.choose import choose, refuses, watch

FULL_DAY = 1.0
# Below this the recent-travel index no longer matters: no day's journey is so near a full one.
FORGOTTEN = 1.0 / 64.0
# Ways of no length would keep people going for ever, and expectations would never come to nothing.
MOST_VISITS, NEGLIGIBLE = 100_000, 1e-9
# In the place of a route: nothing in mind, or a route that no longer leads on.
FREE, LOST = -1, -2
SLICE = np.uint64(1 << 20)
CROSSED_AT_ONCE = 0.01
SLICED_AT_ONCE = 0.005


@lean
def bucket_of(index, buckets):
    """Return the bucket of a recent-travel index: the first is forgotten, the last a full day or more."""
    # Asked this way round an index that is no number is forgotten too: no bucket may lie outside the table.
    if buckets < 2 or not index >= FORGOTTEN:
        return 0
    return buckets - 1 if index >= FULL_DAY else 1 + int(index * (buckets - 2))


@lean
def enter(day, leg, on_foot, people, index, moved, on_way, ride, rules):
    """Put people on a link on which they will be tonight, or of which they reach the end on this first day."""
    r = 2 * leg + on_foot
    days = int(ride[r].days)
    remembered = index
    if days > 1:
        full = ride[r].speed / rules.top_speed
        weight = math.ldexp(1.0, 2 - days)
        remembered = 0.5 * (index + moved / rules.top_speed + full) * weight + full * (1.0 - weight)
    at = ride[r].begin + ((day + days - 1) % days) * ride[r].width + bucket_of(remembered, ride[r].width)
    on_way[at].people += people
    on_way[at].index += people * remembered


@lean
def settle(slot, people, index, moved, tonight, rules):
    """Let people rest in a slot until tomorrow, with what they will then remember of today."""
    remembered = 0.5 * (index + moved / rules.top_speed)
    b = 1 + bucket_of(remembered, rules.buckets)
    tonight[slot, b].people += people
    tonight[slot, b].index += people * remembered


@lean
def arrive(slot, p, people, index, moved, speed, served, here, tonight, arrival, queue, head, used, rules):
    """Bring people to a place: they may go on today if they have moved less than a day's reach of the link.

    There must be somebody: a cell stands in its queue as long as anybody is in it, so that nobody would queue it twice
    and overflow the ring. `served` is the span that is being served.
    """
    here[p].occupied += people
    here[p].arrived += people
    if moved >= speed:
        settle(slot, people, index, moved, tonight, rules)
        return
    # The mean of what people moved may round below their span; a span that is over is not looked at again.
    span = max(served, min(int(moved / rules.top_speed * rules.spans), rules.spans - 1))
    size = queue.shape[1]
    cell = span * size + slot * rules.buckets + bucket_of(index, rules.buckets)
    if arrival[cell].people == 0.0:
        queue[span, (head[span] + used[span]) % size] = cell
        used[span] += 1
    arrival[cell].people += people
    arrival[cell].index += people * index
    arrival[cell].moved += people * moved


@lean
def spawn(keys, chance, people, factor, order, place_key, kind, rest, here, created, take):
    """Share newcomers over places by population times `factor` (place,)."""
    for m in range(keys.size):
        open_ = 0.0
        for p in range(factor.size):
            open_ += factor[p] * here[m, p].population
        left = people
        for p in order:
            weight = factor[p] * here[m, p].population
            if weight <= 0.0 or left <= 0.0:
                continue
            key = mix(keys[m], place_key[p])
            x = left if weight >= open_ else share(key, left, weight / open_, chance)
            open_ -= weight
            left -= x
            _add(m, key, chance, p, x, kind, rest, here, created, take)


@lean
def spawn_at(keys, chance, amount, drawn, place_key, kind, rest, here, created, take):
    """Add newcomers `amount` (member, place), Poisson-distributed around it where `drawn`."""
    many = 1e12
    for m in range(keys.size):
        for p in range(place_key.size):
            x, key = amount[m, p], mix(keys[m], place_key[p])
            if drawn and chance:
                x = share(key, many, x / many, chance)
            _add(m, key, chance, p, x, kind, rest, here, created, take)


@lean
def _add(m, key, chance, p, people, kind, rest, here, created, take):
    """Add people at a place, of each kind by `kind` (kind, place)."""
    left, open_ = people, 1.0
    for k in range(kind.shape[0]):
        x = left
        if k < kind.shape[0] - 1:
            x = share(mix(key, np.uint64(k + 1)), left, min(kind[k, p] / open_, 1.0) if open_ > 0.0 else 0.0, chance)
        open_ -= kind[k, p]
        left -= x
        rest[m, k * kind.shape[1] + p, 0].people += x
    here[m, p].occupied += people
    created[m] += people
    if take:
        here[m, p].population = max(here[m, p].population - people, 0.0)


@lean
def decide(keys, chance, day, at_limited, state, tables, rules, scratch):
    """Let people who rest decide: those at places with a limit (`at_limited`) or all others."""
    place, route, slot, ride, plain = tables.place, tables.route, tables.slot, tables.ride, tables.weight
    chosen, number, weight, tight = scratch.chosen, scratch.number, scratch.weight, scratch.tight
    for m in range(keys.size):
        here, rest, on_way = state.here[m], state.rest[m], state.on_way[m]
        watch(0.0, place, slot, route, here, rules.buffer, tight)
        for s in range(slot.size):
            p = slot[s].place
            if (place[p].limit > 0.0) != at_limited or here[p].occupied <= 0.0:
                continue
            for b in range(rules.buckets + 1):
                people = rest[s, b].people
                if people <= 0.0:
                    continue
                index = rest[s, b].index / people
                in_mind = slot[s].route
                if in_mind != FREE:
                    rest[s, b].people = 0.0
                    rest[s, b].index = 0.0
                    lost = in_mind == LOST or route[in_mind].leg < 0
                    if lost or refuses(place, here, route[in_mind].end, rules.buffer):
                        rest[slot[s].root, b].people += people
                        rest[slot[s].root, b].index += people * index
                    else:
                        here[p].occupied -= people
                        enter(day, route[in_mind].leg, 0, people, index, 0.0, on_way, ride, rules)
                    continue
                key = mix(mix(keys[m], slot[s].key), np.uint64(b))
                leaving = min(slot[s].chance, 1.0)
                found = choose(
                    key, people, leaving, chance, s, place, slot, route, here, rules, plain, tight, weight, chosen,
                    number,
                )  # fmt: skip
                for j in range(found):
                    i = chosen[j]
                    if refuses(place, here, route[i].end, rules.buffer):
                        continue
                    rest[s, b].people -= number[j]
                    rest[s, b].index -= number[j] * index
                    here[p].occupied -= number[j]
                    on_foot = 1 if b == 0 and rules.start_on_foot else 0
                    enter(day, route[i].leg, on_foot, number[j], index, 0.0, on_way, ride, rules)


@lean
def batches_needed(here, on_way, place, ride, leg, rules, coming):
    """Return into how many parts today's arrivals are split, so that no camp fills by over 1% in one of them.

    Also returns how many arrive in all, and fills `coming` with those by place.
    """
    coming[:] = 0.0
    for r in range(ride.size):
        z = leg[r >> 1].end
        for at in range(ride[r].due, ride[r].due + ride[r].width):
            coming[z] += on_way[at].people
    needed = 1
    for z in range(coming.size):
        limit = place[z].limit
        if limit > 0.0 and here[z].occupied < limit:
            arriving = max(coming[z], here[z].arrived)
            # As many again may come on from other places today.
            if arriving > CROSSED_AT_ONCE * limit and here[z].occupied + 2.0 * arriving > rules.buffer * limit:
                needed = max(needed, int(np.ceil(arriving / (CROSSED_AT_ONCE * limit))))
        here[z].arrived = 0.0
    return min(needed, rules.most_batches), coming.sum()


@lean
def travel(keys, chance, day, any_limit, state, tables, rules, scratch):
    """Bring people to the ends of their links, in batches, until nobody can go on today.

    Those on foot came last, and stand last in Flee's list of persons: where it matters they arrive after all others.
    """
    place, route, slot, ride, leg = tables.place, tables.route, tables.slot, tables.ride, tables.leg
    arrival, queue, head, used, coming = scratch.arrival, scratch.queue, scratch.head, scratch.used, scratch.coming
    chosen, number, weight, tight, plain = scratch.chosen, scratch.number, scratch.weight, scratch.tight, tables.weight
    for m in range(keys.size):
        here, tonight, on_way = state.here[m], state.tonight[m], state.on_way[m]
        batches, everybody = 1, 0.0
        if any_limit:
            batches, everybody = batches_needed(here, on_way, place, ride, leg, rules, coming)
        watch(everybody, place, slot, route, here, rules.buffer, tight)
        for batch in range(2 * batches):
            key = mix(keys[m], np.uint64(batch))
            on_foot = batch // batches
            parts = (1 + on_foot) * batches - batch
            reach_ends(
                key, chance, day, on_foot, parts, here, tonight, on_way, ride, leg, arrival, queue, head, used, rules
            )
            go_on(
                key, chance, day, here, tonight, on_way, place, route, slot, ride, leg, arrival, queue, head, used,
                plain, tight, chosen, number, weight, rules,
            )  # fmt: skip


@lean
def slices_needed(people, s, in_mind, place, slot, route, here, plain, rules):
    """Return into how many parts people at a place decide, so that no camp fills by over 0.5% before the next part."""
    needed = 1
    begin, stop = slot[s].first, slot[s].last
    if in_mind >= 0:
        begin, stop = in_mind, in_mind + 1
    for i in range(begin, stop):
        z = route[i].end
        limit = place[z].limit
        if limit > 0.0 and here[z].occupied < limit and here[z].occupied + people > rules.buffer * limit:
            going = people
            if in_mind < 0:
                # Where no route is open nobody goes, and the weights sum to nothing.
                going = people * plain[i] / slot[s].total if slot[s].total > 0.0 else 0.0
            needed = max(needed, int(np.ceil(going / max(1.0, SLICED_AT_ONCE * limit))))
    return min(needed, rules.most_slices)


@lean
def reach_ends(key, chance, day, on_foot, parts, here, tonight, on_way, ride, leg, arrival, queue, head, used, rules):
    """Bring in one of `parts` equal parts of those who reach the end of a link today on wheels or on foot."""
    for r in range(on_foot, ride.size, 2):
        for at in range(ride[r].due, ride[r].due + ride[r].width):
            people = on_way[at].people
            if people <= 0.0:
                continue
            index = on_way[at].index / people
            if parts > 1:
                own = mix(mix(key, ride[r].key), np.uint64(at - ride[r].due))
                people = share(own, people, 1.0 / parts, chance)
                if people <= 0.0:
                    continue
                on_way[at].people -= people
                on_way[at].index -= people * index
            else:
                # The last part is everybody: a cell of the calendar is used again and may keep nobody.
                on_way[at].people = 0.0
                on_way[at].index = 0.0
            k = r >> 1
            moved = leg[k].km - (ride[r].days - 1) * ride[r].speed
            if leg[k].closed_on > day - ride[r].days + 1:
                here[leg[k].start].occupied += people
                settle(leg[k].back, people, index, moved, tonight, rules)
            else:
                arrive(
                    leg[k].after, leg[k].end, people, index, moved, ride[r].speed, 0, here, tonight, arrival, queue,
                    head, used, rules,
                )  # fmt: skip


@lean
def go_on(
    key, chance, day, here, tonight, on_way, place, route, slot, ride, leg, arrival, queue, head, used, plain, tight,
    chosen, number, weight, rules,
):  # fmt: skip
    """Let those who arrived with some of the day left decide, until nobody can go on.

    Those who moved least come first, so that all who meet at a place decide at once.
    """
    size = queue.shape[1]
    span = 0
    while span < rules.spans:
        if used[span] == 0:
            span += 1
            continue
        # In 64 bits, where the key below does not overflow without compilation either.
        cell = int(queue[span, head[span]])
        head[span] = (head[span] + 1) % size
        used[span] -= 1
        people = arrival[cell].people
        index = arrival[cell].index / people
        moved = arrival[cell].moved / people
        visit = arrival[cell].visit + 1 if arrival[cell].key == key else 0
        arrival[cell].key, arrival[cell].visit = key, visit
        arrival[cell].people, arrival[cell].index, arrival[cell].moved = 0.0, 0.0, 0.0
        s = (cell - span * size) // rules.buckets
        p = slot[s].place
        in_mind = slot[s].route
        own = mix(mix(key, slot[s].key), np.uint64(((cell - s * rules.buckets) << 20) + visit))
        if visit > MOST_VISITS or people < NEGLIGIBLE:
            settle(slot[s].root, people, index, moved, tonight, rules)
            continue
        leaving = min(slot[s].chance, 1.0)
        if rules.avoid_short_stints and place[p].town and index + moved / rules.top_speed < FULL_DAY:
            leaving = 1.0
        slices = slices_needed(people * leaving, s, in_mind, place, slot, route, here, plain, rules) if tight[p] else 1
        left = people
        for number_of_slice in range(slices):
            part = left
            if slices > 1:
                own = mix(own, np.uint64(number_of_slice))
                part = share(mix(own, SLICE), left, 1.0 / (slices - number_of_slice), chance)
                left -= part
                # A slice of a few is often nobody, and nobody may not arrive.
                if part <= 0.0:
                    continue
            found, staying = 0, part
            if in_mind == FREE:
                found = choose(
                    own, part, leaving, chance, s, place, slot, route, here, rules, plain, tight, weight, chosen, number
                )
            elif in_mind != LOST and route[in_mind].leg >= 0:
                chosen[0], number[0], found = in_mind, part, 1
            for j in range(found):
                i = chosen[j]
                if refuses(place, here, route[i].end, rules.buffer):
                    continue
                staying -= number[j]
                here[p].occupied -= number[j]
                k = route[i].leg
                if ride[2 * k].days == 1:
                    arrive(
                        leg[k].after, leg[k].end, number[j], index, moved + leg[k].km, ride[2 * k].speed, span, here,
                        tonight, arrival, queue, head, used, rules,
                    )  # fmt: skip
                else:
                    enter(day, k, 0, number[j], index, moved, on_way, ride, rules)
            if staying > 0.0:
                settle(slot[s].root, staying, index, moved, tonight, rules)


@lean
def sleep(rest, tonight, rules):
    """Halve what people who rested all day remember, and let those who came to rest today join them."""
    members, slots, _ = rest.shape
    for m in range(members):
        for s in range(slots):
            # Upwards, so that who comes down to a lower bucket does not forget twice; bucket 0 has nothing to forget.
            for b in range(1, rules.buckets + 1):
                people = rest[m, s, b].people
                if people > 0.0:
                    remembered = 0.5 * rest[m, s, b].index / people
                    lower = 1 + bucket_of(remembered, rules.buckets)
                    rest[m, s, b].index = 0.0
                    if lower < b:
                        rest[m, s, b].people = 0.0
                        rest[m, s, lower].people += people
                    rest[m, s, lower].index += people * remembered
                if tonight[m, s, b].people > 0.0:
                    rest[m, s, b].people += tonight[m, s, b].people
                    rest[m, s, b].index += tonight[m, s, b].index
                    tonight[m, s, b].people = 0.0
                    tonight[m, s, b].index = 0.0


@lean
def deactivate(keys, chance, share_of, slot, rest):
    """Let people at places with a `share_of` (place,) above 0 never move again; they stay counted there."""
    for m in range(keys.size):
        for s in range(slot.size):
            p = slot[s].place
            if share_of[p] > 0.0:
                for b in range(rest.shape[2]):
                    people = rest[m, s, b].people
                    if people > 0.0:
                        x = share(mix(mix(keys[m], slot[s].key), np.uint64(b)), people, share_of[p], chance)
                        rest[m, s, b].people -= x
                        rest[m, s, b].index *= 1.0 - x / people
