"""Methods that are a start and a few terms, each with a coefficient by level and horizon, fitted to past conflicts.

A quantile is start + sum of coefficient x term. Coefficients are fitted at levels .2, .5 and .8 and at 30, 90 and 180
days, and interpolated in the square root of days between those. Terms of size grow with the square root of days
before 30 and after 180, trends and arrivals with days until 180: what they add has faded by then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from tiau.forecasting.history import Floats
from tiau.forecasting.quantiles import fan
from tiau.forecasting.situation import Situation

KNOTS = (30, 90, 180)
"""Horizons at which coefficients are fitted, days."""

Term = Callable[[Situation, Floats], Floats]


@dataclass(frozen=True)
class Form:
    """The form of a method.

    Attributes
    ----------
    start : callable
        Gives the point that a forecast starts from (place,), by situation and lead in days (place,).
    terms : dict of str to callable
        The terms by the names of their coefficients, each (place,), persons.
    from_report : bool
        Whether days ahead are counted, and growth is seen, from the last figure of each place on, not from the day of
        the forecast.
    """

    start: Term
    terms: dict[str, Term]
    from_report: bool = False

    def seen(self, now: Situation, lead: Floats) -> tuple[Situation, Floats]:
        """Return the situation and the days ahead (place,) that the form goes by."""
        return (now.at_reports, lead + now.since_report) if self.from_report else (now, lead)

    def design(self, now: Situation, lead: Floats) -> Floats:
        """Return the terms (place, term)."""
        return np.stack([term(now, lead) for term in self.terms.values()], axis=1)


def _last(now: Situation, lead: Floats) -> Floats:
    return now.last


def _size(now: Situation, lead: Floats) -> Floats:
    return now.last * _width(lead)


def _mean_size(now: Situation, lead: Floats) -> Floats:
    return now.total / now.count * _width(lead)


def _own_trend(now: Situation, lead: Floats) -> Floats:
    return now.own_trend * _faded(lead)


def _arrivals_evenly(now: Situation, lead: Floats) -> Floats:
    return now.arrivals * _faded(lead) / now.count


def _arrivals_by_root(now: Situation, lead: Floats) -> Floats:
    return now.arrivals * _faded(lead) * now.root_share


def _width(lead: Floats) -> Floats:
    return np.asarray(np.sqrt(np.minimum(lead / KNOTS[0], 1.0) * np.maximum(lead / KNOTS[-1], 1.0)))


def _faded(lead: Floats) -> Floats:
    return np.asarray(np.minimum(lead, KNOTS[-1]))


FORMS = {
    "trend": Form(_last, {
        "size": _size, "own_trend": _own_trend, "arrivals_evenly": _arrivals_evenly,
        "arrivals_by_root": _arrivals_by_root,
    }),
    "persistence_dressed": Form(_last, {"size": _size, "mean_size": _mean_size}),
    "drift_dressed": Form(lambda now, lead: now.last + now.own_trend * lead, {"size": _size, "mean_size": _mean_size}),
    "damped": Form(_last, {"size": _size, "own_trend": _own_trend, "mean_size": _mean_size}),
}  # fmt: skip
FORMS |= {f"{name}_from_report": replace(FORMS[name], from_report=True) for name in ("trend", "persistence_dressed")}
"""Of arrivals a part is shared out evenly and a part by square roots of size."""


def forecast(form: Form, coefficients: Floats, now: Situation, lead: Floats) -> Floats:
    """Return the quantiles of a method (place, level).

    Parameters
    ----------
    form : Form
    coefficients : float array (knot, fitted level, term)
    now : Situation
    lead : float array (place,), days
    """
    now, lead = form.seen(now, lead)
    here = np.interp(np.sqrt(lead), np.sqrt(KNOTS), np.arange(len(KNOTS)))
    before = np.minimum(here.astype(int), len(KNOTS) - 2)
    share = (here - before)[:, None, None]
    by_lead = coefficients[before] * (1 - share) + coefficients[before + 1] * share
    moved = np.einsum("plt,pt->pl", by_lead, form.design(now, lead))
    return fan(form.start(now, lead)[:, None] + moved)
