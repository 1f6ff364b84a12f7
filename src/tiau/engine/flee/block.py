"""A block of members under Flee's rules: the state of each, and the day as a list of phases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.flee.environment import Environment, links_of
from tiau.engine.flee.newcomers import Newcomers, newcomers_of
from tiau.engine.flee.paths import Links, Paths, paths_of
from tiau.engine.kernels import flee_choose
from tiau.engine.streams import name_key
from tiau.scenario.flee.case import FleeCase

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Keys = NDArray[np.uint64]
Flags = NDArray[np.bool_]

BUCKETS = 8
SPANS = 8


class Rules(NamedTuple):
    """The numbers that kernels read.

    `buckets` is into how many classes the recent-travel index is put (1 where no rule reads it), `spans` the same
    for the distance moved today; within a class people have its mean.
    """

    top_speed: float
    buffer: float
    power: float
    pruning: float
    start_on_foot: bool
    avoid_short_stints: bool
    buckets: int
    spans: int


class Legs(NamedTuple):
    """Links with what people have in mind at their end; rides are legs on wheels (2 leg) and on foot (2 leg + 1).

    `base` and `width` (ride,) place a ride in the calendar of arrivals: `days` days of `width` buckets each.
    """

    link: Ints
    after: Ints
    start: Ints
    end: Ints
    km: Floats
    speed: Floats
    days: Ints
    base: NDArray[np.int64]
    width: Ints
    key: Keys


class State(NamedTuple):
    """Agents of each member.

    Attributes
    ----------
    rest, tonight : float arrays (member, slot, bucket)
        Who rests at a place since before today, and since today; bucket 0 is those who never finished a link.
    rest_index, tonight_index : float arrays (member, slot, bucket)
        The sum of their recent-travel indices.
    on_way, on_way_index : float arrays (member, calendar)
    occupied, population, arrived : float arrays (member, place)
        Agents at the place; residents left to flee; arrivals of the day.
    created : float array (member,)
    """

    rest: Floats
    rest_index: Floats
    tonight: Floats
    tonight_index: Floats
    on_way: Floats
    on_way_index: Floats
    occupied: Floats
    population: Floats
    arrived: Floats
    created: Floats


class World(NamedTuple):
    """The day as kernels see it: places (place,), routes (route,), links (link,), rides (ride,)."""

    chance: Floats
    town: Flags
    camp: Flags
    limit: Floats
    near_limit: Flags
    any_limit: bool
    value: Floats
    weight: Floats
    total: Floats
    leg: Ints
    closed_on: Ints
    due: NDArray[np.int64]


class Scratch(NamedTuple):
    """Memory that kernels use within a day and leave empty: two layers of arrivals by slot, bucket and span."""

    people: Floats
    index_sum: Floats
    moved: Floats
    cell: Ints
    used: Ints
    chosen: Ints
    number: Floats
    weight: Floats
    coming: Floats


@dataclass(frozen=True)
class FleeModel:
    """What all members share and what does not change by day."""

    case: FleeCase
    hasten: int
    chance: bool
    links: Links
    paths: Paths
    legs: Legs
    rules: Rules
    newcomers: Newcomers
    place_key: Keys
    place_order: NDArray[np.int64]


def model_of(case: FleeCase, counts: NDArray[np.int64], *, hasten: int, chance: bool) -> FleeModel:
    """Prepare a case.

    Parameters
    ----------
    case : FleeCase
    counts : int array (label, day), agents
    hasten : int
        People an agent stands for.
    chance : bool

    Returns
    -------
    FleeModel
    """
    settings = case.settings
    links = links_of(case)
    environment = Environment(case, links, hasten)
    names = tuple(location.name for location in case.locations)
    paths = paths_of(links, names, environment.marker, settings.awareness_level)
    rules = Rules(
        top_speed=settings.max_move_speed,
        buffer=settings.capacity_buffer,
        power=settings.weight_power,
        pruning=settings.pruning_threshold,
        start_on_foot=settings.start_on_foot,
        avoid_short_stints=settings.avoid_short_stints,
        buckets=BUCKETS if settings.avoid_short_stints else 1,
        spans=SPANS,
    )
    key = np.array([name_key(name) for name in names], np.uint64)
    return FleeModel(
        case=case,
        hasten=hasten,
        chance=chance,
        links=links,
        paths=paths,
        legs=_legs_of(links, paths, rules, settings.max_walk_speed, key),
        rules=rules,
        newcomers=newcomers_of(case, environment, counts),
        place_key=key,
        place_order=np.argsort(key),
    )


def _legs_of(links: Links, paths: Paths, rules: Rules, walk: float, place_key: Keys) -> Legs:
    """Return every link with every slot that may follow it; of parallel links any may be taken for another."""
    pair = links.start.astype(np.int64) * (int(links.end.max(initial=0)) + 1) + links.end
    wanted = np.unique(np.stack([pair[paths.link], paths.after], 1), axis=0)
    order = np.argsort(pair, kind="stable")
    begin = np.searchsorted(pair[order], wanted[:, 0])
    count = np.searchsorted(pair[order], wanted[:, 0], "right") - begin
    offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    link = order[np.repeat(begin, count) + offset]
    after = np.repeat(wanted[:, 1], count)
    by_link = np.lexsort((after, link))
    link, after = link[by_link].astype(np.int32), after[by_link].astype(np.int32)
    days = np.stack([links.days[link], links.days_on_foot[link]], 1).ravel()
    width = np.tile(np.array([rules.buckets, 1 if rules.start_on_foot else 0], np.int32), link.size)
    room = days.astype(np.int64) * width
    key = (place_key[links.start[link]] * np.uint64(3) + place_key[links.end[link]]) ^ (
        paths.slot_key[after] + link.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    )
    return Legs(
        link=link,
        after=after,
        start=links.start[link],
        end=links.end[link],
        km=links.km[link],
        speed=np.stack([links.speed[link], np.full(link.size, walk)], 1).ravel(),
        days=days,
        base=np.cumsum(room) - room,
        width=width,
        key=np.stack([key, ~key], 1).ravel(),
    )


class FleeBlock:
    """Some members and their state; phases change it day by day."""

    def __init__(self, model: FleeModel, keys: Keys) -> None:
        self.model, self.keys = model, keys
        self.environment = Environment(model.case, model.links, model.hasten)
        paths, legs = model.paths, model.legs
        members, places, slots = keys.size, len(model.case.locations), paths.slot_place.size
        resting = (members, slots, model.rules.buckets + 1)
        calendar = int((legs.days.astype(np.int64) * legs.width).sum())
        self.state = State(
            rest=np.zeros(resting),
            rest_index=np.zeros(resting),
            tonight=np.zeros(resting),
            tonight_index=np.zeros(resting),
            on_way=np.zeros((members, calendar)),
            on_way_index=np.zeros((members, calendar)),
            occupied=np.zeros((members, places)),
            population=np.tile(self.environment.population, (members, 1)),
            arrived=np.zeros((members, places)),
            created=np.zeros(members),
        )
        cells = slots * model.rules.buckets * model.rules.spans
        most = int(np.diff(paths.first).max(initial=1))
        self.scratch = Scratch(
            people=np.zeros((2, cells)),
            index_sum=np.zeros((2, cells)),
            moved=np.zeros((2, cells)),
            cell=np.zeros((2, cells), np.int32),
            used=np.zeros(2, np.int32),
            chosen=np.zeros(max(most, 1), np.int32),
            number=np.zeros(max(most, 1)),
            weight=np.zeros(paths.link.size),
            coming=np.zeros(places),
        )
        self._score = np.empty(0)
        self._closed = np.empty(0, bool)
        self._value = self._weight = np.zeros(paths.link.size)
        self._total = np.zeros(places)
        self._leg = np.zeros(paths.link.size, np.int32)
        start = model.newcomers.at_camps.astype(np.float64)
        self.state.rest[:, :places, 0] += start
        self.state.occupied[:] += start
        self.state.created[:] += start.sum()
        self.world = self._world(0)

    def look(self, day: int) -> None:
        """Take up what the environment is on a day."""
        environment, paths, rules = self.environment, self.model.paths, self.model.rules
        changed = not np.array_equal(environment.closed, self._closed)
        if changed:
            self._closed = environment.closed.copy()
            self._leg = self._legs_taken()
        if changed or self.environment.rules.flood_rules or not np.array_equal(environment.score, self._score):
            self._score = environment.score
            self._value = environment.values(paths)
            self._weight, self._total = np.empty_like(self._value), np.empty(environment.camp.size)
            flee_choose.fill_weights(paths.first, paths.last, self._value, rules.pruning, self._weight, self._total)
        self.world = self._world(day)

    def _world(self, day: int) -> World:
        environment, paths, legs = self.environment, self.model.paths, self.model.legs
        limit = environment.limits()
        near = np.zeros(limit.size, bool)
        if limit.any():
            tight = limit[paths.end] > 0
            near[np.repeat(np.arange(limit.size), np.diff(paths.first))[tight]] = True
        return World(
            chance=environment.chances(),
            town=environment.town,
            camp=environment.camp,
            limit=limit,
            near_limit=near,
            any_limit=bool(limit.any()),
            value=self._value,
            weight=self._weight,
            total=self._total,
            leg=self._leg,
            closed_on=environment.closed_on,
            due=legs.base + (day % legs.days) * legs.width,
        )

    def _legs_taken(self) -> Ints:
        """Return the leg that people on each route take, -1 where no link leads on (route,)."""
        paths, legs = self.model.paths, self.model.legs
        link = self.environment.actual[paths.link]
        size = paths.slot_place.size
        pairs = legs.link.astype(np.int64) * size + legs.after
        found = np.searchsorted(pairs, link.astype(np.int64) * size + paths.after)
        return np.where(link < 0, -1, np.minimum(found, pairs.size - 1)).astype(np.int32)
