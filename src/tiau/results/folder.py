"""The folder of a result: written beside and renamed, so that nothing half-written reads as a result."""

from __future__ import annotations

import errno
import os
import platform
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from tiau.faults import wrong_argument
from tiau.progress import Steps, silent
from tiau.results.result import Result
from tiau.results.seal import PROVENANCE as PROVENANCE
from tiau.results.seal import is_result as is_result
from tiau.results.seal import seal as seal
from tiau.results.seal import sealed_in
from tiau.results.tables import write_fit, write_needs, write_presence
from tiau.scenario.model import Scenario
from tiau.version import __version__

if TYPE_CHECKING:
    import xarray as xr

_LIBRARIES = ("numpy", "numba", "scipy", "xarray", "h5netcdf")
_PARTIAL, _EARLIER, _LOCK = ".tiau-partial-", ".tiau-earlier-", ".tiau-lock-"
_LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")
LONGEST_WAIT = 300.0


def prepare(out: Path) -> tuple[str, ...]:
    """Make sure, before a long run, that its result can be written, and tidy up after a run that was killed.

    Returns
    -------
    tuple of str
        What was tidied up, to be shown.

    Raises
    ------
    InputError
        If the target is something else than a result, or cannot be written.
    """
    out = _placed(out)
    notes: list[str] = []
    try:
        if not out.name:
            refuse_unless_ours(out)
        _try_to_write_beside(out)
        if out.parent.is_dir():
            with suppress(BlockingIOError), _locked(out, wait=0) as alone:
                notes = _tidy(out) if alone else []
        refuse_unless_ours(out)
        _try_to_write_into(out)
    except OSError as error:
        problem = f"cannot be written ({error.strerror or error})"
        in_use = error.errno in (errno.EACCES, errno.EPERM, errno.EBUSY)
        remedy = f"{'close programs that have its files open, or ' if in_use else ''}name another folder"
        raise wrong_argument("out", problem, remedy, out) from None
    return tuple(notes)


def refuse_unless_ours(out: Path) -> None:
    """Refuse a target that holds anything but a result.

    Raises
    ------
    InputError
        If it is a file, a mounted disk, or a folder with anything else in it than a whole result.
    """
    out = _placed(out)
    problem = "" if out.name else "is a whole disk"
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        problem = "is not a folder"
    elif os.path.ismount(out):
        problem = "is a mounted disk, which cannot be replaced"
    elif out.is_dir() and (out.samefile(Path.cwd()) or any(out.samefile(folder) for folder in Path.cwd().parents)):
        problem = "is the folder you work in, or holds it"
    elif out.is_dir() and any(out.iterdir()):
        problem = _not_ours(out)
    if not problem and (around := next(filter(is_result, out.parents), None)):
        problem = f"lies inside the result {around}, which could not be replaced any more"
    if problem:
        raise wrong_argument("out", problem, "name a new folder", out)


def _not_ours(folder: Path) -> str:
    if not (folder / PROVENANCE).is_file():
        return "holds something that is not a result of Tiau"
    files = sealed_in(folder)
    if not files:
        return f"holds files that disagree with their {PROVENANCE}, so it is no whole result of Tiau"
    others = sorted(path.name for path in folder.iterdir() if path.name not in {PROVENANCE, *files, *_LITTER})
    return f"holds {others[0]}, which is not part of the result there" if others else ""


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """Give a folder to write into that takes the place of `out` once the block ends without an error.

    Of several at once into one target, each waits until the one before has ended.

    Yields
    ------
    Path
        An empty folder beside `out`; it is removed if the block fails.
    """
    out = _placed(out)
    refuse_unless_ours(out)
    made = [folder for folder in out.parents if not folder.exists()]
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _locked(out, wait=LONGEST_WAIT) as alone:
            if alone:
                _tidy(out)
            partial = Path(tempfile.mkdtemp(prefix=f"{_PARTIAL}{out.name}-", dir=out.parent))
            try:
                yield partial
                partial.chmod(0o755)
                refuse_unless_ours(out)
                _swap(partial, out)
            except OSError as error:
                if error.filename is None or partial in Path(str(error.filename)).parents:
                    error.filename = str(out)
                raise
            finally:
                shutil.rmtree(partial, ignore_errors=True)
    except BaseException:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        raise


def _swap(partial: Path, out: Path) -> None:
    """Rename the earlier result away and the new one in; whatever fails, one of them has the name afterwards."""
    earlier = _earlier_of(partial, out)
    try:
        if out.exists():
            _rename(out, earlier)
        _rename(partial, out)
    except BaseException:
        if earlier.exists() and not out.exists():
            _rename(earlier, out)
        raise
    finally:
        if out.exists():
            _discard(earlier)


def _rename(path: Path, target: Path) -> None:
    """Rename; on Windows a scanner may hold a fresh file for a moment, so try for half a second."""
    for pause in (0.02, 0.04, 0.08, 0.16, 0.2):
        try:
            path.rename(target)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    path.rename(target)


def _tidy(out: Path) -> list[str]:
    """Undo what a killed run left beside a target: its part of a result goes, the earlier result comes back."""
    notes = []
    for earlier in sorted(_beside(out, _EARLIER), key=lambda path: path.stat().st_mtime, reverse=True):
        if not out.exists() and (earlier / PROVENANCE).is_file():
            _rename(earlier, out)
            notes.append(f"put back the earlier result in {out}, which a run that was killed had moved away")
        else:
            _discard(earlier)
    for partial in _beside(out, _PARTIAL):
        _discard(partial)
        notes.append(f"removed {partial.name}, left by a run that was killed")
    return notes


def _discard(folder: Path) -> None:
    """Remove a folder, its provenance first, so that what a kill leaves of it is never put back as a result."""
    with suppress(OSError):
        (folder / PROVENANCE).unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _placed(out: Path) -> Path:
    """Return a path with a name of its own to put things beside, whatever the caller's folder is."""
    return out.absolute() if out.name not in ("", "..") else Path(os.path.realpath(out))


def _earlier_of(partial: Path, out: Path) -> Path:
    return partial.with_name(f"{_EARLIER}{out.name}-{partial.name.rpartition('-')[2]}")


def _beside(out: Path, kind: str) -> list[Path]:
    own = re.compile(re.escape(f"{kind}{out.name}-") + "[a-z0-9_]{8}")
    return [path for path in out.parent.iterdir() if own.fullmatch(path.name)]


def _try_to_write_beside(out: Path) -> None:
    """Make and remove a folder where `out` or the first folder on the way to it would be made."""
    folder = next(folder for folder in out.parents if folder.is_symlink() or folder.exists())
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, f"{folder} is not a folder")
    Path(tempfile.mkdtemp(prefix=f"{_PARTIAL}{out.name}-", dir=folder)).rmdir()


def _try_to_write_into(out: Path) -> None:
    """Open the files of an earlier result for writing, as replacing it will need on some systems."""
    if out.is_dir():
        if not os.access(out, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        for path in out.iterdir():
            with path.open("r+b"):
                pass


@contextmanager
def _locked(out: Path, wait: float) -> Iterator[bool]:
    """Hold the lock of a target, which the system lets go when a process ends, however it ends.

    Yields
    ------
    bool
        False where the file system has no locks, so that others may be at work on the same target.

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
            if stream is not None:
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


def write(
    result: Result,
    out: Path,
    *,
    report: Callable[[Result, dict[str, Any]], str],
    suppress_below: float = 10,
    command: str = "",
    steps: Steps = silent,
) -> None:
    """Write a result folder.

    Parameters
    ----------
    result : Result
    out : Path
        Replaced whole if it is a result, refused if it is anything else.
    report : callable
        Makes report.html of the result and its provenance.
    suppress_below : float, persons
        Smaller counts about a group at a place are written as "<10".
    command : str
        The command that asked for it, for the provenance.
    steps : Steps
    """
    origin = provenance_of(result, command=command)
    with replacing(out) as partial:
        with steps("writing result.nc"):
            write_netcdf(result.dataset(), partial / "result.nc")
        with steps("writing the tables"):
            write_presence(result, partial / "presence.csv", suppress_below=suppress_below)
            write_fit(result, partial / "fit.csv")
            write_needs(result, partial / "needs.csv")
        with steps("drawing the report"):
            (partial / "report.html").write_text(report(result, origin), encoding="utf-8")
        seal(partial, origin)


def write_netcdf(dataset: xr.Dataset, path: Path) -> None:
    """Write result.nc."""
    packed = {"zlib": True, "complevel": 1, "shuffle": True}
    encoding = {name: packed for name, variable in dataset.data_vars.items() if variable.dtype.kind == "f"}
    # Made in memory first: HDF5 on a full disk prints tracebacks of its own, and may crash.
    path.write_bytes(dataset.to_netcdf(engine="h5netcdf", encoding=encoding))


def provenance_of(result: Result, *, command: str = "") -> dict[str, Any]:
    """Return where a result comes from: version, scenario, parameters, seed, environment."""
    scenario = result.network.scenario
    return provenance(scenario, members=result.members, seed=result.seed, chance=result.chance, command=command)


def provenance(scenario: Scenario, *, members: int, seed: int, chance: bool, command: str) -> dict[str, Any]:
    """Return where numbers come from that runs of a scenario gave."""
    return {
        "tiau": __version__,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
        "scenario": {
            "name": scenario.name,
            "start": str(scenario.settings.start),
            "end": str(scenario.settings.end),
            "sha256": scenario.digest(),
        },
        "members": members,
        "seed": seed,
        "chance": chance,
        "parameters": dict(scenario.values),
        "environment": {
            "python": platform.python_version(),
            "system": platform.system(),
            "machine": platform.machine(),
            "processors": os.cpu_count(),
            **{name: _version(name) for name in _LIBRARIES},
        },
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not found"
