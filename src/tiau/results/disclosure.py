"""The one rule by which small counts are kept back: what a table shows of numbers of people.

Every number of people of a saved run is a multiple of the limit, ten by default, and counts above nobody and below the
limit are left blank. Blanks alone protect nothing: of a total and all parts but one the last part follows. Sums and
differences of multiples of ten are multiples of ten, whichever numbers are taken, and what is derived from people
(needs, shares, sizes) is worked out of the rounded ones. This is conventional rounding, in statistical offices a method
for tables of counts: A. Hundepool and others, Handbook on Statistical Disclosure Control, chapter on frequency tables,
https://sdctools.github.io/HandbookSDC/05-frequency-tables.html. The price is that parts need not add up to their whole.

It protects against nothing that is published elsewhere: what a scenario itself says of people (capacities, reports,
departures, those displaced already), and the same run made again with a limit of 0 or by another seed. Of dozens of
parts that are all blank, a total bounds the mean from above.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

WHOLE = 1.0
NOBODY = 0.5
"""Fewer are nobody: they round to 0 persons."""


def shown(values: ArrayLike, below: float) -> NDArray[np.float64]:
    """Return numbers of people as a table shows them.

    Parameters
    ----------
    values : float array, persons
        0 or more; NaN stays.
    below : float, persons
        The limit; 0 and 1 give whole persons.

    Returns
    -------
    float array
        Multiples of the limit, halves rounded up; NaN where a number above nobody and below the limit is kept back.
    """
    people = np.asarray(values, np.float64)
    small = (people >= NOBODY) & (people < below) & (below > WHOLE)
    return np.where(small, np.nan, nearest(people, below))


def nearest(values: ArrayLike, below: float) -> NDArray[np.float64]:
    """Return numbers of people as the nearest multiples of a limit, halves rounded up, and nothing kept back."""
    unit = max(below, WHOLE)
    return np.asarray(np.floor(np.asarray(values, np.float64) / unit + 0.5) * unit)


def told(values: ArrayLike, below: float) -> list[str]:
    """Return numbers of people as sentences and terminals tell them: "<10" where one is kept back, blank for NaN."""
    people = np.asarray(values, np.float64)
    hidden = ["" if number != number else f"<{below:,.0f}" for number in people.tolist()]
    numbers = zip(shown(people, below).tolist(), hidden, strict=True)
    return [instead if number != number else f"{number:,.0f}" for number, instead in numbers]


def kept_back(numbers: NDArray[np.floating[Any]], names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of those numbers of a row that are blank."""
    return tuple(name for name, blank in zip(names, np.isnan(numbers).tolist(), strict=True) if blank)


def cells(numbers: NDArray[np.floating[Any]]) -> list[str]:
    """Return numbers as cells of a table, in whole units; blank where one is kept back."""
    return ["" if number != number else f"{number:.0f}" for number in numbers.tolist()]
