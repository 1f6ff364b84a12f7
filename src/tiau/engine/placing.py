"""Where those are who are on their way without chance, of all lanes, as parties."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.kernels import parties
from tiau.engine.kernels.border import LONGEST_QUEUE
from tiau.engine.kernels.lanes import LANES
from tiau.engine.kernels.parties import Parties
from tiau.engine.lanes import Lanes, Through


class TakenUp(NamedTuple):
    """Parties that were taken up on the morning of a day, and are followed from there."""

    day: int
    parties: Parties


class Placed(NamedTuple):
    """Where those of a member begin among parties that lanes have placed, one after the other.

    Attributes
    ----------
    set_out, followed, by_day : int
        Who set out on mornings; let through overnight or taken up before; let through by day.
    """

    set_out: int
    followed: int
    by_day: int


class Sought(NamedTuple):
    """Those of some lanes who are looked for.

    Attributes
    ----------
    journeys : bool array (place * option,)
        Those of their journeys; who is under way already goes on as these do.
    nights : int
        How many of these journeys take at most.
    queues : int array (any,)
        Where they wait.
    overnight, passed : list of (Through, int array)
        Whom queues have let through, and which queues.
    """

    journeys: NDArray[np.bool_]
    nights: int
    queues: NDArray[np.int64]
    overnight: list[tuple[Through, NDArray[np.int64]]]
    passed: list[tuple[Through, NDArray[np.int64]]]


def sought(some: Lanes, journeys: NDArray[np.bool_]) -> Sought:
    """Return those of some lanes who are on some journeys (place * option,)."""
    nights = int(np.diff(some.kind.plan.nights[: journeys.size + 1])[journeys].max(initial=0))
    waiting = np.flatnonzero(journeys[some.kind.standing])
    queues: dict[int, NDArray[np.int64]] = {}
    for through in (*some.overnight, *some.passed):
        if id(through.kind) not in queues:
            queues[id(through.kind)] = np.flatnonzero(journeys[through.kind.onward])
    overnight, passed = (
        [
            (through, queues[id(through.kind)])
            for through in let_through
            if through.people[queues[id(through.kind)]].any()
        ]
        for let_through in (some.overnight, some.passed)
    )
    return Sought(journeys, nights, waiting, overnight, passed)


def room_for(some: Lanes, taken_up: list[TakenUp], those: Sought) -> int:
    """Return how many parties those of some lanes are at most."""
    room = int(np.count_nonzero(those.journeys)) * min(those.nights, len(some.mornings))
    room = min(room, some.kind.plan.place.size)
    room += sum(queues.size for _, queues in those.overnight) + LANES * sum(queues.size for _, queues in those.passed)
    room += sum(int(earlier.size[some.member]) for _, earlier in taken_up)
    return room + those.queues.size * (LONGEST_QUEUE + 1)


def place(some: Lanes, day: int, taken_up: list[TakenUp], those: Sought, found: Parties) -> Placed:
    """Add those of some lanes to parties, which have room for them, as they are in the night before a day."""
    m, group, kind, wanted = some.member, some.group, some.kind, those.journeys
    land, rows, gates = kind.land, kind.rows, kind.gates
    set_out = int(found.size[m])
    for spell, until in zip(some.spells, [*(later.first for later in some.spells[1:]), day], strict=True):
        there = np.flatnonzero(spell.there & wanted)
        for since, morning in some.mornings.items():
            if spell.first <= since < until and day - since <= those.nights:
                parties.set_out(m, day - since, group, there, morning, land.goal, kind.plan, found)
    followed = int(found.size[m])
    for (since, then, people, _), _ in those.overnight:
        parties.let_through(m, day - since, group, wanted, people, then.gates, then.onward, then.plan, found)
    for since, earlier in taken_up:
        parties.go_on(m, day - since, group, wanted, earlier, land, rows, gates, some.trace, found)
    by_day = int(found.size[m])
    for (since, then, people, rest), _ in those.passed:
        parties.let_through_by_day(
            m, day - since, group, wanted, people, rest, then.gates, then.onward, land.end, then.rows, then.plan, found
        )
    parties.stand(m, day - 1, group, those.queues, some.queues, gates, found)
    return Placed(set_out, followed, by_day)


def trimmed(found: Parties) -> Parties:
    """Return parties in arrays that have no more room than they need."""
    size = int(found.size.max(initial=0))
    return found._replace(
        **{name: np.ascontiguousarray(getattr(found, name)[:, :size]) for name in Parties._fields[1:]}
    )
