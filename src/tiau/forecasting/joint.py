"""What members have at places and areas on days ahead: by the model and by figures alone, added up member by member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from tiau.forecasting.ahead import Ahead
from tiau.forecasting.asked import ARRIVED, PRESENT
from tiau.forecasting.by_figures import FARTHEST
from tiau.forecasting.history import Bools, Floats
from tiau.forecasting.mechanism import mixed_weights, rebased, weighted
from tiau.forecasting.regions import Region, with_figures
from tiau.observations.reporting import FEWEST_PEOPLE


class Joint:
    """People by place or area, arrays of (day, course, member).

    A place or area with a figure of its own has what a source of that figure would count: by the model in one half of
    the members, by figures alone in the other. Any other area of whose parts there are figures is the sum of its parts:
    districts, and places without a district. All else is the model's.

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
        told = {place for quantity, place in found.rows if quantity == PRESENT and self._reported(quantity, place)}
        self._in_parts = with_figures(regions, told)
        self._summed: dict[str, Floats] = {}
        self.twice = tuple(place for place in regions if place in told and place in self._in_parts)
        """Areas with figures of the whole and of parts."""

    def _reported(self, quantity: str, place: str) -> bool:
        return not np.isnan(self._found.last[self._found.rows[quantity, place]])

    def stock(self, quantity: str, place: str) -> Floats:
        """Return how many people a source would count."""
        row, reported = self._found.rows[quantity, place], self._reported(quantity, place)
        if not reported and place in self._in_parts:
            return self.parts(place)
        people = np.exp([rebased(self._found, row, float(day)) for day in self._days])
        if reported:
            figures = self._figures.get((quantity, place))
            return people if figures is None else self._halved(people, figures)
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
        return np.where(_by_figures(people), halved, people)

    def parts(self, place: str) -> Floats:
        """Return how many people the parts of a region have together; those that the model does not have, none."""
        if place not in self._summed:
            there = [part for part in self._regions[place].parts if (PRESENT, part) in self._found.rows]
            nobody = np.zeros((len(self._days), len(self._found.logs), self._found.logs.shape[-1]))
            self._summed[place] = sum((self.stock(PRESENT, part) for part in there), nobody)
        return np.asarray(self._summed[place])

    def arrivals(self, place: str) -> Floats:
        """Return how many people have arrived since the first of the days.

        Those of the model, each day's times as many as people present are by the last figures to what they are in the
        model: who is counted has come. In members by figures alone at least as many as there are more of.
        """
        came = np.maximum(np.diff(self._raw(ARRIVED, place), axis=0), 0.0)
        present = self.stock(PRESENT, place)
        came = came * (present / self._raw(PRESENT, place))[1:]
        if place in self._in_parts or self._reported(PRESENT, place):
            came = np.where(_by_figures(came), np.maximum(came, np.diff(present, axis=0)), came)
        return np.concatenate([np.zeros((1, *came.shape[1:])), np.cumsum(came, axis=0)])

    def _raw(self, quantity: str, place: str) -> Floats:
        """Return what a source would cover by the model alone."""
        logs = self._found.logs[:, self._found.rows[quantity, place]]
        return np.asarray(np.exp(np.einsum("td,cdm->tcm", self._between, logs)))

    @cached_property
    def _between(self) -> Floats:
        """How much of each day that members were looked at on is in each of our days (ours, looked at)."""
        looked = self._found.days
        return np.array([np.interp(self._days, looked, unit) for unit in np.eye(looked.size)]).T


def _by_figures(people: Floats) -> Bools:
    """Return which members (member,) of people (day, course, member) go by figures alone where there are any."""
    return np.asarray(np.arange(people.shape[-1]) % 2 == 1)
