"""Ways or crossings change: who has another journey from here turns to it, and all others go on as they were."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.itinerary import Kind, trace_of
from tiau.engine.kernels import turning
from tiau.engine.kernels.itineraries import NOWHERE
from tiau.engine.kernels.parties import Parties
from tiau.engine.lanes import Lanes, lanes_of
from tiau.engine.placing import Sought, TakenUp, place
from tiau.engine.spells import Spell, spells_after


class Turn(NamedTuple):
    """What a change brings to the lanes of a kind.

    Attributes
    ----------
    day : int
        The first on which it holds.
    kind : Kind
        As from then.
    changed : bool array (place * option,)
        Journeys that are others, up to their end or first crossing to stop at.
    to : int array (queue,)
        The number that a queue has from then; -1 where nobody stands on that way any more.
    spells : list of Spell
    """

    day: int
    kind: Kind
    changed: NDArray[np.bool_]
    to: NDArray[np.int32]
    spells: list[Spell]


def turn_of(kind: Kind, new: Kind, spells: list[Spell], day: int) -> Turn:
    """Return what it brings to lanes of a kind that from a day on another one holds, of the same groups."""
    found = np.zeros(kind.land.next.T.shape, np.int8)
    turning.differ(kind.land, new.land, found)
    changed = found.ravel() == turning.OTHER
    stays = ~changed[kind.standing]
    to = np.where(stays, new.gates.at[kind.gates.place, kind.gates.option], NOWHERE).astype(np.int32)
    return Turn(day, new, changed, to, spells_after(spells, changed, new, day))


def take_off(some: Lanes, turn: Turn, taken_up: list[TakenUp], those: Sought, found: Parties) -> None:
    """Take those whose journey changes off what lanes have noted, and add them to parties where they are."""
    m, group, kind, start = some.member, some.group, some.kind, some.start(turn.day)
    land, rows, gates, size = kind.land, kind.rows, kind.gates, len(some.ahead)
    placed = place(some, turn.day, taken_up, those, found)
    # Ends of journeys of those who set out on mornings are asked when they come.
    for first, last, ends in ((placed.set_out, placed.followed, False), (placed.followed, placed.by_day, True)):
        turning.take_off(
            m, first, last, ends, group, found, land, rows, gates, some.trace, some.ahead, start, size, some.tree,
            some.moving,
        )  # fmt: skip
    for (since, then, people, rest), left in those.passed:
        turning.call_back(
            turn.day - since, left, people, rest, then.gates, then.rows, then.plan, land.end, land.goal, gates, rows,
            some.ahead, start, size, some.moving,
        )  # fmt: skip
    for through, left in (*those.overnight, *those.passed):
        through.people[left] = 0.0
    for _, earlier in taken_up:
        turning.strike_out(m, group, turn.changed, earlier, land)


def turned(some: Lanes, turn: Turn) -> Lanes:
    """Return lanes as they go on from a change, without those who were taken off."""
    old, new = some.kind, turn.kind
    in_place = old.horizon == new.horizon and old.rows == new.rows
    after = _in_place(some, turn) if in_place else _moved(some, turn)
    stay = turn.to != NOWHERE
    for ours, before, nobody in (
        (after.queues.whole, some.queues.whole, 0.0), (after.queues.scale, some.queues.scale, 1.0)
    ):  # fmt: skip
        # In place they are one array.
        kept = before[: stay.size][stay]
        ours[:] = nobody
        ours[turn.to[stay]] = kept
    return after


def _in_place(some: Lanes, turn: Turn) -> Lanes:
    old, new = some.kind, turn.kind
    if not np.array_equal(turn.to, np.arange(turn.to.size)):
        turning.renumber(turn.to, old.rows, old.gates, some.ahead, some.queues.waiting)
    trace, tree = trace_of(old.land.next.shape[1], new.limit), np.zeros((new.widest + 2, some.tree.shape[1]))
    return replace(some, kind=new, spells=turn.spells, trace=trace, tree=tree, law=None)


def _moved(some: Lanes, turn: Turn) -> Lanes:
    old, new = some.kind, turn.kind
    after = lanes_of(some.member, some.way, new, turn.spells, some.group[some.group >= 0].tolist())
    turning.hand_on(
        turn.day, min(old.horizon, new.horizon) - 1, old.rows, old.gates, some.ahead, some.queues.waiting, turn.to,
        new.rows, after.ahead, after.queues.waiting,
    )  # fmt: skip
    after.moving, after.overnight, after.passed = some.moving, some.overnight, some.passed
    for day, morning in some.mornings.items():
        if day > turn.day - new.horizon:
            after.ring.version[day % new.horizon] = some.ring.version[day % old.horizon]
            kept = after.keep(day, morning.weights)
            kept.choosers[:], kept.drawn_to[:] = morning.choosers, morning.drawn_to
    return after
