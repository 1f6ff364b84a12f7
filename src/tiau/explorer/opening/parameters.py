"""The numbers that members differ in, as a drawer of assumptions lists them."""

from __future__ import annotations

from typing import Any

import numpy as np

from tiau.engine.members import VARIED, keys_of, parameters_of
from tiau.scenario.model import Scenario
from tiau.scenario.parameters import PARAMETERS
from tiau.scenario.unknown import Unknown

LEVELS = (0.05, 0.95)


def parameters(scenario: Scenario, *, members: int, seed: int) -> list[dict[str, Any]]:
    """Return the parameters that are judged or differ between members, with the range over so many members."""
    drawn = parameters_of(scenario, keys_of(members, seed), VARIED)
    found = []
    for one in PARAMETERS:
        if one.spread or one.judged:
            low, high = np.quantile(drawn[one.name], LEVELS).tolist()
            found.append({
                "name": one.name, "value": scenario.values[one.name], "lower": one.lower, "upper": one.upper,
                "low": low, "high": high, "unit": one.unit, "meaning": one.meaning, "source": one.source,
                "judged": one.judged, "given": _given(scenario, one.name),
            })  # fmt: skip
    return found


def _given(scenario: Scenario, name: str) -> str:
    """Say where a value comes from."""
    learned = scenario.posterior
    if learned is not None and learned.of(Unknown("parameter", name)) is not None:
        return "fit"
    return "scenario" if name in scenario.settings.parameters else "default"
