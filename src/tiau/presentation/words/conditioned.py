"""Whether a run is conditioned on what was reported, in words: by which posterior, or how it can be."""

from __future__ import annotations

from tiau.faults import number_of
from tiau.scenario.model import Scenario


def conditioned(scenario: Scenario, source: str) -> str:
    """Say on what a run of a scenario is conditioned.

    Parameters
    ----------
    scenario : Scenario
    source : str
        What the scenario is called in a command.
    """
    posterior = scenario.posterior
    if posterior is None:
        return (
            f"Not conditioned on what was reported: members differ as widely as the prior; tiau fit {source} fits them."
        )
    known = f"known until {posterior.known_until}"
    if posterior.figures is None:
        return f"Conditioned on what was {known} (posterior.csv)."
    return f"Conditioned on {number_of(posterior.figures, 'figure')} {known} (posterior.csv)."
