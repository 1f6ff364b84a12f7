"""`tiau accept`: proposals that a person took into a scenario folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter
from rich.text import Text

from tiau.cli.console import console, err, print_plain, whole_in
from tiau.cli.options import GivenPath, OnlyOn
from tiau.cli.reading import in_a_shell
from tiau.cli.steps import steps_shown
from tiau.faults import clip, listing, number_of

if TYPE_CHECKING:
    from tiau.building.accepting import Acceptance
    from tiau.building.outcomes import Outcome
    from tiau.scenario.rows import Row

SHOWN = 40
MOST_DIFFERENT = 10


def accept(
    proposals: GivenPath,
    *,
    into: GivenPath,
    everything: Annotated[bool, Parameter(name="--all", negative="")] = False,
    dry_run: OnlyOn = False,
) -> None:
    """Take proposals that tiau read made, and a person marked, into a scenario.

    A row is taken where its cell accept says yes. All rows are checked together, as the tables are: where one has a
    fault, all faults are told, and nothing is written. import.csv in the folder tells what became of each row.

    Parameters
    ----------
    proposals
        The file of proposals, as csv or xlsx, however a spreadsheet saved it.
    into
        A scenario folder of your own (tiau new or tiau copy makes one).
    everything
        Take every row that does not say no.
    dry_run
        Say what would happen, and write nothing.
    """
    from tiau.building.accepting import prepare

    with steps_shown(err) as steps:
        plan = prepare(proposals, into, everything=everything, steps=steps)
        if not dry_run:
            with steps("writing"):
                plan.write()
    with whole_in(into):
        show_acceptance(plan, dry_run=dry_run)


def show_acceptance(plan: Acceptance, *, dry_run: bool) -> None:
    """Print what became of the rows, what is to be known, and what comes next."""
    out = console()
    out.print(Text(f"{clip(plan.file)}: {_summary(plan)}"))
    lines = [line for line in plan.lines if line.row in plan.rows]
    for line in lines[:SHOWN]:
        out.print(Text(f"    {said(plan.rows[line.row])}: {_became(line.outcome)}"))
    if len(lines) > SHOWN:
        out.print(Text(f"    and {len(lines) - SHOWN:,} more, which import.csv tells"))
    if plan.warnings:
        out.print(Text(listing(plan.warnings, rest=f"tiau check {in_a_shell(plan.folder)} --all shows them")))
    for title, texts in _disagreements(plan):
        out.print(Text(f"{title}: {len(texts)}"))
        for text in texts[:MOST_DIFFERENT]:
            out.print(Text(f"    {text}"))
        if len(texts) > MOST_DIFFERENT:
            out.print(Text(f"    and {len(texts) - MOST_DIFFERENT:,} more"))
    folder = in_a_shell(plan.folder)
    if dry_run:
        print_plain("nothing was written: --dry-run")
    else:
        print_plain(f"import.csv in {folder} tells of each row what became of it; next: tiau check {folder}")


def _summary(plan: Acceptance) -> str:
    """Return what became of the rows in words: "2 reports added, 1 event same event, 5 rows left out"."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in plan.lines:
        taken = plan.rows.get(line.row)
        counts[type(taken).file if taken else "", line.outcome.what] += 1
    parts = [
        f"{number_of(count, file.removesuffix('.csv').removesuffix('s') or 'row')} {what}"
        for (file, what), count in sorted(counts.items(), key=lambda one: (not one[0][0], one[0]))
    ]
    refused = f" ({number_of(plan.refused, 'row says no', 'rows say no')})" if plan.refused else ""
    return ", ".join(parts) + refused


def _became(outcome: Outcome) -> str:
    return f"{outcome.what}, {outcome.why}" if outcome.why else outcome.what


def said(row: Row) -> str:
    """Write what a row says in a line: its id, then figure, days and place, or who did what, or what happened."""
    from tiau.presentation.words.figures import figure
    from tiau.scenario.quantities import QUANTITIES
    from tiau.scenario.rows import Act, Event, Report

    match row:
        case Report():
            what = f"{figure(row)} {QUANTITIES[row.quantity].done}"
            what += "" if row.of_everybody else f" ({row.whose})"
            return f"{row.report}  {what}, {row.place}, {row.as_of}"
        case Act():
            return f"{row.act}  {row.authority}: {row.effect}, {'; '.join(row.places)}, {row.from_}"
        case Event():
            days = f"{row.start}" if row.start == row.end else f"{row.start} to {row.end}"
            return f"{row.event}  {row.kind}, {'; '.join(row.place)}, {days}"
    return ""


def _disagreements(plan: Acceptance) -> Iterator[tuple[str, Sequence[str]]]:
    from tiau.presentation.words.disagreements import contradiction_line, picture_line

    if plan.contradictions:
        yield "new contradictions (both stay)", [contradiction_line(one) for one in plan.contradictions]
    if plan.pictures:
        yield "new different pictures (both stay)", [picture_line(one) for one in plan.pictures]
