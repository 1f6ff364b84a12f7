"""Newcomers: where they come from, and of which kind they are."""

from __future__ import annotations

import numpy as np

from tiau.engine.streams import lean, mix, share, within


@lean
def spawn(keys, chance, people, factor, origins, state, take):
    """Share newcomers over places by population times `factor` (place,)."""
    for m in range(keys.size):
        here = state.here[m]
        open_ = 0.0
        for p in range(factor.size):
            open_ += factor[p] * here[p].population
        left = people
        for p in origins.order:
            weight = factor[p] * here[p].population
            if weight <= 0.0 or left <= 0.0:
                continue
            key = mix(keys[m], origins.key[p])
            x = left if weight >= open_ else share(key, left, weight / open_, chance)
            open_ -= weight
            left -= x
            _add(m, p, x, key, chance, origins.share, state, take)


@lean
def spawn_at(keys, chance, amount, drawn, origins, state, take):
    """Add newcomers `amount` (member, place), Poisson-distributed around it where `drawn`."""
    many = 1e12
    for m in range(keys.size):
        for p in range(origins.key.size):
            x, key = amount[m, p], mix(keys[m], origins.key[p])
            if drawn and chance:
                x = share(key, many, x / many, chance)
            _add(m, p, x, key, chance, origins.share, state, take)


@within
def _add(m, p, people, key, chance, kind, state, take):
    """Add people at a place, of each kind by `kind` (kind, place)."""
    left, open_ = people, 1.0
    for k in range(kind.shape[0]):
        x = left
        if k < kind.shape[0] - 1:
            x = share(mix(key, np.uint64(k + 1)), left, min(kind[k, p] / open_, 1.0) if open_ > 0.0 else 0.0, chance)
        open_ -= kind[k, p]
        left -= x
        state.rest[m, k * kind.shape[1] + p, 0].people += x
    state.here[m, p].occupied += people
    state.created[m] += people
    if take:
        state.here[m, p].population = max(state.here[m, p].population - people, 0.0)
