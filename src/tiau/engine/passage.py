"""What members make of the numbers of acts: who gets through a border on a day, and how long people expect to wait."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.policy import Law, days_of_waiting
from tiau.engine.shocks import Judgements
from tiau.scenario.network import Network
from tiau.scenario.rows import Act

Floats = NDArray[np.float64]


class Passage(NamedTuple):
    """What acts of a day do, with their numbers as members judge them.

    Attributes
    ----------
    passing, pushed : float arrays (member, regime)
        Chance that one attempt passes; that somebody who passed is pushed back at once.
    porous : float array (member, route)
        Share of those who try irregularly that get through.
    expelled : float array (member, group, place)
        Chance a day that a settled person is expelled; without members where no act expels.
    """

    passing: Floats
    pushed: Floats
    porous: Floats
    expelled: Floats


def passage_of(network: Network, law: Law, judged: Judgements) -> Passage:
    """Return what a law does to members."""
    act = {row.act: index for index, row in enumerate(network.scenario.acts)}
    members = len(judged.enforcement)
    nobody = np.ones(members)

    def let_alone(those: tuple[Act, ...]) -> Floats:
        """Return the chance that none of several acts is enforced (member,)."""
        if not those:
            return nobody
        return np.asarray(np.prod(1.0 - judged.enforcement[:, [act[row.act] for row in those]], axis=1))

    passing = np.ones((members, len(law.orders)))
    for regime, orders in enumerate(law.orders):
        for order in orders:
            admitted = judged.admitted[:, [act[row.act] for row in order.softening]].max(1, initial=0.0)
            passing[:, regime] *= 1.0 - judged.enforcement[:, act[order.act.act]] * (1.0 - admitted)
    porous = np.repeat(law.unfenced[None], members, 0)
    for fence, where in law.fences:
        porous[:, where] *= let_alone((fence,))[:, None]
    expelled = np.zeros((members if law.expelling else 0, *network.displaced.shape))
    for expelling, who in law.expelling:
        expelled = np.where(who, 1.0 - (1.0 - expelled) * let_alone((expelling,))[:, None, None], expelled)
    pushed = 1.0 - np.stack([let_alone(those) for those in law.pushing], 1)
    return Passage(passing, pushed, porous, expelled)


def waits_of(network: Network, law: Law, judged: Judgements) -> Floats:
    """Return the days that people of members expect to wait for getting through, by regime (member, regime)."""
    passage = passage_of(network, law, judged)
    return days_of_waiting(passage.passing * (1.0 - passage.pushed))
