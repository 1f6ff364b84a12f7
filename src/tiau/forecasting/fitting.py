"""The constants of methods fitted to hindcasts of several conflicts, leaving out none, one, and two of them each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.optimize import linprog, minimize
from scipy.sparse import csr_array, eye_array, hstack

from tiau.evaluation.forecasts import quantile_score
from tiau.forecasting import empty_places, regression
from tiau.forecasting.constants import FittedCase, Fold, Store
from tiau.forecasting.history import Floats, History
from tiau.forecasting.origins import Moment, moments
from tiau.forecasting.quantiles import GIVEN, LEVELS
from tiau.forecasting.targets import Targets, all_targets_of
from tiau.scenario.model import Scenario
from tiau.scenario.names import key_of

EVERY = 30
EVERY_EMPTY = 15
EMPTY_LEADS = (20.0, 215.0)
RIDGE = 0.3
"""Pulls the parameters of empty places, but for their size, to 0: there are few such places."""


@dataclass(frozen=True)
class Sample:
    """Targets of one origin with what was known then.

    Attributes
    ----------
    case : str
    moment : Moment
    targets : Targets
    """

    case: str
    moment: Moment
    targets: Targets

    @property
    def lead(self) -> Floats:
        """The lead of the targets by the places of the panel (place,); 1 for places that have none."""
        lead = np.ones(len(self.moment.panel.series))
        lead[self.targets.rows] = self.targets.lead
        return lead


def fit(scenarios: Sequence[Scenario], most_left_out: int = 2) -> Store:
    """Fit the constants of every method to all conflicts, to all but one, and so on.

    Parameters
    ----------
    scenarios : sequence of Scenario
        Each another conflict.
    most_left_out : int
        To how many conflicts less than all constants are fitted at most.

    Returns
    -------
    Store
        Of every fold. A forecast of a conflict takes its folds from those without it.
    """
    histories = {scenario.name: History(scenario) for scenario in scenarios}
    by_knot = {
        knot: [sample for name, history in histories.items() for sample in _samples(name, history, knot)]
        for knot in regression.KNOTS
    }
    empty = [sample for name, history in histories.items() for sample in _samples_of_empty(name, history)]
    folds = {}
    for left in (gone for number in range(most_left_out + 1) for gone in combinations(histories, number)):
        coefficients = {
            name: np.stack([
                fit_form(form, [sample for sample in by_knot[knot] if sample.case not in left])
                for knot in regression.KNOTS
            ])
            for name, form in regression.FORMS.items()
        }  # fmt: skip
        folds[frozenset(left)] = Fold(coefficients, fit_empty([one for one in empty if one.case not in left]))
    return Store(tuple(_described(history) for history in histories.values()), folds)


def _described(history: History) -> FittedCase:
    settings = history.scenario.settings
    in_main = (panel for panel in history.at(history.end) if panel.name == history.main)
    places = frozenset(key_of(place) for panel in in_main for place in panel.places)
    return FittedCase(settings.name, str(settings.start), str(settings.end), places)


def _samples(name: str, history: History, horizon: int) -> Iterator[Sample]:
    for moment in moments(history, EVERY):
        targets = moment.targets(horizon)
        if moment.in_main and targets.rows.size:
            yield Sample(name, moment, targets)


def _samples_of_empty(name: str, history: History) -> Iterator[Sample]:
    """Yield each later figure of each place that had nobody as a sample of its own."""
    for moment in moments(history, EVERY_EMPTY, history.start + EVERY):
        for row in np.flatnonzero(moment.now.empty & moment.in_main):
            found = all_targets_of(moment.panel, int(row), moment.truth, *EMPTY_LEADS)
            if found.rows.size:
                yield Sample(name, moment, found)


def fit_form(form: regression.Form, samples: Sequence[Sample]) -> Floats:
    """Return the coefficients of a form (fitted level, term) with the least pinball loss.

    The loss of an origin is divided by the people counted; origins of a case weigh alike, and cases do.
    """
    design, rise, weight = [], [], []
    origins = {case: sum(sample.case == case for sample in samples) for case in {sample.case for sample in samples}}
    for sample in samples:
        rows = sample.targets.rows
        now, lead = form.seen(sample.moment.now, sample.lead)
        design.append(form.design(now, lead)[rows])
        rise.append(sample.targets.people - form.start(now, lead)[rows])
        people = max(sample.targets.people.sum(), 1.0)
        weight.append(np.full(rows.size, 1.0 / people / origins[sample.case]))
    whole = np.concatenate(design), np.concatenate(rise), np.concatenate(weight)
    return np.array([quantile_regression(*whole, level) for level in GIVEN])


def quantile_regression(design: Floats, values: Floats, weight: Floats, level: float) -> Floats:
    """Return the coefficients (term,) with the least weighted pinball loss at a level, by linear programming.

    Parameters
    ----------
    design : float array (row, term)
    values, weight : float array (row,)
    level : float
    """
    rows, terms = design.shape
    scale = np.maximum(np.abs(design).max(axis=0), 1e-9)
    unit = max(float(np.abs(values).max()), 1e-9)
    weight = weight / weight.mean()
    found = linprog(
        np.r_[np.zeros(terms), weight * level, weight * (1 - level)],
        A_eq=hstack([csr_array(design / scale), eye_array(rows), -eye_array(rows)]),
        b_eq=values / unit,
        bounds=[(None, None)] * terms + [(0, None)] * (2 * rows),
        method="highs",
    )
    return np.asarray(found.x[:terms] * unit / scale)


def fit_empty(samples: Sequence[Sample]) -> Floats:
    """Return the parameters of empty places with the least score, relative to the mean size of places, and a ridge.

    Places at an origin weigh alike within a case, cases weigh alike; zeros where no conflict has empty places.
    """
    nothing = np.zeros(len(empty_places.PARAMETERS))
    if not samples:
        return nothing
    cases = {case: sum(sample.case == case for sample in samples) for case in {sample.case for sample in samples}}

    def loss(parameters: Floats) -> float:
        total = 0.0
        for sample in samples:
            now, targets = sample.moment.now, sample.targets
            score = quantile_score(empty_places.forecast(parameters, now, targets.lead), targets.people, LEVELS)
            total += score.mean() / (now.total / now.count) / cases[sample.case]
        return float(total / len(cases) + RIDGE * (parameters[1:] ** 2).sum())

    return np.asarray(minimize(loss, nothing, method="L-BFGS-B").x)
