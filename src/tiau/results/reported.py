"""What each report would say of what members show: what its source covers, before and after it errs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tiau.engine.members import Members, figure_normals
from tiau.observations.ledger import Placement
from tiau.observations.reporting import figures
from tiau.results.covered import covered

Floats = NDArray[np.float64]


def reported(placements: tuple[Placement, ...], truth: Floats, drawn: Members) -> Floats:
    """Return what each report would say (report, member), persons.

    Parameters
    ----------
    placements : tuple of Placement
        The ledger.
    truth : float array (report, member), persons
        What each report speaks of.
    drawn : Members
        Of expectations no source errs.

    Returns
    -------
    float array (report, member)
        NaN where a report is not placed.
    """
    found = np.full_like(truth, np.nan)
    for row, placement in enumerate(placements):
        if placement.status == "placed":
            counted = covered(placement, truth[row], drawn.parameters, drawn.key if drawn.chance else None)
            normals = figure_normals(drawn, placement.report.report)
            sd = placement.counting.noise
            found[row] = figures(placement.report, counted, normals, sd) if drawn.chance else counted
    return found
