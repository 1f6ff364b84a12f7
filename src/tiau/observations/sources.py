"""Who speaks: how the kind of a report's source counts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from tiau.observations.classes import FigureClass
from tiau.scenario.rows import Report
from tiau.scenario.vocabulary import SourceKind

MOST_NOISE = 1.0
"""Beyond this noise would stand for what the model has wrong."""
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
    beyond : float
        What of that is no noise of the class: the slack of `about`, and of first days.
    coverage : str
        Name of the parameter that is the share of people the source counts.
    share : float
        Its value in the scenario, around which that of members lies.
    age : int or None, days
        Of the register of who is there, since its first figure; None for what is none.
    """

    kind: SourceKind
    delay: int
    noise: float
    beyond: float
    coverage: str
    share: float
    age: int | None = None


def usual_noise(kind: FigureClass, parameters: Mapping[str, float]) -> float:
    """Return the sd of the log of figures of a class, before a fit has learned it."""
    factor = {"inside": "noise_inside_factor", "flow": "noise_flow_factor", "returns": "noise_flow_factor"}
    times = parameters[factor[kind.quantity]] if kind.quantity in factor else 1.0
    return min(parameters[f"noise_{kind.source}_sd"] * times, MOST_NOISE)


def counting_of(
    report: Report, kind: FigureClass, parameters: Mapping[str, float], noise: float, *, begins: bool,
    age: int | None = None,
) -> Counting:  # fmt: skip
    """Return how a report's source counts.

    `noise` is the sd of the log of figures of its class. A figure given as `about` adds its slack to that, and one of
    the first days, when counting begins, what such figures have besides. `age` is that of its register, days.
    """
    source = kind.source
    slack = math.log1p(parameters["about_slack"]) / _ABOUT_SD if report.bound == "about" else 0.0
    beyond = math.hypot(slack, parameters["noise_first_days_sd"] if begins else 0.0)
    return Counting(
        kind=source,
        delay=round(parameters[f"delay_{source}_days"]),
        noise=math.hypot(noise, beyond),
        beyond=beyond,
        coverage=f"coverage_{source}",
        share=parameters[f"coverage_{source}"],
        age=age,
    )
