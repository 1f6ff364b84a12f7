"""The folder of a result: written beside and renamed, so that nothing half-written reads as a result."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tiau.faults import Fault, InputError
from tiau.results.result import Result
from tiau.results.tables import write_fit, write_presence
from tiau.version import __version__

PROVENANCE = "provenance.json"
_LIBRARIES = ("numpy", "numba", "scipy", "xarray", "h5netcdf")
_PARTIAL = ".tiau-partial-"


def is_result(folder: Path) -> bool:
    """Whether a folder is a whole result: its provenance names every file with its size and hash."""
    try:
        files = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))["files"]
        return bool(files) and all(_description(folder / name) == found for name, found in files.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def refuse_unless_ours(out: Path) -> None:
    """Refuse a target that holds anything but a result.

    Raises
    ------
    InputError
        If it is a file, or a folder with other things in it, or cannot be made.
    """
    problem = ""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        problem = "is not a folder"
    elif out.is_dir() and any(out.iterdir()) and not (out / PROVENANCE).is_file():
        problem = "holds something that is not a result of Tiau"
    if problem:
        raise InputError([Fault("--out", problem, "name a new folder", cell=str(out))])


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """Give a folder to write into that takes the place of `out` once the block ends without an error.

    Yields
    ------
    Path
        An empty folder beside `out`; it is removed if the block fails.
    """
    refuse_unless_ours(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f"{_PARTIAL}{out.name}-", dir=out.parent))
    try:
        yield partial
        partial.chmod(0o755)
        refuse_unless_ours(out)
        earlier = partial.with_name(partial.name + "-earlier")
        if out.exists():
            out.rename(earlier)
        try:
            partial.rename(out)
        except OSError:
            if earlier.exists():
                earlier.rename(out)
            raise
        shutil.rmtree(earlier, ignore_errors=True)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def write(
    result: Result,
    out: Path,
    *,
    report: Callable[[Result, dict[str, Any]], str],
    suppress_below: float = 10,
    command: str = "",
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
    """
    provenance = provenance_of(result, command=command)
    with replacing(out) as partial:
        write_netcdf(result, partial / "result.nc")
        write_presence(result, partial / "presence.csv", suppress_below=suppress_below)
        write_fit(result, partial / "fit.csv")
        (partial / "report.html").write_text(report(result, provenance), encoding="utf-8")
        names = sorted(path.name for path in partial.iterdir())
        provenance["files"] = {name: _description(partial / name) for name in names}
        text = json.dumps(provenance, indent=1, ensure_ascii=False)
        (partial / PROVENANCE).write_text(text + "\n", encoding="utf-8")


def write_netcdf(result: Result, path: Path) -> None:
    """Write result.nc."""
    dataset = result.dataset()
    packed = {"zlib": True, "complevel": 1, "shuffle": True}
    encoding = {name: packed for name, variable in dataset.data_vars.items() if variable.dtype.kind == "f"}
    dataset.to_netcdf(path, engine="h5netcdf", encoding=encoding)


def provenance_of(result: Result, *, command: str = "") -> dict[str, Any]:
    """Return where a result comes from: version, scenario, parameters, seed, environment."""
    scenario = result.network.scenario
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
        "members": result.members,
        "seed": result.seed,
        "chance": result.chance,
        "parameters": {name: setting.model_dump() for name, setting in scenario.settings.parameters.items()},
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


def _description(path: Path) -> dict[str, Any]:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return {"size": path.stat().st_size, "sha256": digest.hexdigest()}
