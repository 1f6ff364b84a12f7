"""What is kept of runs, the latest looked at first, within a bound of bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import RLock
from typing import Any, Protocol, TypeVar, cast

MOST_BYTES = 600_000_000
"""Of all that is kept of one scenario."""


class Sized(Protocol):
    """Something that knows how many bytes it holds."""

    @property
    def size(self) -> int: ...


SizedT = TypeVar("SizedT", bound=Sized)


class Kept:
    """Runs by what they are of; those that nobody looked at for longest go first, but for those that are held.

    Parameters
    ----------
    most : int
        Bytes.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most, self._lock = most, RLock()
        self._found: OrderedDict[Hashable, Sized] = OrderedDict()
        self._held: Hashable = None

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        with self._lock:
            return sum(one.size for one in self._found.values())

    def get(self, key: Hashable) -> Any:  # noqa: ANN401
        """Return what is kept under a key; None where nothing is."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def put(self, key: Hashable, one: SizedT, *, hold: bool = False) -> SizedT:
        """Keep something, and let others go for it; `hold` keeps it until another one is held in its place."""
        with self._lock:
            self._found[key] = one
            self._found.move_to_end(key)
            if hold:
                self._held = key
            self._bound()
        return one

    def once(self, key: Hashable, make: Callable[[], SizedT], *, hold: bool = False) -> SizedT:
        """Return what is kept under a key; if nothing is, what `make` gives, which must be quick."""
        with self._lock:
            found = self.get(key)
            return cast("SizedT", found) if found is not None else self.put(key, make(), hold=hold)

    def drop(self, key: Hashable) -> None:
        """Keep something no longer."""
        with self._lock:
            self._found.pop(key, None)

    def clear(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._found.clear()
            self._held = None

    def _bound(self) -> None:
        left = self.size
        for key in [key for key in self._found if key != self._held]:
            if left <= self._most:
                break
            left -= self._found.pop(key).size
