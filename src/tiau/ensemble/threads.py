"""Batches on threads of this process: the default, without a copy of anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any

from tiau.engine.portions import joined
from tiau.engine.run import Seen, run
from tiau.ensemble.world import Portion, World


class Pool(ThreadPoolExecutor):
    """A pool of threads that an interruption does not wait for: one of them may be compiling for half a minute."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """End the threads, or leave them to end by themselves if somebody is stopping the work."""
        stopping = kind is not None and issubclass(kind, KeyboardInterrupt)
        self.shutdown(wait=not stopping, cancel_futures=stopping)


class Threads:
    """Batches of this process.

    Parameters
    ----------
    world : World
    portions : sequence of Portion
    day : int
        The first day that they run.
    """

    def __init__(self, world: World, portions: Sequence[Portion], day: int) -> None:
        self._world, self._portions = world, portions
        self._batches = [world.batch(portion.members, portion.state, day) for portion in portions]

    def through(self, days: range, pool: Pool) -> Iterator[tuple[int, list[Seen]]]:
        """Yield each day with what the batches show at its end, in the order of members."""
        walks = [run(batch, days, self._world.see) for batch in self._batches]
        for day in days:
            # The list waits for all batches, and raises what went wrong in one of them. The first day may compile.
            at_once = pool.map if len(walks) > 1 or day == days.start else map
            yield day, list(at_once(next, walks))
        if days.stop == self._world.days:
            for batch, portion in zip(self._batches, self._portions, strict=True):
                self._world.audit(batch, portion.first)

    def state(self) -> Any:  # noqa: ANN401
        """Return a copy of the state of all members."""
        return joined([batch.state for batch in self._batches])
