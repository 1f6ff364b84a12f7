"""Connections that bring a request in time; others are cut off, so that nobody takes all that there are by waiting."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

LONGEST_ARRIVAL = 20.0
"""Seconds in which a whole request, its body included, has to be here."""


class InTime(H11Protocol):
    """A connection that is cut off where a request does not come in time; the first is awaited from the beginning."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        self._await()

    def data_received(self, data: bytes) -> None:
        """Take what came; wait on for what is still missing, or no more."""
        super().data_received(data)
        if self._is_whole():
            self._rest()
        elif self._late is None:
            self._await()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._rest()
        super().connection_lost(exc)

    def _is_whole(self) -> bool:
        """Whether there is a request of which nothing is missing, and that is not answered yet."""
        return self.cycle is not None and not self.cycle.more_body and not self.cycle.response_complete

    def _await(self) -> None:
        self._late = self.loop.call_later(LONGEST_ARRIVAL, self.transport.abort)

    def _rest(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
