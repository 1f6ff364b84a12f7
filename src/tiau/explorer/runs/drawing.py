"""Members of what-ifs, on the same draws as those of the scenario itself."""

from __future__ import annotations

from dataclasses import dataclass

from tiau.engine.members import Members, draw, event_names, judging
from tiau.engine.memory import size_of
from tiau.explorer.basis.sound import Basis
from tiau.explorer.runs.kept import Kept
from tiau.scenario.model import Scenario

DRAWN_FROM = ("places", "groups", "posterior")


@dataclass(frozen=True)
class Drawn:
    """Members that are kept."""

    members: Members

    @property
    def size(self) -> int:
        """Bytes that they hold."""
        return size_of(tuple(self.members))


def drawn(basis: Basis, scenario: Scenario, kept: Kept, *, members: int, seed: int, chance: bool) -> Members:
    """Return members of the scenario carried on, or of one that a what-if made of it.

    Parameters
    ----------
    basis : Basis
    scenario : Scenario
    kept : Kept
        Where those of the scenario itself are kept: where what is drawn is called the same, only what members make of
        acts is new.
    members, seed, chance
        As `engine.members.draw` takes them.
    """
    key = ("drawn", basis.digest, members, seed, chance)
    own = kept.once(key, lambda: Drawn(draw(basis.carried, members=members, seed=seed, chance=chance))).members
    if scenario is basis.carried:
        return own
    same = scenario.values == basis.carried.values and event_names(scenario) == own.events
    if same and all(getattr(scenario, name) == getattr(basis.carried, name) for name in DRAWN_FROM):
        return judging(own, scenario)
    return draw(scenario, members=members, seed=seed, chance=chance)
