"""Who goes home, and what a day looked like."""

from __future__ import annotations

import math

import numpy as np

from tiau.engine.streams import compiled, hypergeometric, mix, share, struck


@compiled
def go_home(day_keys, chance, people, homes, names, options, intensity, rules):
    """Let settled people return when it is quiet at home; they spread over homes by who is missing there."""
    members, groups, places = people.settled.shape
    where, place_keys, home_place, at_start = options.place, names.place, homes.place, homes.people
    found, expected = np.empty(places, np.bool_), np.empty(places)
    for m in range(members):
        at_home, toward = people.home[m], people.toward[m]
        for g in range(groups):
            first, last = homes.first[g], homes.first[g + 1]
            missing = 0.0
            unrest = 0.0
            for h in range(first, last):
                away = at_start[h] - at_home[h]
                missing += away
                # Homes count by who is missing there: where nobody is missing, nobody asks whether it is quiet.
                unrest += away * intensity[m, home_place[h]]
            if missing <= 0.0:
                continue
            hazard = rules.return_rate[m] * math.exp(-unrest / missing / rules.quiet_intensity[m])
            leaving = -math.expm1(-hazard)
            group_key = mix(day_keys[m], names.group[g])
            stuck_key = mix(group_key, names.stuck)
            returning = 0.0
            settled, gave_up, trapped = people.settled[m, g], people.gave_up[m, g], people.trapped[m, g]
            returned = people.returned[m, g]
            for p in range(places):
                if gave_up[p] + trapped[p] > 0.0:
                    key = mix(stuck_key, place_keys[p])
                    x = share(key, gave_up[p], leaving, chance)
                    y = share(mix(key, names.stuck), trapped[p], leaving, chance)
                    gave_up[p] -= x
                    trapped[p] -= y
                    returned[p] += x + y
                    returning += x + y
            for p in range(places):
                expected[p] = settled[p] * leaving
            struck(group_key, place_keys, expected, chance, found)
            for k in range(where.size):
                p = where[k]
                if found[p]:
                    x = share(mix(group_key, place_keys[p]), settled[p], leaving, chance)
                    settled[p] -= x
                    toward[k] -= x
                    returned[p] += x
                    returning += x
            # A chain without replacement: no home gets back more than are missing there.
            home_key = mix(group_key, names.home)
            for h in range(first, last):
                if returning <= 0.0 or missing <= 0.0:
                    break
                away = at_start[h] - at_home[h]
                x = hypergeometric(mix(home_key, place_keys[home_place[h]]), away, missing, returning, chance)
                at_home[h] += x
                returning -= x
                missing -= away


@compiled
def book(people, cells, options, abroad, present, on_the_way, totals):
    """Write down the end of a day.

    Fills `present` (member, group, place) with displaced people who are not on a route; `on_the_way` (group, member);
    and `totals` (4, member) with those who wait at crossings or choose again the next morning, are trapped, gave up,
    are on the way to a destination `abroad` (place,): all bound for one less the settled.
    """
    members, groups, places = people.settled.shape
    for m in range(members):
        totals[:, m] = 0.0
        bound = 0.0
        for k in range(options.place.size):
            if abroad[options.place[k]]:
                bound += people.toward[m, k]
        for g in range(groups):
            on_the_way[g, m] = 0.0
            settled, trapped, gave_up = people.settled[m, g], people.trapped[m, g], people.gave_up[m, g]
            choosing, here = people.choosing[m, g], present[m, g]
            for p in range(places):
                here[p] = settled[p] + trapped[p] + gave_up[p] + choosing[p]
                totals[0, m] += choosing[p]
                totals[1, m] += trapped[p]
                totals[2, m] += gave_up[p]
                # Of those bound for abroad, who has settled there is not on the way any more.
                bound -= settled[p] * abroad[p]
        totals[3, m] = max(bound, 0.0)
        for i in range(cells.size[m]):
            if cells.route[m, i] < 0:
                if cells.since[m, i] >= 0:
                    totals[0, m] += cells.people[m, i]
                present[m, cells.group[m, i], cells.place[m, i]] += cells.people[m, i]
            else:
                on_the_way[cells.group[m, i], m] += cells.people[m, i]
