"""What makes a folder a result: a provenance that names every other file with its size and hash."""

from __future__ import annotations

import hashlib
import json
import stat
from pathlib import Path
from typing import Any

PROVENANCE = "provenance.json"
_LARGEST_PROVENANCE = 100_000_000


def seal(folder: Path, provenance: dict[str, Any]) -> None:
    """Write provenance.json with size and hash of each other file, which makes a folder a result.

    Files of folders in it are named as "inputs/places.csv".
    """
    provenance["files"] = {name: _description(folder / name) for name in files_in(folder)}
    text = json.dumps(provenance, indent=1, ensure_ascii=False)
    (folder / PROVENANCE).write_text(text + "\n", encoding="utf-8")


def files_in(folder: Path) -> list[str]:
    """Return the names of all files of a folder and of those in it, and of folders that are empty, in order."""
    there = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir() or not any(path.iterdir()))
    return sorted(path.relative_to(folder).as_posix() for path in there)


def is_result(folder: Path) -> bool:
    """Whether a folder is a whole result: its provenance names every file with its size and hash."""
    return bool(sealed_in(folder))


def sealed_in(folder: Path) -> frozenset[str]:
    """Return the names of the files that a provenance seals; none if one of them is not as it says."""
    try:
        if not _ordinary(folder / PROVENANCE) or (folder / PROVENANCE).stat().st_size > _LARGEST_PROVENANCE:
            return frozenset()
        files = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))["files"]
        whole = all(_is_as_described(folder, name, found) for name, found in files.items())
        return frozenset(files) if whole else frozenset()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return frozenset()


def _is_as_described(folder: Path, name: str, found: dict[str, Any]) -> bool:
    """Whether a file is what a provenance says; its hash is worked out only of an ordinary file of the right size."""
    path = folder / name
    inside = ".." not in path.parts and path.is_relative_to(folder) and not _linked(folder, path)
    same_size = inside and _ordinary(path) and path.stat().st_size == found["size"]
    return same_size and _description(path) == found


def _linked(folder: Path, path: Path) -> bool:
    """Whether a folder on the way to a file is a link, which may lead anywhere."""
    return any(above.is_symlink() for above in path.parents if above != folder and above.is_relative_to(folder))


def _ordinary(path: Path) -> bool:
    """Whether a path is a file and nothing that looks like one: opening a pipe or a device may never end."""
    return stat.S_ISREG(path.lstat().st_mode)


def _description(path: Path) -> dict[str, Any]:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return {"size": path.stat().st_size, "sha256": digest.hexdigest()}
