"""What is kept of runs, the latest looked at first, within a bound of bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import RLock
from typing import Any, Protocol, TypeVar, cast

from tiau.engine.memory import give_back

MOST_BYTES = 600_000_000
"""Of all that is kept of one scenario."""
LITTLE = 100_000_000
"""Bytes that are let go before the system gets them back: until then they are taken for what comes next."""


class Sized(Protocol):
    """Something that knows how many bytes it holds."""

    @property
    def size(self) -> int:
        """Bytes."""


Key = tuple[Hashable, ...]
SizedT = TypeVar("SizedT", bound=Sized)


class Kept:
    """Runs by what they are of, each under a key that begins with its kind.

    Spare ones go first, and then those that nobody looked at for longest; one that is held stays.

    Parameters
    ----------
    most : int
        Bytes.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most, self._lock = most, RLock()
        self._found: OrderedDict[Key, Sized] = OrderedDict()
        self._held: Key | None = None
        self._spare: set[Key] = set()
        self._let_go = 0

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        with self._lock:
            return sum(one.size for one in self._found.values())

    def get(self, key: Key) -> Any:  # noqa: ANN401
        """Return what is kept under a key; None where nothing is."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def put(self, key: Key, one: SizedT, *, hold: bool = False, spare: bool = False) -> SizedT:
        """Keep something, and let others go for it; `hold` keeps it until another one is held in its place."""
        with self._lock:
            self._found[key] = one
            self._found.move_to_end(key)
            if hold:
                self._held = key
            if spare:
                self._spare.add(key)
            self.bound()
        return one

    def once(self, key: Key, make: Callable[[], SizedT], *, hold: bool = False, spare: bool = False) -> SizedT:
        """Return what is kept under a key; if nothing is, what `make` gives, which must be quick."""
        with self._lock:
            found = self.get(key)
            return cast("SizedT", found) if found is not None else self.put(key, make(), hold=hold, spare=spare)

    def of(self, kind: str) -> list[Any]:
        """Return all that is kept of a kind."""
        with self._lock:
            return [one for key, one in self._found.items() if key[0] == kind]

    def clear(self) -> None:
        """Keep nothing any more."""
        with self._lock:
            self._found.clear()
            self._held, self._spare = None, set()

    def bound(self) -> None:
        """Let go of what is too much, as where something that is kept has grown."""
        with self._lock:
            left = before = self.size
            in_turn = sorted(self._found, key=lambda key: key not in self._spare)
            for key in in_turn:
                if left <= self._most:
                    break
                if key != self._held:
                    left -= self._found.pop(key).size
            self._spare &= self._found.keys()
            self._let_go += before - left
            if self._let_go > LITTLE:
                self._let_go = 0
                give_back()
