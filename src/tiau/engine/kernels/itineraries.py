"""Where somebody who sets out in the morning is on every later day, found out once for all who go the same way."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.kernels.travel import AT_PLACE
from tiau.engine.streams import lean, within

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
NOWHERE = -1


class Land(NamedTuple):
    """What journeys of a kind of groups are made of: those that have the same ways, speed and crossings to stop at.

    Attributes
    ----------
    next : int array (option, place)
    goal : int array (option,)
    end : int array (route,)
    days : float array (route,)
    gated : bool array (route,)
    shut : bool array (place,)
    """

    next: Ints
    goal: Ints
    end: Ints
    days: Floats
    gated: NDArray[np.bool_]
    shut: NDArray[np.bool_]


class Rows(NamedTuple):
    """What is noted of a day that is to come: the first row of each kind of note.

    Who come to the end of a route, arrive at an option, stand overnight at a place, choose again there in the morning
    after their way was lost, go no longer to an option; who come to a queue, and what is left of the day to them all
    together.
    """

    arrive: int
    night: int
    back: int
    lost: int
    fresh: int
    reach: int
    whole: int


class Gates(NamedTuple):
    """Crossings where people stop on their way to an option, by place and option.

    Attributes
    ----------
    size : int array (1,)
        How many there are.
    place, option, route : int arrays (queue,)
    at : int array (place, option)
        The queue there, or -1.
    """

    size: NDArray[np.int64]
    place: Ints
    option: Ints
    route: Ints
    at: Ints


class Trace(NamedTuple):
    """One journey: what is noted of it (day, row), and where it is each night.

    Attributes
    ----------
    day, row : int arrays (note,)
    time : float array (note,), days
        Since it began, without what was spent on the first day before.
    place, route, left : arrays (night,)
        As in `cohorts.Cells`.
    """

    day: Ints
    row: Ints
    time: Floats
    place: Ints
    route: Ints
    left: Floats


@within
def wrapped(note, size):
    """Return where something is noted in a ring of days."""
    return note - size if note >= size else note


@within
def _note(trace, notes, day, row, time):
    trace.day[notes], trace.row[notes], trace.time[notes] = day, row, time
    return notes + 1


@within
def follow(k, p, r, left, reach, land, rows, gates, trace):
    """Follow a journey to its end, or as far as there is room for nights.

    Returns how many notes and nights there are, and what is left of the day to who comes to a queue. The last note is
    that of the end, in the rows of options or queues, if it has one.
    """
    notes, nights, day, time, rest = 0, 0, 0, 0.0, 0.0
    goal = land.goal[k]
    while nights < trace.place.size:
        stands = False
        while reach > 0.0:
            if r == AT_PLACE:
                onto = NOWHERE if p == goal else np.int64(land.next[k, p])
                if onto < 0:
                    break
                if land.gated[onto]:
                    stands = True
                    break
                r, left = onto, land.days[onto]
            if left > reach:
                left -= reach
                time += reach
                reach = 0.0
            else:
                reach -= left
                time += left
                left = 0.0
                notes = _note(trace, notes, day, r, time)
                p, r = np.int64(land.end[r]), np.int64(AT_PLACE)
        if stands:
            rest = reach
            notes = _note(trace, notes, day, rows.fresh + np.int64(gates.at[p, k]), time)
            break
        if r == AT_PLACE and p == goal and not land.shut[p]:
            notes = _note(trace, notes, day, rows.arrive + k, time)
            break
        trace.place[nights], trace.route[nights], trace.left[nights] = p, r, left
        nights += 1
        if r == AT_PLACE:
            notes = _note(trace, notes, day, rows.night + p, time)
            if p == goal or land.next[k, p] < 0:
                notes = _note(trace, notes, day + 1, rows.back + p, time)
                notes = _note(trace, notes, day + 1, rows.lost + k, time)
                break
        day += 1
        reach = 1.0
    return notes, nights, rest


class Plan(NamedTuple):
    """The journeys of a kind of groups, as long as ways are the same.

    Journeys start at a place for an option, number place * options + option, or, after them, when a queue lets people
    through in the morning. What is noted, is `day * rows.whole + row`. Journeys from a place share their first routes:
    nodes of a tree, so that who goes there is added up from the end.

    Attributes
    ----------
    node : int array (place, option)
        The last route of a journey, or -1.
    first : int array (place + 1,)
        Of each place's nodes.
    parent, note : int arrays (node,)
    last : int array (place * option,)
        What is noted of the end, or -1.
    rest : float array (place * option,)
        What is left of the day to who comes to a queue; 0 for who arrives.
    from_queue : int array (queue + 1,)
        The first note of each journey that starts at a queue.
    passed_day, passed, time : arrays (note,)
        Its days, rows and times.
    at_end : float array (queue,)
        What is left of the day to who comes to another queue.
    nights : int array (start + 1,)
        The first night of each journey.
    place, route, left : arrays (night,)
    """

    node: Ints
    first: NDArray[np.int64]
    parent: Ints
    note: Ints
    last: Ints
    rest: Floats
    from_queue: NDArray[np.int64]
    passed_day: Ints
    passed: Ints
    time: Floats
    at_end: Floats
    nights: NDArray[np.int64]
    place: Ints
    route: Ints
    left: Floats


@lean
def survey(land, rows, gates, trace, room, nights, from_queue):
    """Count the nights (start + 1,) of all journeys and the notes (queue + 1,) of those from queues, as running sums.

    `room` (4,) becomes the numbers of nodes at most, nights, notes from queues and days.
    """
    options, places = land.next.shape
    nodes = total = longest = 0
    for p in range(places):
        for k in range(options):
            nights[p * options + k] = total
            if p != land.goal[k] and land.next[k, p] >= 0:
                notes, slept, _ = follow(k, p, AT_PLACE, 0.0, 1.0, land, rows, gates, trace)
                nodes += notes
                total += slept
                longest = max(longest, slept)
    starts, noted, queues = places * options, 0, gates.size[0]
    for q in range(queues):
        nights[starts + q], from_queue[q] = total, noted
        r = np.int64(gates.route[q])
        notes, slept, _ = follow(gates.option[q], gates.place[q], r, land.days[r], 1.0, land, rows, gates, trace)
        total += slept
        noted += notes
        longest = max(longest, slept)
    nights[starts + queues], from_queue[queues] = total, noted
    room[0], room[1], room[2], room[3] = nodes, total, noted, longest


@lean
def draw_up(land, rows, gates, trace, plan, node_at):
    """Fill a plan that has been surveyed; `node_at` (route,) is room to work in. Returns the number of nodes."""
    options, places = land.next.shape
    nodes = 0
    for p in range(places):
        plan.first[p] = nodes
        for k in range(options):
            start = p * options + k
            plan.node[p, k] = plan.last[start] = NOWHERE
            if p == land.goal[k] or land.next[k, p] < 0:
                continue
            notes, slept, rest = follow(k, p, AT_PLACE, 0.0, 1.0, land, rows, gates, trace)
            at = NOWHERE
            for i in range(notes):
                row, note = trace.row[i], trace.day[i] * rows.whole + trace.row[i]
                if row >= rows.fresh or rows.arrive <= row < rows.night:
                    plan.last[start] = note
                    continue
                known = np.int64(node_at[row]) if row < rows.arrive else NOWHERE
                # Numbers of earlier places are not of this tree.
                if known >= plan.first[p] and plan.parent[known] == at and plan.note[known] == note:
                    at = known
                    continue
                plan.parent[nodes], plan.note[nodes] = at, note
                if row < rows.arrive:
                    node_at[row] = nodes
                at = nodes
                nodes += 1
            plan.node[p, k], plan.rest[start] = at, rest
            _keep_nights(start, slept, plan, trace)
    plan.first[places] = nodes
    for q in range(gates.size[0]):
        r = np.int64(gates.route[q])
        notes, slept, rest = follow(gates.option[q], gates.place[q], r, land.days[r], 1.0, land, rows, gates, trace)
        for i in range(notes):
            j = plan.from_queue[q] + i
            plan.passed_day[j], plan.passed[j], plan.time[j] = trace.day[i], trace.row[i], trace.time[i]
        plan.at_end[q] = rest
        _keep_nights(places * options + q, slept, plan, trace)
    return nodes


@within
def _keep_nights(start, slept, plan, trace):
    for i in range(slept):
        j = plan.nights[start] + i
        plan.place[j], plan.route[j], plan.left[j] = trace.place[i], trace.route[i], trace.left[i]
