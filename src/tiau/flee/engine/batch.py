"""A batch of members under Flee's rules: the state of each, and the day as a list of phases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.day import Phase
from tiau.flee.case.model import FleeCase
from tiau.flee.engine.environment import Environment, Kinds
from tiau.flee.engine.kernels import choose as flee_choose
from tiau.flee.engine.kernels import move as flee_move
from tiau.flee.engine.links import Links
from tiau.flee.engine.newcomers import Newcomers
from tiau.flee.engine.paths import Paths

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Keys = NDArray[np.uint64]
Table = NDArray[np.record]


class Rules(NamedTuple):
    """The numbers that kernels read.

    `buckets` is into how many classes the recent-travel index is put (1 where no rule reads it), `spans` the same
    for the distance moved today; within a class people have its mean. Into at most `most_batches` parts the arrivals of
    a day are split, into at most `most_slices` those who come on to a place, so that camps fill little by little.
    """

    top_speed: float
    buffer: float
    power: float
    pruning: float
    start_on_foot: bool
    avoid_short_stints: bool
    buckets: int
    spans: int
    most_batches: int
    most_slices: int


# Tables of records: a kernel reads a row at once, and one array costs it less than many.
PLACE = np.dtype([("limit", "f8"), ("town", "?"), ("camp", "?"), ("near_limit", "?")])
ROUTE = np.dtype([("value", "f8"), ("key", "u8"), ("end", "i4"), ("leg", "i4")])
SLOT = np.dtype([
    ("key", "u8"), ("chance", "f8"), ("total", "f8"), ("place", "i4"), ("root", "i4"), ("route", "i4"), ("first", "i4"),
    ("last", "i4"),
])  # fmt: skip
LEG = np.dtype([
    ("km", "f8"), ("link", "i4"), ("after", "i4"), ("back", "i4"), ("start", "i4"), ("end", "i4"), ("closed_on", "i4"),
])  # fmt: skip
RIDE = np.dtype([("speed", "f8"), ("key", "u8"), ("begin", "i8"), ("due", "i8"), ("days", "i4"), ("width", "i4")])
CELL = np.dtype([("people", "f8"), ("index", "f8")])
ARRIVAL = np.dtype([("people", "f8"), ("index", "f8"), ("moved", "f8"), ("key", "u8"), ("visit", "i8")])
HERE = np.dtype([("occupied", "f8"), ("arrived", "f8"), ("population", "f8")])


def table(shape: int | tuple[int, ...], row: np.dtype[np.void]) -> Table:
    """Return a table of zeros whose rows have their columns as attributes, compiled or not."""
    return np.zeros(shape, row).view(np.recarray)


class Tables(NamedTuple):
    """The day as kernels see it.

    Attributes
    ----------
    place : PLACE array (place,)
        Agents from which on nobody is taken, 0 for no limit; whether any route leads from here to a place with one.
    route : ROUTE array (route,)
        Attraction without regard to room, -1 where not open; the destination; the leg people take now, -1 for none.
    slot : SLOT array (slot,)
        In the free slots the chance to set out and the routes `first` to `last` - 1 with the sum of their weights;
        `root` is the free slot of the same people at the same place.
    leg : LEG array (leg,)
        Links with what people have in mind at their end, or at the start if sent back, and when they last closed.
    ride : RIDE array (2 leg,)
        Legs on wheels (2 leg) and on foot (2 leg + 1): days until the end is reached, and the place in the calendar
        of arrivals, `days` days of `width` buckets from `begin`, with those `due` today.
    weight : float array (route,)
        Weights while there is room everywhere.
    """

    place: Table
    route: Table
    slot: Table
    leg: Table
    ride: Table
    weight: Floats


class State(NamedTuple):
    """Agents of each member; `index` is the sum of their recent-travel indices.

    Attributes
    ----------
    rest, tonight : CELL arrays (member, slot, bucket)
        Who rests at a place since before today, and since today; bucket 0 is those who never finished a link.
    on_way : CELL array (member, calendar)
    here : HERE array (member, place)
        Agents at the place; arrivals of the day; residents left to flee.
    created : float array (member,)
    """

    rest: Table
    tonight: Table
    on_way: Table
    here: Table
    created: Floats


class Scratch(NamedTuple):
    """Memory that kernels use within a day and leave empty.

    `arrival` (span x slot x bucket,) holds who may go on today; `queue` (span, slot x bucket) is a ring of those
    cells, `used` (span,) of them from `head` (span,) on.
    """

    arrival: Table
    queue: Ints
    head: Ints
    used: Ints
    chosen: Ints
    number: Floats
    weight: Floats
    tight: NDArray[np.bool_]
    coming: Floats


@dataclass(frozen=True)
class FleeModel:
    """What all members share and what does not change by day."""

    case: FleeCase
    hasten: int
    chance: bool
    links: Links
    paths: Paths
    legs: Table
    rides: Table
    rules: Rules
    newcomers: Newcomers
    kinds: Kinds
    place_key: Keys
    place_order: NDArray[np.int64]
    phases: tuple[Phase[FleeBatch], ...]


class FleeBatch:
    """Some members and their state; phases change it day by day.

    Parameters
    ----------
    model : FleeModel
    keys : uint64 array (member,)
    state : State, optional
        That they had at the end of a day; by default nobody is there but who is in camps on the first day.
    day : int
        The first day that is still to come.
    """

    def __init__(self, model: FleeModel, keys: Keys, state: State | None = None, day: int = 0) -> None:
        self.model, self.keys = model, keys
        # Of its own: batches march in threads, and an environment changes by day.
        self.environment = Environment(model.case, model.links, model.hasten)
        paths, rules = model.paths, model.rules
        places, slots = len(model.case.locations), paths.slot_place.size
        cells = slots * rules.buckets
        most = int((paths.last - paths.first).max(initial=1))
        self.scratch = Scratch(
            arrival=table(rules.spans * cells, ARRIVAL),
            queue=np.zeros((rules.spans, cells), np.int32),
            head=np.zeros(rules.spans, np.int32),
            used=np.zeros(rules.spans, np.int32),
            chosen=np.zeros(max(most, 1), np.int32),
            number=np.zeros(max(most, 1)),
            weight=np.zeros(paths.link.size),
            tight=np.zeros(places, bool),
            coming=np.zeros(places),
        )
        self.state = self._first_morning() if state is None else state
        self.tables = self._tables()
        self.any_limit = False
        self._score = np.empty(0)
        self._closed = np.empty(0, bool)
        for earlier in range(day):
            self.turn(earlier)
            self.environment.move(earlier)

    def _first_morning(self) -> State:
        model, members, places = self.model, self.keys.size, len(self.model.case.locations)
        resting = (members, model.paths.slot_place.size, model.rules.buckets + 1)
        calendar = int((model.rides["days"].astype(np.int64) * model.rides["width"]).sum())
        state = State(
            rest=table(resting, CELL),
            tonight=table(resting, CELL),
            on_way=table((members, calendar), CELL),
            here=table((members, places), HERE),
            created=np.zeros(members),
        )
        # Nobody who is in a camp on the first day is taken from a population: they came before.
        state.here["population"] = self.environment.population
        at_camps = np.tile(model.newcomers.at_camps.astype(np.float64), (members, 1))
        flee_move.spawn_at(
            self.keys, model.chance, at_camps, False, model.place_key, model.kinds.share, state.rest, state.here,
            state.created, False,
        )  # fmt: skip
        return state

    def turn(self, day: int) -> None:
        """Let conflicts and floods be what they are on a day."""
        self.environment.begin(day)
        if day == 0:
            self.environment.capacity -= self.model.newcomers.taken_off

    def _tables(self) -> Tables:
        paths, places = self.model.paths, len(self.model.case.locations)
        slot, route = table(paths.slot_place.size, SLOT), table(paths.link.size, ROUTE)
        slot["key"], slot["place"], slot["route"] = paths.slot_key, paths.slot_place, paths.slot_route
        free, others = paths.first.size, paths.slot_place.size - paths.first.size
        kinds = free // places
        slot["root"] = slot["place"]
        slot["root"][:free] += np.repeat(np.arange(kinds), places) * places
        slot["root"][free:] += np.repeat(np.arange(kinds), others // kinds) * places
        slot["chance"] = 1.0
        slot["first"][:free], slot["last"][:free] = paths.first, paths.last
        route["key"], route["end"] = paths.key, paths.end
        place = table(places, PLACE)
        return Tables(place, route, slot, self.model.legs.copy(), self.model.rides.copy(), np.zeros(route.size))

    def look(self, day: int) -> None:
        """Take up what the environment is on a day."""
        environment, paths, tables = self.environment, self.model.paths, self.tables
        # Only what changed is made anew: weights of all routes cost more than the draws of a quiet day.
        changed = not np.array_equal(environment.closed, self._closed)
        if changed:
            self._closed = environment.closed.copy()
            tables.route["leg"] = self._legs_taken()
            tables.leg["closed_on"] = environment.closed_on[tables.leg["link"]]
        if changed or environment.rules.flood_rules or not np.array_equal(environment.score, self._score):
            self._score = environment.score
            kinds = self.model.kinds
            tables.route["value"] = environment.values(paths, day, kinds)
            flee_choose.prepare(paths.first.size, tables.slot, tables.route, self.model.rules.pruning, tables.weight)
        limit = environment.limits()
        if not np.array_equal(limit, tables.place["limit"]):
            tables.place["limit"] = limit
            self.any_limit = bool(limit.any())
            origin = self.model.links.start[paths.link]
            tables.place["near_limit"] = np.bincount(origin, limit[paths.end] > 0, limit.size) > 0
        tables.slot["chance"][: paths.first.size] = environment.chances(day, self.model.kinds)
        tables.place["town"], tables.place["camp"] = environment.town, environment.camp
        ride = tables.ride
        ride["due"] = ride["begin"] + (day % ride["days"]) * ride["width"]

    def _legs_taken(self) -> Ints:
        """Return the leg that people on each route take, -1 where no link leads on (route,)."""
        paths, leg = self.model.paths, self.model.legs
        link = self.environment.actual[paths.link]
        size = paths.slot_place.size
        pairs = leg["link"].astype(np.int64) * size + leg["after"]
        found = np.searchsorted(pairs, link.astype(np.int64) * size + paths.after)
        return np.where(link < 0, -1, np.minimum(found, pairs.size - 1)).astype(np.int32)
