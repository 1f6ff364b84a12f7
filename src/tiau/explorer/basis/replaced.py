"""Which older orders of the same authority an order replaces, and which so stand again where it is switched off."""

from __future__ import annotations

import datetime as dt

import numpy as np

from tiau.engine.policy import applies_to, holds_at
from tiau.scenario.network import Network
from tiau.scenario.rows import Act

Days = tuple[dt.date, dt.date]


def replaced(network: Network) -> dict[str, list[list[str]]]:
    """Return, for each closing order that replaces others, the orders below it, the latest first.

    Returns
    -------
    dict of str to list of list of str
        By order: a list for each different pile of older orders on its ways over the border. Of an authority's orders
        on a way the latest counts, so the first of a list that is in force stands where the order itself is not there.
    """
    closing = [act for act in network.scenario.acts if act.effect == "close"]
    orders = sorted(closing, key=lambda act: (act.from_, act.act))
    where = {act.act: holds_at(network, act) for act in orders}
    whom = {act.act: applies_to(network, act) for act in orders}
    days = {act.act: days_of(network, act) for act in orders}
    found = {}
    for at, order in enumerate(orders):
        older = [
            one for one in reversed(orders[:at])
            if one.authority == order.authority and (whom[one.act] & whom[order.act]).any()
            and max(days[one.act][0], days[order.act][0]) <= min(days[one.act][1], days[order.act][1])
        ]  # fmt: skip
        piles = [[one.act for one in older if where[one.act][way]] for way in np.flatnonzero(where[order.act])]
        different = list(dict.fromkeys(tuple(pile) for pile in piles if pile))
        if different:
            found[order.act] = [list(pile) for pile in different]
    return found


def days_of(network: Network, act: Act) -> Days:
    """Return the first and the last day on which an act is in force."""
    ends = [other.from_ - dt.timedelta(1) for other in network.scenario.acts if other.ends == act.act]
    return act.from_, min([act.until or dt.date.max, *ends])
