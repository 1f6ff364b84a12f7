"""The fitted constants of methods, by the conflicts that they were fitted without."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from tiau.forecasting.history import Floats
from tiau.scenario.model import Scenario
from tiau.scenario.names import key_of

FILE = "constants.json"


@dataclass(frozen=True)
class Fold:
    """Constants fitted to some conflicts.

    Attributes
    ----------
    coefficients : mapping of str to float array (knot, fitted level, term)
        By method.
    empty : float array (4,)
        The parameters of places that have nobody.
    """

    coefficients: Mapping[str, Floats]
    empty: Floats


@dataclass(frozen=True)
class Constants:
    """The constants with which a scenario is forecast.

    Attributes
    ----------
    left_out : tuple of str
        Conflicts that constants could be fitted to and here are not, because the scenario is of them.
    all : Fold
        Fitted to all other conflicts.
    folds : tuple of Fold
        Fitted to one conflict less each: how far they lie apart is how much constants hang on single conflicts.
    """

    left_out: tuple[str, ...]
    all: Fold
    folds: tuple[Fold, ...]


@dataclass(frozen=True)
class FittedCase:
    """A conflict that constants were fitted to: its name, its period, and the places that it has figures of."""

    name: str
    start: str
    end: str
    places: frozenset[str]

    def is_of(self, scenario: Scenario) -> bool:
        """Whether a scenario is of this conflict: by its name, or by half of the places at the same time."""
        if scenario.name == self.name:
            return True
        settings = scenario.settings
        if str(settings.start) > self.end or str(settings.end) < self.start:
            return False
        there = {key_of(place.place) for place in scenario.places}
        return 2 * len(self.places & there) >= len(self.places)


@dataclass(frozen=True)
class Store:
    """All constants that were fitted, by the names of the conflicts left out."""

    cases: tuple[FittedCase, ...]
    folds: Mapping[frozenset[str], Fold]

    def constants(self, left_out: Iterable[str] = ()) -> Constants:
        """Return the constants fitted without some conflicts, by their names."""
        gone = frozenset(left_out)
        rest = sorted({case.name for case in self.cases} - gone)
        folds = tuple(self.folds[gone | {name}] for name in rest)
        return Constants(tuple(sorted(gone)), self.folds[gone], folds)

    def constants_for(self, scenario: Scenario) -> Constants:
        """Return the constants with which a scenario is forecast: those that never saw it."""
        return self.constants([case.name for case in self.cases if case.is_of(scenario)][:1])


@cache
def stored() -> Store:
    """Return the constants that come with the package; `tools/fit_forecast.py` makes them."""
    return from_text(files("tiau.forecasting").joinpath(FILE).read_text(encoding="utf-8"))


def from_text(text: str) -> Store:
    """Return the constants that a text of `to_text` holds."""
    found = json.loads(text)
    cases = tuple(
        FittedCase(case["name"], case["start"], case["end"], frozenset(case["places"])) for case in found["cases"]
    )
    folds = {
        frozenset(fold["left_out"]): Fold(
            {name: np.array(values) for name, values in fold["coefficients"].items()}, np.array(fold["empty"])
        )
        for fold in found["folds"]
    }
    return Store(cases, folds)


def to_text(store: Store) -> str:
    """Return constants as JSON with five digits, a line a fold."""
    cases = [
        {"name": case.name, "start": case.start, "end": case.end, "places": sorted(case.places)} for case in store.cases
    ]
    folds = [
        {
            "left_out": sorted(left_out),
            "coefficients": {name: _digits(values) for name, values in fold.coefficients.items()},
            "empty": _digits(fold.empty),
        }
        for left_out, fold in sorted(store.folds.items(), key=lambda item: (len(item[0]), sorted(item[0])))
    ]
    parts = (("cases", cases), ("folds", folds))
    lines = [f'"{name}": [\n' + ",\n".join(map(json.dumps, rows)) + "\n]" for name, rows in parts]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _digits(values: Floats) -> object:
    return np.vectorize(lambda value: float(f"{value:.5g}"))(values).tolist()
