"""Files of a folder replaced together: all of them, or none."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tiau.faults import wrong_argument


@contextmanager
def replaced(folder: Path, argument: str = "into") -> Iterator[Path]:
    """Give a folder to write into; once the block ends without an error, what it holds replaces files of `folder`.

    Raises
    ------
    InputError
        If the folder cannot be written; every file is then as it was.
    """
    try:
        partial = Path(tempfile.mkdtemp(prefix=".tiau-partial-", dir=folder))
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        raise wrong_argument(argument, problem, "choose another folder", folder) from None
    try:
        new = partial / "new"
        new.mkdir()
        yield new
        _swap(new, partial / "old", folder, argument)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _order(path: Path) -> tuple[bool, bool, Path]:
    """Return what sorts names before what refers to them, and the account of it all last, wherever it is stopped."""
    return path.name not in ("places.csv", "areas.csv"), path.name == "import.csv", path


def _swap(new: Path, old: Path, folder: Path, argument: str) -> None:
    old.mkdir()
    moved: list[Path] = []
    name = Path()
    try:
        for path in sorted(new.rglob("*"), key=_order):
            if path.is_file():
                name = path.relative_to(new)
                (old / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                if (folder / name).exists():
                    shutil.copy2(folder / name, old / name)
                # One step: whoever is stopped here leaves each file whole, the old one or the new one.
                path.replace(folder / name)
                moved.append(name)
    except OSError as error:
        # What is held open was not replaced, and cannot be now either: the others go back.
        for done in reversed(moved):
            if (old / done).exists():
                (old / done).replace(folder / done)
            else:
                with suppress(OSError):
                    (folder / done).unlink()
        problem = f"cannot be written ({error.strerror})"
        raise wrong_argument(argument, problem, "close the file where it is open, and try again", name) from None
