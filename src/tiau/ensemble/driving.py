"""An ensemble taken through the days in step, so that what needs all members needs them for one day at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tiau.engine.members import Members
from tiau.engine.run import Seen
from tiau.ensemble.afar import Afar
from tiau.ensemble.threads import Pool, Threads
from tiau.ensemble.world import World, batches, portions
from tiau.progress import Progress

Gather = Callable[[int, Sequence[Seen], Pool], object]
"""Takes a day, and what each batch shows at its end, in the order of members; with threads to work on."""

THREADS, PROCESSES = "threads", "processes"


def run(
    world: World,
    members: Members,
    gather: Gather,
    *,
    days: range | None = None,
    state: Any = None,  # noqa: ANN401
    workers: str = THREADS,
    jobs: int | None = None,
    progress: Progress | None = None,
    keep: bool = False,
) -> Any:  # noqa: ANN401
    """Take members through days.

    Parameters
    ----------
    world : World
    members : Members
    gather : callable
        Puts together what batches show, day by day.
    days : range, optional
        By default all.
    state : optional
        Of the members before the first of the days; by default that before the first day of all.
    workers : str
        "threads", "processes", or the address of a dask scheduler such as tcp://host:8786.
    jobs : int, optional
        How many batches; by default one for each processor, fewer of few members, on a cluster for each of its threads.
    progress : callable, optional
        Called with (days done, days in all).
    keep : bool
        Whether the state after the last of the days is wanted.

    Returns
    -------
    state or None
        Of all members after the last of the days; None unless `keep`.

    Raises
    ------
    ValueError
        If `workers` is none of these.
    WorkersError
        If processes or a cluster cannot be used, or ended before their work was done.
    ConservationError
        If people were lost or made, by a fault of Tiau.
    """
    through = range(world.days) if days is None else days
    with (
        _crew(world, members, state, through.start, workers, jobs) as crew,
        Pool(jobs or batches(members)) as pool,
    ):
        for day, seen in crew.through(through, pool):
            gather(day, seen, pool)
            if progress is not None:
                progress(day + 1, world.days)
        return crew.state() if keep else None


@contextmanager
def _crew(
    world: World,
    members: Members,
    state: Any,  # noqa: ANN401
    day: int,
    workers: str,
    jobs: int | None,
) -> Iterator[Threads | Afar]:
    if workers == THREADS:
        yield Threads(world, portions(members, state, jobs), day)
    elif workers == PROCESSES:
        from tiau.ensemble.processes import processes

        with processes(world) as crew:
            yield Afar(crew, portions(members, state, jobs))
    elif "://" in workers:
        from tiau.ensemble.cluster import cluster

        with cluster(world, workers.rstrip("/")) as (crew, many):
            yield Afar(crew, portions(members, state, jobs or many))
    else:
        msg = f'workers must be "{THREADS}", "{PROCESSES}" or the address of a dask scheduler, such as tcp://host:8786'
        raise ValueError(msg)
