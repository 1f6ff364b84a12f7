"""States that a run leaves behind now and then, so that another one which differs from it later goes on from there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from tiau.ensemble.packing import packed, unpacked
from tiau.results.truths import Truths

EVERY = 30
"""Days from one state to the next, as long as there is room for them."""


@dataclass(frozen=True)
class Snapshot:
    """Some members at the end of a day.

    Attributes
    ----------
    day : int
        How many days have passed.
    truths : Truths
        What reports have seen by then; not to be changed.
    """

    day: int
    truths: Truths
    _state: Any

    @property
    def state(self) -> Any:  # noqa: ANN401
        """A state of its own, to go on from."""
        return _taken_out(self._state)

    @cached_property
    def size(self) -> int:
        """Bytes that it holds."""
        return _size(self._state)


class Snapshots:
    """The states of a run; the more room each takes, the fewer there are.

    Parameters
    ----------
    most : int
        Bytes.
    evenly : bool
        Whether those that stay are evenly spread over the days, or the last that were put here.
    """

    def __init__(self, most: int, *, evenly: bool = True) -> None:
        self._most, self._every, self._evenly = most, EVERY, evenly
        self._found: list[Snapshot] = []

    @property
    def size(self) -> int:
        """Bytes that they hold."""
        return sum(one.size for one in self._found)

    def next(self, day: int) -> int:
        """Return how many days have passed when the next state is to be put here, if so many have passed now."""
        return (day // self._every + 1) * self._every

    def put(self, day: int, state: Any, truths: Truths) -> None:  # noqa: ANN401
        """Keep a state; where all take too much room every second one goes, or the first."""
        # Whoever was stopped and goes on again comes by the same days.
        self._found = [one for one in self._found if one.day != day]
        self._found.append(Snapshot(day, truths.copy(), _put_away(state)))
        while not self._evenly and self.size > self._most and len(self._found) > 1:
            del self._found[0]
        while self._evenly and self.size > self._most and self._every < day:
            self._every *= 2
            self._found = [one for one in self._found if one.day % self._every == 0]

    def until(self, day: int) -> int:
        """Return how many days one may take over that differs from a day on."""
        found = self.before(day)
        return 0 if found is None else found.day

    def before(self, day: int) -> Snapshot | None:
        """Return the latest state after no more than so many days; None if there is none."""
        return max((one for one in self._found if one.day <= day), key=lambda one: one.day, default=None)


def _put_away(state: Any) -> Any:  # noqa: ANN401
    """Return a state, a tuple of arrays and of such tuples, with its numbers put away."""
    if isinstance(state, np.ndarray):
        one = packed({"": state}) if state.dtype == np.float64 else None
        # Where most numbers are none, what is left of them and where they are takes less room.
        return one if one is not None and _size(one) < state.nbytes else state.copy()
    if state._fields[0] == "size":
        # Lists of who is on the way have room for more than there are.
        room = max(int(state.size.max(initial=0)), 1)
        state = state._replace(**{name: getattr(state, name)[:, :room] for name in state._fields[1:]})
    return type(state)(*map(_put_away, state))


def _taken_out(state: Any) -> Any:  # noqa: ANN401
    match state:
        case dict():
            return unpacked(state)[""]
        case np.ndarray():
            return state.copy()
        case _:
            return type(state)(*map(_taken_out, state))


def _size(state: Any) -> int:  # noqa: ANN401
    match state:
        case dict():
            return int(state[""].columns.nbytes + state[""].values.nbytes)
        case np.ndarray():
            return state.nbytes
        case _:
            return sum(map(_size, state))
