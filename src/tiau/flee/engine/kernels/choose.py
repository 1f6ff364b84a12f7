"""Flee's route choice on counts: how attractive each route is now, and how many take each."""

from __future__ import annotations

import numpy as np

from tiau.engine.streams import lean, mix, share, uniform, within
from tiau.flee.engine.state import Offer

# So few choose one by one: one uniform a person is cheaper than a draw a route.
FEW = 12
REFUSAL = 0.5
LEAVE = np.uint64(1)


@within
def room(limit, occupied, buffer):
    """Return what is left of a place's attraction: 1 up to the buffer, 0 where it is full; limit 0 is none."""
    if limit <= 0.0 or occupied <= buffer * limit:
        return 1.0
    if occupied >= limit:
        return 0.0
    return 1.0 - (occupied - buffer * limit) / (limit * (1.0 - buffer))


@within
def refuses(z, here, today):
    """Whether a camp turns away who is bound for it."""
    place = today.place
    return place[z].camp and room(place[z].limit, here[z].occupied, today.rules.buffer) < REFUSAL


@within
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
def prepare(free, today):
    """Fill the weights of routes, and their sum in each free slot, as they are while there is room everywhere."""
    slot, route, weight = today.slot, today.route, today.weight
    for i in range(route.size):
        weight[i] = max(route[i].value, 0.0)
    for s in range(free):
        slot[s].total = finish(slot[s].first, slot[s].last, route, today.rules.pruning, weight)


@within
def watch(coming, here, today, tight):
    """Mark the places from which a route leads to a camp that `coming` people could fill beyond its buffer."""
    place, slot, route, buffer = today.place, today.slot, today.route, today.rules.buffer
    for p in range(place.size):
        tight[p] = False
        if place[p].near_limit:
            for i in range(slot[p].first, slot[p].last):
                limit = place[route[i].end].limit
                tight[p] = tight[p] or (limit > 0.0 and here[route[i].end].occupied + coming > buffer * limit)


@within
def tighten(begin, stop, here, today, weight):
    """Fill the weights of an origin's routes as room is now and return their sum."""
    route, rules = today.route, today.rules
    for i in range(begin, stop):
        z = route[i].end
        left = room(today.place[z].limit, here[z].occupied, rules.buffer)
        weight[i] = max(route[i].value, 0.0) * (left if rules.power == 1.0 else left**rules.power)
    return finish(begin, stop, route, rules.pruning, weight)


@within
def reached(left, offer):
    """Return the route at which the running sum of weights reaches `left`."""
    # Rounding may leave something over after the last weight: the last route with any is taken then.
    last = offer.begin
    for i in range(offer.begin, offer.stop):
        if offer.weight[i] > 0.0:
            last = i
            left -= offer.weight[i]
            if left <= 0.0:
                break
    return last


@within
def one_by_one(key, people, leaving, offer, chosen, number):
    """Let each of a few people draw one uniform number, for both whether to leave and by which route."""
    begin, width = offer.begin, offer.stop - offer.begin
    for i in range(width):
        number[i] = 0.0
    for person in range(int(people)):
        left = uniform(mix(key, np.uint64(person)))
        if left < leaving:
            number[reached(left * offer.total / leaving, offer) - begin] += 1.0
    found = 0
    for i in range(width):
        if number[i] > 0.0:
            chosen[found] = begin + i
            number[found] = number[i]
            found += 1
    return found


@within
def shared(key, left, offer, today, chosen, number):
    """Share people over routes by weight, with a draw a route."""
    route, weight, open_, found = today.route, offer.weight, offer.total, 0
    for i in range(offer.begin, offer.stop):
        if left <= 0.0:
            break
        if weight[i] <= 0.0:
            continue
        # The last route with weight takes all who are left, whatever the sums have rounded to.
        taken = left if weight[i] >= open_ else share(mix(key, route[i].key), left, weight[i] / open_, today.chance)
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


@within
def choose(key, s, people, leaving, here, today, scratch):
    """Draw who leaves a free slot with chance `leaving`, and by which route as room is now.

    Fills `chosen` with routes and `number` with the people who take each; returns how many routes have any. Where no
    route is open nobody takes any.
    """
    slot, chosen, number = today.slot, scratch.chosen, scratch.number
    begin, stop = slot[s].first, slot[s].last
    offer = Offer(begin, stop, slot[s].total, today.weight)
    if scratch.tight[slot[s].place]:
        offer = Offer(begin, stop, tighten(begin, stop, here, today, scratch.weight), scratch.weight)
    if offer.total <= 0.0 or leaving <= 0.0:
        return 0
    if today.chance and people == 1.0:
        left = uniform(key)
        if left >= leaving:
            return 0
        chosen[0], number[0] = reached(left * offer.total / leaving, offer), 1.0
        return 1
    if today.chance and people <= FEW:
        return one_by_one(key, people, leaving, offer, chosen, number)
    return shared(key, share(mix(key, LEAVE), people, leaving, today.chance), offer, today, chosen, number)
