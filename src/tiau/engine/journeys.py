"""People on their way where no chance plays: what a journey brings is found out once for all who make it."""

from __future__ import annotations

from itertools import product
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tiau.engine import cohorts
from tiau.engine.itinerary import Kind, kind_of
from tiau.engine.kernels import ahead as days_ahead
from tiau.engine.kernels import choose_together, parties, queues
from tiau.engine.kernels.border import LONGEST_QUEUE
from tiau.engine.kernels.ends import come
from tiau.engine.kernels.itineraries import Land
from tiau.engine.kernels.lanes import LANES
from tiau.engine.kernels.parties import Parties
from tiau.engine.lanes import Lanes, Through, lanes_of
from tiau.engine.parties import empty_parties
from tiau.engine.passage import Passage
from tiau.engine.placing import Sought, TakenUp, place, room_for, sought, trimmed
from tiau.engine.policy import Law
from tiau.engine.rules import Rules
from tiau.engine.spells import first_spell
from tiau.engine.turning import Turn, take_off, turn_of, turned
from tiau.engine.ways import Ways
from tiau.engine.weights import Weights, weighed

Floats = NDArray[np.float64]


class Batch(Protocol):
    """What is used here of `batch.Batch`."""

    model: Any
    rules: Rules
    people: cohorts.People
    kin: Floats
    pull: Floats
    base: Floats
    row_of: NDArray[np.int32]
    weighed: int

    @property
    def keys(self) -> NDArray[np.uint64]:
        """The key of each member (member,)."""

    def passage(self, law: Law) -> Passage:
        """Return what a law does to the members."""


class Journeys:
    """Those of a batch who are on their way, under ways and crossings to stop at as long as these are the same.

    Expectations spread: each morning some people of each group set out from each place to each destination. But all
    who set out for a destination from the same place make the same journey, so what it brings on which day is found
    out once. As ways change, those are placed where they are whose journey changes, and go on from there.

    Parameters
    ----------
    taken_up : Parties
        Who is on the way before the first day.
    """

    def __init__(self, taken_up: Parties) -> None:
        self._members, _, self._groups = taken_up.people.shape
        self._taken_up, self._day = [TakenUp(-1, taken_up)], -1
        self._ways: Ways | None = None
        self._gated = np.zeros(0, bool)
        self._sets: list[tuple[int, list[int]]] = []
        self._lanes: list[Lanes] = []
        self._weights: dict[tuple[int, int], Weights] = {}
        self._weighed = -1

    def begin(self, batch: Batch, day: int) -> None:
        """Begin a day: go on by the ways and crossings of today, and let all who wait grow older."""
        ways, gated = batch.model.ways[day], batch.model.laws[day].border.gated
        if self._ways is not ways or not (self._gated is gated or np.array_equal(self._gated, gated)):
            sets = self._sets_of(batch, ways, gated)
            if self._ways is not None and sets == self._sets:
                self._turn(batch, ways, gated, day)
            else:
                self._sets = sets
                self._take_up_all(batch, ways, gated, day)
        self._gated = gated
        for some in self._lanes:
            kind = some.kind
            some.forget(day - kind.horizon)
            days_ahead.begin(
                some.member, some.group, batch.people, kind.rows, some.ahead, some.start(day - 1), some.start(day),
                some.moving,
            )  # fmt: skip
            queues.grow_older(some.member, day, some.group, batch.people, some.queues, kind.gates)
        oldest = day - max((some.kind.horizon for some in self._lanes), default=0)
        self._taken_up = [some for some in self._taken_up if some.day > oldest]
        self._day = day

    def _sets_of(self, batch: Batch, ways: Ways, gated: NDArray[np.bool_]) -> list[tuple[int, list[int]]]:
        """Return the groups that have the same ways, speed and crossings to stop at, and which of the ways."""
        days = batch.model.routes.days
        sets: dict[tuple[int, bytes, bytes], list[int]] = {}
        for g in range(self._groups):
            sets.setdefault((int(ways.of_group[g]), days[g].tobytes(), gated[g].tobytes()), []).append(g)
        return [(way, groups) for (way, _, _), groups in sets.items()]

    def _kinds(self, batch: Batch, ways: Ways, gated: NDArray[np.bool_], day: int) -> list[Kind]:
        """Return the kind of each of the sets of groups."""
        model = batch.model
        days, end, goal = model.routes.days, model.routes.end, model.options.place
        return [
            kind_of(
                Land(ways.next[way], goal, end, days[groups[0]], gated[groups[0]], ways.shut), len(model.ways) - day
            )
            for way, groups in self._sets
        ]  # fmt: skip

    def _take_up_all(self, batch: Batch, ways: Ways, gated: NDArray[np.bool_], day: int) -> None:
        """Take up everybody where they are."""
        everybody = self.parties()
        # A state may have the same arrays.
        everybody = everybody._replace(people=everybody.people.copy())
        self._taken_up, self._ways, self._lanes = [TakenUp(day, everybody)], ways, []
        for (way, groups), kind in zip(self._sets, self._kinds(batch, ways, gated, day), strict=True):
            spells = [first_spell(kind, day)]
            for member, first in product(range(self._members), range(0, len(groups), LANES)):
                self._lanes.append(lanes_of(member, way, kind, spells, groups[first : first + LANES]))
        self._take_up(batch, everybody, day)

    def _turn(self, batch: Batch, ways: Ways, gated: NDArray[np.bool_], day: int) -> None:
        """Turn those to their new journeys who have one."""
        kinds = self._kinds(batch, ways, gated, day)
        kind_of_group = {g: kind for (_, groups), kind in zip(self._sets, kinds, strict=True) for g in groups}
        self._ways = ways
        # Lanes that have the same spells have the same kind.
        turns: dict[int, Turn] = {}
        for some in self._lanes:
            kind = kind_of_group[int(some.group[0])]
            if kind is not some.kind and id(some.spells) not in turns:
                turns[id(some.spells)] = turn_of(some.kind, kind, some.spells, day)
        lanes = [(some, turns.get(id(some.spells))) for some in self._lanes]
        those = [(some, turn, sought(some, turn.changed)) for some, turn in lanes if turn and turn.changed.any()]
        found = self._room([(some, of_turn) for some, _, of_turn in those])
        for some, turn, of_turn in those:
            take_off(some, turn, self._taken_up, of_turn, found)
        self._lanes = [turned(some, turn) if turn else some for some, turn in lanes]
        found = trimmed(found)
        if found.size.any():
            self._take_up(batch, found, day)
            self._taken_up.append(TakenUp(day, found))

    def _room(self, those: list[tuple[Lanes, Sought]]) -> Parties:
        """Return room for parties of those who are looked for."""
        most = [0] * self._members
        for some, of_some in those:
            most[some.member] += room_for(some, self._taken_up, of_some)
        return empty_parties(self._members, self._groups, max(most, default=0))

    def _take_up(self, batch: Batch, those: Parties, day: int) -> None:
        """Follow parties from where they are on a morning."""
        for some in self._lanes:
            kind = some.kind
            parties.take_up(
                some.member, day, some.group, those, batch.people, kind.land, kind.rows, kind.gates, some.trace,
                some.queues, some.ahead, some.start(day), len(some.ahead), some.tree, some.moving,
            )  # fmt: skip
            some.tree[0] = 0.0

    def _weigh(self, batch: Batch) -> None:
        """Keep the weights of today by place, for each member and set of ways."""
        if self._weighed == batch.weighed:
            return
        where = np.flatnonzero(batch.row_of >= 0)
        oldest = min((min(some.mornings, default=self._day) for some in self._lanes), default=self._day)
        options = batch.base.shape[3]
        for member, way in product(range(self._members), range(batch.base.shape[2])):
            weights = np.zeros((batch.row_of.size, options))
            weights[where] = batch.base[member, batch.row_of[where], way]
            self._weights[member, way] = weighed(weights, self._weights.get((member, way)), self._day, oldest)
        self._weighed = batch.weighed

    def choose(self, batch: Batch) -> None:
        """Send today's choosers on their way."""
        self._weigh(batch)
        goal = batch.model.options.place
        for some in self._lanes:
            weights = self._weights[some.member, some.way]
            morning = some.morning(self._day, weights.by_place, weights.version)
            choose_together.choose_together(
                some.member, some.group, batch.people, batch.kin, batch.pull, morning, weights.last, goal, some.tree,
                some.moving,
            )  # fmt: skip
            choose_together.pass_by(
                morning, some.kind.plan, some.ahead, some.start(self._day), len(some.ahead), some.tree
            )

    def travel(self, batch: Batch) -> None:
        """Settle attempts at crossings, in rounds, until the day is spent, and book who arrives."""
        model, day = batch.model, self._day
        law = model.laws[day]
        for some in self._lanes:
            weights, until = self._weights[some.member, some.way], day + 1
            for spell in reversed(some.spells):
                come(
                    day % some.kind.horizon, day + 1 - until, day - spell.first, spell.ends, some.ring,
                    weights.by_option, weights.first, some.ahead, some.start(day),
                )  # fmt: skip
                until = spell.first
        limited = bool((law.border.quota < np.inf).any())
        quota_left = np.tile(law.border.quota, (self._members, 1)) if limited else law.border.quota
        called, first = self._called(), True
        while called or (first and self._wait()):
            served = self._served(batch, law, quota_left, first=first) if limited else None
            called = self._settle(batch, law, served, first=first) and self._called()
            first = False
        for some in self._lanes:
            days_ahead.end(
                some.member, some.group, batch.people, model.options.place, some.kind.rows, some.ahead,
                some.start(day), some.moving,
            )  # fmt: skip

    def _called(self) -> bool:
        """Call up who has come to queues now; tell whether anybody has."""
        called = [
            queues.call_up(some.queues, some.kind.gates, some.kind.rows, some.ahead, some.start(self._day), some.moving)
            for some in self._lanes
        ]
        return any(called)

    def _wait(self) -> bool:
        return any(some.queues.whole.any() for some in self._lanes)

    def _settle(self, batch: Batch, law: Law, served: Floats | None, *, first: bool) -> bool:
        """Settle attempts; a quota serves shares (member, crossing, slot) of those whom acts let pass.

        Returns whether any of those who get through may come to another queue today.
        """
        day, crossing, again = self._day, batch.model.routes.crossing, False
        for some in self._lanes:
            m, kind, here, books = some.member, some.kind, some.queues, some.books
            rates, flat = some.judged(law, batch.passage(law), batch.rules, crossing)
            new = here.waiting[day % (LONGEST_QUEUE + 1)].ravel()
            queues.settle(first, kind.gates.place.size, some.flat, some.flat.whole, some.flat.scale, new, flat)
            if served is not None:
                queues.settle_by_age(first, day, here, kind.gates, rates, crossing, served[m], books)
            queues.book(m, some.group, batch.people, here, kind.gates, rates, books)
            again |= queues.go_on(
                first, here, kind.gates, kind.land.end, batch.model.options.place, kind.plan, kind.rows, some.ahead,
                some.start(day), len(some.ahead), some.moving,
            )  # fmt: skip
            if first:
                some.overnight.append(Through(day, kind, here.overnight.copy(), some.whole_days))
            some.passed.append(Through(day, kind, here.passed.copy(), here.rest.copy()))
        return again

    def _served(self, batch: Batch, law: Law, quota_left: Floats, *, first: bool) -> Floats:
        """Return the shares that quotas serve (member, crossing, slot); takes them off `quota_left`."""
        day, crossing = self._day, batch.model.routes.crossing
        served = np.zeros((*quota_left.shape, LONGEST_QUEUE + 1))
        for some in self._lanes:
            rates, _ = some.judged(law, batch.passage(law), batch.rules, crossing)
            queues.ask(first, day, some.queues, some.kind.gates, rates, crossing, served[some.member])
        for left, asked in zip(quota_left, served, strict=True):
            queues.serve(day, law.border.quota, left, asked)
        return served

    def book(self, present: Floats, on_the_way: Floats, totals: Floats) -> None:
        """Add who is on the way or waits to what `kernels.present.book` wrote down of all others."""
        for some in self._lanes:
            days_ahead.book(
                some.member, some.group, some.kind.rows, some.kind.gates, some.queues, some.ahead,
                some.start(self._day), some.moving, present, on_the_way, totals,
            )  # fmt: skip

    def people(self) -> Floats:
        """Return numbers of those on the way and of those who wait, each in one of them (member, any)."""
        if self._ways is None:
            return self._taken_up[0].parties.people.reshape(self._members, -1)
        each = [
            [np.append(np.maximum(some.moving, 0.0), some.queues.whole) for some in lanes]
            for lanes in ([some for some in self._lanes if some.member == member] for member in range(self._members))
        ]
        return np.array([np.concatenate(parts) if parts else np.zeros(0) for parts in each])

    def parties(self) -> Parties:
        """Return all who are on their way, in arrays of their own."""
        if self._ways is None:
            return self._taken_up[0].parties
        everybody = [(some, sought(some, np.ones(some.kind.land.next.size, bool))) for some in self._lanes]
        found = self._room(everybody)
        for some, those in everybody:
            place(some, self._day + 1, self._taken_up, those, found)
        return trimmed(found)
