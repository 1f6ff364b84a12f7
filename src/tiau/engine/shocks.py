"""What differs between members by chance beside parameters and movements: events, what attracts, what homes send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from tiau.engine.unknowns import Whitened, communities_of, district_of, drift, kin_of, knots_of, uncertain
from tiau.scenario.model import Scenario
from tiau.scenario.unknown import KNOT_DAYS, Unknown

Floats = NDArray[np.float64]
Knots = NDArray[np.float32]


class Shocks(NamedTuple):
    """The shocks of members; places, events and communities in the order of the scenario.

    Attributes
    ----------
    event : float array (member, event)
        Factor on the severity of each event, mean 1.
    pull : float array (member, place), log weight
        What lastingly draws people to a place beyond the formula: that of its district and its own.
    pull_drift : float32 array (member, knot, place), log weight
        The same, as it drifts, at knots.
    kin_pull : float array (member, kin), log weight
        What lastingly draws people of a community to a district abroad and not those of others, as `kin_of` names them.
    outflow : float array (member, community)
        Factor on what homes of a community lastingly send, mean 1.
    outflow_drift : float32 array (member, knot, place)
        The same by home place, as it drifts, at knots.
    inside : float array (member, community), log weight
        How much rather people of a community stay inside their country.
    """

    event: Floats
    pull: Floats
    pull_drift: Knots
    kin_pull: Floats
    outflow: Floats
    outflow_drift: Knots
    inside: Floats


class Judgements(NamedTuple):
    """How members judge the numbers of acts; acts in the order of the scenario.

    Attributes
    ----------
    enforcement, admitted : float arrays (member, act)
        Chance that an attempt meets the act; share that it admits. 0 where the act names none.
    """

    enforcement: Floats
    admitted: Floats


def without_shocks(scenario: Scenario, members: int) -> Shocks:
    """Return the shocks of members in which nothing differs from the formula."""
    places, communities = len(scenario.places), len(communities_of(scenario))
    at_knots = (members, len(knots_of(scenario)), places)
    return Shocks(
        event=np.ones((members, len(scenario.events))),
        pull=np.zeros((members, places)),
        pull_drift=np.zeros(at_knots, np.float32),
        kin_pull=np.zeros((members, len(kin_of(scenario)))),
        outflow=np.ones((members, communities)),
        outflow_drift=np.ones(at_knots, np.float32),
        inside=np.zeros((members, communities)),
    )


def shocks(scenario: Scenario, whitened: Whitened, parameters: Mapping[str, Floats]) -> Shocks:
    """Return the shocks that standard normal numbers come to.

    Events, pull, outflow and weight inside are log-normal; the sds and memories are parameters.
    """
    communities = communities_of(scenario)
    districts = list(dict.fromkeys(map(district_of, scenario.places)))
    district = np.array([districts.index(district_of(place)) for place in scenario.places], np.intp)
    event = whitened.all(Unknown("event", event.event) for event in scenario.events).T
    # Log-normal with a mean of 1 and this coefficient of variation: the tail is heavy, as that of bursts is.
    event_sd = np.sqrt(np.log1p(parameters["event_factor_cv"] ** 2))[:, None]
    of_district = parameters["pull_district_sd"] * whitened.all(Unknown("pull", name) for name in districts)
    of_place = parameters["pull_place_sd"] * whitened.all(Unknown("place_pull", p.place) for p in scenario.places)
    sent = whitened.all(Unknown("outflow", name) for name in communities)
    inside = parameters["inside_sd"] * whitened.all(Unknown("inside", name) for name in communities)
    kin = whitened.all(Unknown("kin_pull", name) for name, _, _ in kin_of(scenario))
    return Shocks(
        event=_factor(event, event_sd),
        pull=(of_district[district] + of_place).T,
        pull_drift=_drifts(scenario, whitened, parameters, "pull", districts)[:, :, district],
        kin_pull=(parameters["pull_kin_sd"] * kin).T,
        outflow=_factor(sent, parameters["outflow_sd"]).T,
        outflow_drift=_of_homes(scenario, whitened, parameters),
        inside=inside.T,
    )


def _factor(numbers: Floats, sd: Floats) -> Floats:
    """Return log-normal factors of mean 1."""
    return np.asarray(np.exp(sd * numbers - sd**2 / 2))


def _drifts(
    scenario: Scenario, whitened: Whitened, parameters: Mapping[str, Floats], kind: str, names: list[str]
) -> Knots:
    """Return what drifts by name at knots (member, knot, name)."""
    knots = knots_of(scenario)
    sd, days = parameters[f"{kind}_drift_sd"], parameters[f"{kind}_drift_days"]
    found = np.zeros((sd.size, len(knots), len(names)), np.float32)
    if not sd.any():
        return found
    for index, name in enumerate(names):
        found[:, :, index] = drift(whitened.all(Unknown(kind, name, day) for day in knots), sd, days).T
    return found


def _of_homes(scenario: Scenario, whitened: Whitened, parameters: Mapping[str, Floats]) -> Knots:
    homes = list(dict.fromkeys(scenario.residents.place))
    sd = parameters["outflow_drift_sd"]
    found = np.ones((sd.size, len(knots_of(scenario)), len(scenario.places)), np.float32)
    logs = _drifts(scenario, whitened, parameters, "outflow", [scenario.places[home].place for home in homes])
    found[:, :, homes] = np.exp(logs - (sd**2 / 2)[:, None, None])
    return found


def pull_on(shocks: Shocks, day: int, places: NDArray[np.int32]) -> Floats:
    """Return what draws people to places on a day beyond the formula (member, place), log weight."""
    return np.asarray(shocks.pull[:, places] + _between(shocks.pull_drift, day)[:, places], np.float64)


def kin_pull_of(shocks: Shocks, scenario: Scenario, places: NDArray[np.int32]) -> Floats:
    """Return what draws communities to places, and not others (member, community, place), log weight."""
    communities = communities_of(scenario)
    found = np.zeros((len(shocks.kin_pull), len(communities), len(places)))
    options: dict[str, list[int]] = {}
    for option, place in enumerate(places):
        options.setdefault(district_of(scenario.places[place]), []).append(option)
    for kin, (_, community, district) in enumerate(kin_of(scenario)):
        found[:, communities.index(community), options.get(district, [])] = shocks.kin_pull[:, kin, None]
    return found


def outflow_on(shocks: Shocks, day: int) -> Floats:
    """Return the factor on what homes at each place send on a day (member, place), without that of the community.

    Factors are interpolated, not their logs: the mean stays 1.
    """
    return np.asarray(_between(shocks.outflow_drift, day), np.float64)


def _between(at_knots: Knots, day: int) -> Knots:
    knot, rest = divmod(day, KNOT_DAYS)
    weight = np.float32(rest / KNOT_DAYS)
    return (1 - weight) * at_knots[:, knot] + weight * at_knots[:, knot + 1]


def without_judgements(scenario: Scenario, members: int) -> Judgements:
    """Return members that take the numbers of acts as given."""
    enforcement = np.array([act.enforcement or 0.0 for act in scenario.acts])
    admitted = np.array([act.admit_share or 0.0 for act in scenario.acts])
    return Judgements(*(np.repeat(given[None], members, 0) for given in (enforcement, admitted)))


def judgements(scenario: Scenario, whitened: Whitened, parameters: Mapping[str, Floats]) -> Judgements:
    """Return how members judge the numbers of acts: estimates differ by log odds, what is known does not."""
    found = without_judgements(scenario, parameters["enforcement_spread"].size)
    for index, act in enumerate(scenario.acts):
        kind = uncertain(act)
        if kind:
            of = found.enforcement if kind == "enforcement" else found.admitted
            with np.errstate(divide="ignore"):
                odds = logit(of[:, index]) + parameters[f"{kind}_spread"] * whitened.of(Unknown(kind, act.act))
            of[:, index] = expit(odds)
    return found
