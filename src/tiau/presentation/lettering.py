"""The letters of names on charts: which installed fonts have them, and a sentence where none has."""

from __future__ import annotations

import logging
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

from matplotlib.font_manager import FontProperties, findfont, fontManager
from matplotlib.ft2font import FT2Font

from tiau.faults import some_of

NAMES_SHOWN = 3
# The last font of all has a box for every letter.
_BOXES = "Last Resort"
# Charts hold letters, which a reader's browser draws: that matplotlib cannot measure them, or room, says nothing there.
_IDLE = ("Glyph [0-9]+ .* missing from font", "Matplotlib currently does not support", "Tight layout not applied")


def families(texts: Iterable[str]) -> list[str]:
    """Return the families of fonts to draw texts with: the usual one, and others for letters that it lacks."""
    return ["sans-serif", *_fonts(_rare(texts))[0]]


def without_font(names: Iterable[str]) -> str:
    """Say that no font here has the letters of some names, and log it; an empty text if all have one."""
    names = tuple(names)
    lacking = _fonts(_rare(names))[1]
    concerned = list(dict.fromkeys(name for name in names if not lacking.isdisjoint(name)))
    if not concerned:
        return ""
    shown = some_of(concerned, NAMES_SHOWN, "other names")
    said = f"No font of this computer has the letters of {shown}: charts show them as boxes "
    said += "unless the computer on which they are read has such a font."
    logging.getLogger(__name__).warning(said)
    return said


@contextmanager
def quiet() -> Iterator[None]:
    """Leave out what matplotlib says of letters that it cannot measure."""
    with warnings.catch_warnings():
        for beginning in _IDLE:
            warnings.filterwarnings("ignore", beginning, UserWarning)
        yield


def _rare(texts: Iterable[str]) -> frozenset[str]:
    """Return the letters that the usual font lacks; marks of no width need none."""
    letters = {letter for letter in set().union(*texts) if unicodedata.category(letter) not in ("Cf", "Cc", "Zs")}
    return frozenset(letters - _letters_of(findfont(FontProperties(family=["sans-serif"]))))


@cache
def _fonts(rare: frozenset[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return fonts that have rare letters, those that have most of them first, and the letters that none has."""
    chosen: list[str] = []
    lacking = set(rare)
    while lacking:
        name, found = max(((font.name, lacking & _letters_of(font.fname)) for font in fontManager.ttflist),
                          key=lambda option: len(option[1]))  # fmt: skip
        if not found:
            break
        chosen.append(name)
        lacking -= found
    return tuple(chosen), frozenset(lacking)


@cache
def _letters_of(file: str) -> frozenset[str]:
    try:
        font = FT2Font(file)
        return frozenset() if font.family_name.startswith(_BOXES) else frozenset(map(chr, font.get_charmap()))
    except (OSError, RuntimeError):
        return frozenset()
