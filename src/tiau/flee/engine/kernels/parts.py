"""Into how many parts people arrive and decide, so that who comes later finds the camps as the earlier left them."""

from __future__ import annotations

import numpy as np

from tiau.engine.streams import within

CROSSED_AT_ONCE = 0.01
SLICED_AT_ONCE = 0.005


@within
def waves_needed(member, today, coming):
    """Return in how many waves people arrive today, so that no camp fills by over 1% in one of them.

    Also returns how many arrive in all, and fills `coming` with those by place.
    """
    here, ride, rules = member.here, today.ride, today.rules
    coming[:] = 0.0
    for r in range(ride.size):
        z = today.leg[r >> 1].end
        for at in range(ride[r].due, ride[r].due + ride[r].width):
            coming[z] += member.on_way[at].people
    needed = 1
    for z in range(coming.size):
        limit = today.place[z].limit
        if limit > 0.0 and here[z].occupied < limit:
            arriving = max(coming[z], here[z].arrived)
            # As many again may come on from other places today.
            if arriving > CROSSED_AT_ONCE * limit and here[z].occupied + 2.0 * arriving > rules.buffer * limit:
                needed = max(needed, int(np.ceil(arriving / (CROSSED_AT_ONCE * limit))))
        here[z].arrived = 0.0
    return min(needed, rules.most_waves), coming.sum()


@within
def slices_needed(s, people, here, today):
    """Return in how many slices people in a slot decide, so that no camp fills by over 0.5% before the next slice."""
    slot, route, rules = today.slot, today.route, today.rules
    needed, in_mind = 1, slot[s].route
    begin, stop = slot[s].first, slot[s].last
    if in_mind >= 0:
        begin, stop = in_mind, in_mind + 1
    for i in range(begin, stop):
        z = route[i].end
        limit = today.place[z].limit
        if limit > 0.0 and here[z].occupied < limit and here[z].occupied + people > rules.buffer * limit:
            going = people
            if in_mind < 0:
                # Where no route is open nobody goes, and the weights sum to nothing.
                going = people * today.weight[i] / slot[s].total if slot[s].total > 0.0 else 0.0
            needed = max(needed, int(np.ceil(going / max(1.0, SLICED_AT_ONCE * limit))))
    return min(needed, rules.most_slices)
