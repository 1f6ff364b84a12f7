"""Whether a run is conditioned on what was reported, in words: by which posterior, or how it can be."""

from __future__ import annotations

from tiau.faults import number_of
from tiau.scenario.model import Scenario


def conditioned(scenario: Scenario, source: str = "SCENARIO") -> str:
    """Say on what a run of a scenario is conditioned, and what its parameters know beyond that.

    Parameters
    ----------
    scenario : Scenario
    source : str
        What the scenario is called in a command.
    """
    posterior = scenario.posterior
    if posterior is None:
        return (
            "Not conditioned on what was reported: runs differ as widely as the prior; "
            f"{fitting_command(source)} fits them in a copy."
        )
    known = f"known until {posterior.known_until}"
    if posterior.figures is None:
        said = f"Conditioned on what was {known} (posterior.csv)."
    else:
        said = f"Conditioned on {number_of(posterior.figures, 'figure')} {known} (posterior.csv)."
    return " ".join(filter(None, (said, prior_knows_more(scenario))))


def fitting_command(source: str) -> str:
    """Return a command that fits a scenario, whether or not it has tables that may be written beside."""
    return f"tiau fit {source} --out FOLDER"


def prior_knows_more(scenario: Scenario) -> str:
    """Say that parameters rest on figures that were known later than what a fit was given; blank where they do not."""
    until = scenario.settings.fitted_until
    known = scenario.posterior.known_until if scenario.posterior else None
    if until is None or known is None or until <= known:
        return ""
    return (
        f"Parameters in scenario.toml were fitted to figures known until {until} (fitted_until): the prior knows more "
        f"than was known by {known}."
    )
