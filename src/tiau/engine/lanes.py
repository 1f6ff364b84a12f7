"""Groups that make the same journeys side by side: who of them is on the way, and what becomes of them at crossings."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.itinerary import Kind, trace_of
from tiau.engine.kernels.border import LONGEST_QUEUE
from tiau.engine.kernels.choose_together import Morning
from tiau.engine.kernels.ends import Mornings
from tiau.engine.kernels.itineraries import Trace
from tiau.engine.kernels.lanes import LANES
from tiau.engine.kernels.queues import Books, Queues, Rates
from tiau.engine.passage import Passage
from tiau.engine.policy import Law
from tiau.engine.rules import Rules
from tiau.engine.spells import Spell

Floats = NDArray[np.float64]
FLAT = ("scale", "whole", "fresh", "reach", "overnight", "passed", "rest", "tried")
FLAT_RATES = ("stay", "stay_new", "through", "refused")


class Through(NamedTuple):
    """Those whom queues let through on a day.

    Attributes
    ----------
    day : int
    kind : Kind
        As it was then.
    people : float array (queue, lane), persons
    rest : float array (queue, lane), days
        What was left of the day to them.
    """

    day: int
    kind: Kind
    people: Floats
    rest: Floats


@dataclass
class Lanes:
    """Up to eight groups of a kind, of one member.

    Attributes
    ----------
    member : int
    way : int
        Which of the sets of ways they have.
    kind : Kind
    spells : list of Spell
        Those of the last mornings, which all lanes of these ways and this kind have together.
    groups : slice or int array
        Which groups of the network they are.
    group : int array (lane,)
        The same; -1 where there is none.
    ahead : float array (day and row, lane)
        What is noted of the days that are to come, in a ring: see `kernels.itineraries.Rows`.
    queues, flat, books
        See `kernels.queues`; all queues and lanes in one row.
    moving : float array (1, lane), persons
        Who is on the way and does not wait.
    tree, trace : float array (node, lane), Trace
        Room to work in.
    ring : Mornings
        Who set out on the last mornings, in the slots of the days in `ahead`.
    mornings : dict of int to Morning
        The same by day.
    overnight, passed : list of Through
        Who were let through in the morning of a day, and in its course.
    law, rates, flat_rates
        See `judged`.
    """

    member: int
    way: int
    kind: Kind
    spells: list[Spell]
    groups: slice | NDArray[np.int64]
    group: NDArray[np.int64]
    ahead: Floats
    queues: Queues
    flat: Queues
    books: Books
    moving: Floats
    tree: Floats
    trace: Trace
    ring: Mornings
    mornings: dict[int, Morning] = field(default_factory=dict)
    overnight: list[Through] = field(default_factory=list)
    passed: list[Through] = field(default_factory=list)
    law: Law | None = None
    rates: Rates | None = None
    flat_rates: Rates | None = None

    @cached_property
    def whole_days(self) -> Floats:
        """What is left of the day to those whom queues let through in the morning (queue, lane), days."""
        return np.broadcast_to(1.0, self.queues.rest.shape)

    def forget(self, day: int) -> None:
        """Forget who set out on a day and before: they have arrived."""
        while self.mornings and next(iter(self.mornings)) <= day:
            del self.mornings[next(iter(self.mornings))]
        for through in (self.overnight, self.passed):
            while through and through[0].day <= day:
                del through[0]
        while len(self.spells) > 1 and self.spells[1].first <= day + 1:
            del self.spells[0]

    def judged(self, law: Law, passage: Passage, rules: Rules, crossing: NDArray[np.int32]) -> tuple[Rates, Rates]:
        """Return what becomes of those who try under a law, and the same in one row; worked out once for a law."""
        if self.law is not law or self.rates is None or self.flat_rates is None:
            self.law = law
            self.rates = rates_of(self.member, self.groups, self.kind, law, passage, rules, crossing)
            in_a_row = {name: getattr(self.rates, name).ravel() for name in FLAT_RATES}
            self.flat_rates = self.rates._replace(**in_a_row)
        return self.rates, self.flat_rates

    def morning(self, day: int, weights: Floats, version: int) -> Morning:
        """Return room for who sets out on a morning, by weights that `come` knows by a version."""
        self.ring.version[day % self.kind.horizon] = version
        return self.keep(day, weights)

    def keep(self, day: int, weights: Floats) -> Morning:
        """Return who sets out on a morning as it is in the ring, by weights."""
        slot, (places, options) = day % self.kind.horizon, weights.shape
        self.mornings[day] = Morning(
            self.ring.choosers[slot * places : (slot + 1) * places], weights,
            self.ring.drawn_to[slot * options : (slot + 1) * options],
        )  # fmt: skip
        return self.mornings[day]

    def start(self, day: int) -> int:
        """Return where a day starts in `ahead`."""
        return day % self.kind.horizon * self.kind.rows.whole


def lanes_of(member: int, way: int, kind: Kind, spells: list[Spell], groups: list[int]) -> Lanes:
    """Return lanes for some groups of a kind, with nobody on the way."""
    many, routes = kind.room, kind.land.end.size
    options, places = kind.land.next.shape
    group = np.full(LANES, -1, np.int64)
    group[: len(groups)] = groups
    each = [np.zeros((many, LANES)) for _ in range(7)]
    queues = Queues(np.zeros((LONGEST_QUEUE + 1, many, LANES)), np.ones((many, LANES)), *each)
    in_a_row = groups == list(range(groups[0], groups[0] + len(groups)))
    return Lanes(
        member, way, kind, spells,
        # Of a slice numpy makes no copies.
        slice(groups[0], groups[0] + len(groups)) if in_a_row else np.array(groups),
        group,
        ahead=np.zeros((kind.horizon * kind.rows.whole, LANES)),
        queues=queues, flat=queues._replace(**{name: getattr(queues, name).ravel() for name in FLAT}),
        books=Books(
            refused=np.zeros((routes, LANES)), irregular=np.zeros((routes, LANES)), looking=np.zeros((places, LANES)),
            giving_up=np.zeros((places, LANES)), away=np.zeros(options), desk=np.zeros((1, LANES)),
        ),
        moving=np.zeros((1, LANES)),
        tree=np.zeros((kind.widest + 2, LANES)),
        trace=trace_of(places, kind.limit),
        ring=Mornings(
            np.zeros((kind.horizon * places, LANES)), np.zeros((kind.horizon * options, LANES)),
            np.zeros(kind.horizon, np.int64),
        ),
    )  # fmt: skip


def rates_of(
    member: int,
    groups: slice | NDArray[np.int64],
    kind: Kind,
    law: Law,
    passage: Passage,
    rules: Rules,
    crossing: NDArray[np.int32],
) -> Rates:
    """Return what becomes of those who try at queues under a law, of some groups of a member."""
    border = law.border
    many, route = kind.room, kind.gates.route
    allowed, pushed = np.zeros((many, LANES)), np.zeros((many, LANES))
    regime = border.regime[groups][:, route].T
    here = slice(route.size), slice(regime.shape[1])
    allowed[here] = np.where(border.shut[route, None], 0.0, passage.passing[member][regime])
    pushed[here] = passage.pushed[member][regime]
    wait, other_way, irregular, give_up = (
        float(of[member])
        for of in (rules.blocked_wait, rules.blocked_other_way, rules.blocked_irregular, rules.blocked_give_up)
    )
    whole = wait + other_way + irregular + give_up
    if whole <= 0.0:
        wait = whole = 1.0
    through = np.zeros(many)
    through[: route.size] = irregular * passage.porous[member, route]
    waiting, getting_through = (wait + irregular - through) / whole, through / whole
    refused = 1.0 - allowed + allowed * pushed
    # The last number stands for routes that no crossing is on.
    limited = np.flatnonzero(np.append(border.quota, np.inf)[crossing[route]] < np.inf)
    stay, passing = refused * waiting[:, None], allowed * (1.0 - pushed) + refused * getting_through[:, None]
    stay_new = stay.copy()
    stay[limited], stay_new[limited], passing[limited], refused[limited] = 1.0, 0.0, 0.0, 0.0
    return Rates(
        allowed, pushed, stay, stay_new, passing, refused, waiting, np.full(many, other_way / whole), getting_through,
        np.full(many, give_up / whole), limited,
    )  # fmt: skip
