"""What a fit learned, in the units of what was not known: each thing before and after, and what goes with what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

from tiau.calibration.fit import Fit
from tiau.engine.members import Members, draw
from tiau.engine.unknowns import communities_of, district_of, kin_of, uncertain
from tiau.scenario.model import Scenario
from tiau.scenario.parameters import PARAMETERS

Floats = NDArray[np.float64]
Kind = Literal["parameter", "enforcement", "exemption", "attraction", "kin", "outflow", "inside", "event"]

TOLD = 0.9
"""What keeps more of its prior's sd than this was not told by the figures."""
CORRELATED = 0.5
BANDS = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Learned:
    """One thing that was not known.

    Attributes
    ----------
    kind : str
        A parameter; how far an act is enforced, or what it exempts; and as factors on what the formula says, over the
        days of the fit: what a district attracts, and of one community alone, what a home sends, how much rather a
        community stays inside, how many people an event drives out.
    name : str
    unit : str
    prior, posterior : tuple of float
        The 5, 50 and 95% quantiles over members.
    left : float
        Share of the prior's sd that is left, of logs, of a chance of log odds.
    judged : bool
        Whether it is a number that nothing reported tells, by judgement.
    before, after : float array (member,)
        Prior and posterior on the scale on which `left` is measured.
    """

    kind: Kind
    name: str
    unit: str
    prior: tuple[float, ...]
    posterior: tuple[float, ...]
    left: float
    judged: bool
    before: Floats
    after: Floats

    @property
    def told(self) -> bool:
        """Whether figures told something of it."""
        return self.left <= TOLD


def learned(fit: Fit) -> list[Learned]:
    """Return everything that was not known, what was learned most of first."""
    scenario, posterior = fit.evidence.scenario, fit.learned
    conditioned = scenario.model_copy(update={"posterior": posterior})
    before = draw(scenario, members=posterior.members, seed=posterior.seed)
    after = draw(conditioned, members=posterior.members, seed=posterior.seed)
    found = []
    for kind, name, unit, judged, values, scale in _things(scenario):
        bands, spreads = (_band(values(before)), _band(values(after))), (scale(values(before)), scale(values(after)))
        if spreads[0].std() > 0:
            left = float(spreads[1].std() / spreads[0].std())
            found.append(Learned(kind, name, unit, *bands, left, judged, *spreads))
    return sorted(found, key=lambda one: one.left)


Thing = tuple[Kind, str, str, bool, Callable[[Members], Floats], Callable[[Floats], Floats]]


def _things(scenario: Scenario) -> Iterator[Thing]:
    """Yield what is not known: its kind, name, unit, whether it is judged, its values, and their scale."""
    for parameter in PARAMETERS:
        if parameter.spread:
            yield "parameter", parameter.name, parameter.unit, parameter.judged, _parameter(parameter.name), _log
    for index, act in enumerate(scenario.acts):
        if kind := uncertain(act):
            yield kind, act.act, "share", True, _act(kind, index), _log_odds  # type: ignore[misc]
    districts = [district_of(place) for place in scenario.places]
    for district in dict.fromkeys(districts):
        places = np.flatnonzero([one == district for one in districts])
        yield "attraction", district, "times", False, _attraction(places), _log
    for index, (name, _, _) in enumerate(kin_of(scenario)):
        yield "kin", name, "times", False, _kin(index), _log
    homes = scenario.residents
    for place, group in dict(zip(homes.place, homes.group, strict=True)).items():
        of = communities_of(scenario).index(scenario.groups[group].community)
        yield "outflow", scenario.places[place].place, "times", False, _outflow(place, of), _log
    for index, name in enumerate(communities_of(scenario)):
        yield "inside", name, "times", False, _inside(index), _log
    for index, event in enumerate(scenario.events):
        yield "event", event.event, "times", False, _event(index), _log


def _parameter(name: str) -> Callable[[Members], Floats]:
    return lambda members: members.parameters[name]


def _act(kind: str, index: int) -> Callable[[Members], Floats]:
    def values(members: Members) -> Floats:
        judged = members.judgements
        return (judged.enforcement if kind == "enforcement" else judged.admitted)[:, index]

    return values


def _attraction(places: NDArray[np.intp]) -> Callable[[Members], Floats]:
    def values(members: Members) -> Floats:
        shocks = members.shocks
        drift = shocks.pull_drift[:, :, places].mean((1, 2), dtype=float)
        return np.asarray(np.exp(shocks.pull[:, places].mean(1) + drift))

    return values


def _kin(index: int) -> Callable[[Members], Floats]:
    return lambda members: np.asarray(np.exp(members.shocks.kin_pull[:, index]))


def _outflow(place: int, community: int) -> Callable[[Members], Floats]:
    def values(members: Members) -> Floats:
        shocks = members.shocks
        return np.asarray(shocks.outflow[:, community] * shocks.outflow_drift[:, :, place].mean(1, dtype=float))

    return values


def _inside(community: int) -> Callable[[Members], Floats]:
    return lambda members: np.asarray(np.exp(members.shocks.inside[:, community]))


def _event(index: int) -> Callable[[Members], Floats]:
    return lambda members: members.shocks.event[:, index]


def _log(values: Floats) -> Floats:
    return np.asarray(np.log(np.maximum(values, 1e-12)))


def _log_odds(values: Floats) -> Floats:
    return np.asarray(logit(np.clip(values, 1e-9, 1 - 1e-9)))


def _band(values: Floats) -> tuple[float, ...]:
    return tuple(float(end) for end in np.quantile(values, BANDS))


def correlations(things: list[Learned]) -> list[tuple[Learned, Learned, float, float]]:
    """Return pairs of what was told that go together, the strongest first, with their correlation and the prior's.

    A pair that goes together by construction, as the rate of leaving and the memory of events do, is one of them only
    where the figures changed that.
    """
    told = [one for one in things if one.told]
    if len(told) < 2:
        return []
    after, before = np.corrcoef([one.after for one in told]), np.corrcoef([one.before for one in told])
    strong = np.triu((np.abs(after) > CORRELATED) & (np.abs(after - before) > CORRELATED / 2), 1)
    pairs = [(told[a], told[b], float(after[a, b]), float(before[a, b])) for a, b in np.argwhere(strong)]
    return sorted(pairs, key=lambda pair: -abs(pair[2]))
