"""A case in Flee's format, run: members marched through the days by Flee's rules."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tiau.arguments import require_whole
from tiau.engine.members import Members, alike
from tiau.engine.memory import require_memory, size_of
from tiau.engine.run import Seen
from tiau.ensemble import driving
from tiau.flee.case.counts import Ints, counts
from tiau.flee.case.model import FleeCase
from tiau.flee.engine.audit import audit
from tiau.flee.engine.batch import FleeBatch
from tiau.flee.engine.preparation import require_runnable
from tiau.flee.engine.start import model_of
from tiau.flee.engine.state import State
from tiau.flee.reading import load
from tiau.flee.result import FleeResult
from tiau.progress import Progress


class World:
    """Flee's rules made ready for the members of an ensemble; see `ensemble.world.World`.

    Parameters
    ----------
    case : FleeCase
    known : int array (label, day), agents
        What source_data says.
    hasten : int
        People that an agent stands for.
    chance : bool
    days : int
    """

    def __init__(self, case: FleeCase, known: Ints, hasten: int, chance: bool, days: int) -> None:
        self._made_of = case, known, hasten, chance, days
        self.model, self.days = model_of(case, known, hasten=hasten, chance=chance), days
        self.reported = self.model.newcomers.reported

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self._made_of

    def batch(self, members: Members, state: State | None, day: int) -> FleeBatch:
        """Return members with a state of theirs before a day."""
        return FleeBatch(self.model, members.key, state, day)

    def see(self, batch: FleeBatch, day: int, seen: Seen) -> None:
        """See the agents at each place, and how many were created."""
        seen["everywhere"], seen["created"] = batch.state.here["occupied"], batch.state.created

    def audit(self, batch: FleeBatch, first: int) -> None:
        """Check that every agent is somewhere."""
        audit(batch, first=first)


def simulate(
    case: FleeCase | str | Path,
    *,
    hasten: int | None = None,
    members: int = 1,
    seed: int = 1,
    days: int | None = None,
    chance: bool = True,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> FleeResult:
    """Run a case in Flee's format.

    Parameters
    ----------
    case : FleeCase, str or Path
        A case, or the folder of one.
    hasten : int, optional
        People that an agent stands for; by default what the case's settings say.
    members, seed, chance, jobs, progress
        As in `tiau.simulate`.
    days : int, optional
        How many of the days; by default all.

    Returns
    -------
    FleeResult

    Raises
    ------
    InputError
        If the case cannot be run as it is, or memory cannot hold the members.
    ValueError
        If a number is not whole or not within its bounds.
    ConservationError
        If people were lost or made, by a fault of Tiau.
    """
    require_whole(members=members, seed=seed, jobs=jobs, hasten=hasten, days=days)
    begun = time.perf_counter()
    case = case if isinstance(case, FleeCase) else load(case)
    scale = hasten or case.settings.hasten
    length = case.days if days is None else min(days, case.days)
    known = counts(case, hasten=scale, days=length)
    require_runnable(case, known, hasten=scale)
    world = World(case, known, scale, chance, length)
    model, reported = world.model, world.reported
    count = members if chance else 1
    drawn = alike(count, seed, chance=chance)
    # People in camps are held twice: as agents, and as persons once they are scored.
    one = size_of(FleeBatch(model, drawn.key[:1]).state) + 8 * length * (2 * reported.size + 1)
    require_memory(count, one)
    present = np.zeros((length, reported.size, count))
    created = np.zeros((length, count))
    everywhere = np.zeros((len(case.locations), count))

    def gather(day: int, seen: Sequence[Seen], pool: object) -> None:
        everywhere[:] = np.concatenate([batch["everywhere"] for batch in seen]).T
        present[day], created[day] = everywhere[reported], np.concatenate([batch["created"] for batch in seen])

    driving.run(world, drawn, gather, jobs=jobs, progress=progress)
    return FleeResult(
        case=case,
        hasten=scale,
        members=count,
        seed=seed,
        chance=chance,
        camps=tuple(case.locations[place].name for place in reported),
        present=present,
        data=model.newcomers.data,
        created=created,
        raw=model.newcomers.raw,
        debt=model.newcomers.debt,
        everywhere=everywhere,
        seconds=time.perf_counter() - begun,
    )
