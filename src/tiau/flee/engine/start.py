"""Where a run by Flee's rules starts from: a case made ready for the phases of the day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tiau.engine.keys import name_key
from tiau.flee.case.model import FleeCase
from tiau.flee.engine.batch import FleeModel
from tiau.flee.engine.environment import Environment, kinds_of, links_of
from tiau.flee.engine.links import Links
from tiau.flee.engine.newcomers import newcomers_of
from tiau.flee.engine.paths import Paths, for_kinds, paths_of
from tiau.flee.engine.phases import FLEE
from tiau.flee.engine.state import LEG, RIDE, Keys, Origins, Rules, Table, table

BUCKETS = 8
# Against 32 buckets and 64 spans, 8 and 4 move 0.2% of the people of real cases; small networks have room for more.
SPANS, SPANS_OF_SMALL, SMALL = 4, 16, 12
MOST_WAVES, MOST_SLICES = 16, 1000


def model_of(case: FleeCase, counts: NDArray[np.int64], *, hasten: int, chance: bool) -> FleeModel:
    """Prepare a case at which `preparation.stops` finds nothing; counts (label, day) are agents of `hasten` people."""
    settings = case.settings
    links = links_of(case)
    environment = Environment(case, links, hasten)
    names = tuple(location.name for location in case.locations)
    kinds = kinds_of(case)
    paths = paths_of(links, names, environment.marker, settings.awareness_level)
    paths = for_kinds(paths, kinds.awareness.size)
    rules = Rules(
        top_speed=settings.max_move_speed,
        buffer=settings.capacity_buffer,
        power=settings.weight_power,
        pruning=settings.pruning_threshold,
        start_on_foot=settings.start_on_foot,
        avoid_short_stints=settings.avoid_short_stints,
        buckets=BUCKETS if settings.avoid_short_stints else 1,
        spans=SPANS_OF_SMALL if len(names) <= SMALL else SPANS,
        most_waves=MOST_WAVES,
        most_slices=MOST_SLICES,
    )
    key = np.array([name_key(name) for name in names], np.uint64)
    legs, rides = _legs_of(links, paths, rules, settings.max_walk_speed, key)
    return FleeModel(
        case=case,
        hasten=hasten,
        chance=chance,
        links=links,
        paths=paths,
        legs=legs,
        rides=rides,
        rules=rules,
        newcomers=newcomers_of(case, environment, counts),
        kinds=kinds,
        origins=Origins(key, np.argsort(key), kinds.share),
        phases=FLEE,
    )


def _legs_of(links: Links, paths: Paths, rules: Rules, walk: float, place_key: Keys) -> tuple[Table, Table]:
    """Return every link with every slot that may follow it; of parallel links any may be taken for another."""
    pair = links.start.astype(np.int64) * (int(links.end.max(initial=0)) + 1) + links.end
    wanted, one = np.unique(np.stack([pair[paths.link], paths.after], 1), axis=0, return_index=True)
    order = np.argsort(pair, kind="stable")
    begin = np.searchsorted(pair[order], wanted[:, 0])
    count = np.searchsorted(pair[order], wanted[:, 0], "right") - begin
    offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    link = order[np.repeat(begin, count) + offset]
    after, back = np.repeat(wanted[:, 1], count), np.repeat(paths.back[one], count)
    by_link = np.lexsort((after, link))
    link, after, back = link[by_link], after[by_link], back[by_link]
    leg = table(link.size, LEG)
    leg["link"], leg["after"], leg["km"] = link, after, links.km[link]
    leg["back"], leg["start"], leg["end"] = back, links.start[link], links.end[link]
    key = (place_key[leg["start"]] * np.uint64(3) + place_key[leg["end"]]) ^ (
        paths.slot_key[after] + link.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    )
    ride = table(2 * link.size, RIDE)
    ride["speed"][::2], ride["speed"][1::2] = links.speed[link], walk
    ride["days"][::2], ride["days"][1::2] = links.days[link], links.days_on_foot[link]
    # Who comes on wheels and who comes on foot on the same day must not share draws.
    ride["key"][::2], ride["key"][1::2] = key, ~key
    # Who starts on foot has nothing to remember, and one bucket is enough.
    ride["width"][::2], ride["width"][1::2] = rules.buckets, 1 if rules.start_on_foot else 0
    room = ride["days"].astype(np.int64) * ride["width"]
    ride["begin"] = np.cumsum(room) - room
    return leg, ride
