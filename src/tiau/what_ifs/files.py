"""What-if files: found by name or path, read, and carried out on a scenario."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tiau.faults import Fault, InputError, nearest, wrong_argument
from tiau.readers.toml import read_toml
from tiau.scenario import library
from tiau.scenario.model import Scenario
from tiau.what_ifs.editing import Changed, Editor, attempt
from tiau.what_ifs.model import WhatIf, parse

FOLDER = "what-ifs"


def shipped(folder: Path) -> dict[str, Path]:
    """Return the what-ifs that stand in a scenario's folder, by name."""
    return {path.stem: path for path in sorted((folder / FOLDER).glob("*.toml"))}


def titles(folder: Path) -> tuple[dict[str, str], list[Fault]]:
    """Return the titles of the what-ifs that stand in a scenario's folder, by name, and what is wrong with others."""
    found: dict[str, str] = {}
    faults: list[Fault] = []
    for name, path in shipped(folder).items():
        what_if, wrong = read_change(path)
        if what_if is not None:
            found[name] = what_if.title
        faults += wrong
    return found, faults


def read_change(path: Path) -> tuple[WhatIf | None, list[Fault]]:
    """Read a what-if file; None where something is wrong with it."""
    content, faults = _content(path)
    if content is None:
        return None, faults
    what_if, _, faults = parse(content, name=path.stem, file=path.name)
    return what_if, faults


def locate_change(source: str | Path, folder: Path | None) -> Path:
    """Return the file of a what-if that is given as a path, or by its name in a scenario's folder.

    Raises
    ------
    InputError
        If it is neither; the message names those that there are.
    """
    path, known = Path(source), shipped(folder) if folder is not None else {}
    problem = "is neither a file nor a what-if of the scenario"
    try:
        if path.is_file():
            return path
        if path.is_dir():
            problem = "is a folder, not a what-if file"
    except (OSError, ValueError) as error:
        problem = f"cannot be opened ({getattr(error, 'strerror', None) or 'its name is not valid'})"
    if str(source) in known:
        return known[str(source)]
    listed = f"what-ifs of the scenario: {', '.join(known)}" if known else "name a file that ends in .toml"
    raise wrong_argument("change", problem, nearest(str(source), known) or listed, source)


def examine_change(path: Path, scenario: Scenario) -> tuple[Changed | None, list[Fault]]:
    """Read a what-if file and carry it out; return what came of it, or everything that is wrong."""
    content, faults = _content(path)
    if content is None:
        return None, faults
    what_if, edits, faults = parse(content, name=path.stem, file=path.name)
    if what_if is not None:
        return attempt(scenario, what_if, file=path.name)
    editor = Editor(scenario, path.name)
    editor.carry_out(edits, why="")
    return None, faults + editor.faults


def load_changes(
    sources: Iterable[str | Path | WhatIf], scenario: Scenario, *, folder: Path | None = None
) -> tuple[Changed, ...]:
    """Carry out what-ifs, each on the scenario as it is.

    They are given by name in the scenario's folder (by default that of the packaged scenario of this name), as paths of
    files, or as what-ifs.

    Raises
    ------
    InputError
        With every fault of every what-if.
    """
    if folder is None and scenario.name in library.names():
        folder = library.folder(scenario.name)
    done: dict[str, Changed] = {}
    faults: list[Fault] = []
    for source in sources:
        try:
            if isinstance(source, WhatIf):
                changed, found = attempt(scenario, source)
            else:
                changed, found = examine_change(locate_change(source, folder), scenario)
        except InputError as error:
            changed, found = None, list(error.faults)
        faults += found
        if changed is not None and changed.what_if.name in done:
            problem = "names a what-if that was given before"
            faults += wrong_argument("change", problem, "give each another name", changed.what_if.name).faults
        elif changed is not None:
            done[changed.what_if.name] = changed
    if faults:
        raise InputError(faults)
    return tuple(done.values())


def _content(path: Path) -> tuple[dict[str, Any] | None, list[Fault]]:
    content, faults = read_toml(path)
    return content, [replace(f, remedy="save it as UTF-8") if "UTF" in f.problem else f for f in faults]
