"""What a hindcast says in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from tiau.evaluation.forecasts import COVERED
from tiau.forecasting.outcome import ALL, Hindcast
from tiau.forecasting.summary import MOVING_CASES, STATIC_CASES
from tiau.forecasting.threshold_events import NAMES
from tiau.presentation.columns import Column, Columns
from tiau.presentation.words import hindcasts as words

INSIDE = [Column(f"in {100 * share:.0f}%", right=True) for share in COVERED]


def show_hindcast(found: Hindcast, console: Console) -> None:
    """Print a hindcast: methods by horizon, then the first method by case, and apart what is hard."""
    console.print(Text(words.opening(found)))
    for case in found.cases:
        for said in filter(None, (words.constants(case), words.silent(case))):
            console.print(Text(f"  {said}"))
    told = [name for name in found.groups if name in (MOVING_CASES, STATIC_CASES)] or found.groups
    for group in told:
        console.print()
        console.print(_by_method(found, group))
    console.print(Text(words.HOW))
    for group in told:
        console.print()
        console.print(_by_event(found, group))
    console.print(Text(words.EVENTS))
    console.print()
    console.print(_by_case(found))


def _by_method(found: Hindcast, group: str) -> Columns:
    columns = [
        Column("days", right=True), Column("method"), Column("CRPS %", right=True), Column("% above trend", least=14),
        Column("ARD %", right=True), *INSIDE, Column("figures", right=True),
    ]  # fmt: skip
    table = Columns(columns, title=group.capitalize() if group in (MOVING_CASES, STATIC_CASES) else group)
    before = 0
    for line in found.lines_of(group):
        leaks = found.methods[line.method].leaks
        table.add(
            str(line.horizon) if line.horizon != before else "",
            f"{line.method}{' *' if leaks else ''}",
            words.percent(line.crps),
            words.versus(line),
            words.percent(line.ard),
            *(f"{100 * share:.0f}" for share in line.covered),
            f"{line.figures:,}",
            style="dim" if leaks else "",
        )
        before = line.horizon
    if any(method.leaks for method in found.methods.values()):
        table.caption = f"* {words.LEAK}"
    return table


def _by_event(found: Hindcast, group: str) -> Columns:
    """Return Brier scores and warnings of each threshold event, by horizon and method."""
    heads = (Column(words.event(event), right=True) for event in NAMES)
    columns = [Column("days", right=True), Column("method"), *heads]
    table = Columns(columns, title=f"Threshold events, {group}")
    before = 0
    for line in found.lines_of(group):
        leaks = found.methods[line.method].leaks
        if line.horizon != before:
            table.add(str(line.horizon), "came", *(f"{of.came:,} of {of.asked:,}" for of in line.events.values()))
        scores = map(words.event_score, line.events.values())
        table.add("", f"{line.method}{' *' if leaks else ''}", *scores, style="dim" if leaks else "")
        before = line.horizon
    return table


def _by_case(found: Hindcast) -> Columns:
    first = next(iter(found.methods))
    columns = [
        Column("case"), Column("figures", least=10), Column("days", right=True), Column("CRPS %", right=True),
        Column("% above trend", least=14), *INSIDE, Column("count", right=True),
    ]  # fmt: skip
    table = Columns(columns, title=f"Method {first}, by case")
    for line in (line for line in found.lines if line.method == first):
        apart = line.segment != ALL
        if apart and line.group not in (MOVING_CASES, STATIC_CASES) and len(found.cases) > 1:
            continue
        table.add(
            line.group,
            line.segment,
            str(line.horizon),
            words.percent(line.crps),
            words.versus(line),
            *(f"{100 * share:.0f}" for share in line.covered),
            f"{line.figures:,}",
        )
    return table
