"""A folder that is new: written beside and put in place when it is whole, so that nothing half-written stays."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tiau.faults import wrong_argument


def require_empty(folder: Path) -> None:
    """Refuse a target that is there and is no empty folder, or that cannot be.

    Raises
    ------
    InputError
    """
    problem = ""
    try:
        if folder.is_dir():
            problem = "exists and is not an empty folder" if any(folder.iterdir()) else ""
        elif folder.is_symlink() or folder.exists():
            problem = "exists and is not an empty folder"
        else:
            above = next(path for path in folder.absolute().parents if path.is_symlink() or path.exists())
            problem = "" if above.is_dir() else f"cannot be written ({above} is not a folder)"
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
    if problem:
        raise wrong_argument("folder", problem, "choose a new name", folder)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give a folder to write into; once the block ends without an error, what it holds stands in `folder`.

    It is removed if the block fails, with folders that were made on the way.

    Raises
    ------
    InputError
        If the target is not empty, or cannot be written.
    """
    require_empty(folder)
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    done = False
    try:
        with _partial(folder) as partial:
            try:
                yield partial
                for path in partial.iterdir():
                    path.rename(folder / path.name)
            except OSError as error:
                names = [name for name in (error.filename, error.filename2) if name is not None]
                if not names or Path(str(names[-1])).is_relative_to(partial):
                    error.filename = str(folder)
                raise
        done = True
    finally:
        for path in made if not done else ():
            with suppress(OSError):
                path.rmdir()


@contextmanager
def _partial(folder: Path) -> Iterator[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=".tiau-partial-", dir=folder))
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        raise wrong_argument("folder", problem, "choose another name", folder) from None
    try:
        yield partial
    finally:
        shutil.rmtree(partial, ignore_errors=True)
