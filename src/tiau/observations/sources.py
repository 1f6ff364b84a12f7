"""Who speaks: how the kind of a report's source counts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from tiau.scenario.rows import Report
from tiau.scenario.source_kinds import kind_of
from tiau.scenario.vocabulary import SourceKind

_ABOUT_SD = 1.6448536269514722
"""`about` is read as the half width of a 90% interval: so many standard deviations."""


@dataclass(frozen=True, slots=True)
class Counting:
    """How the source of a report counts.

    Attributes
    ----------
    kind : {"register", "agency", "media", "other"}
    delay : int, days
        A figure as of a day shows the truth of so many days before.
    noise : float
        Standard deviation of the log of the figure around what the source covers.
    coverage : str
        Name of the parameter that is the share of people the source counts.
    share : float
        Its value in the scenario, around which that of members lies.
    """

    kind: SourceKind
    delay: int
    noise: float
    coverage: str
    share: float


def counting_of(report: Report, parameters: Mapping[str, float]) -> Counting:
    """Return how a report's source counts; a figure given as `about` adds its slack to the noise of the source."""
    kind = kind_of(report)
    noise = parameters[f"noise_{kind}_sd"]
    if report.bound == "about":
        noise = math.hypot(noise, math.log1p(parameters["about_slack"]) / _ABOUT_SD)
    return Counting(
        kind=kind,
        delay=round(parameters[f"delay_{kind}_days"]),
        noise=noise,
        coverage=f"coverage_{kind}",
        share=parameters[f"coverage_{kind}"],
    )
