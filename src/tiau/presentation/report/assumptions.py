"""The assumptions of a run, ranked by how much its answer hangs on them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tiau.evaluation.hanging import Hanging, hanging, varied_numbers
from tiau.presentation.words.decisive import number
from tiau.presentation.words.figures import plain
from tiau.presentation.words.ranges import significant
from tiau.results.disclosure import told
from tiau.results.result import Result
from tiau.scenario.parameters import PARAMETERS


@dataclass(frozen=True)
class Assumption:
    """A number that was assumed, and how far the answer hangs on it.

    Attributes
    ----------
    name, meaning, unit, source : str
    value : str
        With the range in which runs differ, if they do.
    correlation : float or None
        Rank correlation of the answer with it over all runs; None where all runs have one value.
    lowest, highest : str
        The answer's median in the third of runs where it is lowest, and where it is highest, as it may be shown; blank
        without a range.
    decides : bool
        Whether the correlation is more than chance alone gives.
    """

    name: str
    meaning: str
    unit: str
    source: str
    value: str
    correlation: float | None = None
    lowest: str = ""
    highest: str = ""
    decides: bool = False


def assumptions(result: Result, area: str, suppress_below: int) -> tuple[Assumption, ...]:
    """Return every parameter, and every number of an act that is not known; those that the answer hangs on most first.

    The answer is how many people are in an area on the last day, of which the result keeps members.
    """
    ranked = _ranked(result, area)
    settings, values = result.scenario.settings.parameters, result.scenario.values
    hangs = {one.name: one for one in ranked if one.kind == "parameter"}
    found = []
    for p in PARAMETERS:
        source = settings[p.name].why if p.name in settings else p.source
        of_parameter = Assumption(p.name, p.meaning, p.unit, source, plain(values[p.name], 4))
        found.append(_with_range(of_parameter, hangs[p.name], suppress_below) if p.name in hangs else of_parameter)
    for one in ranked:
        if one.kind != "parameter":
            of_act = Assumption(one.name, number(one), "share", "an estimate: no source gives it", "")
            found.append(_with_range(of_act, one, suppress_below))
    return tuple(sorted(found, key=lambda one: -abs(one.correlation or 0.0)))


def _ranked(result: Result, area: str) -> tuple[Hanging, ...]:
    if area not in result.area_names:
        return ()
    people = result.area(area)[-1].astype(np.float64)
    numbers = varied_numbers(result.scenario, members=result.members, seed=result.seed)
    return hanging(("present", area), "persons", np.zeros_like(people), people, numbers)


def _with_range(assumed: Assumption, one: Hanging, suppress_below: int) -> Assumption:
    between = f"{plain(one.low, 3)} to {plain(one.high, 3)}"
    lowest, highest = told([significant(at, 2) for at in (one.at_lowest, one.at_highest)], suppress_below)
    return replace(
        assumed, value=f"{assumed.value} ({between})" if assumed.value else between, correlation=one.correlation,
        lowest=lowest, highest=highest, decides=one.decides,
    )  # fmt: skip
