"""What sources count of the people who are there: their coverage, and registers that go stale and are cleared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from tiau.engine.unknowns import drawn
from tiau.observations.ledger import Placement
from tiau.scenario.unknown import Unknown

Floats = NDArray[np.floating[Any]]
Keys = NDArray[np.uint64]


def covered(
    placement: Placement, truth: Floats, parameters: Mapping[str, Floats], key: Keys | None
) -> NDArray[np.float64]:
    """Return what a source counts of what a report speaks of, before it errs (member,), persons.

    Parameters
    ----------
    placement : Placement
    truth : float array (member,), persons
    parameters : dict of str to float array (member,)
    key : uint64 array (member,) or None
        None where nothing is left to chance: nothing is stale then.
    """
    counted = truth * parameters[placement.counting.coverage]
    if placement.counting.age is None or key is None:
        return np.asarray(counted, np.float64)
    every, least = parameters["register_cleared_days"], parameters["register_kept_share"]
    return np.asarray(
        counted * staleness(key, placement.report.place, placement.counting.age, every, least), np.float64
    )


def staleness(key: Keys, register: str, age: int, every: Floats, least: Floats) -> Floats:
    """Return how many times as many people are on a register as there are (member,).

    Those who are no longer there stay on it until it is cleared, by chance, once in `every` days. A clearing leaves a
    share between `least` and 1, so that in the days before what is on it has grown steadily to its inverse.

    Parameters
    ----------
    key : uint64 array (member,)
    register : str
        The name of its place.
    age : int, days
        Since it was begun, with nobody on it who is not there.
    every : float array (member,), days
        Mean time from one clearing to the next; they come without memory.
    least : float array (member,), share
    """
    found, end = np.ones(key.size), np.zeros(key.size)
    number = 0
    while (running := end <= age).any():
        waited = -every * np.log(_uniform(key, "cleared", register, number))
        kept = least + (1.0 - least) * _uniform(key, "kept", register, number)
        now = running & (age < end + waited)
        found[now] = kept[now] ** -((age - end[now]) / waited[now])
        end = end + waited
        number += 1
    return found


def _uniform(key: Keys, kind: str, register: str, number: int) -> NDArray[np.float64]:
    return np.asarray(ndtr(drawn(key, Unknown(kind, f"{register} {number}"))))
