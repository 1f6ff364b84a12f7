"""A batch of members under Flee's rules: what they share, the state of each, and what kernels see of a day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tiau.engine.day import Phase
from tiau.flee.case.model import FleeCase
from tiau.flee.engine.environment import Environment, Kinds
from tiau.flee.engine.kernels import choose, come
from tiau.flee.engine.links import Links
from tiau.flee.engine.newcomers import Newcomers
from tiau.flee.engine.paths import Paths
from tiau.flee.engine.state import (
    ARRIVAL,
    CELL,
    HERE,
    PLACE,
    ROUTE,
    SLOT,
    Ints,
    Keys,
    Origins,
    Rules,
    Scratch,
    State,
    Table,
    Today,
    table,
)  # fmt: skip


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
    origins: Origins
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
            chosen=np.zeros(most, np.int32),
            number=np.zeros(most),
            weight=np.zeros(paths.link.size),
            tight=np.zeros(places, bool),
            coming=np.zeros(places),
        )
        self.state = self._first_morning() if state is None else state
        self.today = self._tables()
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
        come.spawn_at(self.keys, model.chance, at_camps, False, model.origins, state, False)
        return state

    def turn(self, day: int) -> None:
        """Let conflicts and floods be what they are on a day."""
        self.environment.begin(day)
        if day == 0:
            self.environment.capacity -= self.model.newcomers.taken_off

    def _tables(self) -> Today:
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
        return Today(
            day=0,
            chance=self.model.chance,
            any_limit=False,
            rules=self.model.rules,
            place=place,
            route=route,
            slot=slot,
            leg=self.model.legs.copy(),
            ride=self.model.rides.copy(),
            weight=np.zeros(route.size),
        )

    def look(self, day: int) -> None:
        """Take up what the environment is on a day."""
        environment, paths, today = self.environment, self.model.paths, self.today
        # Only what changed is made anew: weights of all routes cost more than the draws of a quiet day.
        changed = not np.array_equal(environment.closed, self._closed)
        if changed:
            self._closed = environment.closed.copy()
            today.route["leg"] = self._legs_taken()
            today.leg["closed_on"] = environment.closed_on[today.leg["link"]]
        if changed or environment.rules.flood_rules or not np.array_equal(environment.score, self._score):
            self._score = environment.score
            kinds = self.model.kinds
            today.route["value"] = environment.values(paths, day, kinds)
            choose.prepare(paths.first.size, today)
        limit = environment.limits()
        if not np.array_equal(limit, today.place["limit"]):
            today.place["limit"] = limit
            origin = self.model.links.start[paths.link]
            today.place["near_limit"] = np.bincount(origin, limit[paths.end] > 0, limit.size) > 0
        today.slot["chance"][: paths.first.size] = environment.chances(day, self.model.kinds)
        today.place["town"], today.place["camp"] = environment.town, environment.camp
        ride = today.ride
        ride["due"] = ride["begin"] + (day % ride["days"]) * ride["width"]
        self.today = today._replace(day=day, any_limit=bool(limit.any()))

    def _legs_taken(self) -> Ints:
        """Return the leg that people on each route take, -1 where no link leads on (route,)."""
        paths, leg = self.model.paths, self.model.legs
        link = self.environment.actual[paths.link]
        size = paths.slot_place.size
        pairs = leg["link"].astype(np.int64) * size + leg["after"]
        found = np.searchsorted(pairs, link.astype(np.int64) * size + paths.after)
        return np.where(link < 0, -1, np.minimum(found, pairs.size - 1)).astype(np.int32)
