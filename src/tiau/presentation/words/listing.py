"""Several things in one sentence."""

from __future__ import annotations

from collections.abc import Iterable


def listed(texts: Iterable[str], last: str = " and ") -> str:
    """Join texts in a sentence."""
    found = list(texts)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])}{last}{found[-1]}"
