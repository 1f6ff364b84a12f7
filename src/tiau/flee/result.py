"""What a run of a case in Flee's format gives: agents in each reported camp by day and member."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tiau.flee.case.counts import Ints
from tiau.flee.case.model import FleeCase, Floats
from tiau.results.labelled import Labelled, Variable

if TYPE_CHECKING:
    import xarray as xr

ROADS, CAPACITIES = "conflicts, roads", "capacities"


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

    @property
    def days(self) -> list[dt.date]:
        """The days of the run."""
        return [self.case.date(day) for day in range(len(self.data))]

    @property
    def counted(self) -> Floats:
        """What source_data says of each camp (day, camp), persons; NaN where it says nothing of a camp."""
        labels = {label.name for label in self.case.labels}
        known = np.array([camp in labels for camp in self.camps], bool)
        return np.where(known, self.data * float(self.hasten), np.nan)

    def dataset(self) -> xr.Dataset:
        """Return camps by day and member as an xarray Dataset, in people."""
        return self.labelled().dataset()

    def labelled(self) -> Labelled:
        """Return camps by day and member with labels, in people."""

        def persons(dims: tuple[str, ...], people: Floats, text: str) -> Variable:
            return dims, people.astype(np.float32), {"units": "persons", "long_name": text}

        data = {
            "present": persons(
                ("day", "camp", "member"), self.present * self.hasten, "people at the camp at the end of the day"
            ),
            "counted": persons(
                ("day", "camp"), self.counted, "people at the camp by the counts, corrected, day by day"
            ),
            "created": persons(
                ("day", "member"), self.created * self.hasten, "people who were displaced since the start"
            ),
        }
        days = np.array(self.days, "datetime64[ns]")
        coordinates = {"day": days, "camp": np.array(self.camps, dtype=str), "member": np.arange(self.members)}
        attributes = {"title": self.case.name, "scenario": self.case.name, "seed": self.seed, "hasten": self.hasten}
        return Labelled(data, coordinates, attributes)

    def __repr__(self) -> str:
        how = f"{self.members} members, seed {self.seed}" if self.chance else "expectations, without chance"
        return (
            f"<FleeResult of {self.case.name}: {len(self.data)} days from {self.case.start}, {len(self.camps)} camps, "
            f"{how}, 1 agent = {self.hasten} people>"
        )
