"""How wide texts are that a browser will draw, which nobody can know: measured where a font is at hand, else cautious.

Pages are drawn in the reader's own font. DejaVu Sans, which comes with matplotlib and is the same everywhere, is
broader than those of the usual systems; for scripts that it lacks, a letter counts as measured in Noto Sans.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

NO_ROOM = ("Mn", "Me", "Cf")
"""Categories of characters that stand above, below or nowhere."""
BY_SCRIPT = {"MYANMAR": 0.95, "DEVANAGARI": 0.65, "BENGALI": 0.75, "ETHIOPIC": 0.8, "THAANA": 0.8}
OTHERS = 0.9
LINE, TALL_LINE = 1.25, 1.6
"""Height of a line of text, in heights of its letters: many scripts stack marks above and below them."""
TALL_FROM = "\N{HEBREW LETTER ALEF}"
"""Scripts from this letter on have tall lines: before it are Latin, Greek, Cyrillic and Armenian."""


def width(text: str, size: float) -> float:
    """Return about how wide a text is, rather too much than too little, in the unit of `size`, the height of the em."""
    return size * sum(map(_advance, text))


def height(text: str, size: float) -> float:
    """Return how high a line of a text is, in the unit of `size`."""
    return size * (TALL_LINE if any(letter >= TALL_FROM and letter.isalpha() for letter in text) else LINE)


def right_to_left(text: str) -> bool:
    """Whether a text is written from the right: whether the first of its letters with a direction is (UAX 9, P2)."""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind != "L" for kind in strong if kind in ("L", "R", "AL")), False)


@cache
def _advance(letter: str) -> float:
    """Return the width of a letter as a share of the em."""
    if unicodedata.category(letter) in NO_ROOM:
        return 0.0
    em, letters, advances = _font()
    if ord(letter) in letters:
        return float(advances[letters[ord(letter)]][0] / em)
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return BY_SCRIPT.get(unicodedata.name(letter, "").partition(" ")[0], OTHERS)


@cache
def _font() -> tuple[int, dict[int, str], Any]:
    """Return the size of the em of DejaVu Sans, its glyphs by letter, and their widths."""
    # To import matplotlib takes longer than all else that is done for a map.
    matplotlib = find_spec("matplotlib")
    folder = Path(matplotlib.origin if matplotlib and matplotlib.origin else "").parent
    with TTFont(folder / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf", lazy=True) as font:
        return font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"]
