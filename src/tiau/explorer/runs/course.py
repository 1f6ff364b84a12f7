"""Members of one scenario taken through all days, some of them at a time, with what they showed kept by member."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Event, Lock
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from tiau.engine.members import Members
from tiau.engine.run import Seen
from tiau.ensemble import driving
from tiau.ensemble.world import processors
from tiau.explorer.runs.fans import Values
from tiau.explorer.runs.sight import Sight, rows
from tiau.explorer.runs.snapshots import Snapshots
from tiau.explorer.runs.stopping import Stop, Stopped
from tiau.explorer.runs.watching import WatchFollowed
from tiau.results.reported import reported
from tiau.results.truths import Truths
from tiau.simulation import World

Floats = NDArray[np.float64]
Quantity = Literal["present", "arrived"]
MOST_LEFT = 100_000_000
"""Bytes of the states that a run leaves behind."""
PATIENCE = 0.1
"""Seconds between looks whether somebody who waits for another's work still wants it."""


def size_of_a_member(sight: Sight) -> int:
    """Return how many bytes a run keeps of each member."""
    return 4 * sight.days * (len(sight.network.place_names) + len(sight.shape.masks)) + 8 * len(sight.placements)


class Course:
    """A run under way: its first members have passed all days, the others have not begun.

    Parameters
    ----------
    sight : Sight
    members : Members
        All that there may be.
    source : tuple of Course and int, optional
        A run on the same draws, and from which day on it differs: this one goes on from what that one left.

    Attributes
    ----------
    done : int
        How many members have passed all days.
    """

    def __init__(self, sight: Sight, members: Members, source: tuple[Course, int] | None = None) -> None:
        self.sight, self.members, self.done = sight, members, 0
        days, many = sight.days, members.key.size
        self._present = np.zeros((len(sight.network.place_names), days, many), np.float32)
        self._arrived = np.zeros((len(sight.shape.masks), days, many), np.float32)
        self._truth = np.full((len(sight.placements), many), np.nan)
        self._lock, self._source = Lock(), source
        self._left: dict[tuple[int, int], Snapshots] = {}
        self._world = World(sight.network, members, WatchFollowed(sight))

    @property
    def size(self) -> int:
        """Bytes that it holds."""
        left = sum(one.size for one in [*self._left.values()])
        return self.members.key.size * size_of_a_member(self.sight) + left

    def goes_until(self, day: int) -> int:
        """Return how many days one may take over from it that differs from a day on."""
        ended = [left.until(day) for (_, after), left in [*self._left.items()] if after <= self.done]
        return min(ended, default=0)

    def has_done(self, count: int) -> bool:
        """Return whether so many members have passed all days."""
        return self.done >= count

    def reach(
        self, count: int, advanced: Callable[[int], None], stop: Stop, heard: Callable[[int], None] | None = None
    ) -> None:
        """See to it that so many members have passed all days: whoever comes first does the work.

        Parameters
        ----------
        count : int
        advanced : callable
            Called with how many member-days were done; what it raises ends the work, and leaves members who are done.
        stop : callable
            Asked while somebody else does the work.
        heard : callable, optional
            Told, on any thread, how many days all of them have passed, whenever these are more.
        """
        if self.has_done(count):
            advanced(0)
            return
        while not self._lock.acquire(timeout=PATIENCE):
            if stop():
                raise Stopped
        try:
            if not self.has_done(count):
                self._go_apart(self.done, count, advanced, heard)
                self.done = count
                if count == self.members.key.size:
                    # Nothing more is taken over from it, and it takes room.
                    self._source = None
            advanced(0)
        except Stopped:
            # Whoever takes it up again begins afresh: nobody is to be kept for that.
            self._source = None
            raise
        finally:
            self._lock.release()

    def _go_apart(
        self, first: int, after: int, advanced: Callable[[int], None], heard: Callable[[int], None] | None
    ) -> None:
        """Take members through all days, some on each processor: no day of some waits for that of others."""
        parts = [*pairwise(np.linspace(first, after, min(processors(), after - first) + 1).astype(int).tolist())]
        failed, passed, hearing = Event(), dict.fromkeys(parts, 0), Lock()

        def go(part: tuple[int, int]) -> None:
            try:
                self._go(*part, lambda day: together(part, day))
            except BaseException:
                failed.set()
                raise

        def together(part: tuple[int, int], day: int) -> None:
            if failed.is_set():
                raise Stopped
            advanced((day - passed[part]) * (part[1] - part[0]))
            with hearing:
                before, passed[part] = min(passed.values()), day
                if heard is not None and min(passed.values()) > before:
                    heard(min(passed.values()))

        with ThreadPoolExecutor(processors()) as pool:
            errors = [going.exception() for going in [pool.submit(go, part) for part in parts]]
        # Others were stopped because of what went wrong in one.
        for error in sorted(filter(None, errors), key=lambda error: isinstance(error, Stopped)):
            raise error

    def _go(self, first: int, after: int, passed: Callable[[int], None]) -> None:
        """Take members through all days, from where the run that this one goes on from was still the same."""
        part, days, many = self.members.part(slice(first, after)), self.sight.days, after - first
        truths = Truths(self.sight.placements, members=many, days=days)
        left = self._left.setdefault((first, after), Snapshots(MOST_LEFT * many // self.members.key.size))
        day, state = self._begun(first, after, truths)
        passed(day)

        def gather(day: int, seen: Sequence[Seen], pool: object) -> None:
            self._present[:, day, first:after] = np.concatenate([one["present"] for one in seen]).T
            self._arrived[:, day, first:after] = np.concatenate([one["arrived"] for one in seen]).T
            truths.take(day, np.concatenate([one["reports"] for one in seen]).T)
            passed(day + 1)

        while day < days:
            last = min(left.next(day), days)
            state = driving.run(
                self._world, part, gather, days=range(day, last), state=state, jobs=1, keep=last < days
            )  # fmt: skip
            if last < days:
                left.put(last, state, truths)
            day = last
        self._truth[:, first:after] = truths.of

    def _begun(self, first: int, after: int, truths: Truths) -> tuple[int, Any]:
        """Return how many days members have passed already, and their state then."""
        if self._source is None:
            return 0, None
        other, until = self._source
        left = other._left.get((first, after))
        snapshot = left.before(until) if left is not None and other.done >= after else None
        if snapshot is None or truths.take_over(snapshot.truths, snapshot.day):
            return 0, None
        chosen = np.s_[:, : snapshot.day, first:after]
        self._present[chosen], self._arrived[chosen] = other._present[chosen], other._arrived[chosen]
        return snapshot.day, snapshot.state

    def values(self, follow: int, quantity: Quantity, count: int) -> Values:
        """Return what the first members have of what is followed (day, member), persons."""
        if quantity == "arrived":
            return self._arrived[follow, :, :count]
        found: Values = (
            self._present[self.sight.shape.masks[follow], :, :count].sum(0, dtype=np.float64).astype(np.float32)
        )
        return found

    def figures(self) -> Floats:
        """Return what each of the page's reports would say in the members that are done (report, member), persons."""
        drawn, truth = self.members.part(slice(0, self.done)), self._truth[:, : self.done]
        return np.asarray(rows(reported(self.sight.placements, truth, drawn), self.sight.report_at, np.nan))
