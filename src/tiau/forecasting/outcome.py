"""What a hindcast gives: targets, forecasts and scores by scenario, and lines that sum them up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tiau.evaluation.forecasts import COVERED
from tiau.forecasting.history import Bools, Floats
from tiau.forecasting.methods import Method
from tiau.forecasting.threshold_events import EventScore

if TYPE_CHECKING:
    from pandas import DataFrame

ALL, ALL_PANELS = "all", "every panel"
"""Parts of the figures: all of the main panel, and those of others beside it, where people can be counted twice."""


@dataclass(frozen=True)
class Target:
    """A figure that forecasts are scored on.

    Attributes
    ----------
    origin, horizon : int
        The day of the forecast as an ordinal, and the horizon asked for, days.
    panel, place : str
    in_main : bool
        Whether the panel is the one that tables are of.
    lead, observed, last : float
        Days to the figure, the figure itself, and the last one known on the origin, persons.
    age : int
        Days from the start of the scenario to the origin.
    """

    origin: int
    horizon: int
    panel: str
    place: str
    in_main: bool
    lead: float
    observed: float
    last: float
    age: int


@dataclass(frozen=True)
class Together:
    """Scores of all targets of a panel at an origin and horizon together.

    Attributes
    ----------
    origin, horizon : int
    panel : str
    in_main : bool
    count : int
        Number of places.
    energy, total : mapping of str to float
        By method: the fair energy score, and the fair CRPS of the sum over the places, persons.
    """

    origin: int
    horizon: int
    panel: str
    in_main: bool
    count: int
    energy: Mapping[str, float]
    total: Mapping[str, float]


@dataclass(frozen=True)
class CaseHindcast:
    """The hindcast of one scenario.

    Attributes
    ----------
    name : str
    left_out : tuple of str
        The conflicts that constants were fitted without because the scenario is of them.
    targets : tuple of Target
    quantiles : dict of str to float array (target, level), persons
        By method.
    together : tuple of Together
    silent : tuple of str
        Places that people could be in and that no figure is of; none of them is forecast.
    """

    name: str
    left_out: tuple[str, ...]
    targets: tuple[Target, ...]
    quantiles: dict[str, Floats]
    together: tuple[Together, ...]
    silent: tuple[str, ...]

    def where(self, horizon: int | None = None, *, main: bool = True) -> Bools:
        """Return which targets are of a horizon, and of the main panel (target,)."""
        return np.array([
            (not main or target.in_main) and horizon in (None, target.horizon) for target in self.targets
        ], bool)  # fmt: skip

    def column(self, name: str) -> Floats:
        """Return an attribute of all targets (target,)."""
        return np.array([getattr(target, name) for target in self.targets], float)


@dataclass(frozen=True)
class Line:
    """Scores of a method on a part of the figures.

    Attributes
    ----------
    group : str
        A case, or several that weigh alike.
    horizon : int
        Days ahead.
    segment : str
        Which figures: all of the main panels, a part of them, or those of every panel of one case.
    method : str
    cases, figures, origins : int
    crps, wis, ard : float
        Sums over origins as shares of the people counted: CRPS, weighted interval score, error of the median.
    energy, total : float
        The same of the energy score, and of the CRPS of the sum over places; NaN for a segment.
    crps_log : float
        Mean CRPS of log counts.
    versus : float
        By how much the CRPS is above that of the reference, as a share of it.
    low, high : float
        The 5% and 95% quantile of that when origins are drawn again in blocks as long as the horizon.
    covered : tuple of float
        Shares of figures inside the central 50, 80 and 90% intervals.
    events : dict of str to EventScore
        What the chances of each threshold event were worth.
    """

    group: str
    horizon: int
    segment: str
    method: str
    cases: int
    figures: int
    origins: int
    crps: float
    wis: float
    ard: float
    energy: float
    total: float
    crps_log: float
    versus: float
    low: float
    high: float
    covered: tuple[float, ...]
    events: Mapping[str, EventScore]

    def cells(self) -> dict[str, str | int | float]:
        """Return the line as a row of a table, by column."""
        return {
            "group": self.group,
            "horizon": self.horizon,
            "segment": self.segment,
            "method": self.method,
            "cases": self.cases,
            "figures": self.figures,
            "origins": self.origins,
            "crps": self.crps,
            "versus_reference": self.versus,
            "versus_p05": self.low,
            "versus_p95": self.high,
            "crps_log": self.crps_log,
            "wis": self.wis,
            "energy": self.energy,
            "crps_of_sum": self.total,
            "ard": self.ard,
            **{f"covered_{100 * share:.0f}": inside for share, inside in zip(COVERED, self.covered, strict=True)},
            **{f"{name}_{event}": of for event, score in self.events.items() for name, of in vars(score).items()},
        }


@dataclass(frozen=True)
class Hindcast:
    """Hindcasts of some scenarios by the same methods.

    Attributes
    ----------
    cases : tuple of CaseHindcast
    methods : dict of str to Method
    horizons : tuple of int, days
    every : int
        Days between origins.
    lines : tuple of Line
        What it says in all: groups of cases first, then each case.
    members, seed : int
        Of the model of movements.
    """

    cases: tuple[CaseHindcast, ...]
    methods: dict[str, Method]
    horizons: tuple[int, ...]
    every: int
    lines: tuple[Line, ...]
    members: int
    seed: int

    @property
    def groups(self) -> list[str]:
        """Names of the groups that lines are of, those of several cases first."""
        return list(dict.fromkeys(line.group for line in self.lines))

    def lines_of(self, group: str, segment: str = ALL) -> list[Line]:
        """Return the lines of a group and a part of its figures."""
        return [line for line in self.lines if (line.group, line.segment) == (group, segment)]

    def table(self) -> DataFrame:
        """Return the lines as a table."""
        from pandas import DataFrame

        return DataFrame([line.cells() for line in self.lines])

    def __repr__(self) -> str:
        targets = sum(len(case.targets) for case in self.cases)
        return f"<Hindcast of {', '.join(case.name for case in self.cases)}: {targets:,} figures>"

    def _repr_html_(self) -> str:
        table = self.table()
        shown = ["group", "horizon", "method", "crps", "versus_reference", "ard", "covered_50", "covered_90", "figures"]
        html: str = table.loc[table["segment"] == ALL, shown].round(3).to_html(index=False)
        return html
