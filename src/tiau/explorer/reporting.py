"""The report of the scenario that is explored with a what-if, as one page that can be sent."""

from __future__ import annotations

from tiau.ensemble.driving import THREADS
from tiau.evaluation.running import assessed
from tiau.explorer.basis.sound import Basis
from tiau.explorer.looking_ahead import steps_told
from tiau.explorer.runs.stopping import Stop, Tell
from tiau.presentation.report.page import Told, page
from tiau.progress import one_of
from tiau.results.provenance import provenance, said_of
from tiau.what_ifs.comparison import compare, runs_of
from tiau.what_ifs.editing import Changed

MEMBERS_COMPARED = 60
SUPPRESS_BELOW = 10
NOT_ASKED = "No forecast was asked for."
NO_WHAT_IF = "Nothing was changed, so there is no what-if."


def report(basis: Basis, changed: Changed | None, *, members: int, seed: int, tell: Tell, stop: Stop) -> str:
    """Return a report of a run, and of a comparison with what a page changed, as HTML; counts are rounded to tens.

    Raises
    ------
    Stopped
        If it is not wanted any more.
    """
    steps, scenario = steps_told(tell, stop), basis.scenario
    assessment = assessed(
        scenario, members=members, seed=seed, jobs=None, workers=THREADS, width_sources=False, steps=steps
    )
    comparison = None
    if changed is not None:
        with steps("comparing", one_of(runs_of(1))) as progress:
            comparison = compare(
                scenario, changed, members=min(members, MEMBERS_COMPARED), seed=seed, suppress_below=SUPPRESS_BELOW,
                progress=progress,
            )  # fmt: skip
    with steps("drawing the report"):
        command = f"tiau explore {scenario.name}"
        origin = provenance(
            said_of(scenario), scenario.values, members=members, seed=seed, chance=True, command=command
        )
        told = Told(assessment, NOT_ASKED, NO_WHAT_IF if comparison is None else comparison, SUPPRESS_BELOW)
        return page(told, origin)
