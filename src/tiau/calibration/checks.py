"""Prior and posterior predictive checks of a fit: what sources would report, set beside what they reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tiau.calibration.evidence import value_of
from tiau.calibration.fit import Fit
from tiau.engine.members import keys_of
from tiau.engine.unknowns import drawn
from tiau.evaluation.coverage import ENOUGH, LEVELS, NAMED
from tiau.observations.ledger import Placement
from tiau.observations.reporting import FEWEST_PEOPLE, figures
from tiau.scenario.counts import interval
from tiau.scenario.unknown import Unknown

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Checks:
    """Figures that a scenario was fitted to, and what members would report, in order of class and day.

    Attributes
    ----------
    placements : list of Placement
    values : float array (figure,), persons
        What was reported; of a range its middle.
    prior, posterior : float arrays (figure, member), persons
        What sources would report, with the noise of figures before and after.
    """

    placements: list[Placement]
    values: Floats
    prior: Floats
    posterior: Floats

    @property
    def named(self) -> NDArray[np.bool_]:
        """Whether a figure names a number, which a band can miss on both sides."""
        return np.array([one.report.bound in NAMED for one in self.placements], bool)

    def inside(self, of: Floats) -> dict[int, int]:
        """Return how many of the figures that name a number lie inside the central interval of so many percent."""
        rows, found = np.flatnonzero(self.named), {}
        for level in LEVELS:
            low, high = np.quantile(of[rows], (0.5 - level / 200, 0.5 + level / 200), axis=1)
            found[level] = int(np.sum((self.values[rows] >= low) & (self.values[rows] <= high)))
        return found

    def held(self, of: Floats) -> list[bool]:
        """Return of each bound whether 5% of the members keep it."""
        found = []
        for row in np.flatnonzero(~self.named):
            low, high = interval(self.placements[row].report, 0.0)
            found.append(float(np.mean((of[row] >= low) & (of[row] <= high))) >= ENOUGH)
        return found

    def ranks(self, of: Floats) -> Floats:
        """Return the share of the members that lie below each figure that names a number, halves where they tie."""
        values, members = self.values[self.named][:, None], of[self.named]
        return np.asarray((np.mean(members < values, 1) + np.mean(members <= values, 1)) / 2)


def checks(fit: Fit) -> Checks:
    """Return the checks of a fit."""
    found, posterior = fit.evidence, fit.learned
    order = sorted(range(len(found.rows)), key=lambda row: _by_class_and_day(found.figures[row]))
    placements = [found.figures[row] for row in order]
    keys = keys_of(posterior.members, posterior.seed)
    normals = [drawn(keys, Unknown("report", one.report.report)) for one in placements]
    values = np.array([max(value_of(one), FEWEST_PEOPLE) for one in placements])
    return Checks(
        placements, values, _reported(placements, fit.prior[order], normals, found.sds(found.usual_noise)[order]),
        _reported(placements, fit.posterior[order], normals, found.sds(fit.noise)[order]),
    )  # fmt: skip


def _by_class_and_day(placement: Placement) -> tuple[object, ...]:
    kind, report = placement.figure_class, placement.report
    return kind.quantity, kind.level, report.as_of.end, report.report


def _reported(placements: Sequence[Placement], logs: Floats, normals: Sequence[Floats], sds: Floats) -> Floats:
    rows = zip(placements, np.exp(logs), normals, sds.tolist(), strict=True)
    return np.array([figures(one.report, covered, normal, sd) for one, covered, normal, sd in rows])
