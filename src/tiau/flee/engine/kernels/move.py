"""Flee's day on counts: who sets out, how far they get, and who goes on."""

from __future__ import annotations

import math

import numpy as np

from tiau.engine.streams import lean, mix, share, within
from tiau.flee.engine.kernels.choose import choose, refuses, watch
from tiau.flee.engine.kernels.parts import slices_needed, waves_needed
from tiau.flee.engine.kernels.rest import FULL_DAY, bucket_of, settle
from tiau.flee.engine.state import Member, Party

# Ways of no length would keep people going for ever, and expectations would never come to nothing.
MOST_VISITS, NEGLIGIBLE = 100_000, 1e-9
# In the place of a route: nothing in mind, or a route that no longer leads on.
FREE, LOST = -1, -2
SLICE = np.uint64(1 << 20)


@within
def enter(leg, on_foot, party, member, today):
    """Put people on a link on which they will be tonight, or of which they reach the end on this first day."""
    ride, on_way, rules = today.ride, member.on_way, today.rules
    r = 2 * leg + on_foot
    days = int(ride[r].days)
    remembered = party.recent
    if days > 1:
        full = ride[r].speed / rules.top_speed
        weight = math.ldexp(1.0, 2 - days)
        remembered = 0.5 * (party.recent + party.moved / rules.top_speed + full) * weight + full * (1.0 - weight)
    at = ride[r].begin + ((today.day + days - 1) % days) * ride[r].width + bucket_of(remembered, ride[r].width)
    on_way[at].people += party.people
    on_way[at].index += party.people * remembered


@within
def arrive(leg, party, speed, served, member, today, scratch):
    """Bring people to the end of a link: they may go on today if they have moved less than a day's reach of it.

    There must be somebody: a cell stands in its queue as long as anybody is in it, so that nobody would queue it twice
    and overflow the ring. `served` is the span that is being served.
    """
    here, rules, arrival, used = member.here, today.rules, scratch.arrival, scratch.used
    slot, p = today.leg[leg].after, today.leg[leg].end
    here[p].occupied += party.people
    here[p].arrived += party.people
    if party.moved >= speed:
        settle(slot, party, member.tonight, rules)
        return
    # The mean of what people moved may round below their span; a span that is over is not looked at again.
    span = max(served, min(int(party.moved / rules.top_speed * rules.spans), rules.spans - 1))
    size = scratch.queue.shape[1]
    cell = span * size + slot * rules.buckets + bucket_of(party.recent, rules.buckets)
    if arrival[cell].people == 0.0:
        scratch.queue[span, (scratch.head[span] + used[span]) % size] = cell
        used[span] += 1
    arrival[cell].people += party.people
    arrival[cell].index += party.people * party.recent
    arrival[cell].moved += party.people * party.moved


@lean
def decide(keys, at_limited, state, today, scratch):
    """Let people who rest decide: those at places with a limit (`at_limited`) or all others."""
    place, slot, rules = today.place, today.slot, today.rules
    for m in range(keys.size):
        member = Member(state.rest[m], state.tonight[m], state.on_way[m], state.here[m])
        here, rest = member.here, member.rest
        watch(0.0, here, today, scratch.tight)
        for s in range(slot.size):
            p = slot[s].place
            if (place[p].limit > 0.0) != at_limited or here[p].occupied <= 0.0:
                continue
            for b in range(rules.buckets + 1):
                if rest[s, b].people <= 0.0:
                    continue
                if slot[s].route == FREE:
                    set_out(mix(mix(keys[m], slot[s].key), np.uint64(b)), s, b, member, today, scratch)
                else:
                    resume(s, b, member, today)


@within
def resume(s, b, member, today):
    """Let people set out on the rest of the route that they have in mind, or forget it where it is shut."""
    rest, here, route, root = member.rest, member.here, today.route, today.slot[s].root
    people, in_mind = rest[s, b].people, today.slot[s].route
    index = rest[s, b].index / people
    rest[s, b].people = 0.0
    rest[s, b].index = 0.0
    if in_mind == LOST or route[in_mind].leg < 0 or refuses(route[in_mind].end, here, today):
        rest[root, b].people += people
        rest[root, b].index += people * index
    else:
        here[today.slot[s].place].occupied -= people
        enter(route[in_mind].leg, 0, Party(people, index, 0.0), member, today)


@within
def set_out(key, s, b, member, today, scratch):
    """Let people who have nothing in mind decide whether to leave, and for where."""
    rest, here, route = member.rest, member.here, today.route
    people, p = rest[s, b].people, today.slot[s].place
    index = rest[s, b].index / people
    on_foot = 1 if b == 0 and today.rules.start_on_foot else 0
    for j in range(choose(key, s, people, min(today.slot[s].chance, 1.0), here, today, scratch)):
        i, going = scratch.chosen[j], scratch.number[j]
        if refuses(route[i].end, here, today):
            continue
        rest[s, b].people -= going
        rest[s, b].index -= going * index
        here[p].occupied -= going
        enter(route[i].leg, on_foot, Party(going, index, 0.0), member, today)


@lean
def travel(keys, state, today, scratch):
    """Bring people to the ends of their links, in waves, until nobody can go on today.

    Those on foot came last, and stand last in Flee's list of persons: where it matters they arrive after all others.
    """
    for m in range(keys.size):
        member = Member(state.rest[m], state.tonight[m], state.on_way[m], state.here[m])
        waves, everybody = 1, 0.0
        if today.any_limit:
            waves, everybody = waves_needed(member, today, scratch.coming)
        watch(everybody, member.here, today, scratch.tight)
        for wave in range(2 * waves):
            key = mix(keys[m], np.uint64(wave))
            on_foot = wave // waves
            reach_ends(key, on_foot, (1 + on_foot) * waves - wave, member, today, scratch)
            go_on(key, member, today, scratch)


@within
def reach_ends(key, on_foot, parts, member, today, scratch):
    """Bring in one of `parts` equal parts of those who reach the end of a link today on wheels or on foot."""
    on_way, here, ride, leg = member.on_way, member.here, today.ride, today.leg
    for r in range(on_foot, ride.size, 2):
        for at in range(ride[r].due, ride[r].due + ride[r].width):
            people = on_way[at].people
            if people <= 0.0:
                continue
            index = on_way[at].index / people
            if parts > 1:
                own = mix(mix(key, ride[r].key), np.uint64(at - ride[r].due))
                people = share(own, people, 1.0 / parts, today.chance)
                if people <= 0.0:
                    continue
                on_way[at].people -= people
                on_way[at].index -= people * index
            else:
                # The last part is everybody: a cell of the calendar is used again and may keep nobody.
                on_way[at].people = 0.0
                on_way[at].index = 0.0
            k = r >> 1
            party = Party(people, index, leg[k].km - (ride[r].days - 1) * ride[r].speed)
            if leg[k].closed_on > today.day - ride[r].days + 1:
                here[leg[k].start].occupied += people
                settle(leg[k].back, party, member.tonight, today.rules)
            else:
                arrive(k, party, ride[r].speed, 0, member, today, scratch)


@within
def go_on(key, member, today, scratch):
    """Let those who arrived with some of the day left decide, until nobody can go on.

    Those who moved least come first, so that all who meet at a place decide at once.
    """
    slot, rules, used = today.slot, today.rules, scratch.used
    span = 0
    while span < rules.spans:
        if used[span] == 0:
            span += 1
            continue
        cell = first_in(span, scratch)
        party, visit = taken_out(key, cell, scratch.arrival)
        s = (cell - span * scratch.queue.shape[1]) // rules.buckets
        if visit > MOST_VISITS or party.people < NEGLIGIBLE:
            settle(slot[s].root, party, member.tonight, rules)
            continue
        own = mix(mix(key, slot[s].key), np.uint64(((cell - s * rules.buckets) << 20) + visit))
        in_slices(own, s, span, party, member, today, scratch)


@within
def first_in(span, scratch):
    """Take the first cell out of the queue of a span."""
    # In 64 bits, where the key of the visit does not overflow without compilation either.
    cell = int(scratch.queue[span, scratch.head[span]])
    scratch.head[span] = (scratch.head[span] + 1) % scratch.queue.shape[1]
    scratch.used[span] -= 1
    return cell


@within
def taken_out(key, cell, arrival):
    """Empty a cell; return who was in it, and how often in this wave the cell was emptied before."""
    people = arrival[cell].people
    party = Party(people, arrival[cell].index / people, arrival[cell].moved / people)
    visit = arrival[cell].visit + 1 if arrival[cell].key == key else 0
    arrival[cell].key, arrival[cell].visit = key, visit
    arrival[cell].people, arrival[cell].index, arrival[cell].moved = 0.0, 0.0, 0.0
    return party, visit


@within
def in_slices(key, s, span, party, member, today, scratch):
    """Let people in a slot decide, a slice after the other where a camp that they may be bound for could fill."""
    slot, rules = today.slot, today.rules
    p = slot[s].place
    leaving = min(slot[s].chance, 1.0)
    if rules.avoid_short_stints and today.place[p].town and party.recent + party.moved / rules.top_speed < FULL_DAY:
        leaving = 1.0
    slices = slices_needed(s, party.people * leaving, member.here, today) if scratch.tight[p] else 1
    left = party.people
    for number in range(slices):
        people = left
        if slices > 1:
            key = mix(key, np.uint64(number))
            people = share(mix(key, SLICE), left, 1.0 / (slices - number), today.chance)
            left -= people
            # A slice of a few is often nobody, and nobody may not arrive.
            if people <= 0.0:
                continue
        leave_again(key, s, span, leaving, Party(people, party.recent, party.moved), member, today, scratch)


@within
def leave_again(key, s, span, leaving, party, member, today, scratch):
    """Let people choose or follow what they have in mind, and rest where they are if they take no route."""
    here, slot, route, leg, ride = member.here, today.slot, today.route, today.leg, today.ride
    chosen, number, in_mind, p = scratch.chosen, scratch.number, slot[s].route, slot[s].place
    found, staying = 0, party.people
    if in_mind == FREE:
        found = choose(key, s, party.people, leaving, here, today, scratch)
    elif in_mind != LOST and route[in_mind].leg >= 0:
        chosen[0], number[0], found = in_mind, party.people, 1
    for j in range(found):
        if refuses(route[chosen[j]].end, here, today):
            continue
        going, k = number[j], route[chosen[j]].leg
        staying -= going
        here[p].occupied -= going
        if ride[2 * k].days == 1:
            moved = party.moved + leg[k].km
            arrive(k, Party(going, party.recent, moved), ride[2 * k].speed, span, member, today, scratch)
        else:
            enter(k, 0, Party(going, party.recent, party.moved), member, today)
    if staying > 0.0:
        settle(slot[s].root, Party(staying, party.recent, party.moved), member.tonight, today.rules)
