"""Kernels compiled once and kept: in a folder for each state of the engines' sources, so that none is ever stale."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numba.misc.appdirs import AppDirs

try:
    import fcntl
except ImportError:  # Windows, where numba copes with a file that is in use
    fcntl = None  # type: ignore[assignment]

config: Any = numba.config
ENGINE = Path(__file__).parent
KEPT, IN_USE = 4, 3600.0


def kernel(function: Callable[..., Any], **options: Any) -> Any:  # noqa: ANN401
    """Compile a function when it is first called, or fetch it from where it is kept.

    Parameters
    ----------
    function : callable
    **options
        Of `numba.njit`.

    Returns
    -------
    callable
        The function itself where compilation is switched off (NUMBA_DISABLE_JIT=1).
    """
    if config.DISABLE_JIT:
        # Compiled arithmetic wraps around and divides by zero without a word: keys and expectations rely on it.
        return np.errstate(all="ignore")(function)
    place = folder()
    if place is None:
        return numba.njit(**options)(function)
    with _numba_keeps_in(place):
        made = numba.njit(cache=True, **options)(function)
    _keep_safely(made, place)
    return made


def to_compile(module: str) -> bool:
    """Tell whether the kernels of a module (`leave`) have still to be compiled."""
    if config.DISABLE_JIT:
        return False
    place = folder()
    return place is None or not any(place.glob(f"*/{module}.*.nbi"))


@cache
def folder() -> Path | None:
    """Return the folder of kernels made from the sources as they are now; None where no folder can be written.

    Beside the sources, else in the user's folder for caches; below NUMBA_CACHE_DIR where that is set.
    """
    bases = [Path(config.CACHE_DIR)] if config.CACHE_DIR else [ENGINE / "__pycache__", Path(_user_wide())]
    for base in bases:
        place = base / f"kernels-{digest()}"
        with suppress(OSError):
            new = not place.exists()
            place.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=place).close()
            os.utime(place)
            if new:
                _remove_old(base)
            return place
    return None


@cache
def digest() -> str:
    """Return what a compiled kernel depends on, as one word.

    All sources of both engines: numba looks at the file of a kernel alone, but what other files define goes into it
    too, helpers as code, named tuples as the order of their fields.
    """
    found = hashlib.blake2b(repr((numba.__version__, config.BOUNDSCHECK, config.OPT)).encode(), digest_size=8)
    for source in sorted(
        source for engine in (ENGINE, ENGINE.parent / "flee" / "engine") for source in engine.rglob("*.py")
    ):
        found.update(source.relative_to(ENGINE.parent).as_posix().encode())
        found.update(hashlib.blake2b(source.read_bytes()).digest())
    return found.hexdigest()


def _user_wide() -> str:
    return str(AppDirs(appname="tiau", appauthor=False).user_cache_dir)


def _remove_old(base: Path) -> None:
    """Remove kernels of other sources but for the last few used: somebody may go to and fro between two versions."""
    now = time.time()
    used = {}
    for other in base.glob("kernels-*"):
        with suppress(OSError):
            used[other] = other.stat().st_mtime
    for other in sorted(used, key=used.__getitem__, reverse=True)[KEPT:]:
        if now - used[other] > IN_USE:
            shutil.rmtree(other, ignore_errors=True)


@contextmanager
def _numba_keeps_in(place: Path) -> Iterator[None]:
    # Numba looks where to keep a kernel when it is decorated; other people's kernels are none of our business.
    before, config.CACHE_DIR = config.CACHE_DIR, str(place)
    try:
        yield
    finally:
        config.CACHE_DIR = before


def _keep_safely(made: Any, place: Path) -> None:  # noqa: ANN401
    """Let one process at a time add a kernel, and no run fail because one cannot be fetched or kept."""
    fetch, save = made._cache.load_overload, made._cache.save_overload

    def fetched(signature: object, target: object) -> object:
        # A disk that is full or gone, a damaged file: to unpickle one can raise anything.
        with suppress(Exception):
            return fetch(signature, target)
        return None

    def saved(signature: object, data: object) -> None:
        with suppress(Exception), _alone_in(place):
            try:
                save(signature, data)
            except Exception:  # The list of what is kept is damaged: a new one is begun.
                made._cache.flush()
                save(signature, data)

    made._cache.load_overload, made._cache.save_overload = fetched, saved


@contextmanager
def _alone_in(place: Path) -> Iterator[None]:
    # Two processes that each read the index before the other has written it would give two kernels one file.
    with (place / "lock").open("w") as lock:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
