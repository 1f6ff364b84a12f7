"""The folder of a result: written beside and renamed, so that nothing half-written reads as a result."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from tiau.faults import wrong_argument
from tiau.results.lock import locked
from tiau.results.seal import PROVENANCE, files_in, is_result, sealed_in

_PARTIAL, _EARLIER, _TRY = ".tiau-partial-", ".tiau-earlier-", ".tiau-try-"
_LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")
LONGEST_WAIT = 300.0


def prepare(out: Path) -> tuple[str, ...]:
    """Make sure, before a long run, that its result can be written, and tidy up after a run that was killed.

    Returns what was tidied up, to be shown.

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
        # Under the lock: of a run that is putting its result in place, half might be seen. `replacing` looks after it.
        alone_there = locked(out, wait=0) if out.parent.is_dir() else nullcontext(False)
        with suppress(BlockingIOError), alone_there as alone:
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
    others = [name for name in files_in(folder) if name not in {PROVENANCE, *files} and Path(name).name not in _LITTER]
    return f"holds {others[0]}, which is not part of the result there" if others else ""


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """Give an empty folder beside `out` that takes its place once the block ends without an error, and else is removed.

    Of several at once into one target, each waits until the one before has ended.
    """
    out = _placed(out)
    if not out.name:
        refuse_unless_ours(out)
    made = [folder for folder in out.parents if not folder.exists()]
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        with locked(out, wait=LONGEST_WAIT) as alone:
            if alone:
                _tidy(out)
            # Not before: another run may be putting its result in place at this moment.
            refuse_unless_ours(out)
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
    for tried in _beside(out, _TRY):
        with suppress(OSError):
            tried.rmdir()
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
    made = Path(tempfile.mkdtemp(prefix=f"{_TRY}{out.name}-", dir=folder))
    # Another run may tidy it away at this moment.
    with suppress(FileNotFoundError):
        made.rmdir()


def _try_to_write_into(out: Path) -> None:
    """Open the files of an earlier result for writing, as replacing it will need on some systems."""
    if out.is_dir():
        if not os.access(out, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        for path in (path for path in out.rglob("*") if not path.is_dir()):
            with path.open("r+b"):
                pass
