"""Who goes home: settled and stuck people, when it is quiet there, to homes where people are missing."""

from __future__ import annotations

import math

import numpy as np

from tiau.engine.streams import compiled, hypergeometric, mix, share, struck, within


@compiled
def go_home(day_keys, chance, people, homes, names, options, intensity, rules):
    """Let settled people return, above all when it is quiet at home; they spread over homes by who is missing there."""
    members, groups, places = people.settled.shape
    found, expected = np.empty(places, np.bool_), np.empty(places)
    for m in range(members):
        for g in range(groups):
            missing, unrest = _missed(g, people.home[m], intensity[m], homes)
            if missing <= 0.0:
                continue
            quiet, always = math.exp(-unrest / missing / rules.quiet_intensity[m]), rules.unquiet_return[m]
            hazard = rules.return_rate[m] * (always + (1.0 - always) * quiet)
            leaving = -math.expm1(-hazard)
            key = mix(day_keys[m], names.group[g])
            returning = _stuck_leave(m, g, mix(key, names.stuck), leaving, chance, people, names)
            for p in range(places):
                expected[p] = people.settled[m, g, p] * leaving
            struck(key, names.place, expected, chance, found)
            returning += _settled_leave(m, g, key, leaving, chance, people, names, options, found)
            _come_home(g, mix(key, names.home), chance, people.home[m], homes, names, missing, returning)


@within
def _missed(g, at_home, intensity, homes):
    """Return how many of a group are missing at home, and how much unrest there is, weighted by them."""
    missing = 0.0
    unrest = 0.0
    for h in range(homes.first[g], homes.first[g + 1]):
        away = homes.people[h] - at_home[h]
        missing += away
        # Homes count by who is missing there: where nobody is missing, nobody asks whether it is quiet.
        unrest += away * intensity[homes.place[h]]
    return missing, unrest


@within
def _stuck_leave(m, g, stuck_key, leaving, chance, people, names):
    """Let those who gave up or are trapped leave for home; return how many do."""
    gave_up, trapped, returned = people.gave_up[m, g], people.trapped[m, g], people.returned[m, g]
    returning = 0.0
    for p in range(gave_up.size):
        if gave_up[p] + trapped[p] > 0.0:
            key = mix(stuck_key, names.place[p])
            x = share(key, gave_up[p], leaving, chance)
            y = share(mix(key, names.stuck), trapped[p], leaving, chance)
            gave_up[p] -= x
            trapped[p] -= y
            returned[p] += x + y
            returning += x + y
    return returning


@within
def _settled_leave(m, g, key, leaving, chance, people, names, options, found):
    """Let settled people leave for home where anybody may (`found`); return how many do."""
    settled, toward, returned = people.settled[m, g], people.toward[m], people.returned[m, g]
    returning = 0.0
    for k in range(options.place.size):
        p = options.place[k]
        if found[p]:
            x = share(mix(key, names.place[p]), settled[p], leaving, chance)
            settled[p] -= x
            toward[k] -= x
            returned[p] += x
            returning += x
    return returning


@within
def _come_home(g, home_key, chance, at_home, homes, names, missing, returning):
    """Spread those who return over the homes of their group by who is missing there."""
    # A chain without replacement: no home gets back more than are missing there.
    for h in range(homes.first[g], homes.first[g + 1]):
        if returning <= 0.0 or missing <= 0.0:
            break
        away = homes.people[h] - at_home[h]
        x = hypergeometric(mix(home_key, names.place[homes.place[h]]), away, missing, returning, chance)
        at_home[h] += x
        returning -= x
        missing -= away
