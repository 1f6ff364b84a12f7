"""Memory: what arrays take, what is free, and a sentence before a run that cannot fit."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np

from tiau.faults import wrong_argument

_GROUP = Path("/sys/fs/cgroup/memory.max")


def size_of(value: object) -> int:
    """Return the bytes of the arrays that a value holds, in tuples, lists and mappings too."""
    match value:
        case np.ndarray():
            return value.nbytes
        case dict():
            return sum(map(size_of, value.values()))
        case list() | tuple():
            return sum(map(size_of, value))
        case _:
            return 0


def free() -> int | None:
    """Return how many bytes this process can still take, as far as the system tells; None where it does not."""
    return min(_limits(), default=None)


def give_back() -> None:
    """Give the system back what is free in this process, where its library keeps it: glibc alone is asked to."""
    with suppress(OSError, TypeError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _limits() -> Iterator[int]:
    with suppress(OSError, ValueError, KeyError):
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        told = {key: value for key, _, value in (line.partition(":") for line in lines)}
        yield int(told["MemAvailable"].split()[0]) * 1024
    with suppress(OSError, ValueError):
        yield int(_GROUP.read_text(encoding="ascii"))
    if sys.platform != "win32":
        import resource

        limit = resource.getrlimit(resource.RLIMIT_AS)[0]
        if limit != resource.RLIM_INFINITY:
            with suppress(OSError, ValueError):
                pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
                yield limit - pages * os.sysconf("SC_PAGE_SIZE")


def require_memory(members: int, of_a_member: int) -> None:
    """Refuse a number of members that cannot fit; one that just fits may still be too many, as a run takes more.

    Parameters
    ----------
    members : int
    of_a_member : int, bytes
        What is kept of each in any case.

    Raises
    ------
    InputError
    """
    there, needed = free(), members * of_a_member
    if there is None or needed <= there:
        return
    problem = f"needs {needed / 1e9:,.1f} GB of memory or more, and {max(there, 0) / 1e9:,.1f} GB are free"
    remedy = f"give at most {max(there // of_a_member, 1):,}"
    raise wrong_argument("members", problem, remedy, members)
