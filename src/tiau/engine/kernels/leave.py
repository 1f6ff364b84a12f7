"""Who sets out: intensity and hazard of the day, departures, and people who reconsider."""

from __future__ import annotations

import math

from tiau.engine.streams import compiled, mix, normal_quantile, share, uniform


@compiled
def weather(day_keys, first, chance, noise, intensity, active, events, factor, rules, community_keys):
    """Bring intensity (member, place) and the log factor of each community (member, community) to today."""
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
        if chance:
            carried = 0.0 if first else math.exp(-1.0 / rules.departure_noise_days[m])
            fresh = rules.departure_noise_sd[m] * math.sqrt(1.0 - carried * carried)
            for c in range(community_keys.size):
                z = normal_quantile(uniform(mix(day_keys[m], community_keys[c])))
                noise[m, c] = carried * noise[m, c] + fresh * z


@compiled
def depart(day_keys, chance, people, homes, names, intensity, noise, rules):
    """Move those who leave home today to the choosers."""
    members, count = people.home.shape
    for m in range(members):
        half_variance = 0.5 * rules.departure_noise_sd[m] ** 2 if chance else 0.0
        for h in range(count):
            g, p = homes.group[h], homes.place[h]
            strength = rules.background_intensity[m] + intensity[m, p]
            if strength <= 0.0 or people.home[m, h] <= 0.0:
                continue
            factor = math.exp(noise[m, homes.community[g]] - half_variance) if chance else 1.0
            hazard = rules.departure_rate[m] * strength ** rules.intensity_power[m] * homes.multiplier[g] * factor
            key = mix(mix(day_keys[m], names.group[g]), names.place[p])
            leaving = share(key, people.home[m, h], -math.expm1(-hazard), chance)
            people.home[m, h] -= leaving
            people.departed[m, h] += leaving
            people.choosing[m, g, p] += leaving


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
def reconsider(day_keys, chance, people, cells, names, options, ways, rules):
    """Move to the choosers: settled people who move on, the trapped, and cohorts whose way is cut."""
    members, groups, places = people.settled.shape
    where, place_keys = options.place, names.place
    for m in range(members):
        moving_on = -math.expm1(-rules.onward_rate[m])
        for g in range(groups):
            group_key = mix(day_keys[m], names.group[g])
            settled, trapped, choosing = people.settled[m, g], people.trapped[m, g], people.choosing[m, g]
            for k in range(where.size):
                p = where[k]
                if settled[p] > 0.0:
                    x = share(mix(group_key, place_keys[p]), settled[p], moving_on, chance)
                    settled[p] -= x
                    people.toward[m, k] -= x
                    choosing[p] += x
            for p in range(places):
                if trapped[p] > 0.0:
                    choosing[p] += trapped[p]
                    trapped[p] = 0.0
        kept = 0
        for i in range(cells.size[m]):
            g, k, p = cells.group[m, i], cells.option[m, i], cells.place[m, i]
            if cells.route[m, i] == -1 and ways.next[ways.of_group[g], k, p] < 0:
                people.toward[m, k] -= cells.people[m, i]
                people.choosing[m, g, p] += cells.people[m, i]
            else:
                cells.group[m, kept] = g
                cells.option[m, kept] = k
                cells.place[m, kept] = p
                cells.route[m, kept] = cells.route[m, i]
                cells.left[m, kept] = cells.left[m, i]
                cells.reach[m, kept] = 1.0
                cells.since[m, kept] = cells.since[m, i]
                cells.people[m, kept] = cells.people[m, i]
                kept += 1
        cells.size[m] = kept


@compiled
def room_needed(cells, choosing, options, chance):
    """Return how many cohorts a member may have once today's choosers have chosen."""
    needed = 0
    for m in range(choosing.shape[0]):
        added = 0
        for n in choosing[m].ravel():
            if n > 0.0:
                added += int(min(n, float(options))) if chance else options
        needed = max(needed, cells.size[m] + added)
    return needed
