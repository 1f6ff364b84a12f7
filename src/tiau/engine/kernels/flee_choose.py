"""Flee's route choice on counts: how attractive each route is now, and how many take each."""

from __future__ import annotations

import numpy as np

from tiau.engine.streams import compiled, inlined, mix, share, uniform

# So few choose one by one: one uniform a person is cheaper than a draw a route.
FEW = 8
REFUSAL = 0.5
LEAVE, WHICH = np.uint64(1), np.uint64(2)


@inlined
def room(limit, occupied, buffer):
    """Return what is left of a place's attraction: 1 up to the buffer, 0 where it is full; limit 0 is none."""
    left = 1.0
    if limit > 0.0:
        if occupied >= limit:
            left = 0.0
        elif occupied > buffer * limit:
            left = 1.0 - (occupied - buffer * limit) / (limit * (1.0 - buffer))
    return left


@compiled
def finish(begin, stop, value, pruning, weight):
    """Prune the weights of an origin, make those of open routes equal where all are zero, and return their sum."""
    summed, best = 0.0, 0.0
    for i in range(begin, stop):
        best = max(best, weight[i])
    for i in range(begin, stop):
        if pruning >= 1.001 and weight[i] < best / pruning:
            weight[i] = 0.0
        summed += weight[i]
    if summed <= 0.0:
        for i in range(begin, stop):
            weight[i] = 1.0 if value[i] >= 0.0 else 0.0
            summed += weight[i]
    return summed


@compiled
def fill_weights(first, last, value, pruning, weight, total):
    """Fill `weight` (route,) and `total` (place,) with the attraction of routes while there is room everywhere."""
    for i in range(value.size):
        weight[i] = max(value[i], 0.0)
    for o in range(last.size):
        total[o] = finish(first[o], last[o], value, pruning, weight)


@compiled
def tight_weights(begin, stop, end, value, limit, occupied, buffer, power, pruning, weight):
    """Fill `weight` of an origin's routes as room is now and return the sum; -1 where room takes nothing off."""
    binding = False
    for i in range(begin, stop):
        z = end[i]
        binding = binding or (limit[z] > 0.0 and occupied[z] > buffer * limit[z])
    if not binding:
        return -1.0
    for i in range(begin, stop):
        z = end[i]
        weight[i] = max(value[i], 0.0) * room(limit[z], occupied[z], buffer) ** power
    return finish(begin, stop, value, pruning, weight)


@compiled
def split(key, people, chance, begin, stop, weight, total, route_key, chosen, number):
    """Share people over the routes `begin` to `stop` by weight; return how many routes have any.

    Fills `chosen` with routes and `number` with the people who take each. Where no route is open nobody takes any.
    """
    found = 0
    if total <= 0.0:
        return found
    if chance and people <= FEW:
        for i in range(stop - begin):
            number[i] = 0.0
        for person in range(int(people)):
            left = uniform(mix(key, np.uint64(person))) * total
            i = begin
            last = begin
            while i < stop:
                if weight[i] > 0.0:
                    last = i
                    left -= weight[i]
                    if left <= 0.0:
                        break
                i += 1
            number[last - begin] += 1.0
        for i in range(stop - begin):
            if number[i] > 0.0:
                chosen[found] = begin + i
                number[found] = number[i]
                found += 1
        return found
    left, open_ = people, total
    for i in range(begin, stop):
        if weight[i] <= 0.0:
            continue
        if left <= 0.0:
            break
        taken = left if weight[i] >= open_ else share(mix(key, route_key[i]), left, weight[i] / open_, chance)
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
