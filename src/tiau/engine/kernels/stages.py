"""How expectations travel: all who go the same way on a day move at once, by a plan that is made once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.kernels.border import LONGEST_QUEUE
from tiau.engine.kernels.cohort_list import cohorts_of, put
from tiau.engine.kernels.travel import AT_GATE, AT_PLACE, walk
from tiau.engine.streams import lean, within

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

# In the place of the stage that follows: not planned yet; they arrive; they stand at a crossing where acts hold.
UNPLANNED, ARRIVES, STANDS = -1, -2, -3


class Stages(NamedTuple):
    """Where people are in the morning on their way to a destination; they come from stage to stage, one a day.

    Groups that have the same ways, speed and crossings to stop at are of one kind and share their stages.

    Attributes
    ----------
    size : int array (2,)
        How many stages and how many routes in `passed` there are; arrays have room for more.
    kind, option, place, route : int arrays (stage,)
        Who, where to, and where; as in `cohorts.Cells`.
    left : float array (stage,), days
        Time left on the route.
    after : int array (stage,)
        The stage of the next morning, or one of the words above.
    queue, rest : int array (stage,), float array (stage,) in days
        At which queue they stand, and what is left of the day then.
    first, last : int arrays (stage,)
        The routes that they come to the end of are `passed` from `first` to before `last`.
    passed : int array (any,)
    start : int array (kind, place, option)
        The stage of those who set out; -1 where nobody did yet.
    people : float array (member, stage, group), persons
    busy : bool array (member, stage)
        Whether anybody may be there.
    """

    size: NDArray[np.int64]
    kind: Ints
    option: Ints
    place: Ints
    route: Ints
    left: Floats
    after: Ints
    queue: Ints
    rest: Floats
    first: Ints
    last: Ints
    passed: Ints
    start: Ints
    people: Floats
    busy: NDArray[np.bool_]


class Queues(NamedTuple):
    """People who stand at a crossing on their way to a destination.

    Attributes
    ----------
    size : int array (1,)
    kind, place, option, route, through : int arrays (queue,)
        The route that they want to take, and the stage of those who are let onto it in the morning.
    at : int array (kind, place, option)
        The queue there; -1 where nobody stood yet.
    waiting : float array (member, queue, slot, group), persons
        Who wait since the day that has the slot, to be multiplied by `scale`; see `slot_of`.
    scale, whole : float arrays (member, queue, group)
        Where no quota holds as many of all go on waiting: that is noted in `scale` alone. `whole` is how many wait.
    fresh, reach : float arrays (member, queue, group), persons and person-days
        Who have come now, and what is left of the day to all of them together.
    """

    size: NDArray[np.int64]
    kind: Ints
    place: Ints
    option: Ints
    route: Ints
    through: Ints
    at: Ints
    waiting: Floats
    scale: Floats
    whole: Floats
    fresh: Floats
    reach: Floats


class Land(NamedTuple):
    """What plans are made by.

    Attributes
    ----------
    like : int array (kind,)
        A group of each kind.
    way : int array (kind,)
    next : int array (way, option, place)
    goal : int array (option,)
    end : int array (route,)
    days : float array (group, route)
    gated : bool array (group, route)
    """

    like: Ints
    way: Ints
    next: Ints
    goal: Ints
    end: Ints
    days: Floats
    gated: NDArray[np.bool_]


@within
def slot_of(day):
    """Return the slot of those who wait since a day; the day before the longest that is told apart has the same."""
    return day % (LONGEST_QUEUE + 1)


@within
def new_stage(stages, kind, option, place, route, left):
    """Return the number of a stage that is added; there is room for it."""
    s = stages.size[0]
    stages.kind[s], stages.option[s], stages.place[s] = kind, option, place
    stages.route[s], stages.left[s], stages.after[s] = route, left, UNPLANNED
    stages.size[0] = s + 1
    return s


@within
def queue_at(kind, place, option, stages, queues, land):
    """Return the queue at a place, which is added where nobody has stood yet."""
    q = np.int64(queues.at[kind, place, option])
    if q < 0:
        q = queues.size[0]
        route = land.next[land.way[kind], option, place]
        queues.kind[q], queues.place[q], queues.option[q], queues.route[q] = kind, place, option, route
        queues.through[q] = new_stage(stages, kind, option, place, route, land.days[land.like[kind], route])
        queues.at[kind, place, option] = q
        for m in range(queues.scale.shape[0]):
            for g in range(queues.scale.shape[2]):
                queues.scale[m, q, g] = 1.0
        queues.size[0] = q + 1
    return q


@within
def has_room(stages, queues, land):
    """Tell whether one more stage can be planned."""
    return (
        stages.size[0] + 2 <= stages.kind.size and queues.size[0] < queues.kind.size
        and stages.size[1] + land.next.shape[2] < stages.passed.size
    )  # fmt: skip


@within
def plan(s, stages, queues, land):
    """Find where a day takes those of a stage."""
    kind, k, p, r = stages.kind[s], stages.option[s], np.int64(stages.place[s]), np.int64(stages.route[s])
    like, way, goal, left, reach = land.like[kind], land.way[kind], land.goal[k], stages.left[s], 1.0
    stages.first[s] = stages.size[1]
    stands = False
    while reach > 0.0:
        if r == AT_PLACE:
            onto = np.int64(land.next[way, k, p])
            if p == goal or onto < 0:
                break
            if land.gated[like, onto]:
                stands = True
                break
            r, left = onto, land.days[like, onto]
        if left > reach:
            left -= reach
            reach = 0.0
        else:
            reach -= left
            left = 0.0
            stages.passed[stages.size[1]] = r
            stages.size[1] += 1
            p, r = np.int64(land.end[r]), np.int64(AT_PLACE)
    stages.last[s] = stages.size[1]
    if stands:
        stages.after[s], stages.rest[s], stages.queue[s] = STANDS, reach, queue_at(kind, p, k, stages, queues, land)
    elif r == AT_PLACE and p == goal:
        stages.after[s] = ARRIVES
    else:
        stages.after[s] = new_stage(stages, kind, k, p, r, left)


@lean
def plan_ahead(begin, stages, queues, land):
    """Make the plan of each stage where somebody is, from one on.

    Returns where it had to stop as there was no room for another stage, or the number of stages.
    """
    for s in range(begin, stages.size[0]):
        if stages.after[s] == UNPLANNED:
            for m in range(stages.busy.shape[0]):
                if stages.busy[m, s]:
                    if not has_room(stages, queues, land):
                        return s
                    plan(s, stages, queues, land)
                    break
    return stages.size[0]


@lean
def go_on(order, stages, queues, flow, landed):
    """Take those of some stages (`order`), which are planned, through a day: later ones of a journey before earlier.

    Adds to `flow` (member, route, group) and `landed` (member, option, group).
    """
    for m in range(flow.shape[0]):
        people, busy, reached = stages.people[m], stages.busy[m], flow[m]
        fresh, reach = queues.fresh[m], queues.reach[m]
        for i in range(order.size):
            s = order[i]
            if not busy[s]:
                continue
            busy[s] = False
            here = people[s]
            for j in range(stages.first[s], stages.last[s]):
                _add(here, reached[stages.passed[j]])
            after = stages.after[s]
            if after >= 0:
                _add(here, people[after])
                busy[after] = True
            elif after == ARRIVES:
                _add(here, landed[m, stages.option[s]])
            else:
                q, rest = stages.queue[s], stages.rest[s]
                for g in range(here.size):
                    fresh[q, g] += here[g]
                    reach[q, g] += here[g] * rest
            for g in range(here.size):
                here[g] = 0.0


@within
def _add(some, others):
    for g in range(some.size):
        others[g] += some[g]


@lean
def walk_listed(m, begin, day, people, cells, kind_of, stages, queues, land, options, ways, gated, routes):
    """Move the cohorts of a member's list, from a place in it on, as far as their day takes them.

    Who stands at a crossing goes from the list to the queue there. Returns where it had to stop as there was no room
    for another queue, or the length of the list.
    """
    row, settled, arrived, flow = cohorts_of(cells, m), people.settled[m], people.arrived[m], people.flow[m]
    i = begin
    while i < cells.size[m]:
        if row.reach[i] <= 0.0:
            i += 1
            continue
        if row.route[i] >= 0 and row.left[i] > row.reach[i]:
            row.left[i] -= row.reach[i]
            row.reach[i] = 0.0
            i += 1
            continue
        if not has_room(stages, queues, land):
            break
        g, k, n = row.group[i], row.option[i], row.people[i]
        goal = options.place[k]
        p, r, left, reach, since = walk(i, goal, row, flow, ways, gated, routes)
        if r == AT_PLACE and p == goal and not ways.shut[p]:
            settled[g, p] += n
            arrived[g, p] += n
        elif r == AT_GATE and reach > 0.0:
            q = queue_at(kind_of[g], p, k, stages, queues, land)
            if since >= 0:
                queues.waiting[m, q, slot_of(max(since, day - LONGEST_QUEUE)), g] += n / queues.scale[m, q, g]
                queues.whole[m, q, g] += n
            else:
                queues.fresh[m, q, g] += n
                queues.reach[m, q, g] += n * reach
        else:
            put(i, row, g, k, p, r, left, 0.0, since, n)
            i += 1
            continue
        # Their order tells nothing where no chance plays: the last one takes the place that is free.
        last = cells.size[m] - 1
        put(
            i, row, row.group[last], row.option[last], row.place[last], row.route[last], row.left[last],
            row.reach[last], row.since[last], row.people[last],
        )  # fmt: skip
        cells.size[m] = last
    return i


@lean
def come_to(people, options, flow, landed):
    """Book who came to the end of routes (member, route, group) and who arrived (member, option, group) on a day."""
    members, routes, groups = flow.shape
    for m in range(members):
        for r in range(routes):
            for g in range(groups):
                people.flow[m, g, r] += flow[m, r, g]
                flow[m, r, g] = 0.0
        for k in range(options.place.size):
            p = options.place[k]
            for g in range(groups):
                people.settled[m, g, p] += landed[m, k, g]
                people.arrived[m, g, p] += landed[m, k, g]
                landed[m, k, g] = 0.0


@lean
def book_journeys(stages, queues, present, on_the_way, totals):
    """Add those of stages and queues to what `present.book` has written down of the end of a day."""
    members, groups = present.shape[0], present.shape[1]
    for m in range(members):
        for s in range(stages.size[0]):
            if not stages.busy[m, s]:
                continue
            here = stages.people[m, s]
            if stages.route[s] >= 0:
                for g in range(groups):
                    on_the_way[g, m] += here[g]
            else:
                for g in range(groups):
                    present[m, g, stages.place[s]] += here[g]
        for q in range(queues.size[0]):
            for g in range(groups):
                present[m, g, queues.place[q]] += queues.whole[m, q, g]
                totals[0, m] += queues.whole[m, q, g]
