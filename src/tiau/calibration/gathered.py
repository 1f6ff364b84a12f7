"""Members taken through days for what reports speak of alone: in one go, or until a day and on from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.engine.members import Members
from tiau.engine.run import Seen
from tiau.ensemble import driving
from tiau.observations.ledger import Placement
from tiau.progress import Progress
from tiau.results.truths import Truths
from tiau.results.watch import WatchReports
from tiau.scenario.network import Network
from tiau.simulation import World

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Gathered:
    """What members showed until the end of a day, to go on from as often as one likes.

    Attributes
    ----------
    days : int
        How many days have passed.
    state : engine.batch.State or None
        Of all members; None after the last day of the scenario.
    truths : Truths
    """

    days: int
    state: Any
    truths: Truths


def gathered(
    network: Network, placements: tuple[Placement, ...], drawn: Members, *, days: int | None = None,
    before: Gathered | None = None, jobs: int | None = None, progress: Progress | None = None,
) -> Gathered:  # fmt: skip
    """Run members, and gather what reports speak of.

    Parameters
    ----------
    network : Network
    placements : tuple of Placement
        Of the reports that are looked at.
    drawn : Members
        Of the network's scenario.
    days : int, optional
        How many days of the scenario; by default all.
    before : Gathered, optional
        Earlier days, of the same members and of a scenario that differs on later days alone: in events and acts, in its
        end, in reports of later days. It stays as it is.
    jobs, progress
        As in `tiau.simulate`.

    Returns
    -------
    Gathered

    Raises
    ------
    ValueError
        If a report looks at days before that it was not looked at on.
    """
    in_all = network.scenario.days
    last = in_all if days is None else days
    kept = Truths(placements, members=drawn.key.size, days=in_all)
    if before is not None and kept.take_over(before.truths, before.days):
        msg = "reports are to be seen on days before that nobody looked at them on; run these days again"
        raise ValueError(msg)

    def gather(day: int, seen: Sequence[Seen], pool: object) -> None:
        kept.take(day, np.concatenate([one["reports"] for one in seen]).T)

    state = driving.run(
        World(network, drawn, WatchReports(network, placements)), drawn, gather,
        days=range(before.days if before else 0, last), state=before.state if before else None,
        jobs=jobs, progress=progress, keep=last < in_all,
    )  # fmt: skip
    return Gathered(last, state, kept)


def truths(
    network: Network, placements: tuple[Placement, ...], drawn: Members, *, jobs: int | None = None,
    progress: Progress | None = None,
) -> Floats:  # fmt: skip
    """Run members through all days and return what each report speaks of (report, member), persons."""
    return gathered(network, placements, drawn, jobs=jobs, progress=progress).truths.of
