"""Threads that take batches of members through the days in step."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise, repeat
from types import TracebackType
from typing import TypeVar

import numpy as np

from tiau.progress import Progress

BatchT = TypeVar("BatchT")


class Workers(ThreadPoolExecutor):
    """A pool of threads that an interruption does not wait for: one of them may be compiling for half a minute."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """End the threads, or leave them to end by themselves if somebody is stopping the work."""
        stopping = kind is not None and issubclass(kind, KeyboardInterrupt)
        self.shutdown(wait=not stopping, cancel_futures=stopping)


def spans(members: int, jobs: int | None) -> list[slice]:
    """Return the members of each batch: as many batches of about one size as there are threads, or processors."""
    bounds = np.linspace(0, members, min(jobs or os.cpu_count() or 1, members) + 1).astype(int).tolist()
    return [slice(first, after) for first, after in pairwise(bounds)]


def through_days(
    days: int,
    batches: Sequence[BatchT],
    members: Sequence[slice],
    one_day: Callable[[BatchT, slice, int], object],
    *,
    gather: Callable[[int, Workers], object] | None = None,
    progress: Progress | None = None,
) -> None:
    """Take batches through the days, all of them through one day before the next begins.

    Parameters
    ----------
    days : int
    batches : sequence
    members : sequence of slice
        Which members each batch holds, as `spans` says.
    one_day : callable
        Takes a batch, with its members, through a day, in a thread of its own.
    gather : callable, optional
        Sees each day when all batches have passed it, with the pool.
    progress : callable, optional
        Called with (days done, days in all).
    """
    with Workers(len(batches)) as pool:
        for day in range(days):
            # The list waits for all batches, and raises what went wrong in one of them.
            list(pool.map(one_day, batches, members, repeat(day)))
            if gather is not None:
                gather(day, pool)
            if progress is not None:
                progress(day + 1, days)
