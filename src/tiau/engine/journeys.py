"""People on their way where no chance plays: those who make the same journey move together, day by day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tiau.engine import cohorts
from tiau.engine.kernels import choose_together, queues, stages
from tiau.engine.kernels.border import LONGEST_QUEUE
from tiau.engine.passage import Passage
from tiau.engine.policy import Law
from tiau.engine.rules import Rules
from tiau.engine.ways import Ways

Floats = NDArray[np.float64]
ROOM = 256
COLUMNS = 128
"""Of groups and places that choose at once: long loops over columns are what processors are quick at."""
ONE_A_STAGE = ("kind", "option", "place", "route", "left", "after", "queue", "rest", "first", "last")
ONE_A_QUEUE = ("kind", "place", "option", "route", "through")
A_GROUP_AND_QUEUE = ("waiting", "scale", "whole", "fresh", "reach")


class Batch(Protocol):
    """What is used here of `batch.Batch`."""

    model: Any
    rules: Rules
    people: cohorts.People
    listed: cohorts.Cells
    kin: Floats
    pull: Floats
    base: Floats
    row_of: NDArray[np.int32]

    @property
    def keys(self) -> NDArray[np.uint64]:
        """The key of each member (member,)."""

    def passage(self, law: Law) -> Passage:
        """Return what a law does to the members."""


class Journeys:
    """Stages and queues of a batch, under ways and crossings to stop at as long as these are the same.

    Expectations spread: each morning some people of each group set out from each place to each destination. But all
    who set out for a destination from the same place make the same journey, so what a day does to them is found out
    once. Who is underway when ways change is in the batch's list of cohorts again, and goes on from there.

    Parameters
    ----------
    batch : Batch
    """

    def __init__(self, batch: Batch) -> None:
        model = batch.model
        self._members, self._groups = batch.keys.size, len(model.network.group_names)
        self._day = -1
        self._ways: Ways | None = None
        options, routes = model.options.place.size, model.network.start.size
        self._flow = np.zeros((self._members, routes, self._groups))
        self._landed = np.zeros((self._members, options, self._groups))
        # As many places at once as there are, at most.
        self._block = min(-(-COLUMNS // max(self._groups, 1)), len(model.network.place_names))
        columns = self._block * self._groups
        self._desk = choose_together.Desk(
            drawn_to=np.zeros((options, self._groups)), cumulative=np.zeros((options + 1, columns)),
            held=np.zeros((max(options - 1, 1), columns)), taken=np.zeros((options, columns)),
        )  # fmt: skip

    def begin(self, batch: Batch, day: int) -> None:
        """Begin a day: plan anew where ways or crossings are others than yesterday, and let all who wait grow older."""
        model = batch.model
        ways, gated = model.ways[day], model.laws[day].border.gated
        if self._ways is not ways or not np.array_equal(self._land.gated, gated):
            if self._ways is not None:
                batch.listed = self.as_cohorts(batch.listed)
            self._plan_anew(batch, ways, gated)
        else:
            queues.begin_day(day, batch.people, self._queues)
        self._day = day

    def _plan_anew(self, batch: Batch, ways: Ways, gated: NDArray[np.bool_]) -> None:
        model, self._ways = batch.model, ways
        days = model.routes.days
        alike = [(int(ways.of_group[g]), days[g].tobytes(), gated[g].tobytes()) for g in range(self._groups)]
        kinds = list(dict.fromkeys(alike))
        self._kind_of = np.array([kinds.index(one) for one in alike], np.int32)
        like = np.array([alike.index(kind) for kind in kinds], np.int32)
        self._land = stages.Land(
            like=like, way=ways.of_group[like], next=ways.next, goal=model.options.place, end=model.routes.end,
            days=days, gated=gated,
        )  # fmt: skip
        at = np.full((len(kinds), len(model.network.place_names), model.options.place.size), -1, np.int32)
        none, few, nobody = np.zeros(0, np.int32), np.zeros(0), np.zeros((self._members, 0, self._groups))
        self._stages = stages.Stages(
            np.zeros(2, np.int64),
            none,
            none,
            none,
            none,
            few,
            none,
            none,
            few,
            none,
            none,
            none,
            at,
            nobody,
            np.zeros((self._members, 0), bool),
        )
        waiting = np.zeros((self._members, 0, LONGEST_QUEUE + 1, self._groups))
        self._queues = stages.Queues(
            np.zeros(1, np.int64), none, none, none, none, none, at.copy(), waiting, nobody, nobody, nobody, nobody
        )
        self._make_room()

    def _make_room(self) -> None:
        """Make room for more stages and queues, at least as many as one place or journey may need."""
        kinds, places, options = self._stages.start.shape
        here, there = self._stages, self._queues
        at_once = kinds * options * self._block
        added = max(here.kind.size // 2, ROOM + at_once)
        if here.size[0] + 2 + at_once > here.kind.size:
            columns = {name: _longer(getattr(here, name), added) for name in ONE_A_STAGE}
            columns |= {name: _longer(getattr(here, name), added, axis=1) for name in ("people", "busy")}
            here = here._replace(**columns)
        if here.size[1] + 2 * places > here.passed.size:
            here = here._replace(passed=_longer(here.passed, max(here.passed.size // 2, ROOM + 2 * places)))
        if there.size[0] + 1 > there.kind.size:
            added = max(there.kind.size // 2, 16)
            columns = {name: _longer(getattr(there, name), added) for name in ONE_A_QUEUE}
            columns |= {name: _longer(getattr(there, name), added, axis=1) for name in A_GROUP_AND_QUEUE}
            there = there._replace(**columns)
        self._stages, self._queues = here, there

    def _through(self, kernel: Callable[[int], int], begin: int, end: Callable[[], int]) -> None:
        """Call a kernel that goes on from a place, until it comes to the end, with more room each time."""
        at = kernel(begin)
        while at < end():
            self._make_room()
            at = kernel(at)

    def choose(self, batch: Batch) -> None:
        """Send today's choosers on their way."""
        options, of_group = batch.model.options, batch.model.ways[self._day].of_group

        def from_place(place: int) -> int:
            return int(choose_together.choose_together(
                place, self._block, batch.people, self._stages, self._kind_of, options, of_group, batch.kin,
                batch.row_of, batch.base, batch.pull, self._desk,
            ))  # fmt: skip

        self._through(from_place, 0, lambda: batch.people.choosing.shape[2])

    def travel(self, batch: Batch) -> None:
        """Advance and settle attempts at crossings, in rounds, until the day is spent."""
        model, day = batch.model, self._day
        border, passage = model.laws[day].border, batch.passage(model.laws[day])
        quota_left = np.tile(border.quota, (self._members, 1))
        self._go_on(np.arange(self._stages.size[0] - 1, -1, -1))
        self._walk(batch, np.zeros(self._members, np.int64))
        first = True
        while self._queues.size[0] and (first or self._queues.fresh.any()):
            begin, many = batch.listed.size.copy(), int(self._queues.size[0])
            batch.listed = cohorts.with_room(batch.listed, int(begin.max()) + many * self._groups)
            queues.settle(
                first, day, batch.people, batch.listed, self._stages, self._queues, border, passage, quota_left,
                model.routes, batch.rules,
            )  # fmt: skip
            self._go_on(self._queues.through[:many].astype(np.int64))
            self._walk(batch, begin)
            first = False
        stages.come_to(batch.people, model.options, self._flow, self._landed)

    def _go_on(self, order: NDArray[np.int64]) -> None:
        def from_stage(stage: int) -> int:
            return int(stages.plan_ahead(stage, self._stages, self._queues, self._land))

        self._through(from_stage, 0, lambda: int(self._stages.size[0]))
        stages.go_on(order, self._stages, self._queues, self._flow, self._landed)

    def _walk(self, batch: Batch, begin: NDArray[np.int64]) -> None:
        for member in np.flatnonzero(begin < batch.listed.size).tolist():
            self._walk_of(member, batch, int(begin[member]))

    def _walk_of(self, member: int, batch: Batch, begin: int) -> None:
        model, cells = batch.model, batch.listed

        def from_cohort(cohort: int) -> int:
            return int(stages.walk_listed(
                member, cohort, self._day, batch.people, cells, self._kind_of, self._stages, self._queues, self._land,
                model.options, self._ways, self._land.gated, model.routes,
            ))  # fmt: skip

        self._through(from_cohort, begin, lambda: int(cells.size[member]))

    def book(self, present: Floats, on_the_way: Floats, totals: Floats) -> None:
        """Add who is in stages and queues to what `kernels.present.book` wrote down of the listed cohorts."""
        if self._ways is not None:
            stages.book_journeys(self._stages, self._queues, present, on_the_way, totals)

    def as_cohorts(self, listed: cohorts.Cells) -> cohorts.Cells:
        """Return all who are on their way as cohorts, with those that are listed, in arrays of their own."""
        parts = [self._of_member(m, listed) for m in range(listed.size.size)]
        whole = cohorts.with_room(cohorts.empty_cells(len(parts)), max(part["people"].size for part in parts))
        for m, part in enumerate(parts):
            whole.size[m] = part["people"].size
            for name, column in part.items():
                getattr(whole, name)[m, : column.size] = column
        return whole

    def _of_member(self, m: int, listed: cohorts.Cells) -> dict[str, NDArray[Any]]:
        size = listed.size[m]
        found = [{name: getattr(listed, name)[m, :size] for name in cohorts.Cells._fields[1:]}]
        if self._ways is not None:
            here, there = self._stages, self._queues
            s, g = np.nonzero(here.people[m] > 0)
            found.append(
                {"group": g, "option": here.option[s], "place": here.place[s], "route": here.route[s],
                 "left": here.left[s], "reach": np.zeros(s.size), "since": np.full(s.size, -1),
                 "people": here.people[m, s, g]}
            )  # fmt: skip
            waiting = there.waiting[m] * there.scale[m][:, None]
            q, slot, g = np.nonzero(waiting > 0)
            since = self._day - (self._day - slot) % (LONGEST_QUEUE + 1)
            found.append(
                {"group": g, "option": there.option[q], "place": there.place[q], "route": np.full(q.size, -1),
                 "left": there.route[q], "reach": np.zeros(q.size), "since": since,
                 "people": waiting[q, slot, g]}
            )  # fmt: skip
        return {name: np.concatenate([part[name] for part in found]) for name in found[0]}


def _longer(array: NDArray[Any], added: int, *, axis: int = 0) -> NDArray[Any]:
    shape = list(array.shape)
    shape[axis] = added
    return np.concatenate([array, np.zeros(shape, array.dtype)], axis)
