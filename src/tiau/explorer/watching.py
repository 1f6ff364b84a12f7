"""Watching a scenario's folder for every page that shows it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress

from tiau.explorer.explored import Explored
from tiau.explorer.threads import Calls
from tiau.explorer.wire import line, said

EVERY = 1.0
ALIVE = 5.0
"""Seconds after which a line says that the server is still there."""


class Watch:
    """Looks at the folder while somebody watches it, and says when it changed.

    Parameters
    ----------
    ready : callable
        Awaited for what is explored, once that was read.
    calls : Calls
        Threads to look in.
    """

    def __init__(self, ready: Callable[[], Awaitable[Explored]], calls: Calls) -> None:
        self._ready, self._calls = ready, calls
        self._one = asyncio.Lock()
        self._news = asyncio.Event()
        self._revision: int | None = None
        self._watchers = 0
        self._looking: asyncio.Task[None] | None = None

    async def refresh(self) -> int:
        """Look now, and return the revision; never twice at the same time."""
        explored = await self._ready()
        async with self._one:
            await self._calls(explored.refresh)
            self._tell(explored.revision)
        return explored.revision

    def _tell(self, revision: int) -> None:
        if revision != self._revision:
            self._revision = revision
            self._news.set()
            self._news = asyncio.Event()

    async def lines(self) -> AsyncGenerator[bytes]:
        """Give a line at once, one for each change and one now and then; looks as long as somebody takes them."""
        self._watchers += 1
        if self._looking is None:
            self._looking = asyncio.create_task(self._look())
        known = None
        try:
            while True:
                news, revision = self._news, self._revision
                yield line({"alive": True} if revision in (None, known) else {"revision": revision})
                known = revision
                with suppress(TimeoutError):
                    async with asyncio.timeout(ALIVE):
                        await news.wait()
        finally:
            self._watchers -= 1
            if not self._watchers and self._looking is not None:
                self._looking.cancel()
                self._looking = None

    async def _look(self) -> None:
        failed = ""
        while True:
            try:
                await self.refresh()
                failed = ""
            except Exception as error:
                # What stays wrong is said once.
                if str(error) != failed:
                    said(error)
                failed = str(error)
            await asyncio.sleep(EVERY)
