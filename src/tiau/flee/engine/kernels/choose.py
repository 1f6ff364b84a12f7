"""Flee's route choice on counts: how attractive each route is now, and how many take each."""

from __future__ import annotations

import numpy as np

from tiau.engine.streams import lean, mix, share, uniform

# So few choose one by one: one uniform a person is cheaper than a draw a route.
FEW = 12
REFUSAL = 0.5
LEAVE = np.uint64(1)


@lean
def room(limit, occupied, buffer):
    """Return what is left of a place's attraction: 1 up to the buffer, 0 where it is full; limit 0 is none."""
    if limit <= 0.0 or occupied <= buffer * limit:
        return 1.0
    if occupied >= limit:
        return 0.0
    return 1.0 - (occupied - buffer * limit) / (limit * (1.0 - buffer))


@lean
def refuses(place, here, z, buffer):
    """Whether a camp turns away who is bound for it."""
    return place[z].camp and room(place[z].limit, here[z].occupied, buffer) < REFUSAL


@lean
def finish(begin, stop, route, pruning, weight):
    """Prune the weights of an origin, make those of open routes equal where all are zero, and return their sum."""
    summed, best = 0.0, 0.0
    for i in range(begin, stop):
        best = max(best, weight[i])
    for i in range(begin, stop):
        # In Flee a threshold of 1 means that nothing is pruned.
        if pruning >= 1.001 and weight[i] < best / pruning:
            weight[i] = 0.0
        summed += weight[i]
    if summed <= 0.0:
        for i in range(begin, stop):
            weight[i] = 1.0 if route[i].value >= 0.0 else 0.0
            summed += weight[i]
    return summed


@lean
def prepare(free, slot, route, pruning, weight):
    """Fill the weights of routes, and their sum in each free slot, as they are while there is room everywhere."""
    for i in range(route.size):
        weight[i] = max(route[i].value, 0.0)
    for s in range(free):
        slot[s].total = finish(slot[s].first, slot[s].last, route, pruning, weight)


@lean
def watch(coming, place, slot, route, here, buffer, tight):
    """Mark the places from which a route leads to a camp that `coming` people could fill beyond its buffer."""
    for p in range(place.size):
        tight[p] = False
        if place[p].near_limit:
            for i in range(slot[p].first, slot[p].last):
                limit = place[route[i].end].limit
                tight[p] = tight[p] or (limit > 0.0 and here[route[i].end].occupied + coming > buffer * limit)


@lean
def tighten(begin, stop, place, route, here, rules, weight):
    """Fill the weights of an origin's routes as room is now and return their sum."""
    for i in range(begin, stop):
        z = route[i].end
        left = room(place[z].limit, here[z].occupied, rules.buffer)
        weight[i] = max(route[i].value, 0.0) * (left if rules.power == 1.0 else left**rules.power)
    return finish(begin, stop, route, rules.pruning, weight)


@lean
def reached(left, begin, stop, weight):
    """Return the route at which the running sum of weights reaches `left`."""
    # Rounding may leave something over after the last weight: the last route with any is taken then.
    last = begin
    for i in range(begin, stop):
        if weight[i] > 0.0:
            last = i
            left -= weight[i]
            if left <= 0.0:
                break
    return last


@lean
def split(key, people, leaving, chance, begin, stop, weight, total, route, chosen, number):
    """Draw who leaves with chance `leaving` and share them over the routes `begin` to `stop` by weight.

    Fills `chosen` with routes and `number` with the people who take each; returns how many routes have any. Where no
    route is open nobody takes any.
    """
    found = 0
    if total <= 0.0 or leaving <= 0.0:
        return found
    if chance and people == 1.0:
        left = uniform(key)
        if left < leaving:
            chosen[0], number[0] = reached(left * total / leaving, begin, stop, weight), 1.0
            found = 1
        return found
    if chance and people <= FEW:
        for i in range(stop - begin):
            number[i] = 0.0
        for person in range(int(people)):
            left = uniform(mix(key, np.uint64(person)))
            if left < leaving:
                number[reached(left * total / leaving, begin, stop, weight) - begin] += 1.0
        for i in range(stop - begin):
            if number[i] > 0.0:
                chosen[found] = begin + i
                number[found] = number[i]
                found += 1
        return found
    left, open_ = share(mix(key, LEAVE), people, leaving, chance), total
    for i in range(begin, stop):
        if left <= 0.0:
            break
        if weight[i] <= 0.0:
            continue
        # The last route with weight takes all who are left, whatever the sums have rounded to.
        taken = left if weight[i] >= open_ else share(mix(key, route[i].key), left, weight[i] / open_, chance)
        open_ -= weight[i]
        left -= taken
        if taken > 0.0:
            chosen[found] = i
            number[found] = taken
            found += 1
    if left > 0.0 and found > 0:
        # What rounding of the weights leaves over goes with the last.
        number[found - 1] += left
    return found


@lean
def choose(key, people, leaving, chance, s, place, slot, route, here, rules, plain, tight, weight, chosen, number):
    """Draw who leaves from a free slot, and by which route as room is now; see `split`."""
    begin, stop = slot[s].first, slot[s].last
    if tight[slot[s].place]:
        total = tighten(begin, stop, place, route, here, rules, weight)
        return split(key, people, leaving, chance, begin, stop, weight, total, route, chosen, number)
    return split(key, people, leaving, chance, begin, stop, plain, slot[s].total, route, chosen, number)
