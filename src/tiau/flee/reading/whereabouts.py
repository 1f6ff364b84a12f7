"""Folders and files that are elsewhere than they should be: what to name, to move or to rename instead."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from tiau.faults import clip
from tiau.readers.notes import joined
from tiau.scenario import library

INPUTS, SOURCES = "input_csv", "source_data"
OF_INPUTS = ("locations.csv", "routes.csv", "sim_period.csv")
CLOSE = 0.8
MOST_LOOKED_AT = 1000
LEVELS_UP = 3
SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".numbers")


def is_case(folder: Path) -> bool:
    """Whether a folder is in the format of Flee."""
    return (folder / INPUTS).is_dir()


def meant_instead(folder: Path) -> str:
    """Return as a remedy which case was meant by a folder that is none; an empty text where nothing is near."""
    inside = [path for path in _within(folder) if path.is_dir()]
    cases = [path.name for path in inside if is_case(path)]
    if cases:
        return f"name a case folder in it: {joined(cases)}"
    if around := next((above for above in islice(folder.resolve().parents, LEVELS_UP) if is_case(above)), None):
        return f"it is the inside of a case folder of Flee's: name the folder that holds it, {clip(around.name)}"
    if sum((folder / file).is_file() for file in OF_INPUTS) > 1:
        return f"put its tables into a folder {INPUTS}, the counts into {SOURCES} beside it, and name what holds both"
    near = misspelt(INPUTS, [path.name for path in inside])
    return f'rename its folder "{clip(near)}" to {INPUTS}' if near else ""


def of_tiau(folder: Path, source: str) -> str:
    """Return as a remedy how a scenario of Tiau's own is run, if a folder or a name is one; else an empty text."""
    if source in library.names() or (folder / "scenario.toml").is_file():
        return f"it is a scenario of Tiau's own: tiau run {clip(source)}"
    return ""


def misspelt(name: str, present: list[str]) -> str:
    """Return the name present that is another spelling of one that should be there; an empty text if none is."""
    stems = {other.lower().removesuffix(".txt").rpartition(".")[0] or other.lower(): other for other in present}
    wanted = name.rpartition(".")[0] or name
    return next((stems[stem] for stem in get_close_matches(wanted, stems, 1, CLOSE)), "")


def renamed(name: str, present: list[str]) -> str:
    """Return as a remedy what to do with a file that is meant to be the one of a name; an empty text if none is."""
    near = misspelt(name, present)
    if near.lower().endswith(SPREADSHEETS):
        return f'open "{clip(near)}" in a spreadsheet and save it as CSV: {name}'
    return f'rename "{clip(near)}" to {name}' if near else ""


def moved(folder: Path, name: str) -> str:
    """Return as a remedy from where to move a file that a folder of a case lacks; an empty text if it is nowhere."""
    beside = [folder.parent, *(path for path in _within(folder.parent) if path.is_dir() and path != folder)]
    for other in (*beside, *(path for path in _within(folder) if path.is_dir())):
        if any(path.name == name for path in _within(other)):
            if not folder.is_dir() and other != folder.parent:
                return f"rename the folder {clip(other.name)} to {folder.name}"
            shown = (other / name).relative_to(folder.parent).as_posix()
            return f"move {clip(shown)} into {folder.name}"
    return ""


def lies_over(folder: Path, missing: list[str]) -> Path | None:
    """Return the case above a folder that has all that it lacks: Flee copies such a folder over that case."""
    above = folder.resolve().parents
    return next(
        (
            case for case in islice(above, LEVELS_UP)
            if is_case(case) and all((case / name).is_file() for name in missing)
        ),
        None,
    )  # fmt: skip


def names_in(folder: Path) -> list[str]:
    """Return the names of what a folder holds, none where it cannot be opened."""
    return [path.name for path in _within(folder)]


def _within(folder: Path) -> list[Path]:
    try:
        return sorted(islice(folder.iterdir(), MOST_LOOKED_AT))
    except OSError:
        return []
