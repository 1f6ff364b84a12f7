"""Which destination people pick: weights, and a multinomial split along a tree of names."""

from __future__ import annotations

import math

import numpy as np

from tiau.engine.kernels.cohort_list import cohorts_of, put
from tiau.engine.kernels.travel import AT_PLACE
from tiau.engine.streams import binomial, compiled, inlined, mix, uniform, within

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
                pull *= max(room, rules.room_floor[m]) ** rules.room_power[m]
            out[m, k] = pull


@compiled
def anybody_new(choosing, row_of):
    """Tell whether anybody chooses at a place that has no row of weights yet."""
    for p in range(row_of.size):
        if row_of[p] < 0:
            for m in range(choosing.shape[0]):
                for g in range(choosing.shape[1]):
                    if choosing[m, g, p] > 0.0:
                        return True
    return False


@compiled
def place_weights(members, places, rows, options, ways, waiting, rules, out):
    """Fill `out` (member, row, way, option) with the weights that hold for everybody who starts at a place.

    For `members` alone, and for `places` with the rows that they have; `waiting` (member, bundle) are the days that
    people expect to wait on ways that pass the borders of a bundle.
    """
    where, inside, home_country = options.place, options.inside, options.home_country
    for m in members:
        decay, own, entry = rules.distance_decay[m], rules.own_place_km[m], rules.entry_bonus[m]
        stay, a_day = rules.log_stay_inside[m], rules.km_per_day_waited[m]
        for place, row in zip(places, rows):  # noqa: B905 (not known to the compiler)
            abroad = not home_country[place]
            for way in range(out.shape[2]):
                for k in range(where.size):
                    # From abroad people go home by returning, not by choosing.
                    if abroad and home_country[where[k]]:
                        out[m, row, way, k] = 0.0
                        continue
                    cost = ways.km[way, k, place]
                    # Infinite at the place itself too where it takes nobody in.
                    if math.isinf(cost):
                        out[m, row, way, k] = 0.0
                        continue
                    if where[k] == place:
                        cost = own
                    elif ways.bundle[way, k, place] > 0:
                        cost += a_day * waiting[m, ways.bundle[way, k, place]]
                    log_weight = -decay * cost + (stay if inside[k] else 0.0)
                    if ways.nearest[way, k, place]:
                        log_weight += entry
                    out[m, row, way, k] = math.exp(log_weight)


@inlined
def _descend(key, node, cumulative, first, middle, last, child, node_keys):
    """Return the option that one person comes to from a node, by the same draws as `split`.

    Numbers of both children are drawn ahead: waiting for one after the other is what takes time here.
    """
    low, high = cumulative[first[node]], cumulative[last[node]]
    u = uniform(mix(key, node_keys[node]))
    while node >= 0:
        earlier, later = child[node, 0], child[node, 1]
        u_earlier = uniform(mix(key, node_keys[max(earlier, 0)]))
        u_later = uniform(mix(key, node_keys[max(later, 0)]))
        between = cumulative[middle[node]]
        if u * (high - low) <= high - between:
            low, node, u = between, later, u_later
        else:
            high, node, u = between, earlier, u_earlier
    return ~node


@compiled
def split(key, people, cumulative, tree, stack, held, option, taken):
    """Split people over options by binomial draws down the tree of names.

    `cumulative` (option + 1,) sums the weights in the order of the options. Fills `option` and `taken` with
    the options that get somebody and returns how many they are.
    """
    first, middle, last, child, node_keys = tree
    found = 0
    stack[0], held[0] = 0 if node_keys.size else ~0, people
    depth = 1
    while depth > 0:
        depth -= 1
        node, n = stack[depth], held[depth]
        # Most branches hold one person soon, who walks down with one draw a node and no binomial.
        if n == 1.0 and node >= 0:
            node = ~_descend(key, node, cumulative, first, middle, last, child, node_keys)
        if node < 0:
            option[found], taken[found] = ~node, n
            found += 1
            continue
        start, between = cumulative[first[node]], cumulative[middle[node]]
        low = binomial(mix(key, node_keys[node]), n, (between - start) / (cumulative[last[node]] - start))
        if n - low > 0.0:
            stack[depth], held[depth] = child[node, 1], n - low
            depth += 1
        if low > 0.0:
            stack[depth], held[depth] = child[node, 0], low
            depth += 1
    return found


@compiled
def choose(day_keys, people, cells, names, options, of_group, kin, row_of, base, pull):
    """Send today's choosers on their way: to a cohort, to displacement in place, or trapped.

    `row_of` (place,) gives the row of `base` (member, row, way, option) with the weights of a place; `kin`
    (member, group, option) is the factor of affinity.
    """
    members, groups, places = people.choosing.shape
    where, tree, place_keys = options.place, options.tree, names.place
    count = where.size
    cumulative, drawn_to = np.zeros(count + 1), np.empty(count)
    # A tree over hashes is at most 64 bits deep.
    stack, held = np.empty(count + 64, np.int64), np.empty(count + 64)
    option, taken = np.empty(count, np.int64), np.empty(count)
    for m in range(members):
        row, size, toward = cohorts_of(cells, m), cells.size[m], people.toward[m]
        for g in range(groups):
            choosing, settled, trapped = people.choosing[m, g], people.settled[m, g], people.trapped[m, g]
            group_key = mix(day_keys[m], names.group[g])
            for k in range(count):
                # Once a group: the weights by place are shared by all groups that have the same ways.
                drawn_to[k] = kin[m, g, k] * pull[m, k]
            for p in range(places):
                n = choosing[p]
                if n <= 0.0:
                    continue
                choosing[p] = 0.0
                total = _sum_up(base[m, row_of[p], of_group[g]], drawn_to, cumulative)
                if total <= 0.0:
                    trapped[p] += n
                    continue
                found = split(mix(group_key, place_keys[p]), n, cumulative, tree, stack, held, option, taken)
                for j in range(found):
                    k = option[j]
                    toward[k] += taken[j]
                    if where[k] == p:
                        settled[p] += taken[j]
                    else:
                        put(size, row, g, k, p, AT_PLACE, 0.0, 1.0, -1, taken[j])
                        size += 1
        cells.size[m] = size


@within
def _sum_up(weights, drawn_to, cumulative):
    """Fill `cumulative` (option + 1,) with the running sum of weights, and return the whole."""
    total = 0.0
    for k in range(weights.size):
        total += weights[k] * drawn_to[k]
        cumulative[k + 1] = total
    return total
