"""The methods by name: what each gives for the places of a panel, so many days ahead."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

import numpy as np

from tiau.faults import nearest, wrong_argument
from tiau.forecasting import empty_places, regression
from tiau.forecasting.constants import Constants
from tiau.forecasting.history import Floats
from tiau.forecasting.mechanism import MEMBERS, SEED, Mechanism
from tiau.forecasting.nearness import nearness
from tiau.forecasting.quantiles import mixture, point
from tiau.forecasting.situation import Situation

REFERENCE = "trend"
OLD_DAYS = 150
"""A crisis is old for a forecast if the middle of the time ahead lies more than this after the start."""
MUCH_GROWTH, LITTLE_GROWTH = 0.2, 0.05
"""Arrivals in 90 days as a share of all people."""

Forecast = Callable[[Situation, Floats, Constants], Floats]


class Method(NamedTuple):
    """A method of forecasting.

    Attributes
    ----------
    forecast : callable
        Gives quantiles (place, level) by situation, lead in days (place,) and constants.
    what : str
        What it does, for a table.
    leaks : bool
        Whether it uses what nobody knew on the day.
    slow : bool
        Whether it takes most of a minute an origin where the model of movements has something to say.
    """

    forecast: Forecast
    what: str
    leaks: bool = False
    slow: bool = False


def _persistence(now: Situation, lead: Floats, constants: Constants) -> Floats:
    return point(now.last)


def _by_distance(now: Situation, lead: Floats, constants: Constants) -> Floats:
    return point(_expected_total(now, lead) * nearness(now))


def _by_capacity(now: Situation, lead: Floats, constants: Constants) -> Floats:
    """Share the total by the capacities of places.csv; where none is given, by the largest figure so far."""
    given = [
        sum(now.scenario.places[member].capacity or 0.0 for member in series.members) for series in now.panel.series
    ]
    room = np.where(np.array(given) > 0, given, now.panel.capacity)
    return point(_expected_total(now, lead) * room / max(room.sum(), 1.0))


def _expected_total(now: Situation, lead: Floats) -> Floats:
    return now.total + now.arrivals * lead


def _regression(name: str, now: Situation, lead: Floats, constants: Constants) -> Floats:
    return regression.forecast(regression.FORMS[name], constants.all.coefficients[name], now, lead)


def statistical(now: Situation, lead: Floats, constants: Constants) -> Floats:
    """Return the statistical half of Tiau's forecast (place, level).

    Each part is a mixture over folds, of constants fitted without one more conflict each, so that bands are wider where
    constants hang on single conflicts; and over two ways to count the days ahead, from the day of the forecast and from
    the last figure of each place. The trend is mixed, two to one, with how large places become where a place has
    nobody, and half and half with dressed persistence where a crisis is old and still grows much. A quiet crisis keeps
    the trend.
    """
    trend = _mixed("trend", now, lead, constants)
    if now.growing <= LITTLE_GROWTH:
        return trend
    quantiles = trend.copy()
    if now.empty.any():
        of_empty = mixture([empty_places.forecast(fold.empty, now, lead) for fold in constants.folds])
        quantiles[now.empty] = mixture([trend, trend, of_empty])[now.empty]
    old = ~now.empty & (now.age + lead / 2 > OLD_DAYS) & (now.growing > MUCH_GROWTH)
    if old.any():
        quantiles[old] = mixture([trend, _mixed("persistence_dressed", now, lead, constants)])[old]
    return quantiles


def _mixed(name: str, now: Situation, lead: Floats, constants: Constants) -> Floats:
    return mixture([
        regression.forecast(regression.FORMS[form], fold.coefficients[form], now, lead)
        for form in (name, f"{name}_from_report") for fold in constants.folds
    ])  # fmt: skip


def _mechanism(members: Mechanism, now: Situation, lead: Floats, constants: Constants) -> Floats:
    return members.forecast(now, lead, statistical(now, lead, constants))


def _tiau(members: Mechanism, now: Situation, lead: Floats, constants: Constants) -> Floats:
    """Return half and half what the model of movements and what figures alone say; the latter where it says nothing."""
    by_figures = statistical(now, lead, constants)
    return mixture([members.forecast(now, lead, by_figures), by_figures])


def _by_members(members: int, seed: int) -> dict[str, Method]:
    """Return the methods that members are run for, once for both."""
    model = Mechanism(members, seed)
    return {
        "tiau": Method(partial(_tiau, model), "Tiau's forecast: half and half the two below", slow=True),
        "mechanism": Method(partial(_mechanism, model), "fitted members of the model of movements run on", slow=True),
    }


METHODS = {
    **_by_members(MEMBERS, SEED),
    "statistical": Method(statistical, "trends, sizes and spread of other conflicts"),
    "trend": Method(partial(_regression, "trend"), "own trend and arrivals in all, with a spread: the reference"),
    "persistence": Method(_persistence, "the last count stays"),
    "persistence_dressed": Method(partial(_regression, "persistence_dressed"), "the last count, with a spread"),
    "drift_dressed": Method(partial(_regression, "drift_dressed"), "the own trend goes on, with a spread"),
    "damped": Method(partial(_regression, "damped"), "part of the own trend goes on, with a spread"),
    "share_by_distance": Method(_by_distance, "all people and arrivals shared out by nearness to what happened"),
    "capacity_share": Method(_by_capacity, "the same by capacity, in a case of Flee's the largest later count", True),
}
USUAL = {name: method for name, method in METHODS.items() if name != "mechanism"}
"""Those of a hindcast that asks for none."""


def named(names: Iterable[str], members: int = MEMBERS, seed: int = SEED) -> dict[str, Method]:
    """Return methods by name, the reference among them, in the order of the table of methods.

    `members` and `seed` are those of the model of movements.

    Raises
    ------
    InputError
        That names the first word that is no method.
    """
    wanted = list(names)
    for name in wanted:
        if name not in METHODS:
            remedy = nearest(name, METHODS) or f"methods: {', '.join(METHODS)}"
            raise wrong_argument("methods", "is no method", remedy, name)
    methods = {**METHODS, **_by_members(members, seed)}
    return {name: method for name, method in methods.items() if name in {*wanted, REFERENCE}}
