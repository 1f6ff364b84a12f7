"""Nobody is lost and nobody is made: who should be somewhere at the end of a run against who is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tiau.faults import ConservationError

Floats = NDArray[np.float64]

# Sums of expectations round; people who are drawn are whole numbers, which floats add without error.
ROUNDING = 1e-9
REPORT = "a fault of Tiau, not of the input: there is no result; please report it with the input and the command"


class Audit:
    """The checks of one batch of members at the end of a run.

    Parameters
    ----------
    expected : float array (member,)
        How many people each member should have.
    chance : bool
        Whether people were drawn, so that counts are exact; expectations may differ by 1e-9 of them.
    first : int
        Number of the first of these members in the ensemble.
    """

    def __init__(self, expected: Floats, *, chance: bool, first: int = 0) -> None:
        self._expected, self._first = expected, first
        self._slack = np.zeros_like(expected) if chance else ROUNDING * np.maximum(expected, 1.0)
        self.counts("expected", expected)

    def counts(self, what: str, numbers: NDArray[np.float64]) -> None:
        """Refuse numbers of people (member, ...) that are negative or not finite.

        Raises
        ------
        ConservationError
        """
        flat = numbers.reshape(len(numbers), -1)
        # Asked this way round a number that is none fails too.
        self._all(flat, (flat >= -self._slack[:, None]) & (flat < np.inf), f'the number of people "{what}"')

    def finite(self, what: str, numbers: NDArray[np.float64]) -> None:
        """Refuse other numbers (member, ...) of which one is not finite.

        Raises
        ------
        ConservationError
        """
        flat = numbers.reshape(len(numbers), -1)
        self._all(flat, np.isfinite(flat), what)

    def same(self, found: Floats, where: str = "") -> None:
        """Refuse numbers of people (member,) that are not those expected.

        Raises
        ------
        ConservationError
        """
        good = np.abs(found - self._expected) <= self._slack
        if not good.all():
            member = int(np.argmin(good))
            self._fail(member, f"{found[member]:,.12g} people are somewhere of {self._expected[member]:,.12g}{where}")

    def _all(self, flat: Floats, good: NDArray[np.bool_], what: str) -> None:
        if not good.all():
            member, column = np.argwhere(~good)[0]
            self._fail(int(member), f"{what} became {flat[member, column]:,}")

    def _fail(self, member: int, problem: str) -> None:
        msg = f"people do not add up: in member {self._first + member + 1} {problem}; {REPORT}"
        raise ConservationError(msg)
