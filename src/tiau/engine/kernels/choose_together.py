"""Which destinations people pick where no chance plays: all groups of a place at once, by the weights of `choose`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.kernels.stages import new_stage
from tiau.engine.kernels.travel import AT_PLACE
from tiau.engine.streams import lean, within

Floats = NDArray[np.float64]
NEGLIGIBLE = 1e-3


class Desk(NamedTuple):
    """Room to reckon in, a column for each group of each place of a block.

    Attributes
    ----------
    drawn_to : float array (option, column)
        Kin and pull.
    cumulative : float array (option + 1, column)
        Sums of weights in the order of options.
    held : float array (node, column), persons
        Who is to be split at a node.
    taken : float array (option, column), persons
    """

    drawn_to: Floats
    cumulative: Floats
    held: Floats
    taken: Floats


@lean
def choose_together(
    begin, many, people, stages, kind_of, options, of_group, kin, row_of, base, pull, desk
):  # fmt: skip
    """Send today's choosers on their way, from place `begin` on, `many` places at once.

    They go to a stage, to displacement in place, or are trapped. Weights and branches are those of `choose`; a branch
    that would get less than a thousandth of a person gives it to its sister. Returns the place where it had to stop as
    there was no room for more stages, or the number of places.
    """
    members, groups, places = people.choosing.shape
    count = options.place.size
    for p in range(begin, places, many):
        block = min(many, places - p)
        if stages.size[0] + stages.start.shape[0] * count * many > stages.kind.size:
            return p
        for m in range(members):
            if members > 1 or p == 0:
                _draw_to(kin[m], pull[m], desk)
            whole = 0.0
            for g in range(groups):
                for j in range(block):
                    whole += people.choosing[m, g, p + j]
            if whole <= 0.0:
                continue
            for j in range(block):
                # Where nobody has ever chosen there are no weights, and nobody chooses.
                if row_of[p + j] >= 0:
                    _weigh(j * groups, base[m, row_of[p + j]], of_group, desk)
            _sum_up(desk)
            _take_up(m, p, block, people, desk)
            _split(options.tree, desk)
            for k in range(count):
                for j in range(block):
                    _set_out(m, p + j, k, people, stages, kind_of, options.place, desk.taken[k, j * groups :])
    return places


@within
def _draw_to(kin, pull, desk):
    """Fill `drawn_to`."""
    for k in range(desk.drawn_to.shape[0]):
        for g in range(desk.drawn_to.shape[1]):
            desk.drawn_to[k, g] = kin[g, k] * pull[k]


@within
def _weigh(first, weights, of_group, desk):
    """Put the weights of a place into its columns of `cumulative`, an option behind the first."""
    for k in range(desk.drawn_to.shape[0]):
        here, drawn_to = desk.cumulative[k + 1, first:], desk.drawn_to[k]
        if weights.shape[0] == 1:
            for g in range(of_group.size):
                here[g] = weights[0, k] * drawn_to[g]
        else:
            for g in range(of_group.size):
                here[g] = weights[of_group[g], k] * drawn_to[g]


@within
def _sum_up(desk):
    """Make sums of the weights in `cumulative`."""
    for k in range(desk.drawn_to.shape[0]):
        before, here = desk.cumulative[k], desk.cumulative[k + 1]
        for i in range(here.size):
            here[i] += before[i]


@within
def _take_up(m, p, block, people, desk):
    """Take up the choosers of a block; who has no way anywhere is trapped."""
    groups, total = people.choosing.shape[1], desk.cumulative[desk.drawn_to.shape[0]]
    held = desk.held[0]
    for i in range(held.size):
        held[i] = 0.0
    for j in range(block):
        for g in range(groups):
            n = people.choosing[m, g, p + j]
            people.choosing[m, g, p + j] = 0.0
            if total[j * groups + g] > 0.0:
                held[j * groups + g] = n
            else:
                people.trapped[m, g, p + j] += n


@within
def _split(tree, desk):
    """Split those at the root over the options by shares; a branch of next to nobody gives them to its sister."""
    cumulative = desk.cumulative
    if tree.first.size == 0 and desk.taken.shape[0] > 0:
        _copy(desk.held[0], desk.taken[0])
    # Children come after their parents.
    for node in range(tree.first.size):
        here, earlier, later = desk.held[node], tree.child[node, 0], tree.child[node, 1]
        low = desk.held[earlier] if earlier >= 0 else desk.taken[~earlier]
        high = desk.held[later] if later >= 0 else desk.taken[~later]
        start, between, end = cumulative[tree.first[node]], cumulative[tree.middle[node]], cumulative[tree.last[node]]
        _part(here, start, between, end, low)
        for i in range(here.size):
            high[i] = here[i] - low[i]


@within
def _part(here, start, between, end, low):
    """Fill `low` with those who go to the earlier of two branches."""
    for i in range(here.size):
        n = here[i]
        # Of nobody the share may be none; what has rounded to more than all is all.
        few = n * ((between[i] - start[i]) / (end[i] - start[i]))
        few = few if few < n else n
        rest = n - few
        few = n if rest < NEGLIGIBLE and rest < few else few
        low[i] = 0.0 if few < NEGLIGIBLE and few <= rest else few


@within
def _copy(some, others):
    for i in range(some.size):
        others[i] = some[i]


@within
def _set_out(m, p, k, people, stages, kind_of, where, taken):
    """Put those of a place who have picked an option into their stages."""
    groups = kind_of.size
    whole = 0.0
    for g in range(groups):
        whole += taken[g]
    if whole <= 0.0:
        return
    people.toward[m, k] += whole
    if where[k] == p:
        for g in range(groups):
            people.settled[m, g, p] += taken[g]
        return
    for kind in range(stages.start.shape[0]):
        s = np.int64(stages.start[kind, p, k])
        for g in range(groups):
            if kind_of[g] == kind and taken[g] > 0.0:
                if s < 0:
                    s = new_stage(stages, kind, k, p, AT_PLACE, 0.0)
                    stages.start[kind, p, k] = s
                stages.people[m, s, g] += taken[g]
                stages.busy[m, s] = True
