"""The level of a run in words: that it was never fitted, and what fits it."""

from __future__ import annotations

from tiau.evaluation.level import Level
from tiau.presentation.words.conditioned import fitting_command
from tiau.presentation.words.figures import plain


def unfitted(found: Level | None, source: str = "SCENARIO") -> str:
    """Say that figures lie far above or below a run as a whole; blank where they do not.

    Parameters
    ----------
    found : Level or None
    source : str
        What the scenario is called in a command.
    """
    if found is None or not found.off:
        return ""
    times, side = (found.factor, "above") if found.factor > 1 else (1 / found.factor, "below")
    return (
        f"The level is not fitted: the median of {figures_of(found)} lies {plain(times, 3)} times {side} the run. "
        "How many people leave for how much violence differs between conflicts; "
        f"fit it to the figures: {fitting_command(source)}"
    )


def figures_of(found: Level) -> str:
    """Say of how many figures a level is, and by how many sources where there are several."""
    sources = f" by {len(found.sources):,} sources" if len(found.sources) > 1 else ""
    return f"{found.figures:,} figures{sources}"
