"""A case in Flee's format, run: members marched through the days by Flee's rules."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from tiau.arguments import require_whole
from tiau.engine.day import advance
from tiau.engine.members import keys_of
from tiau.engine.memory import require_memory, size_of
from tiau.engine.workers import spans, through_days
from tiau.flee.case.counts import counts
from tiau.flee.case.model import FleeCase
from tiau.flee.engine.audit import audit
from tiau.flee.engine.batch import FleeBatch, model_of
from tiau.flee.engine.phases import FLEE
from tiau.flee.engine.preparation import require_runnable
from tiau.flee.reading import load
from tiau.flee.result import FleeResult
from tiau.progress import Progress


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
    model = model_of(case, known, hasten=scale, chance=chance)
    count = members if chance else 1
    keys = keys_of(count, seed)
    reported = model.newcomers.reported
    # People in camps are held twice: as agents, and as persons once they are scored.
    one = size_of(FleeBatch(model, keys[:1]).state) + 8 * length * (2 * reported.size + 1)
    require_memory(count, one)
    present = np.zeros((length, reported.size, count))
    created = np.zeros((length, count))
    everywhere = np.zeros((len(case.locations), count))

    parts = spans(count, jobs)
    batches = [FleeBatch(model, keys[span]) for span in parts]

    def one_day(batch: FleeBatch, span: slice, day: int) -> None:
        advance(batch, day, FLEE)
        present[day, :, span] = batch.state.here["occupied"][:, reported].T
        created[day, span] = batch.state.created

    through_days(length, batches, parts, one_day, progress=progress)
    for batch, span in zip(batches, parts, strict=True):
        audit(batch, first=span.start)
        everywhere[:, span] = batch.state.here["occupied"].T
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
