"""The forecast of the scenario that is explored, as fans of the areas and places that a page follows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from tiau.explorer.basis.followed import named
from tiau.explorer.basis.sound import Basis
from tiau.explorer.runs.stopping import Stop, Stopped, Tell
from tiau.forecasting.asked import PRESENT
from tiau.forecasting.forecast_result import Forecast
from tiau.forecasting.prediction import HORIZON, forecast
from tiau.progress import PARTS, Progress, Steps, Words
from tiau.results.variables import QUANTILES


def forecast_of(basis: Basis, tell: Tell, stop: Stop) -> dict[str, Any]:
    """Forecast the scenario from its last day, telling in words how far it is.

    Raises
    ------
    Stopped
        If it is not wanted any more.
    InputError
        Where the model has nothing to say.
    """
    fitted = basis.scenario.model_copy(update={"posteriors": basis.fits})
    return _message(basis, forecast(fitted, horizon=basis.horizon or HORIZON, steps=steps_told(tell, stop)))


def steps_told(tell: Tell, stop: Stop) -> Steps:
    """Return what opens steps that are told in words, and stop where nobody wants them any more."""

    @contextmanager
    def steps(name: str, words: Words = PARTS, *, first: str = "") -> Iterator[Progress]:
        if stop():
            raise Stopped
        last = ""

        def advanced(done: int, total: int) -> None:
            nonlocal last
            if stop():
                raise Stopped
            said = f"{name}, {words(done, total)}"
            if said != last:
                last = said
                tell({"kind": "progress", "words": said})

        tell({"kind": "progress", "words": first or name})
        yield advanced

    return steps


def _message(basis: Basis, found: Forecast) -> dict[str, Any]:
    """Return a forecast as a page takes it: the day it begins and days ahead, counted from the scenario's first one."""
    areas = {}
    for row, (target, place) in enumerate(found.rows):
        follow = named(basis.carried, basis.followed, place)
        if target == PRESENT and follow is not None:
            fans = [found.of(people, *QUANTILES) for people in found.draws[row]]
            areas[str(follow)] = np.asarray(fans, np.float32).T
    origin = basis.network.day_index(found.origin)
    return {
        "kind": "forecast", "origin": origin, "days": [origin + ahead for ahead in (0, *found.days)],
        "levels": list(QUANTILES), "areas": areas,
    }  # fmt: skip
