"""Work in threads that nobody waits for at the end, and messages out of them at the pace of who reads."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from tiau.explorer.wire import line, said, told
from tiau.faults import InputError

MOST_CALLS = 8
MOST_BETWEEN = 4
LOOK_AGAIN = 0.1
_NAME = "tiau explore"
Result = TypeVar("Result")
Found = TypeVar("Found")


def background(function: Callable[[], None]) -> threading.Thread:
    """Return a thread, not begun, that does not keep a process from ending."""
    return threading.Thread(target=function, name=_NAME, daemon=True)


def over_within(seconds: float) -> bool:
    """Wait for all such threads; False where some are still at work after that."""
    until = time.monotonic() + seconds
    for thread in [thread for thread in threading.enumerate() if thread.name == _NAME]:
        thread.join(max(until - time.monotonic(), 0))
    return all(thread.name != _NAME for thread in threading.enumerate())


@contextmanager
def closed_after(messages: Iterable[Found]) -> Iterator[Iterable[Found]]:
    """Close an iterator at the end where it can be, in the thread that went through it."""
    try:
        yield messages
    finally:
        getattr(messages, "close", lambda: None)()


class Calls:
    """Calls in threads, a few at once."""

    def __init__(self, most: int = MOST_CALLS) -> None:
        self._room = asyncio.Semaphore(most)

    async def __call__(self, function: Callable[[], Result]) -> Result:
        """Return what a function returns or raise what it raises; the loop goes on meanwhile."""
        async with self._room:
            loop = asyncio.get_running_loop()
            answer: asyncio.Future[Result] = loop.create_future()

            def call() -> None:
                try:
                    result = function()
                except Exception as error:
                    _in_loop(loop, _settle, answer, None, error)
                else:
                    _in_loop(loop, _settle, answer, result, None)

            background(call).start()
            return await answer


def _settle(answer: asyncio.Future[Any], result: object, error: Exception | None) -> None:
    if answer.done():
        return
    if error is None:
        answer.set_result(result)
    else:
        answer.set_exception(error)


def _in_loop(loop: asyncio.AbstractEventLoop, function: Callable[..., None], *arguments: object) -> None:
    """Have a function called in a loop; where that is over, nobody is left to be told."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(function, *arguments)


class Teller:
    """Messages of an iterator that runs in a thread, as lines.

    Few lines wait between the thread and its reader; a thread whose reader is slow waits for it. However the thread
    ends, the iterator was closed in it.

    Parameters
    ----------
    begin : callable
        Returns the messages; called in the thread.
    stopped : threading.Event
        Ends it at the next message, whoever sets it.
    ended : callable
        Called in the loop when the thread is over.
    """

    def __init__(
        self, begin: Callable[[], Iterable[object]], stopped: threading.Event, ended: Callable[[], None]
    ) -> None:
        self._begin, self._stopped, self._ended = begin, stopped, ended
        self._loop = asyncio.get_running_loop()
        self._lines: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._room = threading.Semaphore(MOST_BETWEEN)
        self.thread = background(self._work)

    async def lines(self) -> AsyncGenerator[bytes]:
        """Start the thread, and give every line of it."""
        self.thread.start()
        while (told_next := await self._lines.get()) is not None:
            yield told_next
            self._room.release()

    def _work(self) -> None:
        try:
            self._tell_all()
        except InputError as error:
            self._tell({"kind": "faults", "faults": told(error.faults)})
        except Exception as error:
            # What comes of being stopped in the middle of something is no news.
            if not self._stopped.is_set():
                self._tell({"kind": "failed", **said(error)})
        finally:
            _in_loop(self._loop, self._lines.put_nowait, None)
            _in_loop(self._loop, self._ended)

    def _tell_all(self) -> None:
        with closed_after(self._begin()) as messages:
            for message in messages:
                if not self._tell(message):
                    return

    def _tell(self, message: object) -> bool:
        """Hand a message over; False where nobody wants it."""
        said_next = line(message)
        while not self._room.acquire(timeout=LOOK_AGAIN):
            if self._stopped.is_set():
                return False
        if self._stopped.is_set():
            return False
        _in_loop(self._loop, self._lines.put_nowait, said_next)
        return True
