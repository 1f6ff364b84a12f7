"""What a run of a case in Flee's format says in the terminal: what was read, errors beside baselines, camps."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from rich.console import Console
from rich.text import Text

from tiau.faults import clip, number_of
from tiau.flee.accuracy.table import Accuracy, why_none
from tiau.flee.result import CAPACITIES, FleeResult
from tiau.presentation.columns import Column, Columns

LONGEST_TABLE = 40


def show_flee(result: FleeResult, found: Accuracy | None, console: Console) -> None:
    """Print a run: what was run, errors beside baselines, scaled errors, camps."""
    case = result.case
    how = f"{number_of(result.members, 'member')}, seed {result.seed}" if result.chance else "expectations (no chance)"
    rules = "Flee's rules" if result.model == "flee" else f"the rules `{result.model}`"
    scale = f"1 agent = {number_of(result.hasten, 'person', 'people')}"
    console.print(Text(f"{clip(case.name)}, by {rules}", style="bold"))
    console.print(
        f"{result.days[0]} to {result.days[-1]}, {number_of(len(result.data), 'day')}; "
        f"{number_of(len(result.camps), 'camp')}; {how}; {scale}; simulated in {result.seconds:.1f} s\n"
    )
    if found is not None:
        show_accuracy(found, console)
    else:
        console.print(Text(why_none(result)))


def show_accuracy(found: Accuracy, console: Console) -> None:
    """Print the table of accuracy: members, baselines, scaled errors, camps."""
    console.print(_differences(found))
    if found.answers:
        who = "the run and the share" if CAPACITIES in found.knows else "the share"
        console.print(
            f"\n{found.answers} of {len(found.camps)} capacities are within 2% of the largest count of their camp: "
            f"{who} by capacity may know the answer from them."
        )
    console.print()
    console.print(_scaled(found))
    console.print()
    console.print(_camps(found))
    if len(found.camps) > LONGEST_TABLE:
        console.print(f"and {len(found.camps) - LONGEST_TABLE:,} more camps: --out writes all of them")


def _differences(found: Accuracy) -> Columns:
    table = _table(
        "Averaged relative difference: 0 is right, 2 is all in the wrong camps",
        "",
        ("normal", "rescaled", "run*", "rescaled*"),
        "normal: camps as simulated; rescaled: with the simulated total set to the counted one first. "
        "* this run on the days that the guess beside it is for. Last counts are corrected by later ones, as by Flee.",
        last="knows",
    )
    members = found.normal.size
    ours = (float(found.normal.mean()), float(found.rescaled.mean()))
    table.add("this run" if members == 1 else "this run, mean", *_digits(ours), "", "", found.knows, style="bold")
    if members > 1:
        table.add("this run, sd of members", *_digits(float(np.std(x, ddof=1)) for x in (found.normal, found.rescaled)))
    for row in found.rows:
        baseline = row.baseline
        run = _digits((row.run_normal, row.run_rescaled)) if baseline.first else ["", ""]
        numbers = [*_digits((row.normal, row.rescaled)), *run]
        knows = f"{baseline.knows}: A LEAK" if baseline.leaks else baseline.knows
        table.add(baseline.name, *numbers, knows, style="dim" if baseline.leaks else "")
    return table


def _scaled(found: Accuracy) -> Columns:
    table = _table(
        "Mean absolute scaled error: below 1 is better than a naive model that knows the counts of a day",
        "naive model from",
        ("flat, Flee's", "sloped, Flee's", "ratio, Flee's", "flat, same days"),
        "Flee's: rescaled counts of all days against the naive model on later days; its slope is too steep. "
        "Same days: counts as simulated.",
    )
    for mase in found.mase:
        table.add(f"day {mase.day}", *_digits((*mase.of_flee.values(), mase.same_days)))
    return table


def _camps(found: Accuracy) -> Columns:
    table = _table(
        "Camps in people: counted and simulated on the last day; differences are means over all days",
        "camp",
        ("counted", "simulated", "difference", "rescaled", "share of error", "MASE 30"),
        "Simulated: mean of the members. MASE 30: Flee's definition with the flat naive model.",
    )
    total = max(found.errors.share.sum(), 1e-12)
    for number, camp in enumerate(found.camps[:LONGEST_TABLE]):
        people = (found.data, found.simulated, found.errors.absolute, found.errors.absolute_rescaled)
        shown = [f"{float(values[number]) * found.hasten:,.0f}" for values in people]
        scaled = _digits([found.mase[-1].of_camp[number]])
        table.add(clip(camp), *shown, f"{100 * found.errors.share[number] / total:.0f}%", *scaled)
    return table


def _table(title: str, first: str, numbers: tuple[str, ...], caption: str, *, last: str = "") -> Columns:
    columns = [Column(first, least=14), *(Column(name, right=True) for name in numbers)]
    return Columns([*columns, *([Column(last, least=18)] if last else [])], title, caption)


def _digits(values: Iterable[float]) -> list[str]:
    return [f"{value:.4f}" if np.isfinite(value) else "-" for value in values]
