"""How far figures of a class err, found from how they lie among members and drawn towards what is usual."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tiau.observations.classes import FigureClass
from tiau.observations.ledger import Placement
from tiau.observations.reporting import averaged, log_likelihoods

Floats = NDArray[np.float64]

TRIED = np.exp(np.linspace(np.log(0.05), 0.0, 25))
"""Sds that are tried: beyond 1 noise would stand for what the model has wrong."""
LOG_SD = 0.5
"""How far the sds of classes lie apart: the sd of their logs around what is usual of the kind of source.

Between seven conflicts it is .53 (docs/sources.md, study V)."""


def noise_by_class(
    placements: Sequence[Placement], seen: Sequence[Floats], usual: Mapping[FigureClass, float]
) -> dict[FigureClass, float]:
    """Return the sd of the log of figures by class, most likely given members and what is usual.

    Parameters
    ----------
    placements : sequence of Placement
        The figures.
    seen : sequence of float array (figure, member)
        Logs of what sources cover in members; of several ensembles each counts in part.
    usual : mapping of FigureClass to float
        Sd of each class before anything was seen.
    """
    found = {}
    for kind, before in usual.items():
        of_class = [
            (one, logs[row]) for logs in seen for row, one in enumerate(placements) if one.figure_class == kind
        ]  # fmt: skip
        likely = [
            sum(
                averaged(log_likelihoods(one.report, np.exp(here), math.hypot(sd, one.counting.beyond)))
                for one, here in of_class
            ) / len(seen)
            for sd in TRIED
        ]  # fmt: skip
        prior = -0.5 * (np.log(TRIED / min(before, 1.0)) / LOG_SD) ** 2
        found[kind] = float(TRIED[np.argmax(np.array(likely) + prior)])
    return found
