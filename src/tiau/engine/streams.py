"""Keyed draws: a number is a pure function of who, when and which decision, never of what was drawn before.

A key is a 64-bit hash of names and days; one draw takes one uniform and inverts it, so that the same
key gives nearly the same number under nearly the same chance. Paired runs stay paired.
"""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import numba
import numpy as np

from tiau.engine.kernel_cache import kernel
from tiau.engine.keys import GOLDEN, M1, M2, S12, S27, S30, S31

compiled: Any = partial(kernel, nogil=True, error_model="numpy")
# For kernels that make no arrays: counting references to arrays costs more than their arithmetic.
lean: Any = partial(kernel, nogil=True, error_model="numpy", _nrt=False)
# For the steps of a lean kernel, put in place where they are called: what they take, tuples of arrays too, costs nothing
# to pass. No code to call them from outside is made, which takes as long to compile as they do.
within: Any = numba.njit(  # type: ignore[call-overload]
    nogil=True, error_model="numpy", _nrt=False, forceinline=True, no_cpython_wrapper=True, no_cfunc_wrapper=True
)
# A call that passes tuples of arrays counts references to each of them: small helpers of a hot loop are inlined.
inlined = numba.njit(nogil=True, error_model="numpy", inline="always")

EXACT_VARIANCE = 30.0
FEW = 16


@compiled
def mix(key, part):
    """Return a new key from a key and one more part.

    The finaliser of splitmix64 (Steele et al. 2014, doi:10.1145/2660193.2660195).
    """
    z = (np.uint64(key) ^ np.uint64(part)) + GOLDEN
    z = (z ^ (z >> S30)) * M1
    z = (z ^ (z >> S27)) * M2
    return z ^ (z >> S31)


@compiled
def uniform(key):
    """Return the uniform number of a key, strictly between 0 and 1."""
    # Half a step away from both ends: logarithm and quantile of 0 or 1 are endless.
    return (float(np.uint64(key) >> S12) + 0.5) * (1.0 / 4503599627370496.0)


@compiled
def normal_quantile(u: float) -> float:
    """Invert the standard normal distribution, relative error below 1e-15.

    Algorithm AS 241 (Wichura 1988, doi:10.2307/2347330).
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = ((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
                  + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r
               + 133.14166789178437745) * r + 3.387132872796366608  # fmt: skip
        bottom = ((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
                     + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r
                  + 42.313330701600911252) * r + 1.0  # fmt: skip
        return q * top / bottom
    r = math.sqrt(-math.log(u if q < 0 else 1.0 - u))
    if r <= 5.0:
        r -= 1.6
        top = ((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r
                  + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r
               + 4.6303378461565452959) * r + 1.42343711074968357734  # fmt: skip
        bottom = ((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r
                      + 0.0151986665636164571966) * r + 0.14810397642748007459) * r + 0.68976733498510000455) * r
                   + 1.6763848301838038494) * r + 2.05319162663775882187) * r + 1.0  # fmt: skip
    else:
        r -= 5.0
        top = ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r
                   + 0.0012426609473880784386) * r + 0.026532189526576123093) * r + 0.29656057182850489123) * r
                + 1.7848265399172913358) * r + 5.4637849111641143699) * r + 6.6579046435011037772  # fmt: skip
        bottom = ((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r
                      + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4) * r
                    + 0.0148753612908506148525) * r + 0.13692988092273580531) * r + 0.59983220655588793769) * r + 1.0  # fmt: skip
    return -top / bottom if q < 0 else top / bottom


@compiled
def _small_quantile(u: float, n: float, p: float) -> float:
    """Invert the binomial distribution by summing chances from 0 up; p at most one half."""
    ratio = p / (1.0 - p)
    # A few products cost less than a logarithm and an exponential.
    if n <= FEW:
        chance = 1.0 - p
        for _ in range(int(n) - 1):
            chance *= 1.0 - p
    else:
        chance = math.exp(n * math.log1p(-p))
    total = chance
    x = 0.0
    while total < u and x < n:
        chance *= ratio * (n - x) / (x + 1.0)
        x += 1.0
        total += chance
        # Rounding may keep the sum below u for ever.
        if chance < 1e-18 * total and x > n * p:
            break
    return x


@compiled
def _large_quantile(u: float, n: float, p: float, variance: float) -> float:
    """Invert the binomial distribution by its Cornish-Fisher expansion with continuity correction.

    Two terms beyond the normal one (Cornish and Fisher 1938, doi:10.2307/1400905); at variance 30 the
    error is below one person between the quantiles 1e-9 and 1 - 1e-9 (tests/test_streams.py).
    """
    sd = math.sqrt(variance)
    z = normal_quantile(u)
    skew = (1.0 - 2.0 * p) / sd
    kurtosis = (1.0 - 6.0 * p * (1.0 - p)) / variance
    z2 = z * z
    shifted = z + skew * (z2 - 1.0) / 6.0 + kurtosis * z * (z2 - 3.0) / 24.0 - skew * skew * z * (2.0 * z2 - 5.0) / 36.0
    return float(min(max(math.floor(n * p + sd * shifted + 0.5), 0.0), n))


@compiled
def binomial(key, n, p):
    """Draw how many of `n` people do what each does with chance `p`.

    The quantile function at the uniform number of the key: monotone in n and p, exact where the variance
    n p (1 - p) is below 30, within one person otherwise.

    Parameters
    ----------
    key : int
    n : float
        A whole number of people.
    p : float
        From 0 to 1.

    Returns
    -------
    float
        A whole number from 0 to n.
    """
    if n <= 0.0 or p <= 0.0:
        return 0.0
    if p >= 1.0:
        return n
    u = uniform(key)
    # (1 - p)^n is at least 1 - n p, so that most draws of something rare need no power.
    if u <= 1.0 - n * p:
        return 0.0
    if n == 1.0:
        return 1.0
    variance = n * p * (1.0 - p)
    if variance > EXACT_VARIANCE:
        return _large_quantile(u, n, p, variance)
    if p <= 0.5:
        return _small_quantile(u, n, p)
    return n - _small_quantile(1.0 - u, n, 1.0 - p)


@compiled
def share(key, n, p, chance):
    """Draw from `n` people with chance `p`, or return the expectation where chance is switched off."""
    return binomial(key, n, p) if chance else n * min(max(p, 0.0), 1.0)


@inlined
def struck(key, names, expected, chance, found):
    """Mark in `found` where `share` by the key of a name (name,) may take anybody, `expected` people (name,) at most.

    For something rare: a plain loop without branches, which processors do several steps of at once.
    """
    for i in range(names.size):
        found[i] = uniform(mix(key, names[i])) > 1.0 - expected[i] if chance else expected[i] > 0.0


@compiled
def _log_choose(n, k):
    """Return the log of the number of ways to choose k of n."""
    return math.lgamma(n + 1.0) - math.lgamma(k + 1.0) - math.lgamma(n - k + 1.0)


@compiled
def hypergeometric(key, marked, total, drawn, chance):
    """Draw how many of `marked` people are among `drawn` out of `total`, by inversion.

    Chances are summed from twelve standard deviations below the mean; less lies under 1e-30.
    """
    if drawn <= 0.0 or marked <= 0.0:
        return 0.0
    # Sums of expectations round: what a chain of draws has left may be less than its last link, or nothing.
    if marked >= total:
        return min(drawn, marked)
    if not chance:
        return drawn * marked / total
    low, high = max(0.0, drawn - (total - marked)), min(marked, drawn)
    mean = drawn * marked / total
    u = uniform(key)
    # Nobody has a chance of at least 1 - mean, so that most draws of something rare need no gamma functions.
    if low == high or (low == 0.0 and u <= 1.0 - mean):
        return low
    sd = math.sqrt(mean * (1.0 - marked / total) * (total - drawn) / max(total - 1.0, 1.0))
    x = max(low, math.floor(mean - 12.0 * sd - 1.0))
    chance_of_x = math.exp(_log_choose(marked, x) + _log_choose(total - marked, drawn - x) - _log_choose(total, drawn))
    summed = chance_of_x
    while summed < u and x < high:
        chance_of_x *= (marked - x) * (drawn - x) / ((x + 1.0) * (total - marked - drawn + x + 1.0))
        x += 1.0
        summed += chance_of_x
    return x


@compiled
def mixed(keys, parts, out):
    """Fill `out` with each key mixed with every part in turn."""
    for i in range(keys.size):
        key = keys[i]
        for part in parts:
            key = mix(key, part)
        out[i] = key


@compiled
def mixed_each(keys, parts, out):
    """Fill `out` (part, key) with each key mixed with each part."""
    for j in range(parts.size):
        for i in range(keys.size):
            out[j, i] = mix(keys[i], parts[j])


@compiled
def uniforms(keys, out):
    """Fill `out` with the uniform number of each key."""
    for i in range(keys.size):
        out[i] = uniform(keys[i])
