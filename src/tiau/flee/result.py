"""What a run of a case in Flee's format gives: agents in each reported camp by day and member."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiau.scenario.flee.case import FleeCase

ROADS, CAPACITIES = "conflicts, roads", "capacities"
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class FleeResult:
    """A run; everything is counted in agents, one agent standing for `hasten` people.

    Attributes
    ----------
    camps : tuple of str
        The reported camps, in the order of locations.csv.
    present : float array (day, camp, member)
        Agents at the camp at the end of the day.
    data : int array (day, camp)
        What source_data says of it.
    created : float array (day, member)
        Agents that were ever created.
    raw, debt : int arrays (day,)
        Flee's columns "raw UNHCR refugee count" and "refugee_debt".
    everywhere : float array (place, member)
        Agents at each location at the end of the last day; those on links are in none.
    seconds : float
    model : str
        "flee" or "destinations".
    knows : str
        What the run knows of the case beside its totals.
    """

    case: FleeCase
    hasten: int
    members: int
    seed: int
    chance: bool
    camps: tuple[str, ...]
    present: Floats
    data: Ints
    created: Floats
    raw: Ints
    debt: Ints
    everywhere: Floats
    seconds: float
    model: str = "flee"
    knows: str = f"{ROADS}, {CAPACITIES}"
