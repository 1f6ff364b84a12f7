"""posterior.csv of a scenario folder: what a fit learned, an unknown a row and a member a column, read and written.

In the folder `posteriors` there may be others, named by the day until which they know.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from tiau.faults import Fault, InputError, nearest, number_of
from tiau.readers.cells import unreadable_cell
from tiau.readers.files import read_text
from tiau.readers.odd_rows import other_separator
from tiau.scenario.posterior import DECIMALS, LARGEST, Posterior
from tiau.scenario.unknown import DRIFTING, KINDS, Unknown
from tiau.scenario.vocabulary import parse_day
from tiau.texts import formula, hidden_in_line

POSTERIOR_FILE = "posterior.csv"
POSTERIORS = "posteriors"
COLUMNS = ("kind", "name", "day", "mean", "sd")
MOST_MEMBERS = 16_384 - len(COLUMNS)
"""No spreadsheet has more than 16,384 columns."""
MOST_FAULTS = 20_000
LARGEST_FILE = 400_000_000
AGAIN = "run tiau fit again, or delete the file"

_DIGEST = re.compile(r"(scenario|prior) ([0-9a-f]{64})")
_WHOLE = re.compile(r"[0-9]{1,20}")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


def kept_as(day: dt.date) -> str:
    """Return where a scenario folder keeps what was learned from what was known until a day."""
    return f"{POSTERIORS}/{day}.csv"


def write_posterior(path: Path, posterior: Posterior) -> None:
    """Write what a fit learned; `read_posterior` gives the same back.

    Raises
    ------
    InputError
        If it has more members than a spreadsheet has columns, or more numbers than can be read again.
    """
    if posterior.members > MOST_MEMBERS:
        problem = f"would have {posterior.members:,} members, and a spreadsheet has columns for {MOST_MEMBERS:,}"
        raise InputError([Fault(POSTERIOR_FILE, problem, "fit with fewer members")])
    blank = [""] * posterior.members
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([*COLUMNS, *(f"m{member}" for member in range(1, posterior.members + 1))])
        for row in _of_the_fit(posterior):
            writer.writerow([*row, *blank])
        values = posterior.values
        means, sds = values.mean(1), values.std(1, ddof=min(1, posterior.members - 1))
        for unknown, mean, sd, numbers in zip(posterior.unknowns, means, sds, values.tolist(), strict=True):
            named = [unknown.kind, _guarded(unknown.name), str(unknown.day or "")]
            writer.writerow([*named, *map(_number, (mean, sd)), *map(_number, numbers)])
    if path.stat().st_size > LARGEST_FILE:
        problem = f"would be larger than the {LARGEST_FILE // 1_000_000} MB that can be read"
        raise InputError([Fault(POSTERIOR_FILE, problem, "fit with fewer members")])


def _of_the_fit(posterior: Posterior) -> Iterator[list[str]]:
    yield ["fit", "known_until", str(posterior.known_until), "", ""]
    yield ["fit", "seed", "", str(posterior.seed), ""]
    if posterior.figures is not None:
        yield ["fit", "figures", "", str(posterior.figures), ""]
    for of, digest in (("scenario", posterior.scenario_digest), ("prior", posterior.prior_digest)):
        if digest:
            yield ["fit", f"{of} {digest}", "", "", ""]
    for name, sd in posterior.noise.items():
        yield ["noise", _guarded(name), "", _number(sd), ""]


def _number(value: float) -> str:
    text = f"{value:.{DECIMALS}f}"
    return "0.0000" if text == "-0.0000" else text


def _guarded(name: str) -> str:
    """Return a name as no formula: with an apostrophe before it, or one more where it has some already."""
    return f"'{name}" if formula(name.lstrip("'")) else name


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and formula(text.lstrip("'")) else text


@dataclass
class _Reading:
    """What is gathered while rows are read."""

    members: int
    faults: list[Fault] = field(default_factory=list)
    first: dict[tuple[str, ...], int] = field(default_factory=dict)
    known_until: dt.date | None = None
    whole: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    noise: dict[str, float] = field(default_factory=dict)
    unknowns: list[Unknown] = field(default_factory=list)
    values: list[list[float]] = field(default_factory=list)

    def fault(self, row: int, problem: str, column: str = "", cell: str = "", remedy: str = "") -> None:
        """Note a fault; whatever else may be done about it, the file can be made again or go."""
        remedy = f"{remedy}, or {AGAIN}" if remedy else AGAIN
        self.faults.append(Fault(POSTERIOR_FILE, problem, remedy, row, column, cell))


def read_posterior(path: Path) -> tuple[Posterior | None, list[Fault]]:
    """Return what posterior.csv says; None, and why, where it cannot be used.

    The mean and sd of an unknown are for readers: they are written, and not read.
    """
    text, faults = read_text(path, LARGEST_FILE)
    if faults:
        return None, [replace(fault, remedy=f"{fault.remedy}, or {AGAIN}") for fault in faults]
    csv.field_size_limit(LARGEST_FILE)
    records = enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1)
    number, reading = 0, _Reading(members=0)
    try:
        number, header = next(records, (1, []))
        if wrong := list(_header_faults(header)):
            return None, wrong
        reading.members = len(_trimmed(header)) - len(COLUMNS)
        for number, cells in records:
            if any(cells) and any(cell.strip() for cell in cells):
                _read_row(reading, number, [cell.strip() for cell in cells])
            if len(reading.faults) >= MOST_FAULTS:
                reading.fault(number, f"has more than {MOST_FAULTS:,} faults: the rest was not read")
                break
    except csv.Error as error:
        reading.fault(number + 1, f"is not a table from here on ({error})")
    return _put_together(reading), reading.faults


def read_posteriors(folder: Path) -> tuple[tuple[Posterior, ...], list[Fault]]:
    """Return the posteriors that a scenario folder keeps, in order of days, and what is wrong with the others."""
    found: list[Posterior] = []
    faults: list[Fault] = []
    for path in sorted((folder / POSTERIORS).glob("*.csv")):
        if path.name.startswith((".", "~")):
            continue
        name = f"{POSTERIORS}/{path.name}"
        one, wrong = read_posterior(path)
        faults += [replace(fault, file=name) for fault in wrong]
        if one is not None and name != kept_as(one.known_until):
            problem = f"holds what was known until {one.known_until}, and is named otherwise"
            faults.append(Fault(name, problem, f"rename it to {one.known_until}.csv"))
        elif one is not None:
            found.append(one)
    return tuple(found), faults


def write_posteriors(folder: Path, posteriors: Sequence[Posterior]) -> None:
    """Write posteriors into a scenario folder; `read_posteriors` gives the same. Raises as `write_posterior` does."""
    for one in posteriors:
        (folder / POSTERIORS).mkdir(exist_ok=True)
        write_posterior(folder / kept_as(one.known_until), one)


def _put_together(reading: _Reading) -> Posterior | None:
    """Return the posterior of rows that were read, or None with a fault noted."""
    if not reading.faults:
        there = {"known_until": reading.known_until, **reading.whole}
        reading.faults += [
            Fault(POSTERIOR_FILE, f"has no row of kind fit with the name {name}", AGAIN)
            for name in ("known_until", "seed") if there.get(name) is None
        ]  # fmt: skip
    if reading.faults or reading.known_until is None:
        return None
    return Posterior(
        unknowns=tuple(reading.unknowns),
        values=np.array(reading.values, np.float64).reshape(len(reading.unknowns), reading.members),
        known_until=reading.known_until, seed=reading.whole["seed"], noise=reading.noise,
        figures=reading.whole.get("figures"),
        scenario_digest=reading.digests.get("scenario", ""), prior_digest=reading.digests.get("prior", ""),
    )  # fmt: skip


def _trimmed(cells: Sequence[str]) -> list[str]:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names


def _header_faults(cells: Sequence[str]) -> Iterator[Fault]:
    """Yield what is wrong with the header: nothing below it can be relied on then."""
    header = _trimmed(cells)
    if not header:
        yield Fault(POSTERIOR_FILE, "is empty", AGAIN, 1)
    elif fault := other_separator(POSTERIOR_FILE, 1, header):
        yield fault
    elif len(header) - len(COLUMNS) > MOST_MEMBERS:
        problem = f"has {len(header):,} columns, more than the {MOST_MEMBERS + len(COLUMNS):,} of a spreadsheet"
        yield Fault(POSTERIOR_FILE, problem, f"fit with fewer members, or {AGAIN}", 1)
    else:
        wanted = [*COLUMNS, *(f"m{member}" for member in range(1, max(2, len(header) - len(COLUMNS) + 1)))]
        for position, name in enumerate(wanted):
            if name not in header:
                yield Fault(POSTERIOR_FILE, f'has no column "{name}"', AGAIN, 1)
            elif header[position] != name:
                problem = f"stands where the column {name} should be"
                yield Fault(POSTERIOR_FILE, problem, AGAIN, 1, cell=header[position])


def _read_row(reading: _Reading, row: int, cells: list[str]) -> None:
    width = len(COLUMNS) + reading.members
    cells += [""] * (len(COLUMNS) - len(cells))
    kind, name, day = cells[0], _bare(cells[1]), cells[2]
    for column, cell in zip(COLUMNS, cells, strict=False):
        if fault := unreadable_cell(POSTERIOR_FILE, row, column, cell, hidden_in_line):
            reading.faults.append(fault)
            return
    if kind not in ("fit", "noise", *KINDS):
        reading.fault(row, "is not a kind" if kind else "is blank", "kind", kind, nearest(kind, KINDS))
        return
    if not name:
        reading.fault(row, "is blank", "name", remedy="name what it is of")
        return
    earlier = reading.first.setdefault((kind, name, day), row)
    if earlier != row:
        reading.fault(row, f"stands in row {earlier} already", "name", name, "remove one of the two rows")
    elif kind == "fit":
        _read_fit(reading, row, name, day, cells[3])
    elif kind == "noise":
        sd = float(cells[3]) if _NUMBER.fullmatch(cells[3]) else math.nan
        if 0.5 * 10**-DECIMALS < sd <= LARGEST:
            reading.noise[name] = sd
        else:
            reading.fault(row, "is no sd above 0" if cells[3] else "is blank", "mean", cells[3], "write a number")
    elif len(cells) < width or any(cells[width:]):
        problem = f"has {len(cells):,} cells for {number_of(width, 'column')}"
        reading.fault(row, problem, cell=name)
    else:
        _read_unknown(reading, row, Unknown(kind, name, _day(reading, row, day)), cells[len(COLUMNS) : width])
        if day and kind not in DRIFTING:
            reading.fault(row, f"has a day, and what is of kind {kind} has none", "day", day, "leave the day blank")


def _read_fit(reading: _Reading, row: int, name: str, day: str, number: str) -> None:
    """Read one of the rows that say what it was fitted to."""
    if name == "known_until":
        if not day:
            reading.fault(row, "is blank", "day", remedy="write the last day on which something was known")
        reading.known_until = _day(reading, row, day)
    elif name in ("seed", "figures"):
        if _WHOLE.fullmatch(number) and int(number) < 2**64:
            reading.whole[name] = int(number)
        else:
            reading.fault(row, "is not a whole number" if number else "is blank", "mean", number, "write digits only")
    elif found := _DIGEST.fullmatch(name):
        reading.digests[found[1]] = found[2]
    else:
        remedy = nearest(name, ("known_until", "seed", "figures"))
        reading.fault(row, "is nothing that a row of kind fit tells", "name", name, remedy)


def _read_unknown(reading: _Reading, row: int, unknown: Unknown, cells: list[str]) -> None:
    """Read the numbers of members, all at once where nothing is wrong with any: a file has hundreds of thousands."""
    try:
        # What float takes beyond plain numbers has other letters.
        numbers = [float(cell) for cell in cells] if set("".join(cells)) <= set("0123456789.+-eE") else []
    except ValueError:
        numbers = []
    if not numbers or not max(map(abs, numbers)) <= LARGEST:
        for position, cell in enumerate(cells, start=1):
            if not _NUMBER.fullmatch(cell) or not abs(float(cell)) <= LARGEST:
                problem = "is not a number that can be used" if cell else "is blank"
                reading.fault(row, problem, f"m{position}", cell, "write digits, with a point before decimals")
    reading.unknowns.append(unknown)
    reading.values.append(numbers)


def _day(reading: _Reading, row: int, text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return parse_day(text)
    except ValueError as error:
        problem, _, remedy = str(error).partition("; ")
        reading.fault(row, problem, "day", text, remedy)
        return None
