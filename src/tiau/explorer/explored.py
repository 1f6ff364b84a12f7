"""What the server needs of the room that computes: one scenario that is explored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from tiau.explorer.asked import ReadAsked, ReportAsked, RunAsked, SeriesAsked, WriteAsked

Message = dict[str, Any]
Stop = Callable[[], bool]


class Explored(Protocol):
    """A scenario that is explored; every method may be called from any thread, also at once."""

    @property
    def revision(self) -> int:
        """Grows whenever the scenario was read anew."""

    def refresh(self) -> bool:
        """Read the scenario again where its folder changed; True if the revision grew. Slow the first time."""

    def opening(self) -> Message:
        """Return everything that the page shows before anything is run."""

    def run(self, asked: RunAsked, stop: Stop) -> Iterator[Message]:
        """Run it with a what-if; ends early where `stop` says so."""

    def series(self, asked: SeriesAsked) -> Message:
        """Return another series of a run; raises InputError where that is not kept any more."""

    def forecast(self, stop: Stop) -> Iterator[Message]:
        """Forecast it as it is."""

    def report(self, asked: ReportAsked, stop: Stop) -> Iterator[Message | str]:
        """Write a report: how far it is, last its page as a text."""

    def write(self, asked: WriteAsked) -> Message:
        """Return a what-if as a file; raises InputError."""

    def read(self, asked: ReadAsked) -> Message:
        """Return the what-if of a file; raises InputError."""
