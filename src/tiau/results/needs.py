"""What people present at a place need, by the minimum standards of the Sphere Handbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

SPHERE = "The Sphere Handbook (Sphere Association, 2018, doi:10.3362/9781908176707)"


@dataclass(frozen=True, slots=True)
class Need:
    """A need in proportion to people.

    Attributes
    ----------
    name, unit : str
    per_person : float
        In `unit`.
    whole : bool
        Whether it comes in whole pieces, rounded up.
    source : str
        The standard and what it asks for.
    """

    name: str
    unit: str
    per_person: float
    whole: bool
    source: str


NEEDS: tuple[Need, ...] = (
    Need("shelter", "m2 covered", 3.5, False,
         f"{SPHERE}, shelter and settlement standard 3: 3.5 m2 a person, without cooking, bathing and sanitation"),
    Need("water", "litres a day", 15, False, f"{SPHERE}, water supply standard 2.1: 15 litres a person a day"),
    Need("food", "kcal a day", 2100, False, f"{SPHERE}, food assistance standard 6.1: 2,100 kcal a person a day"),
    Need("latrines", "toilets", 1 / 20, True,
         f"{SPHERE}, excreta management standard 3.2: one shared toilet for 20 people (one for 50 in the first days)"),
    Need("health_posts", "posts", 1 / 10_000, True,
         "one health post for 10,000 people: planning figure of the Sphere Handbook of 2011, health systems standard 1;"
         " the edition of 2018 (standard 1.1) asks instead that 80% reach primary care within an hour's walk"),
)  # fmt: skip


def needed(people: NDArray[np.floating[Any]], need: Need) -> NDArray[np.floating[Any]]:
    """Return what a number of people need, in the unit of the need.

    Quantiles of people give the same quantiles of the need, which rises with people.
    """
    amount = people * need.per_person
    # Adding 0 turns the -0 of nobody into 0.
    return np.asarray(np.ceil(amount - 1e-9) + 0.0 if need.whole else amount)
