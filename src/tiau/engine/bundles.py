"""Which borders a way passes: ways that pass the same ones, in any order, are of one bundle."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tiau.engine.keys import name_key

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


def bundles_along(following: Ints, end: Ints, regime: Ints, regimes: int) -> tuple[Ints, Floats]:
    """Return the bundle of each way (way, option, place), and how often each comes to a border (bundle, regime).

    Parameters
    ----------
    following : int array (way, option, place)
        The route to take next; -1 at the destination and where there is no way.
    end : int array (route,)
        Where a route ends.
    regime : int array (way, route)
        What rules it.
    regimes : int
        How many sets of acts rule borders, the first of them none.
    """
    bundles = Bundles(regimes)
    along = [bundles.along(of_way, end, ruled) for of_way, ruled in zip(following, regime, strict=True)]
    return np.stack(along), bundles.passed


class Bundles:
    """Bundles that were met so far; number 0 passes no border that acts rule.

    Parameters
    ----------
    regimes : int
        How many sets of acts rule borders, the first of them none.
    """

    def __init__(self, regimes: int) -> None:
        self._code = np.array([0, *(name_key("regime", str(number)) for number in range(1, regimes))], np.uint64)
        self._number = {0: 0}
        self._passed = [np.zeros(regimes)]

    @property
    def passed(self) -> Floats:
        """How often each bundle comes to a border under each regime (bundle, regime)."""
        return np.array(self._passed)

    def along(self, following: Ints, end: Ints, regime: Ints) -> Ints:
        """Return the bundle of the way to each option from each place (option, place).

        Parameters
        ----------
        following : int array (option, place)
            The route to take next; -1 at the destination and where there is no way.
        end, regime : int arrays (route,)
            Where a route ends, and what rules it.
        """
        total = np.zeros(following.size, np.uint64)
        if regime.any():
            has_way, here = following >= 0, np.arange(following.size).reshape(following.shape)
            to = np.where(has_way, here - np.arange(following.shape[1]) + end[following], here).ravel()
            total = np.where(has_way, self._code[regime[following]], np.uint64(0)).ravel()
            further = to[to]
            # With each step each adds the codes of twice as many routes. Sums do not depend on the order of borders.
            while not np.array_equal(further, to):
                total += total[to]
                to, further = further, further[further]
        codes, first, inverse = np.unique(total, return_index=True, return_inverse=True)
        numbers = [
            self._known(int(code), int(where), following, end, regime) for code, where in zip(codes, first, strict=True)
        ]
        return np.array(numbers, np.int32)[inverse].reshape(following.shape)

    def _known(self, code: int, where: int, following: Ints, end: Ints, regime: Ints) -> int:
        if code not in self._number:
            passed = np.zeros(self._code.size)
            option, at = divmod(where, following.shape[1])
            while (route := following[option, at]) >= 0:
                passed[regime[route]] += 1
                at = end[route]
            passed[0] = 0
            self._number[code] = len(self._passed)
            self._passed.append(passed)
        return self._number[code]
