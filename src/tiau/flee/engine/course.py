"""The course of a case, day by day: where there is fighting, what is a camp, which links are open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiau.flee.case.model import FleeCase, Floats
from tiau.flee.engine.environment import Environment

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Course:
    """A case day by day.

    Attributes
    ----------
    weight : float array (day, place)
        By which newcomers are shared: population times intensity.
    conflict : float array (day, place)
        Intensity, 0 where there is none.
    camp : bool array (day, place)
    open : bool array (day, link)
    """

    weight: Floats
    conflict: Floats
    camp: Bools
    open: Bools


def course_of(case: FleeCase, environment: Environment) -> Course:
    """Take a case through its days in the order of Flee's day."""
    weight, conflict, camp, open_ = [], [], [], []
    for day in range(case.days):
        environment.begin(day)
        weight.append(environment.spawn_factor * environment.population)
        conflict.append(np.maximum(environment.conflict, 0.0))
        environment.move(day)
        camp.append(environment.camp.copy())
        open_.append(~environment.closed)
    return Course(np.array(weight), np.array(conflict), np.array(camp), np.array(open_))
