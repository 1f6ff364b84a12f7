"""Who sets out: intensity and hazard of the day, departures, and people who reconsider."""

from __future__ import annotations

import math

import numpy as np

from tiau.engine.kernels.cohort_list import cohorts_of, move_up
from tiau.engine.kernels.travel import AT_PLACE
from tiau.engine.streams import compiled, inlined, mix, share, struck, within

# A hazard of which nobody stays: 1 - exp(-100) is 1 in floats.
CERTAIN = 100.0


@inlined
def raised(strength, power):
    """Return a strength of events to a power; 0 stays 0."""
    # By default the power is 1, and powers take longer than all else that is done for a home.
    if power == 1.0 or strength <= 0.0:
        return strength
    return strength**power


@compiled
def strike(intensity, active, events, factor, rules):
    """Bring intensity (member, place) to today: past events fade, those of today (`active`) strike."""
    members, places = intensity.shape
    for m in range(members):
        fade = math.exp(-1.0 / rules.event_memory_days[m])
        for p in range(places):
            intensity[m, p] *= fade
        for e in active:
            weight = events.severity_a_day[e] * factor[m, e]
            if events.national[e]:
                weight *= rules.national_event_weight[m]
            for j in range(events.first[e], events.first[e + 1]):
                intensity[m, events.place[j]] += weight


@compiled
def depart(day_keys, chance, people, homes, names, intensity, sent, sent_by, rules):
    """Move those who leave home today to the choosers.

    `sent` (member, place) and `sent_by` (member, group) are factors on what homes send.
    """
    members, count = people.home.shape
    home_group, home_place, group_keys, place_keys = homes.group, homes.place, names.group, names.place
    multiplier = homes.multiplier
    factor = np.empty(multiplier.size)
    for m in range(members):
        rate, power = rules.departure_rate[m], rules.intensity_power[m]
        for g in range(factor.size):
            factor[g] = rate * multiplier[g] * sent_by[m, g]
        background = rules.background_intensity[m]
        home, departed, choosing, day_key = people.home[m], people.departed[m], people.choosing[m], day_keys[m]
        for h in range(count):
            g, p = home_group[h], home_place[h]
            strength = background + intensity[m, p]
            if strength <= 0.0 or home[h] <= 0.0:
                continue
            hazard = raised(strength, power) * factor[g] * sent[m, p]
            key = mix(mix(day_key, group_keys[g]), place_keys[p])
            leaving = share(key, home[h], -math.expm1(-hazard), chance)
            home[h] -= leaving
            departed[h] += leaving
            choosing[g, p] += leaving


@compiled
def depart_given(people, homes, given):
    """Move the given number of people (home,) from home to the choosers, as far as there are any."""
    members, count = people.home.shape
    for m in range(members):
        for h in range(count):
            leaving = min(given[h], people.home[m, h])
            people.home[m, h] -= leaving
            people.departed[m, h] += leaving
            people.choosing[m, homes.group[h], homes.place[h]] += leaving


@compiled
def reconsider(day_keys, chance, people, cells, names, options, ways, intensity, sent, sent_by, rules):
    """Move to the choosers: settled people who move on, are attacked or must leave, the trapped, cohorts cut off."""
    members, groups, places = people.settled.shape
    found, expected, attacked = np.empty(places, np.bool_), np.empty(places), np.empty(places)
    driven, closing = np.empty(places), np.where(ways.shut, CERTAIN, 0.0)
    for m in range(members):
        again, power = rules.flee_again[m] * rules.departure_rate[m], rules.intensity_power[m]
        for p in range(places):
            attacked[p] = again * raised(intensity[m, p], power) * sent[m, p]
        for g in range(groups):
            key = mix(day_keys[m], names.group[g])
            factor = sent_by[m, g]
            onward = rules.onward_rate[m]
            # A hazard is no less than the chance it gives, and needs no exponential: enough to pass over most places.
            for p in range(places):
                driven[p] = factor * attacked[p] + closing[p]
                expected[p] = people.settled[m, g, p] * (onward + driven[p])
            struck(key, names.place, expected, chance, found)
            _move_on(m, g, key, chance, people, names, options, found, onward, driven)
            _stir(m, g, mix(key, names.stuck), chance, people, names, driven)
        cells.size[m] = _forget_cut_ways(m, people, cohorts_of(cells, m), cells.size[m], ways)


@within
def _move_on(m, g, key, chance, people, names, options, found, onward, driven):
    """Let settled people choose again where anybody may (`found`)."""
    settled, toward, choosing = people.settled[m, g], people.toward[m], people.choosing[m, g]
    for k in range(options.place.size):
        p = options.place[k]
        if found[p]:
            leaving = -math.expm1(-onward - driven[p])
            x = share(mix(key, names.place[p]), settled[p], leaving, chance)
            settled[p] -= x
            toward[k] -= x
            choosing[p] += x


@within
def _stir(m, g, key, chance, people, names, driven):
    """Let the trapped choose again, and those who gave up where they are attacked or the place has closed."""
    trapped, gave_up, choosing = people.trapped[m, g], people.gave_up[m, g], people.choosing[m, g]
    for p in range(trapped.size):
        # The trapped ask again every morning: a way may have opened.
        if trapped[p] > 0.0:
            choosing[p] += trapped[p]
            trapped[p] = 0.0
        if gave_up[p] > 0.0 and driven[p] > 0.0:
            leaving = -math.expm1(-driven[p])
            x = share(mix(key, names.place[p]), gave_up[p], leaving, chance)
            gave_up[p] -= x
            choosing[p] += x


@within
def _forget_cut_ways(m, people, row, size, ways):
    """Let cohorts whose way is cut choose again; return how many cohorts are left, each with a whole day before it."""
    toward, choosing = people.toward[m], people.choosing[m]
    kept = 0
    for i in range(size):
        g, k, p = row.group[i], row.option[i], row.place[i]
        # Who is on a route comes through although it closes behind them.
        if row.route[i] == AT_PLACE and ways.next[ways.of_group[g], k, p] < 0:
            toward[k] -= row.people[i]
            choosing[g, p] += row.people[i]
            continue
        move_up(i, kept, row)
        row.reach[kept] = 1.0
        kept += 1
    return kept


@compiled
def room_needed(cells, choosing, options):
    """Return how many cohorts a member may have once today's choosers have chosen."""
    needed = 0
    for m in range(choosing.shape[0]):
        added = 0
        for n in choosing[m].flat:
            if n > 0.0:
                # People who are drawn are whole: n of them go to n places at most.
                added += int(min(n, float(options)))
        needed = max(needed, cells.size[m] + added)
    return needed
