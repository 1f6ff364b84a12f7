"""Batches in processes of this machine."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress

from tiau.ensemble.afar import Told, go_on
from tiau.ensemble.world import Portion, World
from tiau.faults import WorkersError

Handle = Future[tuple[Portion, Told]]


class Processes:
    """A crew of processes, begun anew and not forked: a fork of threads at work can hang."""

    def __init__(self, pool: ProcessPoolExecutor, world: World) -> None:
        self._pool, self._recipe = pool, pickle.dumps(world, protocol=5)

    def begin(self, portion: Portion) -> Handle:
        """Return the handle of a portion before its first day."""
        handle: Handle = Future()
        handle.set_result((portion, []))
        return handle

    def go_on(self, handle: Handle, days: range) -> Handle:
        """Send a portion through some days."""
        return self._pool.submit(go_on, self._recipe, self.portion(handle), days)

    def told(self, handle: Handle) -> Told:
        """Wait for what a portion showed."""
        return handle.result()[1]

    def portion(self, handle: Handle) -> Portion:
        """Wait for a portion as it is then."""
        return handle.result()[0]


@contextmanager
def processes(world: World, many: int) -> Iterator[Processes]:
    """Give a crew of so many processes, which end with the block.

    Raises
    ------
    WorkersError
        If a process ended before its work was done.
    """
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(many, spawn, initializer=_leave_interruptions_to_the_parent)
    try:
        yield Processes(pool, world)
        pool.shutdown()
    except BrokenProcessPool:
        problem = "a process of the ensemble ended before its work was done, perhaps for lack of memory"
        remedy = 'give fewer jobs; a script of your own that uses processes runs under `if __name__ == "__main__":`'
        raise WorkersError(f"{problem}; {remedy}") from None
    finally:
        _end(pool)


def _leave_interruptions_to_the_parent() -> None:
    # Ctrl-C in a terminal goes to all of its processes, and each would say so.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _end(pool: ProcessPoolExecutor) -> None:
    """End processes that somebody who stops the work would else wait for."""
    there = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in there:
        with suppress(OSError, ValueError):
            if process.pid != os.getpid():
                process.terminate()
