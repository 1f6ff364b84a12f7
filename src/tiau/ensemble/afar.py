"""Batches that run elsewhere: so many days at once, with their state handed on from one span of days to the next."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Protocol, cast

from tiau.engine.portions import joined
from tiau.engine.run import Seen, run
from tiau.ensemble.packing import Packed, packed, unpacked
from tiau.ensemble.world import Portion, World

DAYS_AT_ONCE = 30
Told = list[dict[str, Packed]]
"""What a batch showed, a day after the other."""


@lru_cache(maxsize=4)
def _world(recipe: bytes) -> World:
    """Make a world from what it is pickled as, once in each process."""
    return cast("World", pickle.loads(recipe))


def go_on(recipe: bytes, portion: Portion, days: range) -> tuple[Portion, Told]:
    """Take members through some days, wherever this is called.

    Parameters
    ----------
    recipe : bytes
        Of their world, pickled.
    portion : Portion
        With the state before the first of the days.
    days : range

    Returns
    -------
    Portion
        With the state after the last of the days.
    list of dict of str to Packed
        What they showed at the end of each day.
    """
    world = _world(recipe)
    batch = world.batch(portion.members, portion.state, days.start)
    told = [packed(seen) for seen in run(batch, days, world.see)]
    if days.stop == world.days:
        world.audit(batch, portion.first)
    return portion._replace(state=batch.state), told


class Crew(Protocol):
    """Workers elsewhere. A handle is whatever stands for a portion there."""

    def begin(self, portion: Portion) -> Any:  # noqa: ANN401
        """Return the handle of a portion before its first day."""

    def go_on(self, handle: Any, days: range) -> Any:  # noqa: ANN401
        """Begin to take a portion through some days, and return the handle of what it is then."""

    def told(self, handle: Any) -> Told:  # noqa: ANN401
        """Wait for what a portion showed on the days that led to a handle."""

    def portion(self, handle: Any) -> Portion:  # noqa: ANN401
        """Wait for a portion as it is after the days that led to a handle."""


class Afar:
    """Batches that a crew has.

    Parameters
    ----------
    crew : Crew
    portions : sequence of Portion
    """

    def __init__(self, crew: Crew, portions: Sequence[Portion]) -> None:
        self._crew = crew
        self._handles = [crew.begin(portion) for portion in portions]

    def through(self, days: range, pool: object) -> Iterator[tuple[int, list[Seen]]]:
        """Yield each day with what the batches showed at its end, in the order of members."""
        spans = [days[first : first + DAYS_AT_ONCE] for first in range(0, len(days), DAYS_AT_ONCE)]
        ahead = self._sent(spans[0]) if spans else []
        for number, span in enumerate(spans, start=1):
            told = [self._crew.told(handle) for handle in ahead]
            self._handles = ahead
            # The crew works on while what it told is put together here.
            ahead = self._sent(spans[number]) if number < len(spans) else []
            for day, of_day in zip(span, zip(*told, strict=True), strict=True):
                yield day, [unpacked(one) for one in of_day]

    def _sent(self, span: range) -> list[Any]:
        return [self._crew.go_on(handle, span) for handle in self._handles]

    def state(self) -> Any:  # noqa: ANN401
        """Return a copy of the state of all members."""
        return joined([self._crew.portion(handle).state for handle in self._handles])
