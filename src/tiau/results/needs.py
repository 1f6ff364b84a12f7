"""What people present at a place need, in the units of a planner, by the minimum standards of the Sphere Handbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

SPHERE = "The Sphere Handbook (Sphere Association, 2018, doi:10.3362/9781908176707)"
RATION = (
    "555 g a person a day: 400 of cereals, 60 of pulses, 25 of oil, 50 of fortified blended food, 15 of sugar, 5 of "
    "salt, together 2,100 kcal (World Food Programme, the WFP food basket, wfp.org/nutrition/wfp-foodbasket)"
)
MONTH = 30


@dataclass(frozen=True, slots=True)
class Need:
    """A need in proportion to people or to households.

    Attributes
    ----------
    name, unit : str
    each : float
        In `unit`, for each of those that `of` names; of `monthly` needs a day.
    source : str
        The standard and what it asks for.
    of : {"people", "households"}
        Households are whole.
    whole : bool
        Whether it comes in whole pieces, rounded up.
    monthly : bool
        Whether it is for all days of a month.
    room : bool
        Whether the capacity of a place, which is given in people, says how much of it there is.
    decimals : int
        As it is written.
    """

    name: str
    unit: str
    each: float
    source: str
    of: Literal["people", "households"] = "people"
    whole: bool = False
    monthly: bool = False
    room: bool = False
    decimals: int = 0


NEEDS: tuple[Need, ...] = (
    Need("people", "people", 1, "displaced people present", room=True),
    Need("households", "households", 1, "the parameter household_size", "households", room=True),
    Need("shelters", "tents or rooms", 1, "one for each household", "households", room=True),
    Need("covered_area", "m2", 3.5,
         f"{SPHERE}, shelter and settlement standard 3: 3.5 m2 a person, without cooking, bathing and sanitation",
         room=True),
    Need("water", "litres a day", 15, f"{SPHERE}, water supply standard 2.1: 15 litres a person a day"),
    Need("taps", "taps", 1 / 250,
         f"{SPHERE}, water supply standard 2.1: 250 people to a tap that gives 7.5 litres a minute", whole=True),
    Need("latrines", "toilets", 1 / 20,
         f"{SPHERE}, excreta management standard 3.2: one shared toilet for 20 people (one for 50 in the first days)",
         whole=True),
    Need("food", "tonnes a month", 555e-6,
         f"{SPHERE}, food assistance standard 6.1: 2,100 kcal a person a day; {RATION}", monthly=True, decimals=2),
    Need("health_posts", "posts", 1 / 10_000,
         "one health post for 10,000 people: planning figure of the Sphere Handbook of 2011, health systems standard 1;"
         " the edition of 2018 (standard 1.1) asks instead that 80% reach primary care within an hour's walk",
         whole=True),
)  # fmt: skip


def needed(people: Floats, need: Need, *, household_size: float, days: int = MONTH) -> Floats:
    """Return what a number of people need, in the unit of the need.

    Quantiles of people give the same quantiles of the need, which rises with people; NaN stays.

    Parameters
    ----------
    people : float array, persons
    need : Need
    household_size : float, persons
    days : int
        Of the month.
    """
    many = _up(people / household_size) if need.of == "households" else people
    amount = many * need.each * (days if need.monthly else 1)
    return _up(amount) if need.whole else np.asarray(amount)


def _up(amount: Floats) -> Floats:
    # Adding 0 turns the -0 of nobody into 0.
    return np.asarray(np.ceil(amount - 1e-9) + 0.0)


@dataclass(frozen=True)
class Needed:
    """A need of the people at a place or in an area.

    Attributes
    ----------
    need : Need
    amounts : float array (quantile,)
        In its unit; NaN where people are kept back.
    gap : float
        What the middle one of these quantiles of people asks for beyond the capacity; NaN where there is no capacity,
        or it does not tell, or people are kept back.
    """

    need: Need
    amounts: Floats
    gap: float

    def cells(self) -> list[str]:
        """Return need, unit, quantiles and gap as cells of a table; blank where there is no number."""
        return [self.need.name, self.need.unit, *map(self._cell, (*self.amounts.tolist(), self.gap))]

    def _cell(self, amount: float) -> str:
        return "" if np.isnan(amount) else f"{amount:.{self.need.decimals}f}"


def needs_of(people: Floats, capacity: float | None, *, household_size: float, days: int = MONTH) -> Iterator[Needed]:
    """Yield every need of quantiles of people (quantile,), the middle one of which is the median."""
    room = np.nan if capacity is None else capacity
    beyond = np.maximum(people[people.size // 2] - room, 0.0)
    for need in NEEDS:
        amounts, gap = (
            needed(who, need, household_size=household_size, days=days) for who in (people, np.asarray(beyond))
        )
        yield Needed(need, amounts, float(gap) if need.room else np.nan)
