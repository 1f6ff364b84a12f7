"""Which destinations people pick where no chance plays: all groups of a place at once, by the weights of `choose`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.kernels.choose import NEGLIGIBLE
from tiau.engine.kernels.stages import new_stage
from tiau.engine.kernels.travel import AT_PLACE
from tiau.engine.streams import lean, within

Floats = NDArray[np.float64]


class Desk(NamedTuple):
    """Room to reckon in, a column for each group.

    Attributes
    ----------
    drawn_to : float array (option, group)
        Kin and pull.
    cumulative : float array (option + 1, group)
        Sums of weights in the order of options.
    held : float array (node, group), persons
        Who is to be split at a node.
    taken : float array (option, group), persons
    """

    drawn_to: Floats
    cumulative: Floats
    held: Floats
    taken: Floats


@lean
def choose_together(begin, people, stages, kind_of, options, of_group, kin, row_of, base, pull, desk):
    """Send today's choosers on their way, from place `begin` on: to a stage, to displacement in place, or trapped.

    Weights, branches and what is negligible are those of `choose`. Returns the place where it had to stop as there was
    no room for more stages, or the number of places.
    """
    members, groups, places = people.choosing.shape
    where = options.place
    kinds = stages.start.shape[0]
    for p in range(begin, places):
        if stages.size[0] + kinds * where.size > stages.kind.size:
            return p
        for m in range(members):
            choosing = people.choosing[m]
            whole = 0.0
            for g in range(groups):
                whole += choosing[g, p]
            if whole <= 0.0:
                continue
            _sum_up(m, base[m, row_of[p]], of_group, kin, pull, desk)
            total = desk.cumulative[where.size]
            for g in range(groups):
                n = choosing[g, p]
                choosing[g, p] = 0.0
                desk.held[0, g] = 0.0
                if total[g] > 0.0:
                    desk.held[0, g] = n
                else:
                    people.trapped[m, g, p] += n
            _split(options.tree, desk)
            for k in range(where.size):
                _set_out(m, p, k, people, stages, kind_of, where, desk.taken[k])
    return places


@within
def _sum_up(m, weights, of_group, kin, pull, desk):
    """Fill `cumulative`."""
    cumulative, drawn_to = desk.cumulative, desk.drawn_to
    groups = of_group.size
    for k in range(drawn_to.shape[0]):
        for g in range(groups):
            drawn_to[k, g] = weights[of_group[g], k] * (kin[m, g, k] * pull[m, k])
    for k in range(drawn_to.shape[0]):
        for g in range(groups):
            cumulative[k + 1, g] = cumulative[k, g] + drawn_to[k, g]


@within
def _split(tree, desk):
    """Split those at the root over the options by shares; a branch of next to nobody gives them to its sister."""
    cumulative, groups = desk.cumulative, desk.held.shape[1]
    if tree.first.size == 0:
        for g in range(groups):
            desk.taken[0, g] = desk.held[0, g]
    # Children come after their parents.
    for node in range(tree.first.size):
        here, earlier, later = desk.held[node], tree.child[node, 0], tree.child[node, 1]
        low = desk.held[earlier] if earlier >= 0 else desk.taken[~earlier]
        high = desk.held[later] if later >= 0 else desk.taken[~later]
        start, between, end = cumulative[tree.first[node]], cumulative[tree.middle[node]], cumulative[tree.last[node]]
        for g in range(groups):
            n = here[g]
            share = min(max((between[g] - start[g]) / (end[g] - start[g]), 0.0), 1.0)
            few = n * share if n > 0.0 else 0.0
            rest = n - few
            few = 0.0 if few < NEGLIGIBLE and rest >= few else (n if rest < NEGLIGIBLE else few)
            low[g] = few
            high[g] = n - few


@within
def _set_out(m, p, k, people, stages, kind_of, where, taken):
    """Put those who have picked an option into their stages."""
    whole = 0.0
    for g in range(taken.size):
        whole += taken[g]
    if whole <= 0.0:
        return
    people.toward[m, k] += whole
    if where[k] == p:
        for g in range(taken.size):
            people.settled[m, g, p] += taken[g]
        return
    for kind in range(stages.start.shape[0]):
        s = np.int64(stages.start[kind, p, k])
        for g in range(taken.size):
            if kind_of[g] == kind and taken[g] > 0.0:
                if s < 0:
                    s = new_stage(stages, kind, k, p, AT_PLACE, 0.0)
                    stages.start[kind, p, k] = s
                stages.people[m, s, g] += taken[g]
