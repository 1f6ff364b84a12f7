"""Who speaks: the kind of a report's source, and how that kind counts."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tiau.scenario.rows import Report

SourceKind = Literal["register", "agency", "other"]

_WORDS: tuple[tuple[SourceKind, str], ...] = (
    ("other", r"unofficial|villager|\bMPs?\b|member of parliament|reporter|estimate|local source|residents|in media"),
    ("agency", r"\b(UN|UNHCR|OCHA|IOM|DTM|UNICEF|IFRC|ICRC)\b"),
    ("register", r"police|home department|minister|government|\bCID\b|official|commissioner|superintendent|"
                 r"sub-divisional|administration|assam rifles|border guard|register|authorit"),
)  # fmt: skip


_ABOUT_SD = 1.6448536269514722
"""`about` is read as the half width of a 90% interval: so many standard deviations."""


@dataclass(frozen=True, slots=True)
class Counting:
    """How the source of a report counts.

    Attributes
    ----------
    delay : int, days
        A figure as of a day shows the truth of so many days before.
    noise : float
        Standard deviation of the log of the figure around what the source covers.
    coverage : str
        Name of the parameter that is the share of people the source counts.
    """

    delay: int
    noise: float
    coverage: str


def kind_of(report: Report) -> SourceKind:
    """Return the kind of a report's source, from the words of `said_by`, else of `publisher`.

    `register` is an authority that counts people, `agency` the United Nations and the like, `other` all else:
    members of parliament, villagers, organisations, papers.
    """
    # The first that fits counts: "unofficial" holds "official", and an official may quote UNHCR.
    for kind, words in _WORDS:
        if re.search(words, report.said_by or report.publisher, re.IGNORECASE if kind != "agency" else 0):
            return kind
    return "other"


def counting_of(report: Report, parameters: Mapping[str, float]) -> Counting:
    """Return how a report's source counts; a figure given as `about` adds its slack to the noise of the source."""
    kind = kind_of(report)
    noise = parameters[f"noise_{kind}_sd"]
    if report.bound == "about":
        noise = math.hypot(noise, math.log1p(parameters["about_slack"]) / _ABOUT_SD)
    return Counting(
        delay=round(parameters[f"delay_{kind}_days"]),
        noise=noise,
        coverage=f"coverage_{kind}",
    )
