"""Where places lie so close together that their names find no room: the part of a sheet to draw larger beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tiau.presentation.maps.framing import Floats, Frame

TIMES = 2.5
"""A part is no broader and no higher than the frame by this."""
FEWEST, MOST = 5, 250
"""So many places in it lack their names: for fewer it is not worth it, of more most would lack them there too."""
MOST_PARTS = 3
MOST_TRIED = 400
"""So many places are tried as the middle of a part, the most important ones."""


def crowded(lacking: Sequence[int], pixels: Mapping[int, Floats], frame: Frame) -> tuple[int, list[int]]:
    """Find the part of a frame in which most places lack their names.

    Parameters
    ----------
    lacking : sequence of int
        Marks without a name, the most important first.
    pixels : dict of int to float array (2,)
        Where marks lie that belong to the map.
    frame : Frame

    Returns
    -------
    count : int
        How many of those in the part lack their names; 0 where no part has enough to be worth it.
    marks : list of int
        All that lie in the part.
    """
    half = np.array((frame.width, frame.height)) / TIMES / 2
    there = np.array([pixels[at] for at in lacking if at in pixels]).reshape(-1, 2)
    within = (abs(there[:MOST_TRIED, None] - there) <= half).all(axis=2)
    counts = within.sum(axis=1)
    if not FEWEST <= counts.max(initial=0) <= MOST:
        return 0, []
    fullest = there[within[counts.argmax()]]
    middle = (fullest.min(axis=0) + fullest.max(axis=0)) / 2
    return len(fullest), [at for at, point in pixels.items() if (abs(point - middle) <= half).all()]
