"""Answers that go on: lines of JSON for as long as somebody reads them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable
from contextlib import aclosing

from starlette.types import Receive, Scope, Send

from tiau.explorer.jobs import Lanes, Turn
from tiau.explorer.threads import Teller
from tiau.explorer.wire import line

PATIENCE = 60.0
"""Seconds that a line may wait for its reader, who is taken for gone after that."""


class Lines:
    """An answer of lines that ends with them, or as soon as its reader is gone.

    Parameters
    ----------
    lines : async generator of bytes
    left : callable
        Called at the end, however it comes.
    """

    def __init__(self, lines: AsyncGenerator[bytes], left: Callable[[], None] = lambda: None) -> None:
        self._lines, self._left = lines, left

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        try:
            tasks = [asyncio.ensure_future(self._send(send)), asyncio.ensure_future(_gone(receive))]
            try:
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in tasks:
                    task.cancel()
                ends = await asyncio.gather(*tasks, return_exceptions=True)
            for end in ends:
                # Whoever cannot be reached need not be told.
                if isinstance(end, Exception) and not isinstance(end, TimeoutError):
                    raise end
        finally:
            self._left()

    async def _send(self, send: Send) -> None:
        headers = [(b"content-type", b"application/x-ndjson")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        async with aclosing(self._lines) as lines:
            async for body in lines:
                message = {"type": "http.response.body", "body": body, "more_body": True}
                # `wait_for` of Python 3.11 can lose that its task was cancelled.
                async with asyncio.timeout(PATIENCE):
                    await send(message)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _gone(receive: Receive) -> None:
    """Return when the reader is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


class Job:
    """Work that waits for its turn, is done in a thread, and is told in lines.

    Parameters
    ----------
    lanes : Lanes
    turn : Turn
        Its place in one of them, which it leaves when the thread is over, not before.
    begin : callable
        Returns the messages; called in the thread.
    """

    def __init__(self, lanes: Lanes, turn: Turn, begin: Callable[[], Iterable[object]]) -> None:
        self._lanes, self._turn = lanes, turn
        self._teller = Teller(begin, turn.stopped, lambda: lanes.leave(turn))

    def answer(self) -> Lines:
        """Return the answer that is the job's life."""
        return Lines(self._told(), self._leave)

    async def _told(self) -> AsyncGenerator[bytes]:
        async for queued in self._queued():
            yield queued
        if not self._turn.stopped.is_set():
            async with aclosing(self._teller.lines()) as lines:
                async for body in lines:
                    yield body
        if self._turn.outdated:
            yield line({"kind": "outdated"})

    async def _queued(self) -> AsyncIterator[bytes]:
        """Say how many are before it, whenever that changes, until it is its turn."""
        before = None
        while not self._turn.stopped.is_set():
            self._turn.moved.clear()
            if (ahead := self._lanes.ahead(self._turn)) != before:
                yield line({"kind": "queued", "ahead": ahead})
            if not ahead:
                return
            before = ahead
            await self._turn.moved.wait()

    def _leave(self) -> None:
        self._turn.stop()
        if not self._teller.thread.ident:
            self._lanes.leave(self._turn)
