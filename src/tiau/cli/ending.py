"""How a command ends: exit statuses, failures in one sentence, and signals that stop it."""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from types import FrameType
from typing import NoReturn

from rich.text import Text

from tiau.cli.console import OutputError, err
from tiau.faults import ConservationError, Fault, InputError, WorkersError, clip, listing
from tiau.version import __version__

WRONG_INPUT, FAILURE, BY_SIGNAL = 2, 1, 128
STOPPING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
IMPATIENCE = 2.0
ONCE_MORE = 0.02
WITHOUT_OPTION = ("scenario", "scenarios", "folder")
_NO_ROOM = "nothing was replaced; free some room there, or name a folder on another disk"
_NO_ACCESS = "nothing was replaced; close programs that have its files open, or name another folder"
REMEDIES = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EFBIG: _NO_ROOM,
    errno.EACCES: _NO_ACCESS,
    errno.EPERM: _NO_ACCESS,
    errno.EROFS: _NO_ACCESS,
    errno.EBUSY: _NO_ACCESS,
}


class Stopped(KeyboardInterrupt):
    """A signal asked the command to stop."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def heed_signals() -> None:
    """Let a termination and a terminal that closes stop a command as Ctrl-C does, which tidies up.

    What follows at once, as keys pressed in impatience do, changes nothing: the tidying is not stopped half-way.
    Where Python is just clearing up after itself, as it does when it imports, it prints what is raised and goes on:
    then the signal is sent once more.
    """
    latest, told_before = -IMPATIENCE, sys.unraisablehook

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal latest
        if time.monotonic() - latest >= IMPATIENCE:
            latest = time.monotonic()
            raise Stopped(number)

    def lost(unraisable: sys.UnraisableHookArgs) -> None:
        nonlocal latest
        if isinstance(unraisable.exc_value, Stopped):
            latest = -IMPATIENCE
            threading.Timer(ONCE_MORE, _send, (unraisable.exc_value.number,)).start()
        else:
            told_before(unraisable)

    sys.unraisablehook = lost
    for number in STOPPING:
        # A signal that whoever started the command told it to ignore, as nohup does, stays ignored.
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, stop)


def _send(number: int) -> None:
    # To the main thread, so that it waits for nothing any longer.
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        signal.raise_signal(number)


def open_what_is_closed() -> None:
    """Give closed standard streams a place that leads nowhere, before a file of ours gets the number of one."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.open(os.devnull, os.O_RDWR)
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: PTH123, SIM115


def ended(command: Callable[[], object]) -> int:
    """Run a command and return its exit status; what went wrong is said in a sentence.

    Parameters
    ----------
    command : callable
        The whole work of a process.

    Returns
    -------
    int
        0 done, 1 a failure, 2 wrong usage or wrong input, 128 and the signal's number if one stopped it.
    """
    try:
        command()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except InputError as error:
        err.print(Text(listing(as_options(error.faults), rest=error.rest)))
        return WRONG_INPUT
    except KeyboardInterrupt as stop:
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        err.print("stopped; nothing half-written is left")
        return BY_SIGNAL + getattr(stop, "number", signal.SIGINT)
    except Exception as error:
        if os.environ.get("TIAU_TRACEBACK"):
            err.print(Text(traceback.format_exc()))
        err.print(Text(f"  failed: {sentence(error)}"))
        return FAILURE
    return 0


def leave(status: int) -> NoReturn:
    """End the process on the spot: threads at work would keep it. Everything must be tidied up by now."""
    # What processes shared is taken back; the system keeps it otherwise, and Python would complain.
    if util := sys.modules.get("multiprocessing.util"):
        util._exit_function()
    os._exit(status)


def as_options(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults with arguments of the library named as they are given here: as options, or as words in capitals."""
    return [replace(fault, file=_given_as(fault.file)) if fault.argument else fault for fault in faults]


def _given_as(argument: str) -> str:
    return argument.upper() if argument in WITHOUT_OPTION else f"--{argument.replace('_', '-')}"


def sentence(error: Exception) -> str:
    """Say in a sentence what failed, and what to do."""
    match error:
        case OutputError():
            kept = error.kept or "nothing else went wrong"
            return f"the output could not be written ({error.strerror}); {kept}"
        case shutil.Error():
            return _not_copied(error)
        case OSError():
            where = f" ({clip(str(error.filename), 200)})" if error.filename else ""
            return f"{error.strerror or error}{where}; {REMEDIES.get(error.errno or 0, 'nothing was replaced')}"
        case ConservationError() | WorkersError():
            return str(error)
        case MemoryError():
            return "out of memory; try fewer members or fewer places"
        case _:
            said = clip(f"{type(error).__name__}: {error}", 200)
            return (
                f"{said}; this is a fault of Tiau {__version__}, not of your input: please report it with the command "
                "and what it prints when TIAU_TRACEBACK=1 is set"
            )


def _not_copied(error: shutil.Error) -> str:
    """Say in words what shutil says as a list of (source, target, why)."""
    failed = error.args[0] if error.args and isinstance(error.args[0], list) else []
    if not failed:
        return f"files could not be copied ({clip(str(error), 200)})"
    _, target, why = (*failed[0], "", "", "")[:3]
    number = re.match(r"\[Errno (\d+)\] ", str(why))
    known = int(number[1]) if number else 0
    reason = os.strerror(known) if known else clip(str(why), 200)
    more = f" and {len(failed) - 1:,} more files" if len(failed) > 1 else ""
    return f"{reason} ({clip(str(target), 200)}{more}); {REMEDIES.get(known, 'they were not copied')}"
