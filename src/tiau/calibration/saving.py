"""A fit on disk: posterior.csv beside the tables of its scenario or of a copy, and a folder with what was learned."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tiau import loading
from tiau.calibration.checks import Checks
from tiau.calibration.fit import Fit
from tiau.calibration.learned import BANDS, Learned, correlations
from tiau.faults import InputError, wrong_argument
from tiau.readers.new_folder import new_folder, require_empty
from tiau.readers.posterior import POSTERIOR_FILE, write_posterior
from tiau.readers.settings import SETTINGS_FILE
from tiau.results.spreadsheet import write_csv
from tiau.scenario import library
from tiau.scenario.model import Scenario

FOLDER = "fit"
FILES = {
    POSTERIOR_FILE: "what run, compare and forecast go by", f"{FOLDER}/checks.svg": "figures before and after",
    f"{FOLDER}/checks.csv": "the same as a table", f"{FOLDER}/learned.csv": "everything that was not known",
    f"{FOLDER}/correlations.csv": "what goes with what",
}  # fmt: skip
Rows = Iterable[Sequence[str]]


class Target(NamedTuple):
    """Where a fit is written.

    Attributes
    ----------
    folder : Path
    source : Path or None
        The scenario that is copied there first; None where its tables are there already.
    """

    folder: Path
    source: Path | None


def target(source: str | Path, out: Path | None, scenario: Scenario) -> Target:
    """Return where a fit of a scenario is written: beside its tables, or into a copy that `out` names.

    Raises
    ------
    InputError
        If `out` is not given where the scenario has no folder of tables of its own; if it is a folder that holds
        anything but this scenario, or cannot be written.
    """
    home = loading.locate(source)
    if out is None or (out.is_dir() and out.samefile(home)):
        if home in map(library.folder, library.names()):
            raise wrong_argument("out", "is needed: a packaged scenario stays as it is", "name a folder for a copy")
        if not (home / SETTINGS_FILE).is_file():
            raise wrong_argument("out", "is needed: a case of Flee's has no posterior", "name a folder for a scenario")
        _require_writable(home, "scenario")
        return Target(home, None)
    if out.is_dir() and any(out.iterdir()):
        if not _holds(out, scenario):
            remedy = f"choose a new name, or fit what it holds: tiau fit {out}"
            raise wrong_argument("out", "is not empty, and holds no copy of this scenario as it is now", remedy, out)
        _require_writable(out, "out")
        return Target(out, None)
    with _as_out():
        require_empty(out)
    return Target(out, home)


def _holds(folder: Path, scenario: Scenario) -> bool:
    """Whether a folder holds a scenario as it is, fitted or not."""
    try:
        found, _ = loading.examine(folder)
    except InputError:
        return False
    return found is not None and found.without_posterior().digest() == scenario.without_posterior().digest()


def _require_writable(folder: Path, argument: str) -> None:
    taken = folder / FOLDER
    if taken.exists() and not taken.is_dir():
        raise wrong_argument(argument, f"holds a file named {FOLDER}", "rename it: what was learned goes there", folder)
    try:
        tempfile.TemporaryDirectory(prefix=".tiau-try-", dir=folder).cleanup()
    except OSError as error:
        raise wrong_argument(argument, f"cannot be written ({error.strerror})", "name another folder", folder) from None


@contextmanager
def _as_out() -> Iterator[None]:
    """Let what is wrong with a folder be said of the argument that names it here."""
    try:
        yield
    except InputError as error:
        raise InputError([replace(one, file="out") if one.argument else one for one in error.faults]) from None


def save(where: Target, fit: Fit, things: Sequence[Learned], found: Checks, picture: str) -> None:
    """Write a fit: files with names for the time being, which then take the place of an earlier fit's.

    Parameters
    ----------
    where : Target
    fit : Fit
    things : sequence of Learned
    found : Checks
    picture : str
        Of the checks, as SVG.
    """
    if where.source is None:
        partial = Path(tempfile.mkdtemp(prefix=".tiau-partial-", dir=where.folder))
        try:
            _write(partial, fit, things, found, picture)
            (where.folder / FOLDER).mkdir(exist_ok=True)
            for name in reversed(FILES):
                (partial / name).replace(where.folder / name)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        return
    with _as_out(), new_folder(where.folder) as partial:
        copied = partial / "copy"
        loading.copy(where.source, copied)
        _write(copied, fit, things, found, picture)
        for path in copied.iterdir():
            path.rename(partial / path.name)
        copied.rmdir()


def _write(folder: Path, fit: Fit, things: Sequence[Learned], found: Checks, picture: str) -> None:
    (folder / FOLDER).mkdir(exist_ok=True)
    write_posterior(folder / POSTERIOR_FILE, fit.learned)
    (folder / FOLDER / "checks.svg").write_text(picture, encoding="utf-8", newline="\n")
    write_csv(folder / FOLDER / "checks.csv", CHECKED, _checked(found))
    write_csv(folder / FOLDER / "learned.csv", LEARNED, _learned(things))
    write_csv(folder / FOLDER / "correlations.csv", CORRELATED, _correlated(things))


LEARNED = (
    "kind", "name", "unit", "judged", "prior_p05", "prior_p50", "prior_p95", "p05", "p50", "p95", "sd_left",
)  # fmt: skip
CORRELATED = ("kind", "name", "with_kind", "with_name", "correlation", "prior_correlation")
CHECKED = (
    "report", "as_of", "place", "class", "bound", "value", "prior_p05", "prior_p50", "prior_p95", "p05", "p50", "p95",
    "share_below",
)  # fmt: skip


def _learned(things: Sequence[Learned]) -> Rows:
    for one in things:
        numbers = [f"{value:.4g}" for value in (*one.prior, *one.posterior)]
        yield one.kind, one.name, one.unit, "yes" if one.judged else "no", *numbers, f"{one.left:.3f}"


def _correlated(things: Sequence[Learned]) -> Rows:
    for one, other, after, before in correlations(list(things)):
        yield one.kind, one.name, other.kind, other.name, f"{after:.2f}", f"{before:.2f}"


def _checked(found: Checks) -> Rows:
    ends = [np.quantile(of, BANDS, axis=1).T for of in (found.prior, found.posterior)]
    for row, placement in enumerate(found.placements):
        report, below = placement.report, np.mean(found.posterior[row] < found.values[row])
        yield (
            report.report, str(report.as_of), report.place, placement.figure_class.name, report.bound,
            f"{found.values[row]:.0f}", *(f"{value:.0f}" for of in ends for value in of[row]), f"{below:.3f}",
        )  # fmt: skip
