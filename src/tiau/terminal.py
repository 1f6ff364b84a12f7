"""What a run says in the terminal: progress, the table of figures, accuracy beside baselines."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from tiau.assessment import assess, composition, shares
from tiau.contradictions_text import figure, summary
from tiau.observations.contradictions import disagreements

if TYPE_CHECKING:
    from tiau.comparison import Comparison, Outcome
    from tiau.results.result import Result
    from tiau.results.tables import Fit

LONGEST_TABLE = 30


@contextmanager
def compilation_notice(console: Console, kernels: str = "choose") -> Iterator[None]:
    """Say that the first run compiles, if the module of kernels named is not compiled yet."""
    from tiau.engine.kernel_cache import folder, to_compile

    if to_compile(kernels):
        often = "once" if folder() else "in each run, as no folder for it can be written"
        console.print(f"First run on this machine: compiling the engine takes about half a minute, {often}.")
    yield


@contextmanager
def progress_bar(console: Console) -> Iterator[Callable[[int, int], None]]:
    """Give a progress callback that draws a bar, or a line every ten seconds where there is no terminal."""
    if not console.is_terminal:
        last = time.monotonic()

        def say(done: int, total: int) -> None:
            nonlocal last
            if time.monotonic() - last > 10:
                last = time.monotonic()
                console.print(f"day {done} of {total}")

        yield say
        return
    columns = (
        TextColumn("simulating"),
        BarColumn(),
        TextColumn("day {task.completed:.0f} of {task.total:.0f}"),
    )
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task("days", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def figure_text(fit: Fit) -> str:
    """Write what a report says, with its bound."""
    return figure(fit.entry.report)


def show_run(result: Result, console: Console) -> None:
    """Print a run: what was run, reported against simulated figures, accuracy beside baselines."""
    from tiau.results.tables import fits

    settings = result.network.scenario.settings
    how = f"{result.members} members, seed {result.seed}" if result.chance else "expectations (no chance)"
    console.print(Text(settings.title, style="bold"))
    console.print(f"{settings.start} to {settings.end}; {how}; simulated in {result.seconds:.1f} s\n")
    parts = assess(result)
    found = fits(result)
    in_series = [row for part in parts for row in part.rows]
    placed = [row for row, fit in enumerate(found) if fit.entry.status == "placed"]
    chosen = in_series or placed[:LONGEST_TABLE]
    title = settings.series.title if settings.series and in_series else "Reported and simulated figures"
    console.print(_table(title, [found[row] for row in chosen]))
    _show_accuracy(result, console)
    _show_composition(result, [found[row] for row in placed if found[row].entry.report.group != "all"], console)
    if not placed:
        console.print("No report speaks of the days and places of this run.")
    inside = sum(found[row].verdict == "inside" for row in placed)
    console.print(
        f"\nAll reports: {len(found)}; {len(placed)} placed, {inside} of them inside their band; "
        f"the others say why not in fit.csv.\n"
    )
    console.print(Text(f"{summary(disagreements(result.entries, result.network))}\n"))


def show_width(width: dict[str, float], console: Console) -> None:
    """Print where the width of the band comes from."""
    if width:
        shares = ", ".join(f"{name} {100 * share:.0f}%" for name, share in width.items())
        console.print(f"Width of the band on the last day comes from: {shares}\n")


def _plain_table(title: str = "") -> Table:
    return Table(title=title or None, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))


def _table(title: str, rows: list[Fit], *, place: bool = False) -> Table:
    table = _plain_table(title)
    names = ("report", "as of", *(("place",) if place else ()), "quantity")
    on_the_right = ("reported", "p05", "p50", "p95")
    for name in (*names, *on_the_right, "the report is"):
        table.add_column(name, justify="right" if name in on_the_right else "left")
    for fit in rows:
        report = fit.entry.report
        numbers = ["" if x is None else f"{x:,.0f}" for x in (fit.p05, fit.p50, fit.p95)]
        style = None if fit.verdict == "inside" else "yellow"
        where = (report.place,) if place else ()
        cells = (report.report, str(report.as_of), *where, report.quantity, figure_text(fit))
        table.add_row(*cells, *numbers, fit.verdict, style=style)
    return table


def _show_accuracy(result: Result, console: Console) -> None:
    for part in assess(result):
        score = part.score
        console.print(f"\nFigures {part.title}: {score.count}")
        console.print(
            f"  run: {score.inside} of {score.count} inside the 5-95% band; median absolute log error "
            f"{score.error:.3f}; median width p95/p05 {score.width:.2f}; error of the increments {part.increments:.2f}"
        )
        for name, (error, increments) in part.baselines.items():
            console.print(f"  {name}: median absolute log error {error:.3f}; error of the increments {increments:.2f}")
    for share in shares(result):
        pairs = sorted(zip(share.reported, share.simulated, share.places, strict=True), reverse=True)
        total, simulated = share.reported.sum(), max(share.simulated.sum(), 1e-9)
        text = ", ".join(f"{place} {100 * s / simulated:.0f}/{100 * r / total:.0f}" for r, s, place in pairs[:6])
        console.print(f"\nShares on {share.day}, % simulated/reported: {text}; distance {share.distance:.2f} of 1")


def _show_composition(result: Result, of_groups: list[Fit], console: Console) -> None:
    """Print who had entered by some days, and the reports that speak of one group."""
    found = composition(result)
    if found is not None:
        table = _plain_table()
        for name in ("by", "entries", *found.classes):
            table.add_column(name, justify="left" if name == "by" else "right")
        for column, day in enumerate(found.days):
            table.add_row(
                str(day), f"{found.entries[column]:,.0f}", *(share_text(*of) for of in found.shares[:, :, column].T)
            )  # fmt: skip
        console.print(f"\nWho has entered {found.where} since the start, % of entries: median (90% range)")
        console.print(table)
    for group in dict.fromkeys(fit.entry.report.group for fit in of_groups):
        console.print()
        rows = [fit for fit in of_groups if fit.entry.report.group == group]
        console.print(_table(f"Reports of {group}", rows[:LONGEST_TABLE], place=True))


def share_text(low: float, middle: float, high: float) -> str:
    """Write a share with its range as percentages; blank where there is none."""
    return "" if middle != middle else f"{100 * middle:.0f} ({100 * low:.0f}-{100 * high:.0f})"


def show_comparison(comparison: Comparison, console: Console) -> None:
    """Print a comparison: for each what-if a short table of differences and its paragraph."""
    from tiau.plain_words import paragraph

    settings = comparison.scenario.settings
    console.print(Text(settings.title, style="bold"))
    console.print(
        f"{settings.start} to {settings.end}; {comparison.members} members, seed {comparison.seed}, the same draws in "
        f"every run; {len(comparison.outcomes) + 1} runs in {comparison.seconds:.0f} s"
    )
    for outcome in comparison.outcomes:
        console.print()
        console.print(_differences(outcome))
        console.print()
        console.print(Text(paragraph(comparison, outcome)))


def _differences(outcome: Outcome) -> Table:
    from tiau.comparison import band_of
    from tiau.plain_words import level, signed, subject

    title = f"{outcome.name}: {outcome.change.what_if.title}"
    table = _plain_table(title)
    table.add_column("at the end, medians")
    for name in ("unchanged", "changed", "difference", "p05", "p95", "members up/down"):
        table.add_column(name, justify="right")
    for found in outcome.differences:
        shown = found.measure in ("entries", "displaced_at_home", "present") or not found.measure.endswith("_mean")
        crossing = found.measure == "entries" and found.place
        if not shown or crossing or found.measure == "moving_end" or not (found.baseline.any() or found.changed.any()):
            continue
        low, middle, high = (signed(x, found.unit) for x in found.band)
        levels = (level(band_of(values)[1], found.unit) for values in (found.baseline, found.changed))
        count = found.by_member.size
        votes = f"{round(found.rising * count)}/{round(found.falling * count)}"
        table.add_row(subject(found), *levels, middle, low, high, votes, style=None if found.tells else "dim")
    return table
