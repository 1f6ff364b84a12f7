"""Predictive distributions as quantiles on one grid of levels: fans from three of them, mixtures, joint draws."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from scipy.special import ndtr, ndtri

from tiau.forecasting.history import Floats

COUNT = 40
LEVELS: Floats = (np.arange(COUNT) + 0.5) / COUNT
"""The levels of all quantiles here: the middles of equal parts, so that their mean is that of the distribution."""
NORMAL: Floats = ndtri(LEVELS)
GIVEN = (0.2, 0.5, 0.8)
"""The levels that are fitted; the rest of a fan follows from them."""
TAIL = 1.3
"""Tails fall like exp(-x^(1/1.3)), a bit heavier than those of a Laplace distribution (study of ten conflicts)."""
CORRELATION = 0.4
"""Between places, of the normal scores of what comes (study of ten conflicts)."""

_REACH = np.log(1 / (2 * np.minimum(LEVELS, 1 - LEVELS))) ** TAIL / np.log(1 / (2 * GIVEN[0])) ** TAIL


def fan(three: Floats) -> Floats:
    """Return the quantiles of distributions (row, level) by those at levels .2, .5 and .8 (row, 3); none is below 0.

    Quantiles that cross are put in order. Each side is stretched by the distance of its quantile from the median.
    """
    low, middle, high = np.sort(np.maximum(three, 0.0), axis=1).T[:, :, None]
    side = np.where(LEVELS < 0.5, low - middle, high - middle)
    return np.asarray(np.maximum(middle + side * _REACH, 0.0))


def point(people: Floats) -> Floats:
    """Return the quantiles (row, level) of forecasts without spread (row,)."""
    return np.repeat(people[:, None], COUNT, axis=1)


def mixture(parts: Sequence[Floats]) -> Floats:
    """Return the quantiles (row, level) of the mixture of distributions (row, level) that weigh equally."""
    together = np.sort(np.concatenate(parts, axis=1), axis=1)
    return np.asarray(together.reshape(len(together), COUNT, len(parts)).mean(axis=2))


def at(quantiles: Floats, levels: Floats) -> Floats:
    """Return quantiles at other levels, linear in the normal scores of levels, also beyond the grid; none is below 0.

    Parameters
    ----------
    quantiles : float array (row, level)
    levels : float array (other,) or (row, other)

    Returns
    -------
    float array (row, other)
    """
    scores = np.broadcast_to(ndtri(levels), (len(quantiles), np.shape(levels)[-1]))
    right = np.clip(np.searchsorted(NORMAL, scores), 1, COUNT - 1)
    rows = np.arange(len(quantiles))[:, None]
    share = (scores - NORMAL[right - 1]) / (NORMAL[right] - NORMAL[right - 1])
    left_value, right_value = quantiles[rows, right - 1], quantiles[rows, right]
    return np.maximum(left_value + share * (right_value - left_value), 0.0)


def joint(quantiles: Floats, names: Sequence[str], about: str, members: int) -> Floats:
    """Draw from places together (place, member), whose normal scores are correlated alike, whatever their quantiles.

    A draw hangs on the name of its place and on `about`, such as a case and a day, and on nothing else.
    """
    common = _normal(about, "", members)
    own = np.array([_normal(about, name, members) for name in names])
    return at(quantiles, ndtr(np.sqrt(CORRELATION) * common + np.sqrt(1 - CORRELATION) * own))


def _normal(about: str, name: str, members: int) -> Floats:
    digest = blake2b(f"{about}\n{name}".encode(), digest_size=8).digest()
    return np.random.default_rng(int.from_bytes(digest, "big")).standard_normal(members)


def chance_above(quantiles: Floats, values: Floats, *, reached: bool = False) -> Floats:
    """Return the chance (row,) that distributions given by quantiles (row, level) lie above values (row,).

    Between levels, and beyond the grid, it is linear in normal scores as in `at`; of a point it is 0 or 1.

    Parameters
    ----------
    quantiles : float array (row, level)
    values : float array (row,)
    reached : bool
        Whether a value that is just reached counts too.
    """
    failing = (quantiles < values[:, None] if reached else quantiles <= values[:, None]).sum(axis=1)
    right = np.clip(failing, 1, COUNT - 1)
    rows = np.arange(len(quantiles))
    left_value, right_value = quantiles[rows, right - 1], quantiles[rows, right]
    apart = right_value - left_value
    # A flat end of the grid goes on as it is: nothing lies beyond it.
    beyond = np.where(failing == 0, -np.inf, np.inf)
    share = np.divide(values - left_value, apart, out=beyond, where=apart > 0)
    return np.asarray(1 - ndtr(NORMAL[right - 1] + share * (NORMAL[right] - NORMAL[right - 1])))


def levels_of(quantiles: Floats, values: Floats) -> Floats:
    """Return the levels (row,) of values (row,) in distributions given by quantiles (row, level).

    Where several levels have one value, that nearest to a half: so a central interval holds a value if its level does
    not lie farther from a half than the ends of the interval do.
    """
    below = 1 - chance_above(quantiles, values, reached=True)
    return np.asarray(np.clip(0.5, below, 1 - chance_above(quantiles, values)))
