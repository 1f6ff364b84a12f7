"""`tiau import`: exports and tables of one's own, or a case of Flee's, into a scenario folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter
from rich.text import Text

from tiau.cli.answers import answers_of, ask
from tiau.cli.console import console, err, print_plain, whole_in
from tiau.cli.options import GivenPath, OnlyOn
from tiau.cli.reading import in_a_shell, say, shown_by_check
from tiau.cli.steps import steps_shown
from tiau.faults import Fault, InputError, number_of

if TYPE_CHECKING:
    from tiau.building.importing import FileRead, Plan

Answered = Annotated[list[str] | None, Parameter(negative="")]
SHOWN = 8
MOST_ROUNDS = 20


def import_files(
    files: Annotated[list[GivenPath], Parameter(negative="")],
    *,
    into: GivenPath,
    dry_run: OnlyOn = False,
    dates: Answered = None,
    known_on: Answered = None,
    as_of: Answered = None,
    place: Answered = None,
    origin: Answered = None,
    quantity: Answered = None,
    said_by: Answered = None,
    household_size: Answered = None,
    newer: Answered = None,
    level: Literal["admin1", "admin2"] = "admin2",
    aggregates: OnlyOn = False,
    everything: Annotated[bool, Parameter(name="--all", negative="")] = False,
) -> None:
    """Import exports (ACLED, UCDP, UNHCR, IOM, IDMC, HDX, GeoNames...) or tables of your own into a scenario.

    Files are known by what they contain. What a file does not say is asked in a terminal, or answered by an option;
    rows that stay open are left out, the rest is imported. import.csv in the folder tells what became of each row.
    An answer holds for all files; written as FILE=ANSWER it holds for one.

    Parameters
    ----------
    files
        Exports as they come (csv, tsv, xlsx, json), or one case folder of Flee's.
    into
        A scenario folder (tiau new makes one); of a case of Flee's, a new folder.
    dry_run
        Say what would happen, and write nothing.
    dates
        The order of numbers in days such as 03/04/2023 where no row tells it: day-first or month-first.
    known_on
        Day from which figures were known whose file does not say; without it, today.
    as_of
        Day, month, year or start/end of figures whose file has none.
    place
        Of which place figures are, where the file does not say.
    origin
        From where the people come, where the file does not say.
    quantity
        What is counted, where the file does not say: present, arrived_cumulative, crossed_in_period and so on.
    said_by
        Who gives the figures, where the file does not say.
    household_size
        People in a household, of figures of households.
    newer
        A file whose figures count where another file gives the same ones differently.
    level
        Areas that become homes, with their population: one place stands for each.
    aggregates
        Take events added up by month as events over the month.
    everything
        Show all estimates, choices and matches that are not exact, however many.
    """
    from tiau.flee import reading as flee
    from tiau.loading import locate

    if cases := [path for path in files if flee.is_case(path)]:
        _import_case(cases[0], files, into, dry_run=dry_run)
        return
    for folder in (path for path in files if path.is_dir()):
        locate(folder)
    from tiau.building.importing import names_of, prepare

    # A file that is named twice, as with its folder, is read once.
    paths = list({path.resolve(): path for given in files for path in _files_in(given)}.values())
    given = {"dates": dates, "known_on": known_on, "as_of": as_of, "place": place, "origin": origin,
             "quantity": quantity, "said_by": said_by, "household_size": household_size, "newer": newer}  # fmt: skip
    answers, of_file = answers_of(names_of(paths), given, aggregates=aggregates)

    for _ in range(MOST_ROUNDS):
        with steps_shown(err) as steps:
            plan = prepare(paths, into, answers=answers, of_file=of_file, level=level, steps=steps)
        if not (told := ask(plan, answers, of_file)):
            break
        of_file |= told
    if not dry_run:
        with steps_shown(err) as steps, steps("writing"):
            plan.write()
    with whole_in(into):
        show_import(plan, dry_run=dry_run, most=10**9 if everything else SHOWN)


def _import_case(case: Path, files: Sequence[Path], into: Path, *, dry_run: bool) -> None:
    from tiau import loading

    if len(files) > 1:
        remedy = "import a case alone, into a new folder"
        raise InputError([Fault("FILES", "holds a case of Flee's beside other files", remedy, cell=str(case))])
    if dry_run:
        scenario, faults = loading.examine(case)
        loading.sound(scenario, faults)
        say(faults, rest=shown_by_check(case))
        print_plain(f"would write {scenario!r} to {into}")
        return
    with steps_shown(err) as steps, steps("importing"):
        lost = loading.copy(case, into)
    say(lost, rest=shown_by_check(case))
    with whole_in(into):
        print_plain(f"imported to {into}; next: tiau check {in_a_shell(into)}")


def _files_in(path: Path) -> list[Path]:
    """Return the files that an argument names: of a folder, those in it."""
    if path.is_dir():
        return sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith((".", "~")))
    return [path]


def show_import(plan: Plan, *, dry_run: bool, most: int = SHOWN) -> None:
    """Print what became of the files, what is estimated or open, and what comes next."""
    out = console()
    for read in plan.reads:
        out.print(Text(f"{read.source.file}: {read.source.kind}: {_summary(read)}"))
        for remark in read.remarks[:most]:
            out.print(Text(f"    {remark}"))
    for file in plan.unknown:
        out.print(Text(f"{file}: of no kind that is known, left out"))
    from tiau.building.mappings import shown

    _show_list(
        "proposed for tables of your own, correct it where it is not right, and import again:",
        list(shown(plan.mappings.proposed)),
        max(most, 40),
    )
    _show_list("estimated or chosen, correct it in the tables where you know better:", plan.said, most)
    inexact = [
        f"{spot}: {match.name} ({match.how}{''.join(f', or {name}' for name in match.alternatives)})"
        for spot, match in plan.where.inexact.items()
    ]  # fmt: skip
    _show_list("not exact:", inexact, most)
    questions = dict.fromkeys(
        f"{read.source.file}: {outcome.why}"
        for read in plan.reads for outcome in read.outcomes if outcome.what == "question"
    )  # fmt: skip
    revised = [
        f"{read.source.file}: {outcome.id} {outcome.why}"
        for read in plan.reads for outcome in read.outcomes if outcome.what == "revised"
    ]  # fmt: skip
    _show_list("revised, beside the old figure:", revised, most)
    _show_list("open, rows are left out until they are answered:", list(questions), len(questions))
    folder = in_a_shell(plan.folder)
    if dry_run:
        out.print(Text("nothing was written: --dry-run"))
    else:
        print_plain(
            f"import.csv in {folder} tells of each row what became of it; "
            f"next: tiau routes {folder}, tiau check {folder}"
        )


def _show_list(title: str, texts: Sequence[str], most: int) -> None:
    out = console()
    if texts:
        out.print(Text(title))
        for text in texts[:most]:
            out.print(Text(f"    {text}"))
        if len(texts) > most:
            out.print(Text(f"    and {len(texts) - most:,} more: --all shows them"))


def _summary(read: FileRead) -> str:
    """Return what became of a file's findings in words: "48 events added, 2 rows left out (no day)"."""
    counts: Counter[tuple[str, str]] = Counter()
    why: Counter[str] = Counter()
    for finding, outcome in zip(read.findings, read.outcomes, strict=True):
        # What is in a table is counted as such, what is in none by the rows that it is.
        counts[outcome.what, outcome.table] += 1 if outcome.table else len(finding.rows)
        if outcome.what == "left out" and outcome.why:
            why[outcome.why] += len(finding.rows)
    parts = []
    for (what, table), count in counts.most_common():
        if not count:
            continue
        thing = table.removesuffix(".csv").removesuffix("s") if table else "row"
        parts.append(f"{number_of(count, thing)} {what}")
    reasons = "; ".join(f"{reason} ({count:,})" for reason, count in why.most_common(3) if count)
    return ", ".join(parts) + (f" [{reasons}]" if reasons else "")
