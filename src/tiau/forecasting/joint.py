"""What members have at places and areas on days ahead: by the model and by figures alone, added up member by member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from tiau.forecasting.ahead import Ahead
from tiau.forecasting.asked import ARRIVED, PRESENT
from tiau.forecasting.by_figures import FARTHEST
from tiau.forecasting.history import Floats
from tiau.forecasting.mechanism import mixed_weights, rebased, weighted
from tiau.forecasting.regions import Region
from tiau.observations.reporting import FEWEST_PEOPLE


class Joint:
    """People by place or area, arrays of (day, course, member).

    A place or area with a figure of its own has what a source of that figure would count: by the model in one half of
    the members, by figures alone in the other. Any other area is the sum of its parts: districts, and places without a
    district.

    Parameters
    ----------
    found : Ahead
    regions : mapping of str to Region
    days : sequence of int
        Days ahead.
    figures : mapping of (str, str) to float array (day, member), persons
        What figures alone say, by quantity and place.
    """

    def __init__(
        self, found: Ahead, regions: Mapping[str, Region], days: Sequence[int],
        figures: Mapping[tuple[str, str], Floats],
    ) -> None:  # fmt: skip
        self._found, self._regions, self._days, self._figures = found, regions, days, figures
        self._summed: dict[str, Floats] = {}

    def reported(self, quantity: str, place: str) -> bool:
        """Whether there is a figure of a place or area."""
        row = self._found.rows.get((quantity, place))
        return row is not None and not np.isnan(self._found.last[row])

    def stock(self, quantity: str, place: str) -> Floats:
        """Return how many people a source would count."""
        if quantity == PRESENT and place in self._regions and not self.reported(quantity, place):
            return self.parts(place)
        row = self._found.rows[quantity, place]
        people = np.exp([rebased(self._found, row, float(day)) for day in self._days])
        if (quantity, place) in self._figures:
            return self._halved(people, self._figures[quantity, place])
        if self.reported(quantity, place):
            return people
        # Logs have a floor for nobody: of many empty places it would add up to somebody.
        return np.where(self._raw(quantity, place) > FEWEST_PEOPLE * (1 + 1e-9), people, 0.0)

    def _halved(self, people: Floats, figures: Floats) -> Floats:
        """Return people (day, course, member) with every other member by figures (day, member).

        A course of events moves these as many times as it moves the median of the model. Further ahead than trends
        were checked they go on as the model does in that member.
        """
        weights = mixed_weights(people.shape[1])
        usual = np.array([weighted(of, weights, np.array([0.5])) for of in people])
        halved = figures[:, None, :] * (np.median(people, axis=2) / usual)[:, :, None]
        far = np.array(self._days) > FARTHEST
        if far.any():
            last = int(np.argmax(far)) - 1
            halved[far] = halved[last] * people[far] / people[last]
        return np.where(np.arange(people.shape[-1]) % 2 == 1, halved, people)

    def parts(self, place: str) -> Floats:
        """Return how many people the parts of a region have together; those that the model does not have, none."""
        if place not in self._summed:
            there = [part for part in self._regions[place].parts if part in self._regions or self._has(part)]
            nobody = np.zeros((len(self._days), len(self._found.logs), self._found.logs.shape[-1]))
            self._summed[place] = sum((self.stock(PRESENT, part) for part in there), nobody)
        return np.asarray(self._summed[place])

    def arrivals(self, place: str) -> Floats:
        """Return how many people have arrived since the first of the days.

        Those of the model, each day's times as many as people present are by the last figures to what they are in the
        model: who is counted has come.
        """
        came = np.maximum(np.diff(self._raw(ARRIVED, place), axis=0), 0.0)
        times = (self.stock(PRESENT, place) / self._raw(PRESENT, place))[1:]
        return np.concatenate([np.zeros((1, *came.shape[1:])), np.cumsum(came * times, axis=0)])

    def _has(self, place: str) -> bool:
        return (PRESENT, place) in self._found.rows

    def _raw(self, quantity: str, place: str) -> Floats:
        """Return what a source would cover by the model alone."""
        logs = self._found.logs[:, self._found.rows[quantity, place]]
        return np.asarray(np.exp(np.einsum("td,cdm->tcm", self._between, logs)))

    @cached_property
    def _between(self) -> Floats:
        """How much of each day that members were looked at on is in each of our days (ours, looked at)."""
        looked = self._found.days
        return np.array([np.interp(self._days, looked, unit) for unit in np.eye(looked.size)]).T
