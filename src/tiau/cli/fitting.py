"""`tiau fit`: the level of a scenario fitted to its figures."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from tiau.cli.console import console, err, print_plain
from tiau.cli.options import Members, OnlyOn, Seed
from tiau.cli.reading import in_a_shell, read_aloud
from tiau.cli.steps import steps_shown
from tiau.faults import Fault, InputError
from tiau.presentation.columns import Column, Columns

if TYPE_CHECKING:
    from tiau.evaluation.level import Level

_ENTRY = re.compile(r"(?:value|why)\s*=\s*(?:\"\"\"[\s\S]*?\"\"\"|'''[\s\S]*?'''|.*)\n?")
"""A key of a parameter with its value, which may go over lines."""


def fit(scenario: str, *, members: Members = 20, seed: Seed = 1, write: OnlyOn = False) -> None:
    """Fit how many people leave to the figures of a scenario: the level alone, with everything else as it is.

    Parameters
    ----------
    scenario
        A scenario folder.
    members
        Members of each run.
    seed
        The same seed gives the same numbers.
    write
        Write the rate into scenario.toml, and until when figures were known that it was fitted to.
    """
    file = Path(scenario) / "scenario.toml"
    if write and not file.is_file():
        remedy = "copy the scenario into a folder first: tiau copy SCENARIO FOLDER"
        raise InputError([Fault("--write", "needs a scenario folder of your own", remedy, cell=scenario)])
    with steps_shown(err) as steps:
        with steps("reading"):
            loaded = read_aloud(scenario)
        from tiau.calibration.level import fit_level
        from tiau.presentation.words.levels import figures_of

        found = fit_level(loaded, members=members, seed=seed, steps=steps)
    out, figures = console(), figures_of(found.last)
    out.print(
        Text(f"departure_rate {found.before:.3g} -> {found.rate:.3g} per day and unit of intensity, {found.runs} runs")
    )
    out.print(Text(
        f"the median of {figures} was {found.first.factor:.3g} times the run's, and is "
        f"{found.last.factor:.3g} times"
    ))  # fmt: skip
    if len(found.last.sources) > 1:
        out.print(_by_source(found.last))
    if found.last.off:
        out.print(
            Text("no rate reaches the figures: look at who lives where, at events, and at what the figures count")
        )
    if write and found.last.off:
        print_plain("nothing was written")
    elif write:
        why = f"level fitted to {figures} known until {found.fitted_until} (tiau fit)"
        _write(file, found.rate, why, str(found.fitted_until))
        print_plain(f"written to {file}; next: tiau run {in_a_shell(scenario)}")
    else:
        print_plain("nothing was written: --write puts it into scenario.toml")


def _by_source(found: Level) -> Columns:
    """Lay out how far the figures of each source lie: where they pull apart, no rate fits them all."""
    table = Columns([Column("quantity"), Column("said by", least=20), Column("reported / run", right=True)])
    for (quantity, who), factor in sorted(found.sources.items(), key=lambda item: -item[1]):
        table.add(quantity, who or "not said", f"{factor:,.3g}")
    return table


def _write(file: Path, rate: float, why: str, until: str) -> None:
    """Put a rate into a settings file, whose other lines and remarks stay as they are."""
    text = file.read_text(encoding="utf-8-sig")
    entry = f'value = {rate:.6g}\nwhy = "{why}"\n'
    header = "[parameters.departure_rate]"
    before, there, after = text.partition(header)
    if there:
        kept, rest = "", after.removeprefix("\n")
        while rest and not rest.startswith("["):
            if own := _ENTRY.match(rest):
                rest = rest[own.end() :]
            else:
                line, end, rest = rest.partition("\n")
                kept += line + end
        text = f"{before}{header}\n{entry}{kept}{rest}"
    else:
        text = f"{text.rstrip()}\n\n{header}\n{entry}"
    line = f"fitted_until = {until}"
    known = re.compile(r"^fitted_until\s*=.*$", re.MULTILINE)
    text = (
        known.sub(line, text)
        if known.search(text)
        else re.sub(r"^(end\s*=.*)$", rf"\1\n{line}", text, count=1, flags=re.MULTILINE)
    )
    partial = file.with_name(f".{file.name}.partial")
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(file)
