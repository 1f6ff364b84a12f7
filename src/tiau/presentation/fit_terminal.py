"""What a fit says in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from tiau.calibration.checks import Checks
from tiau.calibration.fit import Fit
from tiau.calibration.learned import Learned, correlations
from tiau.evaluation.coverage import LEVELS
from tiau.presentation.columns import Column, Columns
from tiau.presentation.words import fitting
from tiau.presentation.words.conditioned import prior_knows_more


def show_fit(fit: Fit, things: Sequence[Learned], found: Checks, console: Console) -> None:
    """Print a fit: what it was fitted to, what was learned, what was not, and how the fitted figures lie."""
    console.print(Text(fit.scenario.settings.title, style="bold"))
    console.print(Text(fitting.fitted_to(fit)))
    console.print(Text(fitting.how(fit)))
    for said in filter(None, (prior_knows_more(fit.scenario), fitting.level(fit))):
        console.print(Text(said, style="yellow"))
    console.print()
    console.print(_table(fitting.chosen(things)))
    if untold := fitting.untold(things):
        _list("Not told by the figures", untold, console)
        console.print(Text(fitting.UNTOLD_MEANS))
    if pairs := fitting.pairs(correlations(list(things))):
        _list("What goes with what (correlation)", pairs, console)
    console.print()
    console.print(_noise(fit))
    console.print()
    console.print(_inside(found))
    console.print(Text(f"{fitting.FITTED_ONES}\n"))


def _list(title: str, lines: Sequence[str], console: Console) -> None:
    console.print(Text(f"\n{title}", style="italic"))
    for line in lines:
        console.print(Text(f"  {line}"))


def _table(chosen: Sequence[Learned]) -> Columns:
    columns = [
        Column("what", least=20), Column("unit", least=8), Column("before: median (5-95%)", least=12),
        Column("after", least=12), Column("spread left", right=True),
    ]  # fmt: skip
    table = Columns(columns, title="What was learned")
    for one in chosen:
        table.add(
            fitting.name_of(one),
            one.unit,
            fitting.band(one.prior),
            fitting.band(one.posterior),
            f"{100 * one.left:.0f}%",
        )
    return table


def _noise(fit: Fit) -> Columns:
    columns = [Column("source"), Column("figures", least=20), Column("sd of logs", right=True)]
    table = Columns(columns, title="How much figures err")
    for row in fitting.noise(fit.noise):
        table.add(*row)
    return table


def _inside(found: Checks) -> Columns:
    columns = [Column("fitted figures"), Column("count", right=True)]
    columns += [Column(f"in {level}%", right=True) for level in LEVELS]
    table = Columns([*columns, Column("bounds kept", right=True)])
    for row in fitting.inside(found):
        table.add(*row)
    return table
