"""People on their way where no chance plays: what a journey brings is found out once for all who make it."""

from __future__ import annotations

from itertools import product
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tiau.engine import cohorts
from tiau.engine.itinerary import kind_of
from tiau.engine.kernels import ahead as days_ahead
from tiau.engine.kernels import choose_together, parties, queues
from tiau.engine.kernels.border import LONGEST_QUEUE
from tiau.engine.kernels.ends import come
from tiau.engine.kernels.itineraries import Land
from tiau.engine.kernels.lanes import LANES
from tiau.engine.kernels.parties import Parties
from tiau.engine.lanes import Lanes, lanes_of
from tiau.engine.parties import empty_parties
from tiau.engine.passage import Passage
from tiau.engine.policy import Law
from tiau.engine.rules import Rules
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
    out once. As ways change, all are placed where they are, and go on from there.

    Parameters
    ----------
    taken_up : Parties
        Who is on the way before the first day.
    """

    def __init__(self, taken_up: Parties) -> None:
        self._members, _, self._groups = taken_up.people.shape
        self._taken_up, self._since, self._day = taken_up, -1, -1
        self._ways: Ways | None = None
        self._gated = np.zeros(0, bool)
        self._lanes: list[Lanes] = []
        self._weights: dict[tuple[int, int], Weights] = {}
        self._weighed = -1

    def begin(self, batch: Batch, day: int) -> None:
        """Begin a day: plan anew where ways or crossings are others than yesterday, and let all who wait grow older."""
        ways, gated = batch.model.ways[day], batch.model.laws[day].border.gated
        if self._ways is not ways or not (self._gated is gated or np.array_equal(self._gated, gated)):
            self._plan_anew(batch, ways, gated, day)
        else:
            self._gated = gated
            for some in self._lanes:
                kind = some.kind
                some.forget(day - kind.horizon)
                days_ahead.begin(
                    some.member, some.group, batch.people, kind.rows, some.ahead, some.start(day - 1),
                    some.start(day), some.moving,
                )  # fmt: skip
                queues.grow_older(some.member, day, some.group, batch.people, some.queues, kind.gates)
        self._day = day

    def _plan_anew(self, batch: Batch, ways: Ways, gated: NDArray[np.bool_], day: int) -> None:
        model = batch.model
        days = model.routes.days
        self._taken_up, self._since = self.parties(), day
        self._ways, self._gated = ways, gated
        kinds: dict[tuple[int, bytes, bytes], list[int]] = {}
        for g in range(self._groups):
            kinds.setdefault((int(ways.of_group[g]), days[g].tobytes(), gated[g].tobytes()), []).append(g)
        self._lanes = []
        # Of those who set out before nothing is asked any more.
        self._weights = {key: weights.alone() for key, weights in self._weights.items()}
        for (way, _, _), groups in kinds.items():
            land = Land(
                ways.next[way], model.options.place, model.routes.end, days[groups[0]], gated[groups[0]], ways.shut
            )
            kind = kind_of(land, len(model.ways) - day)
            for member, first in product(range(self._members), range(0, len(groups), LANES)):
                self._lanes.append(lanes_of(member, way, kind, groups[first : first + LANES]))
        for some in self._lanes:
            kind = some.kind
            parties.take_up(
                some.member, day, some.group, self._taken_up, batch.people, kind.land, kind.rows, kind.gates,
                some.trace, some.queues, some.ahead, some.start(day), len(some.ahead), some.tree, some.moving,
            )  # fmt: skip
            some.tree[0] = 0.0

    def _weigh(self, batch: Batch) -> None:
        """Keep the weights of today by place, for each member and set of ways."""
        if self._weighed == batch.weighed:
            return
        where = np.flatnonzero(batch.row_of >= 0)
        options = batch.base.shape[3]
        for member, way in product(range(self._members), range(batch.base.shape[2])):
            weights = np.zeros((batch.row_of.size, options))
            weights[where] = batch.base[member, batch.row_of[where], way]
            self._weights[member, way] = weighed(weights, self._weights.get((member, way)))
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
            weights = self._weights[some.member, some.way].by_option
            come(day % some.kind.horizon, some.kind.ends, some.ring, weights, some.ahead, some.start(day))
        quota_left, first = np.tile(law.border.quota, (self._members, 1)), True
        limited = bool((law.border.quota < np.inf).any())
        while self._called() or (first and self._wait()):
            served = self._served(batch, law, quota_left, first=first) if limited else None
            self._settle(batch, law, served, first=first)
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

    def _settle(self, batch: Batch, law: Law, served: Floats | None, *, first: bool) -> None:
        """Settle attempts; a quota serves shares (member, crossing, slot) of those whom acts let pass."""
        day, crossing = self._day, batch.model.routes.crossing
        for some in self._lanes:
            m, kind, here, books = some.member, some.kind, some.queues, some.books
            rates, flat = some.judged(law, batch.passage(law), batch.rules, crossing)
            new = here.waiting[day % (LONGEST_QUEUE + 1)].ravel()
            queues.settle(first, some.flat, some.flat.whole, some.flat.scale, new, flat)
            if served is not None:
                queues.settle_by_age(first, day, here, kind.gates, rates, crossing, served[m], books)
            queues.book(m, some.group, batch.people, here, kind.gates, rates, books)
            queues.go_on(
                first, here, kind.gates, kind.land.end, batch.model.options.place, kind.plan, kind.rows, some.ahead,
                some.start(day), len(some.ahead), some.moving,
            )  # fmt: skip
            if first:
                some.overnight[day] = here.overnight.copy()
            some.passed.append((day, here.passed.copy(), here.rest.copy()))

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
            return self._taken_up.people.reshape(self._members, -1)
        each = [
            [np.append(np.maximum(some.moving, 0.0), some.queues.whole) for some in lanes]
            for lanes in ([some for some in self._lanes if some.member == member] for member in range(self._members))
        ]
        return np.array([np.concatenate(parts) if parts else np.zeros(0) for parts in each])

    def parties(self) -> Parties:
        """Return all who are on their way, in arrays of their own."""
        if self._ways is None:
            return self._taken_up
        most = max((self._most(m) for m in range(self._members)), default=0)
        found = empty_parties(self._members, self._groups, most)
        for some in self._lanes:
            self._place(some, found)
        size = int(found.size.max(initial=0))
        return found._replace(
            **{name: np.ascontiguousarray(getattr(found, name)[:, :size]) for name in Parties._fields[1:]}
        )

    def _most(self, member: int) -> int:
        """Return how many parties a member may have."""
        most = 0
        for some in self._lanes:
            if some.member == member:
                many, nights = int(some.kind.gates.size[0]), some.kind.plan.place.size
                by_day = sum(int(np.count_nonzero(passed)) for _, passed, _ in some.passed)
                most += nights + by_day + many * (LONGEST_QUEUE + 1) + int(self._taken_up.size[member])
        return most

    def _place(self, some: Lanes, found: Parties) -> None:
        m, group, kind, day = some.member, some.group, some.kind, self._day
        land, rows, gates, trace = kind.land, kind.rows, kind.gates, some.trace
        for since, morning in some.mornings.items():
            parties.set_out(m, day + 1 - since, group, morning, land.goal, kind.plan, found)
        starts = land.next.size
        for since, overnight in some.overnight.items():
            parties.let_through(m, day + 1 - since, group, overnight, gates, starts, kind.plan, found)
        for since, passed, rest in some.passed:
            parties.let_through_by_day(m, day + 1 - since, group, passed, rest, gates, land, rows, trace, found)
        parties.stand(m, day, group, some.queues, gates, found)
        parties.go_on(m, day + 1 - self._since, group, self._taken_up, land, rows, gates, trace, found)
