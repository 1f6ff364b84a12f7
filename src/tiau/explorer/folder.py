"""A scenario's folder while somebody edits it: whether anything in it changed since it was looked at."""

from __future__ import annotations

import os
from pathlib import Path

from tiau.faults import InputError
from tiau.loading import locate

MOST_FILES = 10_000
Seen = tuple[tuple[str, int, int], ...]


def seen(source: str) -> Seen:
    """Return the files of a scenario's folder by name, size and time; none where there is no folder."""
    try:
        folder = locate(source)
    except InputError:
        return ()
    found = []
    # What goes away meanwhile ends `rglob`, and not this.
    every = (Path(within, name) for within, folders, names in os.walk(folder) for name in [*folders, *names])
    for count, path in enumerate(every):
        if count >= MOST_FILES:
            break
        try:
            about = path.stat()
        except OSError:
            continue
        found.append((path.relative_to(folder).as_posix(), about.st_size, about.st_mtime_ns))
    return tuple(sorted(found))


def own(source: str) -> Path | None:
    """Return the scenario folder in which what-ifs can be kept: an own one, none that ships with Tiau or of Flee's."""
    from tiau.scenario import library

    folder = locate(source)
    packaged = {library.folder(name).resolve() for name in library.names()}
    is_own = (folder / "scenario.toml").is_file() and folder.resolve() not in packaged
    return folder if is_own else None
