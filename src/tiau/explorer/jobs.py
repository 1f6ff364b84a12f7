"""Lines in which work waits: one piece of it at a time in each, and the newest of one page."""

from __future__ import annotations

import asyncio
import threading

from tiau.explorer.refusals import Refusal

LANES = ("expected", "own", "all", "long")
"""Expected values, which somebody waits for while dragging; ensembles of the scenario as it is, which are the same for
all pages; those of what-ifs, which need not wait for these; forecasts and reports, which take minutes."""

MOST_WAITING = 100


class Turn:
    """A place in a line; it is used in the loop of the server, its `stopped` anywhere.

    Attributes
    ----------
    stopped : threading.Event
        Nobody wants what this is for any more.
    moved : asyncio.Event
        Set whenever the line may have moved on.
    outdated : bool
        The same page asked for something newer.
    """

    def __init__(self, lane: str, tab: str) -> None:
        self.lane, self.tab = lane, tab
        self.stopped, self.moved, self.outdated = threading.Event(), asyncio.Event(), False

    def stop(self, *, outdated: bool = False) -> None:
        """Tell whatever goes on for this turn that it is of no use any more."""
        self.outdated |= outdated
        self.stopped.set()
        self.moved.set()


class Lanes:
    """The lines of a server; the first in each is at work."""

    def __init__(self, most_waiting: int = MOST_WAITING) -> None:
        self._lines: dict[str, list[Turn]] = {lane: [] for lane in LANES}
        self._most_waiting = most_waiting

    def enter(self, lane: str, tab: str = "") -> Turn:
        """Return a new place at the end of a line; what the same page waits for there is outdated by it.

        Raises
        ------
        Refusal
            If too many wait.
        """
        line = self._lines[lane]
        for older in [turn for turn in line if tab and turn.tab == tab]:
            older.stop(outdated=True)
            if self.ahead(older):
                self.leave(older)
        if line and self.waiting >= self._most_waiting:
            problem = f"{self.waiting:,} questions are waiting for an answer."
            raise Refusal(429, problem, "Wait a little, then ask again.")
        turn = Turn(lane, tab)
        line.append(turn)
        return turn

    def leave(self, turn: Turn) -> None:
        """Take a turn out of its line, if it still is there; the others move on."""
        line = self._lines[turn.lane]
        if turn in line:
            line.remove(turn)
            for other in line:
                other.moved.set()

    def ahead(self, turn: Turn) -> int:
        """Return how many are before a turn, the one at work included; 0 where it is its own time."""
        line = self._lines[turn.lane]
        return line.index(turn) if turn in line else 0

    @property
    def waiting(self) -> int:
        """How many wait in all lines."""
        return sum(max(len(line) - 1, 0) for line in self._lines.values())

    @property
    def turns(self) -> list[Turn]:
        """Everything that is at work or waits."""
        return [turn for line in self._lines.values() for turn in line]
