"""The districts by which irregular crossings may be shown, and what is shown of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tiau.explorer.basis.followed import PLACE, Followed
from tiau.results.areas import chains
from tiau.scenario.model import Scenario
from tiau.scenario.network import Bools

Ints = NDArray[np.int64]


def districts_of(scenario: Scenario) -> Ints:
    """Return the district of each place, as a number (place,); larger areas count where not all of one has districts.

    A state of which some places have no district is one as a whole: what it has less what its districts have would be
    of these places alone. So is a country of which some places have no state.
    """
    several = [*chains(scenario).values()]
    above: dict[int, list[int]] = {}
    for number, places in enumerate(several):
        for at in places:
            above.setdefault(at, []).append(number)
    parted = [all(above[at][-1] != number for at in places) for number, places in enumerate(several)]
    found = np.full(len(scenario.places), len(several))
    for at, numbers in above.items():
        found[at] = next((number for number in numbers if not parted[number]), numbers[-1])
    return found


def of_districts(scenario: Scenario, every: tuple[Followed, ...]) -> Bools:
    """Return which areas are made up of whole districts of one country (followed,): irregular entries show there."""
    of = districts_of(scenario)
    countries = [place.country for place in scenario.places]

    def whole(one: Followed) -> bool:
        places = list(one.places)
        return one.level != PLACE and len({countries[at] for at in places}) == 1 and not (
            np.isin(of, of[places]).sum() > len(places))  # fmt: skip

    return np.array([whole(one) for one in every], bool)
