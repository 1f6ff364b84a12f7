"""The lock of a target: of several runs into one folder, each waits until the one before has ended."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_LOCK = ".tiau-lock-"


@contextmanager
def locked(out: Path, wait: float) -> Iterator[bool]:
    """Hold the lock of a target, which the system lets go when a process ends, however it ends.

    Gives False where the file system has no locks, so that others may be at work on the same target.

    Raises
    ------
    BlockingIOError
        If another process still has it after `wait` seconds.
    """
    path = out.with_name(f"{_LOCK}{out.name}")
    deadline = time.monotonic() + wait
    while True:
        stream, alone = None, True
        try:
            stream = path.open("ab")
            try:
                _take_lock(stream)
            except BlockingIOError:
                raise
            except OSError:
                alone = False
            if os.path.samestat(os.fstat(stream.fileno()), path.stat()):
                break
            stream.close()
        except (BlockingIOError, FileNotFoundError) as error:
            if stream is None:
                # There is no such folder, and waiting makes none; a file that is gone again was another run's.
                raise
            stream.close()
            if isinstance(error, BlockingIOError) and time.monotonic() >= deadline:
                said = "another run is still writing there; try again later or name another folder"
                raise BlockingIOError(errno.EAGAIN, said, str(out)) from None
            time.sleep(0.05)
    try:
        yield alone
    finally:
        # Windows removes no open file; elsewhere a file that is not locked any more may be another run's.
        if sys.platform != "win32":
            path.unlink(missing_ok=True)
        stream.close()
        if sys.platform == "win32":
            with suppress(OSError):
                path.unlink()


def _take_lock(stream: BinaryIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError(*error.args) from None
    else:
        import fcntl

        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
