"""The days from which a scenario is forecast in a hindcast, and what was known on each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tiau.forecasting.history import History, Panel, Series
from tiau.forecasting.situation import Situation
from tiau.forecasting.targets import Targets, targets_of
from tiau.progress import Progress

EVERY = 30
"""Days between origins, unless others are asked for."""


@dataclass(frozen=True)
class Moment:
    """A panel on an origin, and the figures that forecasts made then are scored on.

    Attributes
    ----------
    history : History
    panel : Panel
    """

    history: History
    panel: Panel

    @cached_property
    def now(self) -> Situation:
        """What methods know."""
        return Situation(self.panel, self.history.scenario)

    @property
    def in_main(self) -> bool:
        """Whether it is the panel that is told first of a scenario."""
        return self.panel.name == self.history.main

    @property
    def truth(self) -> Mapping[str, Series]:
        """The series of places as known in the end, by place."""
        return self.history.truth[self.panel.quantity]

    def targets(self, horizon: float) -> Targets:
        """Return the targets for a horizon in days."""
        return targets_of(self.panel, horizon, self.truth)


def origins(history: History, every: int, first: int | None = None) -> range:
    """Return the days that a scenario is forecast from, as ordinals.

    They lie so many days apart, from so long after the start on, or from a first one that is given.
    """
    return range(history.start + every if first is None else first, history.end, every)


def moments(
    history: History, every: int, first: int | None = None, progress: Progress | None = None
) -> Iterator[Moment]:
    """Yield each panel with people on each origin; `progress` is called with the number of origins done and in all."""
    days = origins(history, every, first)
    for done, origin in enumerate(days):
        if progress:
            progress(done, len(days))
        for panel in history.at(origin):
            if panel.last.any():
                yield Moment(history, panel)
