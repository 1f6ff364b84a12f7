"""What a hindcast says in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from tiau.evaluation.forecasts import COVERED
from tiau.forecasting.hindcast import Hindcast
from tiau.forecasting.summary import MOVING_CASES, SEGMENTS, STATIC_CASES, Line
from tiau.presentation.columns import Column, Columns
from tiau.presentation.words import hindcasts as words

INSIDE = [Column(f"in {100 * share:.0f}%", right=True) for share in COVERED]


def show_hindcast(found: Hindcast, lines: Sequence[Line], console: Console) -> None:
    """Print a hindcast: methods by horizon, then the first method by case, and apart what is hard."""
    console.print(Text(words.opening(found)))
    for case in found.cases:
        for said in filter(None, (words.constants(case), words.silent(case))):
            console.print(Text(f"  {said}"))
    groups = dict.fromkeys(line.group for line in lines)
    told = [name for name in (MOVING_CASES, STATIC_CASES) if name in groups] or list(groups)
    for group in told:
        console.print()
        console.print(_by_method(found, words.chosen(lines, group), group))
    console.print(Text(words.HOW))
    console.print()
    console.print(_by_case(found, lines))


def _by_method(found: Hindcast, lines: Sequence[Line], group: str) -> Columns:
    columns = [
        Column("days", right=True), Column("method"), Column("CRPS %", right=True), Column("% above trend", least=14),
        Column("ARD %", right=True), *INSIDE, Column("figures", right=True),
    ]  # fmt: skip
    table = Columns(columns, title=f"{group.capitalize() if group in (MOVING_CASES, STATIC_CASES) else group}")
    before = 0
    for line in lines:
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


def _by_case(found: Hindcast, lines: Sequence[Line]) -> Columns:
    first = next(iter(found.methods))
    columns = [
        Column("case"), Column("figures", least=10), Column("days", right=True), Column("CRPS %", right=True),
        Column("% above trend", least=14), *INSIDE, Column("count", right=True),
    ]  # fmt: skip
    table = Columns(columns, title=f"Method {first}, by case")
    for line in (line for line in lines if line.method == first):
        apart = line.segment != next(iter(SEGMENTS))
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
