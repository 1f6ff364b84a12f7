"""`tiau check` and `tiau acts`: what a scenario holds, and why crossings let people through."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from tiau.cli.console import err, print_plain
from tiau.cli.ending import WRONG_INPUT
from tiau.cli.options import IsoDay
from tiau.cli.reading import read_until
from tiau.cli.steps import steps_shown
from tiau.faults import clip, listing, shortened
from tiau.scenario.model import Scenario


def check(scenario: str, *, everything: Annotated[bool, Parameter(name="--all", negative="")] = False) -> None:
    """Read a scenario and list everything that is wrong with it, or that you should know.

    Parameters
    ----------
    scenario
        Name of a packaged scenario, a scenario folder, or a case folder of Flee's.
    everything
        Show all faults, warnings, contradictions and different pictures, however many.
    """
    with steps_shown(err) as steps, steps("reading and checking"):
        usable, text = _checked(scenario, everything=everything)
    print_plain(text if everything else shortened(text))
    if not usable:
        raise SystemExit(WRONG_INPUT)


def _checked(scenario: str, *, everything: bool) -> tuple[bool, str]:
    """Return whether a scenario can be run, and what there is to say of it."""
    from tiau.loading import examine

    found, faults = examine(scenario)
    wrong = [fault for fault in faults if fault.level == "fault"]
    others = [fault for fault in faults if fault.level != "fault"]
    repairs = sum(fault.level == "put right" for fault in others)
    said = [listing([*wrong, *others], everything=everything, rest="--all shows them")] if faults else []
    put_right = f", {repairs:,} put right" if repairs else ""
    said.append(f"{clip(scenario)}: {len(wrong):,} faults, {len(others) - repairs:,} warnings{put_right}")
    if found is not None and not wrong:
        settings = found.settings
        said.append(f"{settings.title}: {settings.start} to {settings.end}\n{contents(found)}")
        said.append(_disagreements(found, everything))
    return not wrong, "\n".join(said)


def contents(scenario: Scenario) -> str:
    """Say in a line how much a scenario holds."""
    tables = ("places", "routes", "groups", "events", "acts", "reports")
    return ", ".join(f"{len(getattr(scenario, name))} {name}" for name in tables)


def _disagreements(scenario: Scenario, everything: bool) -> str:
    from tiau.observations.contradictions import disagreements
    from tiau.observations.ledger import ledger
    from tiau.presentation.words.disagreements import sections
    from tiau.scenario.network import build

    network = build(scenario)
    return sections(disagreements(ledger(network), network), everything=everything)


def acts(scenario: str, *, at: str, on: IsoDay) -> None:
    """Explain, act by act, why crossings let each group through as they do on a day.

    Parameters
    ----------
    scenario
        Name of a packaged scenario, a scenario folder, or a case folder of Flee's.
    at
        Name of a crossing, place or area.
    on
        Day, YYYY-MM-DD.
    """
    with steps_shown(err) as steps:
        loaded = read_until(scenario, None, steps)
        with steps("explaining"):
            from tiau.explanation import explain
            from tiau.presentation.words.acts import text_of

            lines = text_of(explain(loaded, at, on))
    print_plain("\n".join(lines))
