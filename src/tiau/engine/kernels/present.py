"""What a day looked like: who is where at its end."""

from __future__ import annotations

from tiau.engine.streams import compiled


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
