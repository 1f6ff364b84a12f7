"""Flee's rules neither lose nor make people: what a batch holds at the end of a run against who was created."""

from __future__ import annotations

import numpy as np

from tiau.engine.conservation import Audit
from tiau.flee.engine.batch import FleeBatch


def audit(batch: FleeBatch, *, first: int = 0) -> None:
    """Check that everybody created is at a place or on the way, and that places hold those who rest there.

    `first` is the number of the first of these members in the ensemble, for the message.

    Raises
    ------
    ConservationError
    """
    state, model = batch.state, batch.model
    occupied, moving = state.here["occupied"], state.on_way["people"]
    check = Audit(state.created, chance=model.chance, first=first)
    check.counts("on the way", moving)
    check.counts("at a place", occupied)
    at_places = np.zeros_like(occupied)
    for what, cells in (("resting", state.rest), ("resting since today", state.tonight)):
        check.counts(what, cells["people"])
        check.finite(f"what people remember of travel, {what},", cells["index"])
        np.add.at(at_places.T, model.paths.slot_place, cells["people"].sum(2).T)
    # The two ways to count must agree: an entry written to the wrong cell shows in one of them alone.
    check.same(occupied.sum(1) + moving.sum(1))
    # In camps that are sinks people stay counted who rest no more.
    if not model.case.settings.camps_are_sinks:
        check.same(at_places.sum(1) + moving.sum(1), ", as those who rest are counted")
