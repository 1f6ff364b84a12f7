"""Who is displaced already on the first day: where they stay, and which homes miss them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.scenario.largest_remainder import by_largest_remainder
from tiau.scenario.names import Gazetteer
from tiau.scenario.residents import Residents
from tiau.scenario.rows import Displaced, Group

Floats = NDArray[np.float64]


class Already(NamedTuple):
    """People of displaced.csv, whole persons.

    Attributes
    ----------
    staying : float array (group, place)
        Where they stay.
    missing : float array (home,)
        Where they come from.
    """

    staying: Floats
    missing: Floats


def already_displaced(
    rows: Sequence[Displaced], groups: Sequence[Group], places: int, names: Gazetteer, residents: Residents
) -> Already:
    """Share the people of each row over the groups that it leaves open, and those of a group over its homes.

    Both by who lives there, in whole persons by largest remainder; of a row that names an origin over homes there
    alone. Nobody comes of a row that fits no home.
    """
    staying, missing = np.zeros((len(groups), places)), np.zeros(len(residents.people))
    of_group: NDArray[np.int64]
    of_group, living = np.array(residents.group, int), np.array(residents.people, float)
    for row in rows:
        meant = [index for index, group in enumerate(groups) if group.meant_by(row.group)]
        fits = np.isin(of_group, meant)
        if row.origin:
            fits &= np.isin(residents.place, names.members(row.origin))
        where = names.members(row.place)
        if not (fits.any() and where):
            continue
        # Homes of which nobody knows how many live there count alike.
        weight = np.where(fits, living if living[fits].any() else 1.0, 0.0)
        by_group = np.bincount(of_group, weight, len(groups)).astype(np.float64)
        for group, people in enumerate(by_largest_remainder(row.people, by_group)):
            if people > 0.0:
                staying[group, where[0]] += people
                missing += by_largest_remainder(people, np.where(of_group == group, weight, 0.0))
    return Already(staying, missing)
