"""Keys of draws, and their numbers where there are few: without a kernel, the first of which takes long to fetch."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
M1 = np.uint64(0xBF58476D1CE4E5B9)
M2 = np.uint64(0x94D049BB133111EB)
S12, S27, S30, S31 = np.uint64(12), np.uint64(27), np.uint64(30), np.uint64(31)


def name_key(*names: str) -> int:
    """Return the 64-bit key of a name, the same on every machine and in every version.

    Parameters
    ----------
    *names : str
        Parts of the name, kept apart in the hash.

    Returns
    -------
    int
        From 0 to 2^64 - 1.
    """
    text = "\x1f".join(names).encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little")


def mixed_with(keys: NDArray[np.uint64], parts: Sequence[int]) -> NDArray[np.uint64]:
    """Return each key (key,) mixed with each part (part, key), as `streams.mix` does."""
    z: NDArray[np.uint64] = (keys ^ np.asarray(parts, np.uint64)[:, None]) + GOLDEN
    z = (z ^ (z >> S30)) * M1
    z = (z ^ (z >> S27)) * M2
    return z ^ (z >> S31)


def uniforms_of(keys: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Return the uniform number of each key, as `streams.uniform` does."""
    return np.asarray(((keys >> S12).astype(np.float64) + 0.5) * (1.0 / 4503599627370496.0))
