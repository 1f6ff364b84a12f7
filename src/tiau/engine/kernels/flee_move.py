"""Flee's day on counts: who sets out, how far they get, what they remember of it."""

from __future__ import annotations

import numpy as np

from tiau.engine.kernels.flee_choose import LEAVE, REFUSAL, WHICH, room, split, tight_weights
from tiau.engine.streams import compiled, inlined, mix, share

FULL_DAY = 1.0
# Below this the recent-travel index no longer matters: no day's journey is so near a full one.
FORGOTTEN = 1.0 / 64.0
MOST_BATCHES = 16
CROSSED_AT_ONCE = 0.01


@inlined
def bucket_of(index, buckets):
    """Return the bucket of a recent-travel index: the first is forgotten, the last a full day or more."""
    b = 0
    if buckets > 1 and index >= FORGOTTEN:
        b = buckets - 1 if index >= FULL_DAY else 1 + int(index * (buckets - 2))
    return b


@inlined
def _enter(m, day, leg, on_foot, people, index, moved, state, legs, rules):
    """Put people on a link on which they will be tonight, or of which they reach the end on this first day."""
    ride = 2 * leg + on_foot
    days = legs.days[ride]
    remembered = index
    if days > 1:
        full = legs.speed[ride] / rules.top_speed
        weight = 0.5 ** (days - 2)
        remembered = 0.5 * (index + moved / rules.top_speed + full) * weight + full * (1.0 - weight)
    b = bucket_of(remembered, legs.width[ride])
    at = legs.base[ride] + ((day + days - 1) % days) * legs.width[ride] + b
    state.on_way[m, at] += people
    state.on_way_index[m, at] += people * remembered


@inlined
def _settle(m, slot, people, index, moved, state, rules):
    """Let people rest in a slot until tomorrow, with what they will then remember of today."""
    remembered = 0.5 * (index + moved / rules.top_speed)
    b = 1 + bucket_of(remembered, rules.buckets)
    state.tonight[m, slot, b] += people
    state.tonight_index[m, slot, b] += people * remembered


@compiled
def spawn(keys, chance, people, factor, order, place_key, state, take):
    """Share newcomers over places by population times `factor` (place,)."""
    for m in range(keys.size):
        open_ = 0.0
        for p in range(factor.size):
            open_ += factor[p] * state.population[m, p]
        left = people
        for p in order:
            weight = factor[p] * state.population[m, p]
            if weight <= 0.0 or left <= 0.0:
                continue
            x = left if weight >= open_ else share(mix(keys[m], place_key[p]), left, weight / open_, chance)
            open_ -= weight
            left -= x
            state.rest[m, p, 0] += x
            state.occupied[m, p] += x
            state.created[m] += x
            if take:
                state.population[m, p] = max(state.population[m, p] - x, 0.0)


@compiled
def spawn_at(keys, chance, amount, drawn, place_key, state, take):
    """Add newcomers `amount` (member, place), Poisson-distributed around it where `drawn`."""
    many = 1e12
    for m in range(keys.size):
        for p in range(place_key.size):
            x = amount[m, p]
            if drawn and chance:
                x = share(mix(keys[m], place_key[p]), many, x / many, chance)
            if x > 0.0:
                state.rest[m, p, 0] += x
                state.occupied[m, p] += x
                state.created[m] += x
                if take:
                    state.population[m, p] = max(state.population[m, p] - x, 0.0)


@compiled
def decide(keys, chance, day, at_limited, state, world, routes, legs, rules, scratch):
    """Let people who rest decide: those at places with a limit (`at_limited`) or all others."""
    chosen, number, weight = scratch.chosen, scratch.number, scratch.weight
    for m in range(keys.size):
        occupied = state.occupied[m]
        for s in range(routes.slot_place.size):
            p = routes.slot_place[s]
            if (world.limit[p] > 0.0) != at_limited or occupied[p] <= 0.0:
                continue
            in_mind = routes.slot_route[s]
            for b in range(rules.buckets + 1):
                people = state.rest[m, s, b]
                if people <= 0.0:
                    continue
                index = state.rest_index[m, s, b] / people
                if in_mind >= 0:
                    state.rest[m, s, b] = 0.0
                    state.rest_index[m, s, b] = 0.0
                    z = routes.end[in_mind]
                    full = world.camp[z] and room(world.limit[z], occupied[z], rules.buffer) < REFUSAL
                    if full or world.leg[in_mind] < 0:
                        state.rest[m, p, b] += people
                        state.rest_index[m, p, b] += people * index
                    else:
                        occupied[p] -= people
                        _enter(m, day, world.leg[in_mind], 0, people, index, 0.0, state, legs, rules)
                    continue
                key = mix(mix(keys[m], routes.slot_key[s]), np.uint64(b))
                movers = share(mix(key, LEAVE), people, min(world.chance[p], 1.0), chance)
                begin, stop = routes.first[p], routes.last[p]
                if movers <= 0.0 or begin == stop:
                    continue
                total = -1.0
                if world.near_limit[p]:
                    total = tight_weights(
                        begin, stop, routes.end, world.value, world.limit, occupied, rules.buffer, rules.power,
                        rules.pruning, weight,
                    )  # fmt: skip
                if total >= 0.0:
                    found = split(
                        mix(key, WHICH), movers, chance, begin, stop, weight, total, routes.key, chosen, number
                    )
                else:
                    found = split(
                        mix(key, WHICH), movers, chance, begin, stop, world.weight, world.total[p], routes.key,
                        chosen, number,
                    )  # fmt: skip
                for j in range(found):
                    i = chosen[j]
                    z = routes.end[i]
                    if world.camp[z] and room(world.limit[z], occupied[z], rules.buffer) < REFUSAL:
                        continue
                    state.rest[m, s, b] -= number[j]
                    state.rest_index[m, s, b] -= number[j] * index
                    occupied[p] -= number[j]
                    on_foot = 1 if b == 0 and rules.start_on_foot else 0
                    _enter(m, day, world.leg[i], on_foot, number[j], index, 0.0, state, legs, rules)


@compiled
def batches_needed(m, state, world, legs, rules, coming):
    """Return into how many parts today's arrivals are split, so that no camp fills by over 1% in one of them."""
    coming[:] = 0.0
    for ride in range(legs.width.size):
        z = legs.end[ride >> 1]
        if world.limit[z] > 0.0:
            for at in range(world.due[ride], world.due[ride] + legs.width[ride]):
                coming[z] += state.on_way[m, at]
    needed = 1
    for z in range(coming.size):
        limit = world.limit[z]
        if limit > 0.0 and state.occupied[m, z] < limit:
            arriving = max(coming[z], state.arrived[m, z])
            # As many again may come on from other places today.
            if arriving > CROSSED_AT_ONCE * limit and state.occupied[m, z] + 2.0 * arriving > rules.buffer * limit:
                needed = max(needed, int(np.ceil(arriving / (CROSSED_AT_ONCE * limit))))
        state.arrived[m, z] = 0.0
    return min(needed, MOST_BATCHES)


@inlined
def _arrive(m, layer, slot, place, people, index, moved, speed, state, rules, scratch):
    """Bring people to a place: they may go on today if they have moved less than a day's reach of the link."""
    state.occupied[m, place] += people
    state.arrived[m, place] += people
    if moved < speed:
        span = min(int(moved / rules.top_speed * rules.spans), rules.spans - 1)
        cell = (slot * rules.buckets + bucket_of(index, rules.buckets)) * rules.spans + span
        if scratch.people[layer, cell] == 0.0:
            scratch.cell[layer, scratch.used[layer]] = cell
            scratch.used[layer] += 1
        scratch.people[layer, cell] += people
        scratch.index_sum[layer, cell] += people * index
        scratch.moved[layer, cell] += people * moved
    else:
        _settle(m, slot, people, index, moved, state, rules)


@compiled
def travel(keys, chance, day, state, world, routes, legs, rules, scratch):
    """Bring people to the ends of their links, in rounds and batches, until nobody can go on today.

    Those on foot came last, and stand last in Flee's list of persons: where it matters they arrive after all others.
    """
    for m in range(keys.size):
        batches = batches_needed(m, state, world, legs, rules, scratch.coming) if world.any_limit else 1
        for batch in range(2 * batches):
            key = mix(keys[m], np.uint64(batch))
            on_foot = batch // batches
            parts = (1 + on_foot) * batches - batch
            _first_round(m, key, chance, day, on_foot, parts, state, world, routes, legs, rules, scratch)
            layer = 0
            turn = 1
            while scratch.used[layer] > 0:
                _further_round(
                    m, mix(key, np.uint64(turn)), chance, day, layer, state, world, routes, legs, rules, scratch
                )
                layer = 1 - layer
                turn += 1


@compiled
def _first_round(m, key, chance, day, on_foot, parts, state, world, routes, legs, rules, scratch):
    """Bring in one of `parts` equal parts of those who reach the end of a link today on wheels or on foot."""
    for ride in range(on_foot, legs.width.size, 2):
        for at in range(world.due[ride], world.due[ride] + legs.width[ride]):
            people = state.on_way[m, at]
            if people <= 0.0:
                continue
            index = state.on_way_index[m, at] / people
            if parts > 1:
                own = mix(mix(key, legs.key[ride]), np.uint64(at - world.due[ride]))
                people = share(own, people, 1.0 / parts, chance)
                if people <= 0.0:
                    continue
                state.on_way[m, at] -= people
                state.on_way_index[m, at] -= people * index
            else:
                state.on_way[m, at] = 0.0
                state.on_way_index[m, at] = 0.0
            leg = ride >> 1
            moved = legs.km[leg] - (legs.days[ride] - 1) * legs.speed[ride]
            if world.closed_on[legs.link[leg]] > day - legs.days[ride] + 1:
                start = legs.start[leg]
                state.occupied[m, start] += people
                _settle(m, start, people, index, moved, state, rules)
            else:
                _arrive(
                    m, 0, legs.after[leg], legs.end[leg], people, index, moved, legs.speed[ride], state, rules, scratch
                )


@compiled
def _further_round(m, key, chance, day, layer, state, world, routes, legs, rules, scratch):
    """Let those who arrived with some of the day left decide; those who reach another place go to the other layer."""
    chosen, number, weight = scratch.chosen, scratch.number, scratch.weight
    occupied = state.occupied[m]
    for c in range(scratch.used[layer]):
        cell = scratch.cell[layer, c]
        people = scratch.people[layer, cell]
        index = scratch.index_sum[layer, cell] / people
        moved = scratch.moved[layer, cell] / people
        scratch.people[layer, cell] = 0.0
        scratch.index_sum[layer, cell] = 0.0
        scratch.moved[layer, cell] = 0.0
        slot = cell // (rules.buckets * rules.spans)
        p = routes.slot_place[slot]
        in_mind = routes.slot_route[slot]
        own = mix(mix(key, routes.slot_key[slot]), np.uint64(cell - slot * rules.buckets * rules.spans))
        found = 0
        staying = people
        if in_mind >= 0:
            if world.leg[in_mind] >= 0:
                chosen[0] = in_mind
                number[0] = people
                found = 1
        else:
            leaving = min(world.chance[p], 1.0)
            if rules.avoid_short_stints and world.town[p] and index + moved / rules.top_speed < FULL_DAY:
                leaving = 1.0
            movers = share(mix(own, LEAVE), people, leaving, chance)
            begin, stop = routes.first[p], routes.last[p]
            if movers > 0.0 and begin < stop:
                total = -1.0
                if world.near_limit[p]:
                    total = tight_weights(
                        begin, stop, routes.end, world.value, world.limit, occupied, rules.buffer, rules.power,
                        rules.pruning, weight,
                    )  # fmt: skip
                if total >= 0.0:
                    found = split(
                        mix(own, WHICH), movers, chance, begin, stop, weight, total, routes.key, chosen, number
                    )
                else:
                    found = split(
                        mix(own, WHICH), movers, chance, begin, stop, world.weight, world.total[p], routes.key,
                        chosen, number,
                    )  # fmt: skip
        for j in range(found):
            i = chosen[j]
            z = routes.end[i]
            if world.camp[z] and room(world.limit[z], occupied[z], rules.buffer) < REFUSAL:
                continue
            staying -= number[j]
            occupied[p] -= number[j]
            leg = world.leg[i]
            if legs.days[2 * leg] == 1:
                _arrive(
                    m, 1 - layer, legs.after[leg], legs.end[leg], number[j], index, moved + legs.km[leg],
                    legs.speed[2 * leg], state, rules, scratch,
                )  # fmt: skip
            else:
                _enter(m, day, leg, 0, number[j], index, moved, state, legs, rules)
        if staying > 0.0:
            _settle(m, p, staying, index, moved, state, rules)
    scratch.used[layer] = 0


@compiled
def sleep(state, rules):
    """Halve what people who rested all day remember, and let those who came to rest today join them."""
    members, slots, _ = state.rest.shape
    for m in range(members):
        for s in range(slots):
            for b in range(1, rules.buckets + 1):
                people = state.rest[m, s, b]
                if people > 0.0:
                    remembered = 0.5 * state.rest_index[m, s, b] / people
                    lower = 1 + bucket_of(remembered, rules.buckets)
                    state.rest_index[m, s, b] = 0.0
                    if lower < b:
                        state.rest[m, s, b] = 0.0
                        state.rest[m, s, lower] += people
                    state.rest_index[m, s, lower] += people * remembered
                if state.tonight[m, s, b] > 0.0:
                    state.rest[m, s, b] += state.tonight[m, s, b]
                    state.rest_index[m, s, b] += state.tonight_index[m, s, b]
                    state.tonight[m, s, b] = 0.0
                    state.tonight_index[m, s, b] = 0.0


@compiled
def deactivate(keys, chance, share_of, place_key, state, routes):
    """Let people at places with a `share_of` (place,) above 0 never move again; they stay counted there."""
    for m in range(keys.size):
        for s in range(routes.slot_place.size):
            p = routes.slot_place[s]
            if share_of[p] > 0.0:
                for b in range(state.rest.shape[2]):
                    people = state.rest[m, s, b]
                    if people > 0.0:
                        x = share(mix(mix(keys[m], routes.slot_key[s]), np.uint64(b)), people, share_of[p], chance)
                        state.rest[m, s, b] -= x
                        state.rest_index[m, s, b] *= 1.0 - x / people
