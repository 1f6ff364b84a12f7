"""Progress of long work: steps with names, and how far each of them is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

Progress = Callable[[int, int], None]
"""Called with how much of a step is done, and how much there is in all."""

Words = Callable[[int, int], str]
"""Says in words how much of a step is done."""


def counted(what: str) -> Words:
    """Return words such as "day 3 of 28"."""
    return lambda done, total: f"{what} {done:,} of {total:,}"


def one_of(runs: int) -> Words:
    """Return words for several runs of the same length, such as "run 2 of 3"."""
    return lambda done, total: f"run {min(done * runs // max(total, 1) + 1, runs)} of {runs}"


PARTS = counted("part")


class Steps(Protocol):
    """Opens a step: a context in which something with a name is done, and a progress for it."""

    def __call__(self, name: str, words: Words = PARTS, *, first: str = "") -> AbstractContextManager[Progress]:
        """Begin a step.

        Parameters
        ----------
        name : str
            What is done, such as "simulating".
        words : callable
            Of how much is done.
        first : str
            What is done until the progress is called for the first time, where that is something else.
        """


@contextmanager
def silent(name: str, words: Words = PARTS, *, first: str = "") -> Iterator[Progress]:
    """Take a step without a word."""
    yield lambda done, total: None
