"""What holds on each day of a scenario, worked out when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class ByDay(Generic[T]):
    """One thing a day: runs that begin late, or are stopped early, ask for few of them.

    Parameters
    ----------
    of : callable
        Returns that of a day.
    days : int
    """

    def __init__(self, of: Callable[[int], T], days: int) -> None:
        self._of = of
        self._found: list[T | None] = [None] * days

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, day: int) -> T:
        found = self._found[day]
        if found is None:
            found = self._found[day] = self._of(day)
        return found
