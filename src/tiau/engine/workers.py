"""Threads that take blocks of members through a day."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import TracebackType


class Workers(ThreadPoolExecutor):
    """A pool of threads that an interruption does not wait for: one of them may be compiling for half a minute."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """End the threads, or leave them to end by themselves if somebody is stopping the work."""
        stopping = kind is not None and issubclass(kind, KeyboardInterrupt)
        self.shutdown(wait=not stopping, cancel_futures=stopping)
