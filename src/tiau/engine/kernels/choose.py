"""Which destination people pick: weights, and a multinomial split along a tree of names."""

from __future__ import annotations

import math

import numpy as np

from tiau.engine.streams import compiled, mix, share, uniform

NEGLIGIBLE = 1e-3
RESIDUE = 1e-9


@compiled
def attraction(toward, room_of, added_room, rules, out):
    """Fill `out` (member, option) with the pull of crowds times the room that is left."""
    members, options = toward.shape
    for m in range(members):
        total = 0.0
        for k in range(options):
            # Expectations leave rounding residues where everybody has gone.
            if toward[m, k] < RESIDUE:
                toward[m, k] = 0.0
            total += toward[m, k]
        for k in range(options):
            crowd = toward[m, k] / total if total > 0 else 0.0
            pull = (crowd + rules.crowd_floor[m]) ** rules.crowd_power[m]
            if room_of[k] < np.inf:
                room = 1.0 - min(1.0, toward[m, k] / (rules.room_scale[m] * (room_of[k] + added_room[k])))
                pull *= room ** rules.room_power[m]
            out[m, k] = pull


@compiled
def place_weights(places, options, ways, rules, out):
    """Fill `out` (member, row, way, option) with the weights that hold for everybody who starts at a place."""
    where, inside, home_country = options.place, options.inside, options.home_country
    for m in range(out.shape[0]):
        decay, own, entry = rules.distance_decay[m], rules.own_place_km[m], rules.entry_bonus[m]
        stay = rules.log_stay_inside[m]
        for row in range(places.size):
            place = places[row]
            abroad = not home_country[place]
            for way in range(out.shape[2]):
                for k in range(where.size):
                    if abroad and home_country[where[k]]:
                        out[m, row, way, k] = 0.0
                        continue
                    cost = own if where[k] == place else ways.cost[way, k, place]
                    if math.isinf(cost):
                        out[m, row, way, k] = 0.0
                        continue
                    log_weight = -decay * cost + (stay if inside[k] else 0.0)
                    if ways.nearest[way, k, place]:
                        log_weight += entry
                    out[m, row, way, k] = math.exp(log_weight)


@compiled
def _descend(key, node, cumulative, tree):
    """Return the option that one person comes to from a node, by the same draws as `split` without its stack."""
    while True:
        start, middle, end = cumulative[tree.first[node]], cumulative[tree.middle[node]], cumulative[tree.last[node]]
        if uniform(mix(key, tree.key[node])) * (end - start) > end - middle:
            following, single = tree.left[node], tree.first[node]
        else:
            following, single = tree.right[node], tree.last[node] - 1
        if following < 0:
            return single
        node = following


@compiled
def split(key, people, cumulative, tree, chance, stack, held, option, taken):
    """Split people over options by binomial draws down the tree of names.

    `cumulative` (option + 1,) sums the weights in the order of the options. Fills `option` and `taken` with
    the options that get somebody and returns how many they are. Without chance, a branch that would get
    less than a thousandth of a person gives it to its sister.
    """
    found = 0
    if tree.key.size == 0:
        option[0], taken[0] = 0, people
        return 1
    stack[0], held[0] = 0, people
    depth = 1
    while depth > 0:
        depth -= 1
        node, n = stack[depth], held[depth]
        if n == 1.0 and chance:
            option[found], taken[found] = _descend(key, node, cumulative, tree), 1.0
            found += 1
            continue
        start, middle = cumulative[tree.first[node]], cumulative[tree.middle[node]]
        whole = cumulative[tree.last[node]] - start
        low = share(mix(key, tree.key[node]), n, (middle - start) / whole, chance)
        if not chance:
            if low < NEGLIGIBLE and n - low >= low:
                low = 0.0
            elif n - low < NEGLIGIBLE:
                low = n
        if n - low > 0.0:
            if tree.right[node] >= 0:
                stack[depth], held[depth] = tree.right[node], n - low
                depth += 1
            else:
                option[found], taken[found] = tree.last[node] - 1, n - low
                found += 1
        if low > 0.0:
            if tree.left[node] >= 0:
                stack[depth], held[depth] = tree.left[node], low
                depth += 1
            else:
                option[found], taken[found] = tree.first[node], low
                found += 1
    return found


@compiled
def choose(day_keys, chance, people, cells, names, options, of_group, kin, row_of, base, pull):
    """Send today's choosers on their way: to a cohort, to displacement in place, or trapped.

    `row_of` (place,) gives the row of `base` (member, row, way, option) with the weights of a place; `kin`
    (group, option) is the factor of affinity.
    """
    members, groups, places = people.choosing.shape
    where, tree = options.place, options.tree
    cumulative = np.zeros(where.size + 1)
    stack, held = np.empty(where.size + 64, np.int64), np.empty(where.size + 64)
    option, taken = np.empty(where.size, np.int64), np.empty(where.size)
    drawn_to = np.empty(where.size)
    for m in range(members):
        for g in range(groups):
            for k in range(where.size):
                drawn_to[k] = kin[g, k] * pull[m, k]
            for p in range(places):
                n = people.choosing[m, g, p]
                if n <= 0.0:
                    continue
                people.choosing[m, g, p] = 0.0
                weights = base[m, row_of[p], of_group[g]]
                total = 0.0
                for k in range(where.size):
                    total += weights[k] * drawn_to[k]
                    cumulative[k + 1] = total
                if total <= 0.0:
                    people.trapped[m, g, p] += n
                    continue
                key = mix(mix(day_keys[m], names.group[g]), names.place[p])
                found = split(key, n, cumulative, tree, chance, stack, held, option, taken)
                for j in range(found):
                    k = option[j]
                    people.toward[m, k] += taken[j]
                    if where[k] == p:
                        people.settled[m, g, p] += taken[j]
                        continue
                    i = cells.size[m]
                    cells.group[m, i] = g
                    cells.option[m, i] = k
                    cells.place[m, i] = p
                    cells.route[m, i] = -1
                    cells.left[m, i] = 0.0
                    cells.reach[m, i] = 1.0
                    cells.since[m, i] = -1
                    cells.people[m, i] = taken[j]
                    cells.size[m] = i + 1
