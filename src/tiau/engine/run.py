"""The one driver of days: a batch of members taken through some days, and what it shows at the end of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.engine.day import Batch, advance

Seen = dict[str, NDArray[np.float64]]
"""What members show at the end of a day, by name: float arrays (member, ...)."""

See = Callable[[Any, int, Seen], None]
"""Puts what a batch shows at the end of a day into what it showed the day before, whose arrays it may use again."""


def run(batch: Batch, days: Iterable[int], see: See) -> Iterator[Seen]:
    """Take a batch through days.

    Parameters
    ----------
    batch : Batch
        Changed in place.
    days : iterable of int
        One after the other, the first of them the day after the last that the batch has passed.
    see : callable
        Called at the end of each day.

    Yields
    ------
    dict of str to float array (member, ...)
        Good until the next day is asked for.
    """
    seen: Seen = {}
    for day in days:
        advance(batch, day)
        see(batch, day, seen)
        yield seen
