"""What the page asks of the server, and who answers."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tiau.explorer.asked import (
    Asked,
    ForecastAsked,
    ReadAsked,
    ReportAsked,
    RunAsked,
    SeriesAsked,
    WriteAsked,
    asked,
)
from tiau.explorer.explored import Explored, Message, Stop
from tiau.explorer.files import Files
from tiau.explorer.jobs import Lanes
from tiau.explorer.refusals import Refusal, in_json
from tiau.explorer.shelf import Shelf
from tiau.explorer.streaming import Job, Lines
from tiau.explorer.threads import Calls, background, closed_after
from tiau.explorer.watching import Watch
from tiau.explorer.wire import encoded, said
from tiau.faults import InputError
from tiau.garbage import uncollected

REPORT = "/api/report/"
_MODEL = TypeVar("_MODEL", bound=Asked)
Endpoint = Callable[[Request], Awaitable[ASGIApp]]


class Server:
    """ASGI application of one scenario that is explored.

    It answers at once; what is explored is made ready in a thread, and whoever asks for it waits.

    Parameters
    ----------
    make : callable
        Returns what is explored; called in a thread.
    files : Files
        Of the page.
    warm : bool
        Run the scenario once as soon as it was read, so that what has to be compiled is when somebody asks.
    """

    def __init__(self, make: Callable[[], Explored], files: Files, *, warm: bool = True) -> None:
        self._make, self._files, self._warm = make, files, warm
        self._found: Future[Explored] = Future()
        self._lanes, self._calls, self._shelf = Lanes(), Calls(), Shelf()
        self._watch = Watch(self._ready, self._calls)
        self._opening: tuple[int, bytes] | None = None
        self._opens = asyncio.Lock()
        self._over = threading.Event()
        self._endpoints: dict[str, tuple[str, Endpoint]] = {
            "/api/scenario": ("GET", self._scenario),
            "/api/watch": ("GET", self._watched),
            "/api/run": ("POST", self._run),
            "/api/series": ("POST", self._series),
            "/api/what-if/write": ("POST", self._write),
            "/api/what-if/read": ("POST", self._read),
            "/api/report": ("POST", self._report),
            "/api/forecast": ("POST", self._forecast),
        }

    def begin(self) -> None:
        """Make what is explored ready, in a thread."""
        background(self._get_ready).start()

    def end(self) -> None:
        """Tell all work that it is over."""
        self._over.set()
        for turn in self._lanes.turns:
            turn.stop()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; raises what the guard before it turns into an answer."""
        answer = await self._endpoint(scope["method"], scope["path"])(Request(scope, receive))
        await answer(scope, receive, send)

    def _endpoint(self, method: str, path: str) -> Endpoint:
        if not path.startswith("/api/"):
            return self._file
        known, endpoint = self._endpoints.get(path, ("", self._file))
        if path.startswith(REPORT):
            known, endpoint = "GET", self._fetch
        if not known:
            raise Refusal(404, "There is nothing to ask under this name.", "Load the page again.")
        if method != known:
            raise Refusal(405, "That cannot be asked in this way.", "Load the page again.")
        return endpoint

    def _get_ready(self) -> None:
        try:
            # The page waits for this first, and what is compiled would be in its way.
            with uncollected():
                explored = self._made()
                if explored is None or not self._warm or self._over.is_set():
                    return
                explored.opening()
            for _ in explored.run(RunAsked(digest=None, stage="expected"), self._over.is_set):
                pass
        except Exception as error:
            said(error)

    def _made(self) -> Explored | None:
        """Return what is explored, read as far as it can be; None where it cannot be made: whoever asks is told why."""
        try:
            explored = self._make()
        except Exception as error:
            said(error)
            self._found.set_exception(error)
            return None
        try:
            explored.refresh()
        except Exception as error:
            said(error)
        self._found.set_result(explored)
        return explored

    async def _ready(self) -> Explored:
        return self._found.result() if self._found.done() else await self._calls(self._found.result)

    async def _file(self, request: Request) -> Response:
        return self._files.answer(request)

    async def _scenario(self, request: Request) -> Response:
        revision = await self._watch.refresh()
        async with self._opens:
            if self._opening is None or self._opening[0] != revision:
                explored = await self._ready()
                self._opening = (revision, await self._calls(lambda: encoded(explored.opening())))
            return Response(self._opening[1], media_type="application/json")

    async def _watched(self, request: Request) -> Lines:
        return Lines(self._watch.lines())

    async def _run(self, request: Request) -> Lines:
        run = await _asked(RunAsked, request)
        lane = "own" if run.stage == "all" and not run.what_if.changes else run.stage
        return self._job(lane, lambda explored, stop: explored.run(run, stop), run.tab)

    async def _report(self, request: Request) -> Lines:
        report = await _asked(ReportAsked, request)
        return self._job("long", lambda explored, stop: self._written(explored.report(report, stop)))

    async def _forecast(self, request: Request) -> Lines:
        await _asked(ForecastAsked, request)
        return self._job("long", lambda explored, stop: explored.forecast(stop))

    def _job(self, lane: str, work: Callable[[Explored, Stop], Iterable[object]], tab: str = "") -> Lines:
        """Return the answer of work that waits in a lane for its turn."""
        turn = self._lanes.enter(lane, tab)

        def begin() -> Iterator[object]:
            if not self._found.done():
                yield {"kind": "preparing"}
            with closed_after(work(self._found.result(), turn.stopped.is_set)) as messages:
                yield from messages

        return Job(self._lanes, turn, begin).answer()

    def _written(self, messages: Iterator[Message | str]) -> Iterator[Message]:
        """Keep the report that comes last, and say where it is."""
        with closed_after(messages):
            for message in messages:
                if isinstance(message, str):
                    message = {"kind": "ready", "path": REPORT + self._shelf.keep(message)}
                yield message

    async def _fetch(self, request: Request) -> Response:
        text = self._shelf.fetch(request.scope["path"].removeprefix(REPORT))
        headers = {"content-disposition": 'attachment; filename="report.html"'}
        return Response(text, media_type="text/html", headers=headers)

    async def _series(self, request: Request) -> Response:
        series = await _asked(SeriesAsked, request)
        try:
            return await self._answered(lambda explored: explored.series(series))
        except InputError as error:
            raise Refusal(404, error.faults[0].problem, error.faults[0].remedy) from None

    async def _write(self, request: Request) -> Response:
        what_if = await _asked(WriteAsked, request)
        return await self._answered(lambda explored: explored.write(what_if))

    async def _read(self, request: Request) -> Response:
        file = await _asked(ReadAsked, request)
        return await self._answered(lambda explored: explored.read(file))

    async def _answered(self, work: Callable[[Explored], Message]) -> Response:
        """Return an answer that takes no turn."""
        explored = await self._ready()
        return await self._calls(lambda: in_json(work(explored)))


async def _asked(model: type[_MODEL], request: Request) -> _MODEL:
    return asked(model, await request.body())
