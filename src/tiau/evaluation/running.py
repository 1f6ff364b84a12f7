"""A scenario run and set beside what was reported, step by step, as whoever waits is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tiau.progress import Steps, counted

if TYPE_CHECKING:
    from tiau.evaluation.assessment import Assessment
    from tiau.scenario.model import Scenario


def assessed(
    scenario: Scenario, *, members: int, seed: int, jobs: int | None, workers: str, width_sources: bool, steps: Steps,
    chance: bool = True,
) -> Assessment:  # fmt: skip
    """Run a scenario, showing progress, and set the run beside what was reported.

    Parameters
    ----------
    scenario, members, seed, jobs, workers, chance
        As in `tiau.simulate`.
    width_sources : bool
        Whether three small ensembles more say where the width of the band comes from.
    steps : callable
        Opens steps that show progress.
    """
    with steps("preparing the engine"):
        from tiau.evaluation.assessment import assess
        from tiau.evaluation.spread_sources import spread_sources
        from tiau.simulation import simulate
    with steps("simulating", counted("day"), first="preparing the engine") as progress:
        result = simulate(
            scenario, members=members, seed=seed, chance=chance, jobs=jobs, workers=workers, progress=progress
        )
    spread = {}
    if width_sources and chance:
        with steps("three small ensembles more", counted("day")) as progress:
            spread = spread_sources(result, jobs=jobs, workers=workers, progress=progress)
    with steps("assessing"):
        return assess(result, spread=spread)
