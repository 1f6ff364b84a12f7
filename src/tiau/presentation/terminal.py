"""What a run says in the terminal: the table of figures, accuracy beside baselines, what a what-if changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from tiau.presentation.columns import Column, Columns
from tiau.presentation.words import coverage
from tiau.presentation.words.classes import ROWS
from tiau.presentation.words.conditioned import conditioned
from tiau.presentation.words.disagreements import summary
from tiau.presentation.words.figures import figure, shares
from tiau.presentation.words.levels import unfitted
from tiau.results.disclosure import told
from tiau.results.fit_table import written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tiau.evaluation.assessment import Assessment
    from tiau.results.fits import Fit
    from tiau.what_ifs.comparison import Comparison
    from tiau.what_ifs.differences import Outcome

LONGEST_TABLE = 30
LONGEST_ID = 24
"""Letters of an id of a report on one line; those that imports make are longer."""


def tell_of_compiling(console: Console, kernels: str = "leave") -> None:
    """Say that the first run compiles, if the module of kernels named is not compiled yet."""
    from tiau.engine.kernel_cache import folder, to_compile

    if to_compile(kernels):
        often = "once" if folder() else "in each run, as no folder for it can be written"
        console.print(f"First run on this machine: compiling the engine takes about half a minute, {often}.")


def show_run(assessment: Assessment, console: Console, *, source: str = "SCENARIO", suppress_below: float = 10) -> None:
    """Print a run: what was run, reported against simulated figures, accuracy beside baselines.

    `source` is what the scenario is called in a command; figures are those of fit.csv with the same `suppress_below`.
    """
    result = assessment.result
    settings, found = result.scenario.settings, result.fits
    how = f"{result.members} members, seed {result.seed}" if result.chance else "expectations (no chance)"
    console.print(Text(settings.title, style="bold"))
    console.print(f"{settings.start} to {settings.end}; {how}; simulated in {result.seconds:.1f} s")
    console.print(Text(f"{conditioned(result.scenario, source)}\n"))
    _show_coverage(assessment, console)
    in_series = [row for part in assessment.parts for row in part.rows]
    placed = [row for row, fit in enumerate(found) if fit.placement.status == "placed"]
    counted = [row for row in placed if found[row].placement.counted]
    chosen = in_series or _overview(found, counted)
    title = settings.series.title if settings.series and in_series else "Reported and simulated figures"
    console.print(_table(title, [found[row] for row in chosen], suppress_below, place=not in_series))
    if not in_series and len(counted) > len(chosen):
        console.print(f"the last of each series; {len(counted) - len(chosen):,} more are in fit.csv")
    _show_accuracy(assessment, console, suppress_below)
    of_some = [found[row] for row in counted if row not in chosen and not found[row].placement.of_everybody]
    _show_composition(assessment, of_some, console, suppress_below)
    if not placed:
        console.print("No report speaks of the days and places of this run.")
    copies = (
        f", {len(placed) - len(counted)} more carry the figure of one of them" if len(placed) > len(counted) else ""
    )
    console.print(f"\nAll reports: {len(found)}; {len(counted)} placed{copies}; the others say why not in fit.csv.\n")
    if told := unfitted(assessment.level, source):
        console.print(Text(f"{told}\n", style="yellow"))
    console.print(Text(f"{summary(assessment.disagreements)}\n"))
    if assessment.spread:
        sources = ", ".join(f"{name} {100 * part:.0f}%" for name, part in assessment.spread.items())
        where = settings.series and settings.series.place
        band = f"the band of people present in {where} on the last day"
        console.print(Text(f"Width of {band} (variance of the log) comes from: {sources}\n"))


def _overview(found: Sequence[Fit], rows: list[int]) -> list[int]:
    """Return the rows that a table has room for: all, or the last of each series by one source, of most people."""
    if len(rows) <= LONGEST_TABLE:
        return rows
    last = {}
    for row in sorted(rows, key=lambda row: found[row].placement.report.as_of.end):
        report = found[row].placement.report
        last[report.place, report.whose, report.quantity, report.said_by] = row
    largest = sorted(last.values(), key=lambda row: -(found[row].placement.report.value or 0.0))
    return sorted(largest[:LONGEST_TABLE])


def _table(title: str, rows: list[Fit], suppress_below: float, *, place: bool = False) -> Columns:
    on_the_right = ("reported", "p05", "p50", "p95")
    table = Columns([
        Column("as of"),
        *([Column("place", least=12)] if place else []),
        Column("quantity"),
        *(Column(name, right=True) for name in on_the_right),
        Column("the report is", least=9),
        Column("report", least=LONGEST_ID),
    ], title)  # fmt: skip
    for fit in rows:
        report = fit.placement.report
        numbers = written(fit, suppress_below)
        style = "" if fit.verdict == "inside" else "yellow"
        where = (report.place,) if place else ()
        table.add(str(report.as_of), *where, report.quantity, figure(report), *numbers, fit.verdict, report.report,
                  style=style)  # fmt: skip
    return table


def _show_coverage(assessment: Assessment, console: Console) -> None:
    """Print by class how many figures the bands hold, with a sentence on whether they hold what they promise."""
    for part in assessment.coverage:
        columns = [Column("", least=9), *(Column(name, right=True) for name in coverage.HEADS)]
        table = Columns(columns, f"Independent figures {part.title}")
        for name, found in part.classes.items():
            table.add(ROWS[name], *coverage.cells(found))
        console.print(table)
        console.print(Text(f"{coverage.kept(part, assessment.result.members)}\n"))
    if assessment.coverage:
        console.print(Text(f"{coverage.MEANING}\n", style="dim"))


def _show_accuracy(assessment: Assessment, console: Console, suppress_below: float) -> None:
    for part in assessment.parts:
        score = part.score
        names = ("inside p05-p95", "median log error", "error of increments", "median p95/p05")
        title = f"Figures of this series {part.title}: {score.count}"
        table = Columns([Column("", least=14), *(Column(name, right=True) for name in names)], title)
        inside = f"{score.inside} of {score.count}"
        table.add("this run", inside, f"{score.error:.3f}", f"{part.increments:.2f}", f"{score.width:.2f}")
        for name, (error, increments) in part.baselines.items():
            table.add(name, "", f"{error:.3f}", f"{increments:.2f}")
        console.print()
        console.print(table)
    for of_day in assessment.shares_told(suppress_below):
        pairs = sorted(zip(of_day.reported, of_day.simulated, of_day.places, strict=True), reverse=True)
        total, simulated = of_day.reported.sum(), of_day.simulated.sum()
        text = ", ".join(f"{place} {100 * s / simulated:.0f}/{100 * r / total:.0f}" for r, s, place in pairs[:6])
        apart = f"distance {of_day.distance:.2f} ({coverage.DISTANCE})"
        console.print(f"\nShares on {of_day.day}, % simulated/reported: {text}; {apart}")


def _show_composition(assessment: Assessment, of_groups: list[Fit], console: Console, suppress_below: float) -> None:
    """Print who had entered by some days, and the reports that speak of one group or origin."""
    found = assessment.composition
    if found is not None:
        title = f"Who has entered {found.where} since the start, % of entries: median (90% range)"
        table = Columns([Column("by"), *(Column(name, right=True) for name in ("entries", *found.classes))], title)
        for column, day in enumerate(found.days):
            of_day = shares(found.shares[:, :, column], found.entries[column], suppress_below)
            table.add(str(day), *told(found.entries[column : column + 1], suppress_below), *of_day)
        console.print()
        console.print(table)
    for whose in dict.fromkeys(fit.placement.report.whose for fit in of_groups):
        console.print()
        rows = [fit for fit in of_groups if fit.placement.report.whose == whose]
        of_origin = rows[0].placement.reason if rows[0].placement.report.origin else ""
        console.print(_table(f"Reports of {of_origin or whose}", rows[:LONGEST_TABLE], suppress_below, place=True))


def show_comparison(comparison: Comparison, console: Console, *, source: str = "SCENARIO") -> None:
    """Print a comparison: for each what-if a short table of differences and its paragraph.

    `source` is what the scenario is called in a command.
    """
    from tiau.presentation.words.ranges import GIVEN
    from tiau.presentation.words.what_ifs import paragraph

    settings = comparison.scenario.settings
    console.print(Text(settings.title, style="bold"))
    console.print(
        f"{settings.start} to {settings.end}; {comparison.members} runs (members), seed {comparison.seed}, the same "
        f"draws with and without each change, {comparison.members_given} again {GIVEN}; {comparison.seconds:.0f} s"
    )
    console.print(Text(conditioned(comparison.scenario, source)))
    for outcome in comparison.outcomes:
        console.print()
        console.print(_differences(outcome, comparison.members))
        console.print()
        console.print(Text(paragraph(comparison, outcome)))


def _differences(outcome: Outcome, members: int) -> Columns:
    from tiau.presentation.words.ranges import level, range_of, signed, subject, table_note
    from tiau.what_ifs.differences import band_of
    from tiau.what_ifs.measures import HEADLINE, MEASURES

    title = f"{outcome.name}: {outcome.change.what_if.title}"
    numbers = ("unchanged", "changed", "difference", "range over all", "given assumed", "runs up/down")
    columns = [Column("at the end, medians", least=24), *(Column(name, right=True) for name in numbers)]
    table = Columns(columns, title, table_note(members))
    for found in outcome.differences:
        told = MEASURES[found.measure].told
        crossing = told == HEADLINE and found.place
        if not told or crossing or not (found.baseline.any() or found.changed.any()):
            continue
        both = (range_of(band, found.unit) for band in (found.band, found.given_band))
        levels = (level(band_of(values)[1], found.unit) for values in (found.baseline, found.changed))
        count = found.by_member.size
        votes = f"{round(found.rising * count)}/{round(found.falling * count)}"
        table.add(
            subject(found), *levels, signed(found.band[1], found.unit), *both, votes, style="" if found.tells else "dim"
        )
    return table
