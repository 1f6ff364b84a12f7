"""Work that somebody waits for goes before work that can wait."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from tiau.explorer.runs.stopping import Stop, Stopped

LOOK_AGAIN = 0.05
"""Seconds between looks whether work goes on that comes first."""


class Foremost:
    """Counts what is at work that comes first."""

    def __init__(self) -> None:
        self._many, self._lock = 0, Lock()

    @contextmanager
    def at_work(self, comes_first: bool) -> Iterator[None]:
        """Count work as such, as long as it goes on, where it is."""
        self._count(int(comes_first))
        try:
            yield
        finally:
            self._count(-int(comes_first))

    def let_pass(self, is_done: Callable[[], bool], stop: Stop) -> None:
        """Wait as long as any is at work and has not done what is wanted itself; raises Stopped."""
        while self._many and not is_done():
            if stop():
                raise Stopped
            time.sleep(LOOK_AGAIN)

    def _count(self, by: int) -> None:
        with self._lock:
            self._many += by
