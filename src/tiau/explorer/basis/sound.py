"""A scenario as it was read, with everything about it that does not hang on a what-if."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tiau.explorer.basis.ahead import carried_on
from tiau.explorer.basis.followed import Followed, followed_of
from tiau.observations.ledger import Placement, ledger
from tiau.scenario.model import Scenario
from tiau.scenario.network import Network, build
from tiau.scenario.posterior import Posterior
from tiau.what_ifs.editing import Problem, problems_before


@dataclass(frozen=True)
class Basis:
    """A sound state of the scenario that is explored.

    Attributes
    ----------
    scenario : Scenario
        As it was read; without what fits to other days learned, by which no run goes.
    carried : Scenario
        Carried on over the days ahead.
    folder : Path
    editable : bool
        Whether it is an own folder, in which what-ifs can be kept.
    digest : str
    fits : tuple of Posterior
        What fits to other days learned, by which forecasts go.
    """

    scenario: Scenario
    carried: Scenario
    folder: Path
    editable: bool
    digest: str
    fits: tuple[Posterior, ...] = ()

    @cached_property
    def network(self) -> Network:
        """Of the scenario carried on."""
        return build(self.carried)

    @cached_property
    def placements(self) -> tuple[Placement, ...]:
        """The ledger of the scenario carried on."""
        return ledger(self.network)

    @cached_property
    def followed(self) -> tuple[Followed, ...]:
        """What can be followed."""
        return followed_of(self.network)

    @cached_property
    def problems(self) -> frozenset[Problem]:
        """What is told of the scenario as it is, so that what-ifs are told of what they bring about alone."""
        return problems_before(self.scenario)

    @property
    def horizon(self) -> int:
        """How many days ahead it is carried on."""
        return self.carried.days - self.scenario.days

    @property
    def known(self) -> int:
        """The last day of the scenario itself, counted from its first."""
        return self.scenario.days - 1


def basis_of(scenario: Scenario, folder: Path, *, editable: bool, horizon: int) -> Basis:
    """Return the basis of a scenario without faults."""
    digest = scenario.digest()
    fits = scenario.posteriors
    scenario = scenario.model_copy(update={"posteriors": ()})
    return Basis(scenario, carried_on(scenario, horizon), folder, editable, digest, fits)
