"""What is not known of members, as standard normal numbers by name: those of the prior, or what a fit learned."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from tiau.engine.keys import mixed_with, name_key, uniforms_of
from tiau.scenario.model import Scenario
from tiau.scenario.parameters import PARAMETERS
from tiau.scenario.posterior import Posterior
from tiau.scenario.rows import Act, Place
from tiau.scenario.unknown import KNOT_DAYS, Unknown
from tiau.scenario.vocabulary import SOFTENING

Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]
FEW = 100_000
"""Numbers that are drawn without a kernel."""


def knots_of(scenario: Scenario) -> tuple[dt.date, ...]:
    """Return the days of the knots: the first day of the scenario and every `KNOT_DAYS` on, one beyond the last day."""
    start = scenario.settings.start
    return tuple(start + dt.timedelta(KNOT_DAYS * knot) for knot in range(knots_until(scenario.days)))


def knots_until(days: int) -> int:
    """Return on how many knots the first days hang."""
    return (days - 1) // KNOT_DAYS + 2


def district_of(place: Place) -> str:
    """Return the district whose attraction a place shares; where none is known the place is its own."""
    return place.admin2 or place.place


def communities_of(scenario: Scenario) -> tuple[str, ...]:
    """Return the communities of a scenario, in the order of their first group."""
    return tuple(dict.fromkeys(group.community for group in scenario.groups))


def kin_of(scenario: Scenario) -> tuple[tuple[str, str, str], ...]:
    """Return what attracts one community more than another: its name, the community, and a district abroad.

    Of one community alone that is what attracts everybody.
    """
    communities = communities_of(scenario)
    home = {scenario.places[place].country for place in scenario.residents.place}
    abroad = dict.fromkeys(district_of(place) for place in scenario.places if place.country not in home)
    pairs = itertools.product(communities if len(communities) > 1 else (), abroad)
    return tuple((f"{community} to {district}", community, district) for community, district in pairs)


def uncertain(act: Act) -> str:
    """Return what of an act is an estimate that members differ in: "enforcement", "exemption" or "" for neither."""
    if not act.estimated:
        return ""
    if act.effect in SOFTENING:
        return "exemption" if act.admit_share is not None else ""
    return "enforcement" if act.enforcement is not None else ""


def unknowns_of(scenario: Scenario) -> tuple[Unknown, ...]:
    """Return everything that is not known of a member of a scenario."""
    return tuple(_unknowns(scenario))


def _unknowns(scenario: Scenario) -> Iterator[Unknown]:
    yield from (Unknown("parameter", p.name) for p in PARAMETERS if p.spread)
    yield from (Unknown(kind, act.act) for act in scenario.acts if (kind := uncertain(act)))
    yield from (Unknown("event", event.event) for event in scenario.events)
    knots = knots_of(scenario)
    for district in dict.fromkeys(map(district_of, scenario.places)):
        yield Unknown("pull", district)
        yield from (Unknown("pull", district, day) for day in knots)
    yield from (Unknown("place_pull", place.place) for place in scenario.places)
    yield from (Unknown("kin_pull", name) for name, _, _ in kin_of(scenario))
    communities = communities_of(scenario)
    yield from (Unknown("outflow", community) for community in communities)
    homes = dict.fromkeys(scenario.places[place].place for place in scenario.residents.place)
    yield from (Unknown("outflow", home, day) for home in homes for day in knots)
    yield from (Unknown("inside", community) for community in communities)


class Whitened:
    """Standard normal numbers of members by the names of what they stand for.

    Parameters
    ----------
    key : uint64 array (member,)
    posterior : Posterior, optional
        What a fit learned, which takes the place of the prior's draw for what it names. Members beyond those that it
        holds have its first ones again.
    """

    def __init__(self, key: Keys, posterior: Posterior | None = None) -> None:
        self._key, self._posterior = key, posterior
        self._member = np.arange(key.size) % (posterior.members if posterior else 1)

    def of(self, unknown: Unknown) -> Floats:
        """Return the numbers of one unknown (member,)."""
        return np.asarray(self.all([unknown])[0])

    def all(self, unknowns: Iterable[Unknown]) -> Floats:
        """Return the numbers of several unknowns (unknown, member)."""
        asked = list(unknowns)
        learned = [self._posterior.of(unknown) if self._posterior else None for unknown in asked]
        new = [row for row, numbers in enumerate(learned) if numbers is None]
        found = np.empty((len(asked), self._key.size))
        found[new] = self._of_the_prior([asked[row] for row in new])
        for row, numbers in enumerate(learned):
            if numbers is not None:
                found[row] = self._of_members(numbers)
        return found

    def _of_the_prior(self, unknowns: list[Unknown]) -> Floats:
        return _drawn_all(self._key, unknowns)

    def _of_members(self, learned: Floats) -> Floats:
        return np.asarray(learned[self._member])


class Middle(Whitened):
    """The standard normal numbers of one member in the middle of what a fit learned, 0 where nothing is learned.

    Parameters
    ----------
    posterior : Posterior, optional
    """

    def __init__(self, posterior: Posterior | None = None) -> None:
        super().__init__(np.zeros(1, np.uint64), posterior)

    def _of_the_prior(self, unknowns: list[Unknown]) -> Floats:
        return np.zeros((len(unknowns), 1))

    def _of_members(self, learned: Floats) -> Floats:
        return np.full(1, np.mean(learned))


def drawn(key: Keys, unknown: Unknown) -> Floats:
    """Return the numbers of one unknown as the prior has them (member,), each by its member's key and the name."""
    return np.asarray(_drawn_all(key, [unknown])[0])


def _drawn_all(key: Keys, unknowns: list[Unknown]) -> Floats:
    """Return the numbers of several unknowns as the prior has them (unknown, member)."""
    days = [() if unknown.day is None else (unknown.day.isoformat(),) for unknown in unknowns]
    names = [name_key(unknown.kind, unknown.name, *day) for unknown, day in zip(unknowns, days, strict=True)]
    if len(names) * key.size <= FEW:
        return np.asarray(ndtri(uniforms_of(mixed_with(key, names))))
    from tiau.engine.streams import mixed_each, uniforms

    own, numbers = np.empty((len(names), key.size), np.uint64), np.empty(len(names) * key.size)
    mixed_each(key, np.array(names, np.uint64), own)
    uniforms(own.ravel(), numbers)
    return np.asarray(ndtri(numbers)).reshape(own.shape)


def drift(numbers: Floats, sd: Floats, days: Floats) -> Floats:
    """Return an autoregressive process at knots (knot, member) of standard normal innovations of the same shape.

    Parameters
    ----------
    numbers : float array (knot, member)
    sd : float array (member,)
        Of the process, the same at every knot.
    days : float array (member,), days
        Its memory: after so many the correlation has fallen to 1/e.
    """
    carried = np.exp(-KNOT_DAYS / days)
    fresh = np.sqrt(1.0 - carried**2)
    path = np.empty_like(numbers)
    for knot, innovation in enumerate(numbers):
        path[knot] = innovation if knot == 0 else carried * path[knot - 1] + fresh * innovation
    return sd * path
