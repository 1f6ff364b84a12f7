"""Work that can be stopped within a day, and that says how far it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any

Message = dict[str, Any]
Stop = Callable[[], bool]
Tell = Callable[[Any], None]
Work = Callable[[Tell, Stop], None]

EVERY = 0.2
"""Seconds between words about progress."""


class Stopped(Exception):  # noqa: N818
    """Somebody does not want the work any more."""


class Advance:
    """Counts member-days, on any thread, tells of them now and then, and stops the work where that is asked.

    Parameters
    ----------
    total : int
        Member-days in all.
    tell, stop : callable
    """

    def __init__(self, total: int, tell: Tell, stop: Stop) -> None:
        self._total, self._tell, self._stop, self._lock = total, tell, stop, Lock()
        self._done, self._told = 0, time.monotonic()

    def __call__(self, member_days: int) -> None:
        """Count so many more; raise Stopped where the work is not wanted any more."""
        if self._stop():
            raise Stopped
        with self._lock:
            self._done = min(self._done + member_days, self._total)
            if time.monotonic() - self._told >= EVERY:
                self._told = time.monotonic()
                self._tell({"kind": "progress", "done": self._done, "total": self._total})


def messages(work: Work, stop: Stop) -> Iterator[Any]:
    """Do work on a thread of its own and yield what it tells, as it tells it.

    What it raises is raised here, but for `Stopped`, which ends it; where nobody listens any more it is stopped.
    """
    told: SimpleQueue[tuple[str, Any]] = SimpleQueue()
    left = Event()

    def done() -> None:
        try:
            work(lambda message: told.put(("said", message)), lambda: left.is_set() or stop())
            told.put(("ended", None))
        except Stopped:
            told.put(("ended", None))
        except BaseException as error:
            told.put(("failed", error))

    thread = Thread(target=done, daemon=True)
    thread.start()
    try:
        while (message := told.get())[0] == "said":
            yield message[1]
        if message[0] == "failed":
            raise message[1]
    finally:
        left.set()
        thread.join()
