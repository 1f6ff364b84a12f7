"""Who goes home, and what a day looked like."""

from __future__ import annotations

import math

from tiau.engine.streams import compiled, hypergeometric, mix, share


@compiled
def go_home(day_keys, chance, people, homes, names, options, intensity, rules):
    """Let settled people return when it is quiet at home; they spread over homes by who is missing there."""
    members, groups, places = people.settled.shape
    where, place_keys = options.place, names.place
    for m in range(members):
        for g in range(groups):
            first, last = homes.first[g], homes.first[g + 1]
            missing = 0.0
            unrest = 0.0
            for h in range(first, last):
                away = homes.people[h] - people.home[m, h]
                missing += away
                unrest += away * intensity[m, homes.place[h]]
            if missing <= 0.0:
                continue
            hazard = rules.return_rate[m] * math.exp(-unrest / missing / rules.quiet_intensity[m])
            leaving = -math.expm1(-hazard)
            group_key = mix(day_keys[m], names.group[g])
            returning = 0.0
            settled, gave_up, trapped = people.settled[m, g], people.gave_up[m, g], people.trapped[m, g]
            for p in range(places):
                if gave_up[p] + trapped[p] > 0.0:
                    key = mix(mix(group_key, names.stuck), place_keys[p])
                    x = share(key, gave_up[p], leaving, chance)
                    y = share(mix(key, names.stuck), trapped[p], leaving, chance)
                    gave_up[p] -= x
                    trapped[p] -= y
                    people.returned[m, g, p] += x + y
                    returning += x + y
            for k in range(where.size):
                p = where[k]
                if settled[p] > 0.0:
                    x = share(mix(group_key, place_keys[p]), settled[p], leaving, chance)
                    if x > 0.0:
                        settled[p] -= x
                        people.toward[m, k] -= x
                        people.returned[m, g, p] += x
                        returning += x
            for h in range(first, last):
                away = homes.people[h] - people.home[m, h]
                if returning <= 0.0 or missing <= 0.0:
                    break
                key = mix(mix(group_key, names.home), names.place[homes.place[h]])
                x = hypergeometric(key, away, missing, returning, chance)
                people.home[m, h] += x
                returning -= x
                missing -= away


@compiled
def book(people, cells, homes, at_places, on_the_way, totals):
    """Write down the end of a day.

    Fills `at_places` (quantity, group, place, member), all zero before, with present, arrived, returned, departed,
    registered and expelled; `on_the_way` (group, member); and `totals` (3, member) with those who wait at crossings
    or choose again the next morning, are trapped, gave up.
    """
    members, groups, places = people.settled.shape
    for m in range(members):
        totals[:, m] = 0.0
        for g in range(groups):
            on_the_way[g, m] = 0.0
            for p in range(places):
                totals[0, m] += people.choosing[m, g, p]
                totals[1, m] += people.trapped[m, g, p]
                totals[2, m] += people.gave_up[m, g, p]
                standing = people.settled[m, g, p] + people.trapped[m, g, p]
                standing += people.gave_up[m, g, p] + people.choosing[m, g, p]
                # Most are nobody: a write to each would cost more than the whole day's movement.
                if standing != 0.0:
                    at_places[0, g, p, m] = standing
                if people.arrived[m, g, p] != 0.0:
                    at_places[1, g, p, m] = people.arrived[m, g, p]
                if people.returned[m, g, p] != 0.0:
                    at_places[2, g, p, m] = people.returned[m, g, p]
                if people.registered[m, g, p] != 0.0:
                    at_places[4, g, p, m] = people.registered[m, g, p]
                if people.expelled[m, g, p] != 0.0:
                    at_places[5, g, p, m] = people.expelled[m, g, p]
        for h in range(homes.group.size):
            at_places[3, homes.group[h], homes.place[h], m] = people.departed[m, h]
        for i in range(cells.size[m]):
            if cells.route[m, i] < 0:
                if cells.since[m, i] >= 0:
                    totals[0, m] += cells.people[m, i]
                at_places[0, cells.group[m, i], cells.place[m, i], m] += cells.people[m, i]
            else:
                on_the_way[cells.group[m, i], m] += cells.people[m, i]
