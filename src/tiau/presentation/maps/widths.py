"""How wide texts are that a browser will draw, which nobody can know: measured where a font is at hand, else cautious.

Pages are drawn in the reader's own font. DejaVu Sans, which comes with matplotlib and is the same everywhere, is
broader than those of the usual systems; for scripts that it lacks, a letter counts as measured in Noto Sans.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

import matplotlib as mpl
from matplotlib.ft2font import FT2Font, LoadFlags

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
    font, letters = _font()
    if ord(letter) in letters:
        return font.load_char(ord(letter), LoadFlags.NO_SCALE).horiAdvance / font.units_per_EM
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return BY_SCRIPT.get(unicodedata.name(letter, "").partition(" ")[0], OTHERS)


@cache
def _font() -> tuple[FT2Font, frozenset[int]]:
    font = FT2Font(str(Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"))
    return font, frozenset(font.get_charmap())
