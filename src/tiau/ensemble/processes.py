"""Batches in processes of this machine, each of which keeps the members that it was given."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import resource_tracker
from typing import Any, NamedTuple

from tiau.ensemble import afar
from tiau.ensemble.afar import Told
from tiau.ensemble.world import Portion, World
from tiau.faults import WorkersError

_here: list[Portion] = []
"""The portion of this process, where it is one of a crew."""


class Handle(NamedTuple):
    """A process, and what its portion shows on the days that it was sent through last."""

    process: ProcessPoolExecutor
    told: Future[Told] | None


class Processes:
    """A crew of processes, begun anew and not forked: a fork of threads at work can hang."""

    def __init__(self, world: World) -> None:
        self._recipe = pickle.dumps(world, protocol=5)
        self._pools: list[ProcessPoolExecutor] = []

    def begin(self, portion: Portion) -> Handle:
        """Give a portion to a process of its own."""
        spawn = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(1, spawn, initializer=_begin_to_work)
        self._pools.append(pool)
        _sent(pool, _take, portion)
        return Handle(pool, None)

    def go_on(self, handle: Handle, days: range) -> Handle:
        """Send a portion through some days."""
        return Handle(handle.process, _sent(handle.process, _go_on, self._recipe, days))

    def told(self, handle: Handle) -> Told:
        """Wait for what a portion showed."""
        return [] if handle.told is None else handle.told.result()

    def portion(self, handle: Handle) -> Portion:
        """Wait for a portion as it is after the days that it was sent through last."""
        return handle.process.submit(_give).result()

    def end(self) -> None:
        """End the processes, at work or not."""
        for pool in self._pools:
            there = list((pool._processes or {}).values())
            pool.shutdown(wait=False, cancel_futures=True)
            for process in there:
                with suppress(OSError, ValueError, AttributeError):
                    process.kill()


@contextmanager
def processes(world: World) -> Iterator[Processes]:
    """Give a crew that ends with the block.

    Raises
    ------
    WorkersError
        If a process ended before its work was done.
    """
    with ExitStack() as end:
        crew = Processes(world)
        end.callback(crew.end)
        try:
            yield crew
        except BrokenProcessPool:
            problem = "a process that ran members ended before its work was done"
            reasons = (
                "there may be too little memory for so many; or the program that uses Tiau has no `if __name__ == "
                '"__main__":` around what it does'
            )
            raise WorkersError(f"{problem}: {reasons}; give fewer jobs, or use threads") from None


def _sent(pool: ProcessPoolExecutor, act: Callable[..., Any], *what: object) -> Future[Any]:
    """Send work to a process, which may have to be started for it and then inherits what it is deaf to.

    Ctrl-C in a terminal goes to all of its processes; this one alone has something to say to it.
    """
    if not hasattr(signal, "pthread_sigmask"):
        return pool.submit(act, *what)
    # It would let the signal through again when it is started.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(act, *what)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin_to_work() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    """Wait until who gave the work is gone, however it ended, and go too: nobody else would end this process."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _take(portion: Portion) -> None:
    _here[:] = [portion]


def _go_on(recipe: bytes, days: range) -> Told:
    _here[0], told = afar.go_on(recipe, _here[0], days)
    return told


def _give() -> Portion:
    return _here[0]
