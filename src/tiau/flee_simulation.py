"""A case in Flee's format, run: members marched through the days by Flee's rules."""

from __future__ import annotations

from tiau.results.flee import FleeResult
from tiau.scenario.flee.case import FleeCase


def simulate_flee(
    case: FleeCase,
    *,
    hasten: int | None = None,
    members: int = 1,
    seed: int = 1,
    days: int | None = None,
    chance: bool = True,
    jobs: int | None = None,
) -> FleeResult:
    """Run a case in Flee's format.

    Parameters
    ----------
    case : FleeCase
    hasten : int, optional
        People that an agent stands for; by default what the case's settings say.
    members, seed, chance, jobs
        As in `tiau.simulate`.
    days : int, optional
        How many of the days; by default all.

    Returns
    -------
    FleeResult
    """
    raise NotImplementedError
