"""People on their way where no chance plays: what a journey will bring is noted as soon as somebody sets out."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tiau.engine import cohorts
from tiau.engine.itinerary import Kind, kind_of
from tiau.engine.kernels import ahead as days_ahead
from tiau.engine.kernels import choose_together, parties, queues
from tiau.engine.kernels.border import LONGEST_QUEUE
from tiau.engine.kernels.choose_together import Morning
from tiau.engine.kernels.itineraries import LANES, Land
from tiau.engine.kernels.parties import Parties
from tiau.engine.kernels.queues import Desk, Queues
from tiau.engine.passage import Passage
from tiau.engine.policy import Law
from tiau.engine.rules import Rules
from tiau.engine.ways import Ways

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


@dataclass
class Lanes:
    """Up to eight groups of a kind, of one member.

    Attributes
    ----------
    member : int
    kind : Kind
    group : int array (lane,)
        -1 where there is none.
    ahead : float array (day and row, lane)
        What is noted of the days that are to come, in a ring: see `kernels.itineraries.Rows`.
    moving : float array (lane,), persons
    queues, desk
        See `kernels.queues`.
    tree : float array (node, lane)
        Room to work in.
    mornings : dict of int to (Morning, float array (place, option))
        Who set out on a day, with the weights by which they chose.
    overnight : dict of int to float array (queue, lane), persons
        Who were let through in the morning of a day.
    passed : list of (int, float array (queue, lane), float array (queue, lane))
        The day, who got through in its course, and what was left of it to them.
    """

    member: int
    kind: Kind
    group: NDArray[np.int64]
    ahead: Floats
    moving: Floats
    queues: Queues
    desk: Desk
    tree: Floats
    mornings: dict[int, tuple[Morning, Floats]] = field(default_factory=dict)
    overnight: dict[int, Floats] = field(default_factory=dict)
    passed: list[tuple[int, Floats, Floats]] = field(default_factory=list)

    def forget(self, day: int) -> None:
        """Forget who set out on a day and before: they have arrived."""
        self.mornings.pop(day, None)
        self.overnight.pop(day, None)
        while self.passed and self.passed[0][0] <= day:
            del self.passed[0]

    def start(self, day: int) -> int:
        """Return where a day starts in `ahead`."""
        return day % self.kind.horizon * self.kind.rows.whole


def lanes_of(member: int, kind: Kind, groups: list[int]) -> Lanes:
    """Return lanes for some groups of a kind, with nobody on the way."""
    many, places, routes = int(kind.gates.size[0]), kind.land.next.shape[1], kind.land.end.size
    group = np.full(LANES, -1, np.int64)
    group[: len(groups)] = groups
    each = [np.zeros((many, LANES)) for _ in range(6)]
    return Lanes(
        member, kind, group,
        ahead=np.zeros((kind.horizon * kind.rows.whole, LANES)),
        moving=np.zeros(LANES),
        queues=Queues(np.zeros((many, LONGEST_QUEUE + 1, LANES)), np.ones((many, LANES)), *each),
        desk=Desk(
            *(np.zeros(LANES) for _ in range(4)), *(np.zeros((routes, LANES)) for _ in range(2)),
            *(np.zeros((places, LANES)) for _ in range(2)),
        ),
        tree=np.zeros((kind.widest + 1, LANES)),
    )  # fmt: skip


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
        self._weights: dict[tuple[int, int], Floats] = {}
        self._weighed = -1

    def begin(self, batch: Batch, day: int) -> None:
        """Begin a day: plan anew where ways or crossings are others than yesterday, and let all who wait grow older."""
        ways, gated = batch.model.ways[day], batch.model.laws[day].border.gated
        if self._ways is not ways or not np.array_equal(self._gated, gated):
            self._plan_anew(batch, ways, gated, day)
        else:
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
        for (way, _, _), groups in kinds.items():
            land = Land(
                ways.next[way], model.options.place, model.routes.end, days[groups[0]], gated[groups[0]], ways.shut
            )
            kind = kind_of(tuple(groups), way, land, len(model.ways) - day)
            for member, first in product(range(self._members), range(0, len(groups), LANES)):
                self._lanes.append(lanes_of(member, kind, groups[first : first + LANES]))
        for some in self._lanes:
            kind = some.kind
            parties.take_up(
                some.member, day, some.group, self._taken_up, batch.people, kind.land, kind.rows, kind.gates,
                kind.trace, some.queues, some.ahead, some.start(day), len(some.ahead), some.moving,
            )  # fmt: skip

    def _weigh(self, batch: Batch) -> None:
        """Keep the weights of today by place, for each member and set of ways."""
        if self._weighed == batch.weighed:
            return
        where = np.flatnonzero(batch.row_of >= 0)
        options = batch.base.shape[3]
        self._weights = {}
        for member, way in product(range(self._members), range(batch.base.shape[2])):
            weights = np.zeros((batch.row_of.size, options))
            weights[where] = batch.base[member, batch.row_of[where], way]
            self._weights[member, way] = weights
        self._weighed = batch.weighed

    def choose(self, batch: Batch) -> None:
        """Send today's choosers on their way."""
        self._weigh(batch)
        goal = batch.model.options.place
        for some in self._lanes:
            kind, weights = some.kind, self._weights[some.member, some.kind.way]
            places, options = weights.shape
            morning = Morning(np.empty((places, LANES)), np.empty((options, LANES)))
            choose_together.choose_together(
                some.member, some.group, batch.people, batch.kin, batch.pull, weights, kind.plan, goal, some.ahead,
                some.start(self._day), len(some.ahead), morning, some.tree, some.moving,
            )  # fmt: skip
            some.mornings[self._day] = morning, weights

    def travel(self, batch: Batch) -> None:
        """Settle attempts at crossings, in rounds, until the day is spent, and book who arrives."""
        model, day = batch.model, self._day
        border, passage = model.laws[day].border, batch.passage(model.laws[day])
        limited = bool((border.quota < np.inf).any())
        quota_left = np.tile(border.quota, (self._members, 1))
        first = True
        while self._called() or (first and self._wait()):
            self._settle(batch, border, passage, quota_left if limited else None, first=first)
            first = False
        for some in self._lanes:
            days_ahead.end(
                some.member, some.group, batch.people, model.options.place, some.kind.rows, some.ahead,
                some.start(day), some.moving,
            )  # fmt: skip

    def _called(self) -> bool:
        """Call up who has come to queues now; tell whether anybody has."""
        found = [
            queues.call(some.kind.rows, some.kind.gates, some.queues, some.ahead, some.start(self._day), some.moving)
            for some in self._lanes
        ]
        return any(found)

    def _wait(self) -> bool:
        return any(some.queues.whole.any() for some in self._lanes)

    def _settle(
        self, batch: Batch, border: Any, passage: Passage, quota_left: Floats | None, *, first: bool  # noqa: ANN401
    ) -> None:  # fmt: skip
        model, day, crossing = batch.model, self._day, batch.model.routes.crossing
        served = np.zeros((self._members, border.quota.size, LONGEST_QUEUE + 1))
        if quota_left is not None:
            for some in self._lanes:
                m = some.member
                queues.ask(
                    m, first, day, some.group, some.queues, some.kind.gates, border, passage.passing, crossing, served[m]
                )
            for m in range(self._members):
                queues.serve(day, border.quota, quota_left[m], served[m])
        for some in self._lanes:
            m, kind = some.member, some.kind
            queues.settle(
                m, first, day, some.group, batch.people, some.queues, kind.gates, border, passage, crossing,
                served[m], batch.rules, some.desk,
            )  # fmt: skip
            queues.go_on(
                first, some.queues, kind.gates, kind.land.end, model.options.place, kind.plan, kind.rows, some.ahead,
                some.start(day), len(some.ahead), some.moving,
            )  # fmt: skip
            if first:
                some.overnight[day] = some.queues.overnight.copy()
            some.passed.append((day, some.queues.passed.copy(), some.queues.rest.copy()))

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
            [np.append(some.moving, some.queues.whole) for some in self._lanes if some.member == member]
            for member in range(self._members)
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
        return Parties(found.size, *(column[:, :size].copy() for column in found[1:]))

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
        land, rows, gates, trace = kind.land, kind.rows, kind.gates, kind.trace
        for since, (morning, weights) in some.mornings.items():
            parties.set_out(m, day + 1 - since, group, morning, weights, land.goal, kind.plan, found)
        starts = land.next.size
        for since, overnight in some.overnight.items():
            parties.let_through(m, day + 1 - since, group, overnight, gates, starts, kind.plan, found)
        for since, passed, rest in some.passed:
            parties.let_through_by_day(m, day + 1 - since, group, passed, rest, gates, land, rows, trace, found)
        parties.stand(m, day, group, some.queues, gates, found)
        parties.go_on(m, day + 1 - self._since, group, self._taken_up, land, rows, gates, trace, found)


def empty_parties(members: int, groups: int, room: int = 0) -> Parties:
    """Return room for parties, with nobody there."""
    shape = (members, room)
    return Parties(
        np.zeros(members, np.int64), *(np.zeros(shape, np.int32) for _ in range(3)), np.zeros(shape),
        np.full(shape, -1, np.int32), np.zeros((*shape, groups)),
    )  # fmt: skip


def cells_of(found: Parties) -> cohorts.Cells:
    """Return parties as cohorts, a group each."""
    members = found.size.size
    there = [np.nonzero(found.people[m, : found.size[m]] > 0) for m in range(members)]
    cells = cohorts.with_room(cohorts.empty_cells(members), max((i.size for i, _ in there), default=0))
    for m, (i, g) in enumerate(there):
        cells.size[m] = i.size
        cells.group[m, : i.size], cells.people[m, : i.size] = g, found.people[m, i, g]
        for name in ("option", "place", "route", "left", "since"):
            getattr(cells, name)[m, : i.size] = getattr(found, name)[m, i]
    return cells
