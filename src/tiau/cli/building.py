"""`tiau new` and `tiau routes`: a scenario folder begun, and the ways between its places proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from tiau.cli.console import err, print_plain, whole_in
from tiau.cli.options import GivenPath, IsoDay, OnlyOn
from tiau.cli.reading import in_a_shell
from tiau.cli.steps import steps_shown
from tiau.faults import Fault, InputError, number_of

if TYPE_CHECKING:
    from tiau.building.routes import Proposal

SHOWN = 20
NOT_KNOWN = "water, mountains, desert and front lines are not known here: correct distances, modes and rows"


def new(
    folder: GivenPath | None = None,
    *,
    start: IsoDay | None = None,
    end: IsoDay | None = None,
    home: Annotated[list[str] | None, Parameter(negative="")] = None,
    abroad: Annotated[list[str] | None, Parameter(negative="")] = None,
    title: str = "",
    guide: str | None = None,
) -> None:
    """Begin a scenario: a new folder with scenario.toml and every table with its header.

    Parameters
    ----------
    folder
        A new or empty folder; the scenario has its name.
    start, end
        First and last day, YYYY-MM-DD.
    home
        Countries that people leave: names or codes such as SDN, parted by commas or given again.
    abroad
        Countries that they go to.
    title
        By default made of the countries and days.
    guide
        Print what the columns of a table mean instead, such as --guide places.
    """
    if guide is not None:
        from tiau.building.guides import terminal_text

        print_plain(terminal_text(guide))
        return
    given = {"FOLDER": folder, "--start": start, "--end": end, "--home": home, "--abroad": abroad}
    missing = [name for name, value in given.items() if value is None]
    if missing or folder is None or start is None or end is None:
        example = "tiau new FOLDER --start 2023-04-15 --end 2024-03-31 --home SDN --abroad TCD"
        raise InputError([Fault("tiau new", f"lacks {', '.join(missing)}", f"write {example}")])
    from tiau.building import new as building

    with steps_shown(err) as steps, steps("writing"):
        settings = building.new(folder, start=start, end=end, home=home or (), abroad=abroad or (), title=title)
    with whole_in(folder):
        shown = in_a_shell(folder)
        print_plain(
            f"{settings.title}: made {shown} with empty tables\n"
            f"next: tiau import FILE... --into {shown}, then tiau routes {shown} and tiau check {shown}\n"
            "by hand: tiau new --guide places says what the columns of a table mean"
        )


def routes(
    folder: GivenPath, *, detour: Annotated[float | None, Parameter(negative="")] = None, dry_run: OnlyOn = False
) -> None:
    """Propose ways between the places of a scenario, and groups where there are none; every row is an estimate.

    Neighbours inside a country are joined. Over borders, ways go through the crossings of crossings.csv, or between
    neighbours where none is known. Rows that are there stay.

    Parameters
    ----------
    folder
        A scenario folder.
    detour
        Road kilometres for each of the great circle; 1.3 by default.
    dry_run
        Show the ways, and write nothing.
    """
    from tiau.building.routes import DETOUR, propose

    factor = DETOUR if detour is None else detour
    with steps_shown(err) as steps, steps("looking for neighbours"):
        proposal = propose(folder, detour=factor)
    if not dry_run:
        with steps_shown(err) as steps, steps("writing"):
            proposal.write()
    with whole_in(folder):
        print_plain("\n".join(_told(proposal, factor, dry_run=dry_run)))


def _told(proposal: Proposal, detour: float, *, dry_run: bool) -> list[str]:
    over = [route for route in proposal.routes if route.crossing]
    inside = [route for route in proposal.routes if not route.crossing]
    verb = "would add" if dry_run else "added"
    lines = []
    if proposal.routes:
        lines.append(
            f"routes.csv: {verb} {number_of(len(inside), 'way')} inside countries and {len(over):,} over borders, "
            f"by road, great circle x {detour:g} (--detour), all marked estimated"
        )
        lines += _first([f"{r.from_} to {r.to}, {r.distance_km:g} km, over {r.crossing}" for r in over])
        if dry_run:
            lines += _first([f"{r.from_} to {r.to}, {r.distance_km:g} km" for r in inside])
        lines.append(NOT_KNOWN)
    else:
        lines.append("routes.csv: no way to add, every place has its ways already")
    if proposal.groups:
        lines.append(f"groups.csv: {verb} the civilians of each home admin 1, share 1, all marked estimated")
        lines += _first([f"{group.group}: {'; '.join(group.homes)}" for group in proposal.groups])
    if proposal.said:
        lines += ["to know:", *_first(list(proposal.said))]
    if proposal.unreachable:
        lines += ["no way leads to:", *_first(list(proposal.unreachable))]
    if dry_run:
        lines.append("nothing was written: --dry-run")
    else:
        lines.append(f"next: tiau check {in_a_shell(proposal.folder)}")
    return lines


def _first(texts: list[str]) -> list[str]:
    more = [f"    and {len(texts) - SHOWN:,} more"] if len(texts) > SHOWN else []
    return [*(f"    {text}" for text in texts[:SHOWN]), *more]
